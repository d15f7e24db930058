//! Lines of an article on the way to become blocks; joins lines that were only broken to fit a width. Knows no language.

use super::block::BlockKind;
use super::line::{self, Line};

/// Widths (characters) that text is broken to by hand or by mail programs.
const WIDTHS: std::ops::RangeInclusive<usize> = 45..=110;
/// A line of this many characters is running text whatever it ends with.
const LONG: usize = 140;
/// A line of this many characters that ends as a sentence is running text.
const SENTENCE: usize = 60;
/// A title broken into more lines than this is not looked for.
const TITLE_LINES: usize = 3;

/// One or several lines with what is known of them so far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    pub start: usize,
    pub end: usize,
    pub gap_before: bool,
    /// Whether it is never joined with its neighbours.
    pub stands_alone: bool,
    /// Kind and rule, once decided.
    pub verdict: Option<(BlockKind, &'static str)>,
}

impl Unit {
    pub(super) fn of(line: Line) -> Self {
        Self { start: line.start, end: line.end, gap_before: line.gap_before, stands_alone: false, verdict: None }
    }

    pub(super) fn text(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether it reads as running text: long, or a whole sentence.
    pub(super) fn is_prose(self, text: &str) -> bool {
        if self.end - self.start < SENTENCE {
            return false;
        }
        let content = self.text(text);
        let length = content.chars().take(LONG).count();
        let closed = content.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ']).ends_with(['.', '!', '?', '…', '。']);
        length >= LONG || (length >= SENTENCE && closed)
    }

    /// Whether it may stand between a heading and its text: a picture's caption, a repeated title.
    pub(super) fn is_picture(self) -> bool {
        matches!(self.verdict, Some((BlockKind::Caption | BlockKind::Boilerplate, _)))
    }

    fn length(self, text: &str) -> usize {
        self.text(text).chars().take(WIDTHS.end() + 1).count()
    }

    /// Whether the line may be a piece of a longer one.
    fn is_piece(self, text: &str) -> bool {
        self.verdict.is_none() && !self.stands_alone && self.length(text) <= *WIDTHS.end()
    }

    fn begins_item(self, text: &str) -> bool {
        let content = self.text(text);
        let number = content.trim_start_matches(|ch: char| ch.is_ascii_digit());
        content.starts_with(['-', '•', '*', '–', '—', '#', '>'])
            || (number.len() < content.len() && number.starts_with([')', '.']))
    }

    fn is_capitals(self, text: &str) -> bool {
        self.text(text).chars().any(char::is_uppercase) && !self.text(text).chars().any(char::is_lowercase)
    }
}

/// Whether no line of the same paragraph follows.
pub(super) fn ends_paragraph(text: &str, units: &[Unit], at: usize) -> bool {
    match (units.get(at), units.get(at + 1)) {
        (Some(unit), Some(next)) => next.gap_before || next.verdict.is_some() || !unit.is_piece(text) || !next.is_piece(text),
        _ => true,
    }
}

/// Joins the lines of paragraphs that were broken to a width: a line is broken where the next one's first word had no room.
pub(super) fn join_wrapped(text: &str, units: &mut Vec<Unit>) {
    let Some(width) = wrap_width(text, units) else { return };
    let mut joined: Vec<Unit> = Vec::with_capacity(units.len());
    let mut last_line: Option<Unit> = None;
    for &unit in units.iter() {
        let broken = last_line.is_some_and(|before| {
            let word = unit.text(text).split(char::is_whitespace).next().unwrap_or_default().chars().count();
            may_join(text, before, unit) && before.length(text) + 1 + word > width
        });
        match joined.last_mut() {
            Some(paragraph) if broken => paragraph.end = unit.end,
            _ => joined.push(unit),
        }
        last_line = Some(unit);
    }
    *units = joined;
}

fn may_join(text: &str, before: Unit, next: Unit) -> bool {
    let pieces = before.is_piece(text) && next.is_piece(text) && !next.gap_before;
    pieces
        && !next.begins_item(text)
        && !(before.is_capitals(text) != next.is_capitals(text) && before.length(text) < *WIDTHS.start())
}

/// The width that the text is broken to; `None` where it is not.
fn wrap_width(text: &str, units: &[Unit]) -> Option<usize> {
    let pairs = units.iter().zip(units.iter().skip(1));
    let lengths = pairs.filter(|&(&before, &next)| may_join(text, before, next)).map(|(before, _)| before.length(text));
    let lengths = lengths.collect::<Vec<_>>();
    let width = *lengths.iter().max()?;
    let near = lengths.iter().filter(|&&length| length * 6 >= width * 5).count();
    // One paragraph of two lines shows no width; most lines of a wrapped text come near to it.
    (WIDTHS.contains(&width) && near >= 2 && near * 2 >= lengths.len()).then_some(width)
}

/// Joins the lines at the top that make up the known title, where it was broken to a width.
pub(super) fn join_title(text: &str, units: &mut Vec<Unit>, title: &[String]) {
    for at in 0..units.len() {
        let Some(&first) = units.get(at) else { return };
        for count in 2..=TITLE_LINES {
            let Some(&last) = units.get(at + count - 1) else { break };
            if last.gap_before || last.end - first.start > 4 * title.iter().map(|word| word.len() + 4).sum::<usize>() {
                break;
            }
            let whole = Unit { end: last.end, stands_alone: true, ..first };
            if line::are(&line::words(whole.text(text)), title) {
                units.splice(at..at + count, [Unit { verdict: Some((BlockKind::Title, "block.title")), ..whole }]);
                return;
            }
        }
    }
}
