//! Lines of a terminal: wrapping, quote bars, sides, colour. Knows no answer.

use std::borrow::Cow;

use anstyle::{AnsiColor, Effects};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_width::UnicodeWidthStr;

use super::Layout;
use crate::render::visible::visible;

/// Before a quoted line, and before what belongs to it.
const BAR: &str = "  │ ";
const INDENT: &str = "  ";

/// Parts of a line are set apart by this.
const DOT: &str = " · ";

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Running text.
    Plain,
    /// A heading or label.
    Heading,
    /// Where a passage stands, dates, codes.
    Remark,
    /// What must not be overlooked.
    Warning,
    /// A source's title.
    Source,
}

impl Style {
    fn ansi(self) -> anstyle::Style {
        let plain = anstyle::Style::new();
        match self {
            Style::Plain | Style::Source => plain,
            Style::Heading => plain.effects(Effects::BOLD),
            Style::Remark => plain.effects(Effects::DIMMED),
            Style::Warning => plain.fg_color(Some(AnsiColor::Yellow.into())),
        }
    }
}

/// Text being laid out.
#[derive(Debug)]
pub struct Canvas {
    layout: Layout,
    out: String,
    gap: bool,
}

impl Canvas {
    /// An empty canvas.
    #[must_use]
    pub fn new(layout: Layout) -> Self {
        Self { layout: Layout { width: layout.width.max(8), ..layout }, out: String::new(), gap: false }
    }

    /// An empty line before whatever comes next; never two, never at the start.
    pub fn gap(&mut self) {
        self.gap = true;
    }

    /// A paragraph from the left margin; parts between dots are kept together where they fit.
    pub fn paragraph(&mut self, style: Style, text: &str) {
        for line in self.wrap_parts(text, "", "") {
            let painted = self.paint(style, &line);
            self.line(&painted);
        }
    }

    /// Pieces in one line, parted by dots; each on a line of its own where they don't fit.
    pub fn pieces(&mut self, pieces: &[(Style, &str)]) {
        let width = pieces.iter().map(|(_, text)| text.width() + 3).sum::<usize>().saturating_sub(3);
        if width > self.layout.width {
            return pieces.iter().for_each(|&(style, text)| self.paragraph(style, text));
        }
        let line = pieces.iter().map(|&(style, text)| self.paint(style, &clean(text))).collect::<Vec<_>>().join(DOT);
        self.line(&line);
    }

    /// One piece at the left margin and one at the right; below each other where they don't fit.
    pub fn sides(&mut self, left: (Style, &str), right: (Style, &str)) {
        let (left_width, right_width) = (left.1.width(), right.1.width());
        if left_width > 0 && left_width + right_width + 2 > self.layout.width {
            self.paragraph(left.0, left.1);
            return self.paragraph(right.0, right.1);
        }
        let space = if left_width == 0 { 0 } else { self.layout.width - left_width - right_width };
        let line =
            format!("{}{}{}", self.paint(left.0, &clean(left.1)), " ".repeat(space), self.paint(right.0, &clean(right.1)));
        self.line(&line);
    }

    /// An indented paragraph that hangs behind its mark.
    pub fn item(&mut self, mark: &str, text: &str) {
        let first = format!("{INDENT}{mark}");
        let rest = " ".repeat(first.width());
        for line in self.wrap_parts(text, &first, &rest) {
            let painted = self.paint(Style::Remark, &line);
            self.line(&painted);
        }
    }

    /// A quotation behind a bar.
    pub fn quote(&mut self, text: &str) {
        for line in self.wrap(text, BAR, BAR) {
            self.line(&line);
        }
    }

    /// The text, ended by one line break.
    #[must_use]
    pub fn finish(mut self) -> String {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out
    }

    fn line(&mut self, line: &str) {
        if std::mem::take(&mut self.gap) && !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn paint(&self, style: Style, text: &str) -> String {
        let ansi = style.ansi();
        if !self.layout.colour || text.is_empty() || ansi == anstyle::Style::new() {
            return text.to_owned();
        }
        format!("{}{text}{}", ansi.render(), ansi.render_reset())
    }

    /// As `wrap`, but lines are broken between the parts of a dotted text first; the dot at a break is dropped.
    fn wrap_parts(&self, text: &str, first: &str, rest: &str) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for part in text.split(DOT) {
            let width = clean(part).width();
            let fits = |line: &String| line.width() + DOT.width() + width <= self.layout.width;
            match lines.last_mut() {
                Some(line) if fits(line) => {
                    line.push_str(DOT);
                    line.push_str(&clean(part));
                }
                Some(_) => lines.extend(self.wrap(part, rest, rest)),
                None => lines = self.wrap(part, first, rest),
            }
        }
        lines
    }

    fn wrap(&self, text: &str, first: &str, rest: &str) -> Vec<String> {
        let options = Options::new(self.layout.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(false)
            .word_separator(WordSeparator::UnicodeBreakProperties)
            .word_splitter(WordSplitter::NoHyphenation)
            .wrap_algorithm(WrapAlgorithm::FirstFit);
        textwrap::wrap(&clean(text), options).into_iter().map(Cow::into_owned).collect()
    }
}

/// The text as a terminal may be given it, in one line.
fn clean(text: &str) -> Cow<'_, str> {
    match visible(text) {
        text if text.contains('\n') => Cow::Owned(text.replace('\n', " ")),
        text => text,
    }
}
