//! Tells lines that say when an article was published or updated. Knows the names and words of a language by its data.

use std::collections::HashSet;

use super::line::{self, Word};
use crate::locale::Locale;

/// Longest date line in words, its introduction included.
pub(super) const LONGEST: usize = 18;

/// What a date line is made of in one language.
#[derive(Debug, Default)]
pub(super) struct DateLines {
    published: Vec<Vec<String>>,
    updated: Vec<Vec<String>>,
    names: HashSet<String>,
    between: HashSet<String>,
}

impl DateLines {
    pub(super) fn new(locale: &Locale) -> Self {
        let names = locale.dates.months.iter().chain(&locale.dates.weekdays).flatten();
        Self {
            published: super::layout::phrases(&locale.layout.published),
            updated: super::layout::phrases(&locale.layout.updated),
            names: names.flat_map(|name| line::words(name)).map(|word| word.folded).collect(),
            between: locale.layout.date_words.iter().flat_map(|word| line::words(word)).map(|word| word.folded).collect(),
        }
    }

    /// Words of the longest introduction.
    pub(super) fn longest(&self) -> usize {
        self.published.iter().chain(&self.updated).map(Vec::len).max().unwrap_or(0)
    }

    /// Whether the line says itself that it gives a date ("Last updated: …"); one of several words may go on in prose.
    pub(super) fn introduces_date(&self, text: &str, words: &[Word]) -> bool {
        let longest = |phrases: &[Vec<String>]| {
            phrases.iter().filter(|phrase| line::begins_with(words, phrase)).map(Vec::len).max().unwrap_or(0)
        };
        let (published, updated) = (longest(&self.published), longest(&self.updated));
        let length = published.max(updated);
        let rest = words.get(length..).unwrap_or_default();
        let date = self.date_part(text, rest);
        length > 0 && date > 0 && (date == rest.len() || (updated == length && length >= 3))
    }

    /// Whether the line is a date and nothing else.
    pub(super) fn is_date(&self, text: &str, words: &[Word]) -> bool {
        words.len() <= LONGEST && !words.is_empty() && self.date_part(text, words) == words.len()
    }

    /// Length in words of the date that `words` begin with; 0 where they begin with none.
    fn date_part(&self, text: &str, words: &[Word]) -> usize {
        let (mut numbers, mut names) = (0, 0);
        let mut length = 0;
        for word in words.iter().take(LONGEST) {
            if word.folded.starts_with(|ch: char| ch.is_ascii_digit()) && word.folded.len() <= 8 {
                numbers += 1;
            } else if self.names.contains(&word.folded) {
                names += 1;
            } else if !(self.between.contains(&word.folded) || is_zone_or_half_day(text, word)) {
                break;
            }
            length += 1;
        }
        if (names > 0 && numbers > 0) || numbers >= 3 { length } else { 0 }
    }
}

/// "CEST", "GMT", or a letter of "a.m.".
fn is_zone_or_half_day(text: &str, word: &Word) -> bool {
    let original = text.get(word.start..word.end).unwrap_or_default();
    matches!(word.folded.as_str(), "a" | "p" | "m")
        || (2..=5).contains(&original.len()) && original.bytes().all(|byte| byte.is_ascii_uppercase())
}
