//! Whole pages as one tall picture: briefings, and timelines with their dates on a rail.

use super::draw::{DOT, Drawing};
use super::style::{self, BODY, HEAD, NAME, SOFT, TITLE};
use super::theme::{Ink, Theme};
use super::{Picture, PictureError};
use crate::render::frame::Passage;
use crate::render::page::{Item, Page};

const WIDTH: u32 = 1080;
const MARGIN: f32 = 72.0;
const GAP: f32 = 18.0;

/// Draws a page.
///
/// # Errors
/// When the font lacks a character, or the picture would be too high.
pub fn document(page: &Page, theme: Theme) -> Result<Picture, PictureError> {
    draw(page, theme, false)
}

/// Draws a page whose parts are dates.
///
/// # Errors
/// As [`document`].
pub fn timeline(page: &Page, theme: Theme) -> Result<Picture, PictureError> {
    draw(page, theme, true)
}

fn draw(page: &Page, theme: Theme, rail: bool) -> Result<Picture, PictureError> {
    let mut drawing = Drawing::new(theme, WIDTH)?;
    let x = if rail { MARGIN + 36.0 } else { MARGIN };
    let width = drawing.width - x - MARGIN;
    let mut told = vec![page.title.clone()];
    drawing.y = MARGIN;
    drawing.text(TITLE, MARGIN, drawing.width - 2.0 * MARGIN, &page.title)?;
    for remark in &page.remarks {
        drawing.text(SOFT, MARGIN, drawing.width - 2.0 * MARGIN, remark)?;
        told.push(remark.clone());
    }
    let top = drawing.y + GAP * 1.5;
    for part in &page.parts {
        drawing.y += GAP * 1.5;
        if let Some(line) = &part.in_picture {
            drawing.text(SOFT, x, width, line)?;
            told.push(line.clone());
            continue;
        }
        if let Some(title) = &part.title {
            if rail {
                drawing.point(Ink::Mark, MARGIN + 8.0, drawing.y + HEAD.size * 0.65, 9.0);
            }
            drawing.text(HEAD, x, width, title)?;
            told.push(title.clone());
        }
        for item in &part.items {
            self::item(&mut drawing, item, x, width, &mut told)?;
        }
    }
    if rail && drawing.y > top {
        let (from, height) = (top + HEAD.size, drawing.y - top - HEAD.size);
        drawing.bar(Ink::Line, MARGIN + 7.0, from, 2.0, height);
    }
    foot(&mut drawing, page, &mut told)?;
    drawing.finish(0, &page.title, told.join("\n"))
}

fn item(drawing: &mut Drawing, item: &Item, x: f32, width: f32, told: &mut Vec<String>) -> Result<(), PictureError> {
    match item {
        Item::Line(line) => {
            told.push(line.clone());
            drawing.text(SOFT, x, width, line)
        }
        Item::Mark(mark) => {
            told.push(mark.clone());
            drawing.text(NAME, x, width, mark)
        }
        Item::Passage(passage) => self::passage(drawing, passage, x, width, told),
    }
}

fn passage(drawing: &mut Drawing, passage: &Passage, x: f32, width: f32, told: &mut Vec<String>) -> Result<(), PictureError> {
    drawing.y += GAP * 0.5;
    for quote in &passage.quotes {
        let from = drawing.y;
        drawing.text(BODY, x + 24.0, width - 24.0, &quote.text)?;
        let height = drawing.y - from;
        drawing.bar(Ink::Line, x, from + 3.0, 4.0, height - 6.0);
        told.push(quote.text.clone());
        if let Some(remark) = &quote.remark {
            drawing.text(SOFT, x, width, remark)?;
            told.push(remark.clone());
        }
    }
    let number = passage.number.map(|number| number.to_string());
    let place = number.into_iter().chain(passage.labels.iter().cloned()).collect::<Vec<_>>();
    told.push(place.join(DOT));
    let lines = drawing.joined(SOFT, &place, width);
    drawing.set(SOFT, x, &lines)?;
    drawing.y += GAP * 0.5;
    Ok(())
}

fn foot(drawing: &mut Drawing, page: &Page, told: &mut Vec<String>) -> Result<(), PictureError> {
    let width = drawing.width - 2.0 * MARGIN;
    drawing.y += GAP * 2.0;
    drawing.bar(Ink::Line, MARGIN, drawing.y, width, 1.5);
    drawing.y += GAP * 0.5;
    for note in &page.notes {
        drawing.text(SOFT, MARGIN, width, note)?;
        told.push(note.clone());
    }
    style::sources(drawing, &page.sources, (MARGIN, width), told)?;
    drawing.text(SOFT, MARGIN, width, &page.receipt_label)?;
    told.push(page.receipt_label.clone());
    drawing.y += MARGIN * 0.75;
    Ok(())
}
