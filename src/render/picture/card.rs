//! A card with the first passages of an answer, as large as they fit; the source and its dates always stand at the foot.

use super::draw::{DOT, Drawing};
use super::font::Weight;
use super::style::{HEAD, Style};
use super::theme::{Ink, Shape, Theme};
use super::{Picture, PictureError};
use crate::render::frame::{GroupRole, Passage};
use crate::render::page::{Item, Page, Part};
use crate::render::words::Words;

const MARGIN: f32 = 64.0;
/// Sizes that the words of the source are tried in, from the largest on.
const SIZES: [f32; 9] = [46.0, 42.0, 38.0, 35.0, 32.0, 29.0, 27.0, 25.0, 23.0];
const PLACE: Style = Style { size: 22.0, weight: Weight::Regular, ink: Ink::Soft };
const TITLE: Style = Style { size: 23.0, weight: Weight::SemiBold, ink: Ink::Text };
const GAP: f32 = 20.0;

/// Draws the answer `page`.
///
/// # Errors
/// When the font lacks a character, or the picture would be too high.
pub fn card(page: &Page, theme: Theme, shape: Shape, words: Words<'_>) -> Result<Picture, PictureError> {
    let (width, height) = shape.size();
    let mut drawing = Drawing::new(theme, width)?;
    let card = Card::new(page, &drawing, words);
    #[allow(clippy::cast_precision_loss)] // sizes of pictures
    let room = height as f32 - card.foot_height(&drawing) - MARGIN;
    let (kept, size) = card.fitting(&drawing, room);
    drawing.y = MARGIN * 0.75;
    drawing.bar(Ink::Mark, 0.0, 0.0, 12.0, 100_000.0);
    for line in &card.head {
        drawing.text(HEAD, MARGIN, card.width, line)?;
    }
    drawing.y += GAP * 0.5;
    for entry in &kept {
        card.entry(&mut drawing, entry, size)?;
    }
    let more = card.entries.len().saturating_sub(kept.len());
    let more = (more > 0).then(|| words.counted("picture.more", more));
    if let Some(more) = &more {
        drawing.text(PLACE, MARGIN, card.width, more)?;
    }
    drawing.y = (drawing.y + GAP * 0.75).max(room + MARGIN * 0.25);
    card.foot(&mut drawing)?;
    drawing.y += MARGIN * 0.5;
    let alternative = card.alternative(&kept, more);
    drawing.finish(height, &page.title, alternative)
}

struct Card<'p> {
    width: f32,
    head: Vec<&'p String>,
    entries: Vec<Entry<'p>>,
    foot: Vec<(Style, String)>,
}

/// A passage under its label; a label alone says that there is none.
#[derive(Debug, Clone)]
struct Entry<'p> {
    label: Option<&'p String>,
    passage: Option<&'p Passage>,
    /// Whether no card may lack it: the reply to what it alleges.
    required: bool,
}

impl<'p> Card<'p> {
    fn new(page: &'p Page, drawing: &Drawing, words: Words<'_>) -> Self {
        let passages = |part: &'p Part| {
            part.items.iter().filter_map(|item| match item {
                Item::Passage(passage) => Some(passage),
                Item::Line(_) | Item::Mark(_) => None,
            })
        };
        let answered = page.parts.iter().any(|part| part.role != Some(GroupRole::Nearest) && passages(part).next().is_some());
        let mut entries = Vec::new();
        for part in &page.parts {
            // What is no answer is shown only where there is nothing else.
            if part.role == Some(GroupRole::Nearest) && answered {
                continue;
            }
            let required = part.role == Some(GroupRole::Reply);
            let mut label = part.title.as_ref();
            let before = entries.len();
            for passage in passages(part) {
                entries.push(Entry { label: label.take(), passage: Some(passage), required });
            }
            if required && entries.len() == before {
                entries.push(Entry { label, passage: None, required });
            }
        }
        let mut foot = Vec::new();
        // A card is of few sources; of more only the first are named, and how many there are.
        for source in page.sources.iter().take(2) {
            foot.push((TITLE, source.title.clone()));
            foot.push((PLACE, source.dates.clone()));
        }
        if page.sources.len() > 2 {
            foot.push((PLACE, words.counted("picture.more_sources", page.sources.len() - 2)));
        }
        foot.push((PLACE, page.receipt_label.clone()));
        let mut head = page.remarks.iter().collect::<Vec<_>>();
        if head.is_empty() {
            head.push(&page.title);
        }
        Self { width: drawing.width - 2.0 * MARGIN, head, entries, foot }
    }

    fn foot_height(&self, drawing: &Drawing) -> f32 {
        let of = |(style, text): &(Style, String)| Drawing::height(*style, drawing.lines(*style, text, self.width).len());
        self.foot.iter().map(of).sum::<f32>() + GAP
    }

    /// What stands on the card, and in which size: everything in a size that is easy to read, else the first with all that is required.
    fn fitting(&self, drawing: &Drawing, room: f32) -> (Vec<Entry<'p>>, f32) {
        let head: f32 = self.head.iter().map(|line| Drawing::height(HEAD, drawing.lines(HEAD, line, self.width).len())).sum();
        let room = room - head - MARGIN * 0.75 - GAP * 0.5;
        let last = SIZES.last().copied().unwrap_or(23.0);
        let most = self.entries.iter().filter(|entry| !entry.required).count();
        for keep in (1..=most).rev() {
            let kept = self.kept(keep);
            let more = if kept.len() < self.entries.len() { Drawing::height(PLACE, 1) } else { 0.0 };
            // Several passages are set smaller than one, but not so small that the card is full of letters.
            let least = if keep == 1 { last } else { 29.0 };
            for size in SIZES.into_iter().filter(|&size| size >= least) {
                // One passage alone takes a size in which no word is broken, where there is one.
                if keep == 1 && size > last && kept.iter().any(|entry| self.breaks_a_word(drawing, entry, size)) {
                    continue;
                }
                let high: f32 = kept.iter().map(|entry| self.height(drawing, entry, size)).sum();
                if high + more <= room {
                    return (kept, size);
                }
            }
        }
        (self.kept(1), 29.0)
    }

    fn breaks_a_word(&self, drawing: &Drawing, entry: &Entry<'_>, size: f32) -> bool {
        let style = Self::quote(size);
        let mut quotes = entry.passage.iter().flat_map(|passage| &passage.quotes);
        quotes.any(|quote| quote.text.split_whitespace().any(|word| drawing.measure(style, word) > self.width - 28.0))
    }

    /// The first so many entries, and every one that is required.
    fn kept(&self, keep: usize) -> Vec<Entry<'p>> {
        let mut left = keep;
        let mut stays = |entry: &&Entry<'p>| {
            let stays = entry.required || left > 0;
            left -= usize::from(!entry.required && stays);
            stays
        };
        self.entries.iter().filter(|entry| stays(entry)).cloned().collect()
    }

    fn quote(size: f32) -> Style {
        Style { size, weight: Weight::Regular, ink: Ink::Text }
    }

    fn height(&self, drawing: &Drawing, entry: &Entry<'_>, size: f32) -> f32 {
        let lines = |style: Style, text: &str, width: f32| Drawing::height(style, drawing.lines(style, text, width).len());
        let label = entry.label.map_or(0.0, |label| lines(TITLE, label, self.width));
        let Some(passage) = entry.passage else { return label + GAP };
        let quotes: f32 = passage
            .quotes
            .iter()
            .map(|quote| {
                let remark = quote.remark.as_ref().map_or(0.0, |remark| lines(PLACE, remark, self.width));
                lines(Self::quote(size), &quote.text, self.width - 28.0) + remark
            })
            .sum();
        let place = drawing.joined(PLACE, &passage.labels, self.width).len();
        label + quotes + Drawing::height(PLACE, place) + GAP
    }

    fn entry(&self, drawing: &mut Drawing, entry: &Entry<'_>, size: f32) -> Result<(), PictureError> {
        if let Some(label) = entry.label {
            drawing.text(TITLE, MARGIN, self.width, label)?;
        }
        for quote in entry.passage.iter().flat_map(|passage| &passage.quotes) {
            let from = drawing.y;
            drawing.text(Self::quote(size), MARGIN + 28.0, self.width - 28.0, &quote.text)?;
            let to = drawing.y;
            drawing.bar(Ink::Line, MARGIN, from + size * 0.15, 5.0, to - from - size * 0.2);
            if let Some(remark) = &quote.remark {
                drawing.text(PLACE, MARGIN, self.width, remark)?;
            }
        }
        if let Some(passage) = entry.passage {
            let lines = drawing.joined(PLACE, &passage.labels, self.width);
            drawing.set(PLACE, MARGIN, &lines)?;
        }
        drawing.y += GAP;
        Ok(())
    }

    fn foot(&self, drawing: &mut Drawing) -> Result<(), PictureError> {
        drawing.bar(Ink::Line, MARGIN, drawing.y - GAP * 0.5, self.width, 1.5);
        self.foot.iter().try_for_each(|(style, text)| drawing.text(*style, MARGIN, self.width, text))
    }

    fn alternative(&self, kept: &[Entry<'_>], more: Option<String>) -> String {
        let mut lines = self.head.iter().map(|line| (*line).clone()).collect::<Vec<_>>();
        for entry in kept {
            lines.extend(entry.label.cloned());
            for quote in entry.passage.iter().flat_map(|passage| &passage.quotes) {
                lines.push(quote.text.clone());
                lines.extend(quote.remark.clone());
            }
            lines.extend(entry.passage.map(place));
        }
        lines.extend(more);
        lines.extend(self.foot.iter().map(|(_, text)| text.clone()));
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }
}

fn place(passage: &Passage) -> String {
    passage.labels.join(DOT)
}
