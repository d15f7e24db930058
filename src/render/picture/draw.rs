//! A drawing being made: lines of text from top to bottom, bars, points. Knows no content.

use std::fmt::Write;

use super::font::{FAMILY, Face, Weight};
use super::style::Style;
use super::theme::{Ink, Theme};
use super::{HIGHEST, Picture, PictureError};
use crate::render::html::escape;
use crate::render::visible::visible;

/// Space between lines, in parts of the letters' size.
const LEADING: f32 = 1.35;

/// Between parts of a line.
pub(super) const DOT: &str = " · ";

/// A drawing of fixed width.
pub(super) struct Drawing {
    pub theme: Theme,
    pub width: f32,
    /// Where the next line begins.
    pub y: f32,
    regular: Face,
    semibold: Face,
    body: String,
}

impl Drawing {
    pub(super) fn new(theme: Theme, width: u32) -> Result<Self, PictureError> {
        #[allow(clippy::cast_precision_loss)] // pictures are a few thousand pixels wide
        let width = width as f32;
        let (regular, semibold) = (Face::new(Weight::Regular)?, Face::new(Weight::SemiBold)?);
        Ok(Self { theme, width, y: 0.0, regular, semibold, body: String::new() })
    }

    fn face(&self, weight: Weight) -> &Face {
        if weight == Weight::Regular { &self.regular } else { &self.semibold }
    }

    /// Lines of `text` in the width given.
    pub(super) fn lines(&self, style: Style, text: &str, width: f32) -> Vec<String> {
        self.face(style.weight).lines(&visible(text), style.size, width)
    }

    /// Lines of parts that dots set apart: each part stays whole where it fits into a line, as on a terminal.
    pub(super) fn joined(&self, style: Style, parts: &[String], width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for part in parts {
            let longer = lines.last().map(|last| format!("{last}{DOT}{part}"));
            match longer.filter(|longer| self.measure(style, longer) <= width) {
                Some(longer) => lines.iter_mut().next_back().into_iter().for_each(|last| last.clone_from(&longer)),
                None => lines.extend(self.lines(style, part, width)),
            }
        }
        lines
    }

    /// How high so many lines are.
    pub(super) fn height(style: Style, lines: usize) -> f32 {
        #[allow(clippy::cast_precision_loss)] // a picture has a few thousand lines at most
        let lines = lines as f32;
        lines * style.size * LEADING
    }

    /// Sets `text` from `x` in the width given and moves on below it.
    pub(super) fn text(&mut self, style: Style, x: f32, width: f32, text: &str) -> Result<(), PictureError> {
        let lines = self.lines(style, text, width);
        self.set(style, x, &lines)
    }

    /// Sets lines from `x` and moves on below them.
    pub(super) fn set(&mut self, style: Style, x: f32, lines: &[String]) -> Result<(), PictureError> {
        for line in lines {
            self.line_at(style, x, self.y + style.size, line, "start")?;
            self.y += style.size * LEADING;
        }
        Ok(())
    }

    /// Sets one line with its baseline at `y`; `anchor` is "start", "middle" or "end".
    pub(super) fn line_at(&mut self, style: Style, x: f32, y: f32, line: &str, anchor: &str) -> Result<(), PictureError> {
        if let Some(c) = self.face(style.weight).lacks(line) {
            return Err(PictureError::NoGlyph(c));
        }
        let weight = if style.weight == Weight::Regular { 400 } else { 600 };
        let (fill, size) = (self.theme.colour(style.ink), style.size);
        let anchor = if anchor == "start" { String::new() } else { format!(" text-anchor=\"{anchor}\"") };
        let _ = writeln!(
            self.body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{fill}\"{anchor}>{}</text>",
            escape(line)
        );
        Ok(())
    }

    /// How wide `text` is.
    pub(super) fn measure(&self, style: Style, text: &str) -> f32 {
        self.face(style.weight).width(text, style.size)
    }

    pub(super) fn bar(&mut self, ink: Ink, x: f32, y: f32, width: f32, height: f32) {
        let fill = self.theme.colour(ink);
        let _ = writeln!(
            self.body,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>"
        );
    }

    pub(super) fn point(&mut self, ink: Ink, x: f32, y: f32, radius: f32) {
        let fill = self.theme.colour(ink);
        let _ = writeln!(self.body, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{fill}\"/>");
    }

    pub(super) fn link(&mut self, from: (f32, f32), to: (f32, f32), width: f32) {
        let (stroke, (x1, y1), (x2, y2)) = (self.theme.colour(Ink::Line), from, to);
        let _ = writeln!(
            self.body,
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{stroke}\" stroke-width=\"{width:.1}\"/>"
        );
    }

    /// The picture, at least `least` pixels high.
    pub(super) fn finish(self, least: u32, title: &str, alternative: String) -> Result<Picture, PictureError> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // both are positive, and the cast saturates
        let (height, width) = ((self.y.ceil() as u32).max(least), self.width as u32);
        if height > HIGHEST {
            return Err(PictureError::TooHigh(height));
        }
        let paper = self.theme.colour(Ink::Paper);
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
             aria-labelledby=\"title description\" font-family=\"{FAMILY}\">\n<title id=\"title\">{}</title>\n\
             <desc id=\"description\">{}</desc>\n<rect width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>\n{}</svg>\n",
            escape(title),
            escape(&alternative),
            self.body
        );
        Ok(Picture { svg, alternative, width, height })
    }
}
