//! Lines of a text with their byte places, and the words of a line for comparison. Knows no layout and no language.

use crate::token;

/// A line that holds something visible, without blank ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether a blank line or nothing at all stands before it.
    pub gap_before: bool,
}

/// A word of a line, folded, with its byte place in the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub folded: String,
    pub start: usize,
    pub end: usize,
}

/// Whether a character leaves no mark on paper: white space, a byte order mark, a zero-width space or joiner of words.
pub(super) fn is_blank(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, '\u{feff}' | '\u{200b}' | '\u{2060}')
}

/// Every line of `text` that holds something visible. LF, CR LF, CR, FF and the separators of Unicode end a line.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut gap_before = true;
    let mut offset = 0;
    let mut after_return = false;
    for raw in text.split_inclusive(['\n', '\r', '\u{c}', '\u{2028}', '\u{2029}']) {
        let inner = raw.trim_matches(is_blank);
        if inner.is_empty() {
            // The LF of a CR LF is no line of its own.
            gap_before |= !(after_return && raw == "\n");
        } else {
            let start = offset + (raw.len() - raw.trim_start_matches(is_blank).len());
            lines.push(Line { start, end: start + inner.len(), gap_before });
            gap_before = raw.ends_with('\u{2029}');
        }
        after_return = raw.ends_with('\r');
        offset += raw.len();
    }
    lines
}

/// The words of `text`: runs of letters and digits, so that other marks, quotes and apostrophes make no difference.
pub(super) fn words(text: &str) -> Vec<Word> {
    first_words(text, usize::MAX)
}

/// The first words of `text`, at most so many.
pub(super) fn first_words(text: &str, most: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, ch) in text.char_indices().chain([(text.len(), ' ')]) {
        match (token::is_word_char(ch), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let folded = token::fold(text.get(from..at).unwrap_or_default());
                words.push(Word { folded, start: from, end: at });
                if words.len() >= most {
                    break;
                }
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Whether `words` begin with the words of `phrase`.
pub(super) fn begins_with(words: &[Word], phrase: &[String]) -> bool {
    !phrase.is_empty() && words.len() >= phrase.len() && words.iter().zip(phrase).all(|(word, wanted)| word.folded == *wanted)
}

/// Whether `words` are the words of `phrase`.
pub(super) fn are(words: &[Word], phrase: &[String]) -> bool {
    words.len() == phrase.len() && begins_with(words, phrase)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(&str, bool)> {
        lines(text).iter().map(|line| (&text[line.start..line.end], line.gap_before)).collect()
    }

    #[test]
    fn every_kind_of_line_end_counts_and_blank_lines_are_gaps() {
        assert_eq!(
            shown("\u{feff}a\r\nb\r\n\r\n c \rd\u{2028}e"),
            [("a", true), ("b", false), ("c", true), ("d", false), ("e", false)]
        );
        assert_eq!(shown("a\n \t\u{a0}\nb"), [("a", true), ("b", true)]);
        assert!(shown("\n\u{200b}\r\n").is_empty());
    }

    #[test]
    fn other_quotes_and_apostrophes_make_no_difference() {
        let folded = |text| words(text).into_iter().map(|word| word.folded).collect::<Vec<_>>();
        assert_eq!(folded("Italy’s “case”: e\u{301}."), folded("ITALY'S 'case' – é"));
    }
}
