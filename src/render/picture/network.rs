//! Who is named together with whom in one sentence: that, and nothing more, is what a line says.

use super::draw::Drawing;
use super::style::{self, COUNT, NAME, SOFT, TITLE};
use super::theme::{Ink, Theme};
use super::{Picture, PictureError};
use crate::render::frame::SourceLines;
use crate::render::words::Words;

const WIDTH: u32 = 1200;
const MARGIN: f32 = 64.0;

/// Draws `names` around a circle, with a line between two where sentences name both; `pairs` are numbers of names with how many such
/// sentences there are.
///
/// # Errors
/// When the font lacks a character, or the picture would be too high.
pub fn together(
    names: &[String],
    pairs: &[(usize, usize, usize)],
    sources: &[SourceLines],
    theme: Theme,
    words: Words<'_>,
) -> Result<Picture, PictureError> {
    let mut drawing = Drawing::new(theme, WIDTH)?;
    let width = drawing.width - 2.0 * MARGIN;
    let meaning = if pairs.is_empty() { "picture.no_pair" } else { "picture.together_means" };
    let (title, meaning) = (words.text("picture.together", &[]), words.text(meaning, &[]));
    drawing.y = MARGIN * 0.75;
    drawing.text(TITLE, MARGIN, width, &title)?;
    drawing.text(SOFT, MARGIN, width, &meaning)?;
    #[allow(clippy::cast_precision_loss)] // there are a few hundred names at most
    let count = names.len().max(1) as f32;
    // Names stand beside the circle, so it must be high enough to keep their lines apart.
    let radius = if names.len() < 2 { 0.0 } else { (count * 24.0 / 1.6).clamp(150.0, 4_000.0) };
    let (cx, cy) = (drawing.width / 2.0, drawing.y + radius + 56.0);
    let across = radius.min(drawing.width / 2.0 - 330.0);
    let place = |number: usize| {
        #[allow(clippy::cast_precision_loss)]
        let angle = (number as f32 + 0.5) / count * std::f32::consts::TAU - std::f32::consts::FRAC_PI_2;
        (cx + across * angle.cos(), cy + radius * angle.sin())
    };
    let mut told = vec![title.clone(), meaning];
    for &(a, b, sentences) in pairs {
        #[allow(clippy::cast_precision_loss)]
        let thick = 1.5 + (sentences as f32).min(8.0);
        drawing.link(place(a), place(b), thick);
    }
    for &(a, b, sentences) in pairs {
        let ((ax, ay), (bx, by)) = (place(a), place(b));
        let (x, y) = (f32::midpoint(ax, bx), f32::midpoint(ay, by));
        let number = sentences.to_string();
        let wide = drawing.measure(COUNT, &number) + 12.0;
        drawing.bar(Ink::Paper, x - wide / 2.0, y - 13.0, wide, 26.0);
        drawing.line_at(COUNT, x, y + 7.0, &number, "middle")?;
        if let (Some(a), Some(b)) = (names.get(a), names.get(b)) {
            told.push(words.text("picture.pair", &[("a", a), ("b", b), ("n", &number)]));
        }
    }
    for (number, name) in names.iter().enumerate() {
        let (x, y) = place(number);
        drawing.point(Ink::Text, x, y, 9.0);
        let left = x < cx;
        let (x, anchor) = if left { (x - 20.0, "end") } else { (x + 20.0, "start") };
        let room = if left { x - 24.0 } else { drawing.width - x - 24.0 };
        for (at, line) in drawing.lines(NAME, name, room).iter().enumerate() {
            #[allow(clippy::cast_precision_loss)]
            let down = at as f32 * NAME.size * 1.2;
            drawing.line_at(NAME, x, y + 8.0 + down, line, anchor)?;
        }
    }
    drawing.y = cy + radius + 56.0;
    drawing.bar(Ink::Line, MARGIN, drawing.y - 10.0, width, 1.5);
    style::sources(&mut drawing, sources, (MARGIN, width), &mut told)?;
    drawing.y += MARGIN * 0.5;
    drawing.finish(0, &title, told.join("\n"))
}
