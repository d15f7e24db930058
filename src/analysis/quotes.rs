//! Pairs quotation marks of a block: straight, curly, guillemets, low marks, single ones and dashes. Knows marks only.

use super::line::Word;
use crate::token::TokenKind;

/// A quotation inside one block.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quote {
    /// Word index of the opening mark.
    pub open: usize,
    /// Word index of the closing mark; the block's last word where it is not closed.
    pub close: usize,
    /// Whether it has a closing mark.
    pub closed: bool,
}

impl Quote {
    /// Word index of the first word inside.
    pub(crate) fn inner_start(&self) -> usize {
        self.open + 1
    }

    /// One past the last word inside.
    pub(crate) fn inner_end(&self) -> usize {
        if self.closed { self.close } else { self.close + 1 }
    }

    /// One past the last word, mark included.
    pub(crate) fn end(&self) -> usize {
        self.close + 1
    }
}

/// A cue with its source between dashes inside a quotation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inset {
    /// Word index of the first dash.
    pub from: usize,
    /// Word index of the second.
    pub to: usize,
    /// The quotation around it.
    pub quote: u32,
}

/// How many words an inset may have.
const LONGEST_INSET: usize = 16;

/// The parts between dashes, a space around each, that begin with a verb of saying.
pub(crate) fn insets(words: &[Word<'_>], quotes: &[Quote]) -> Vec<Inset> {
    let mut found = Vec::new();
    for (number, quote) in quotes.iter().enumerate() {
        let mut at = quote.inner_start();
        while at < quote.inner_end() {
            let to = if dash(words, at) {
                (at + 2..quote.inner_end().min(at + LONGEST_INSET)).find(|&to| dash(words, to))
            } else {
                None
            };
            match to.filter(|_| (at + 1..at + 4).any(|index| speaks(words, index))) {
                Some(to) => {
                    found.push(Inset { from: at, to, quote: u32::try_from(number).unwrap_or(u32::MAX) });
                    at = to + 1;
                }
                None => at += 1,
            }
        }
    }
    found
}

/// A dash between spaces.
fn dash(words: &[Word<'_>], at: usize) -> bool {
    let Some(word) = words.get(at).filter(|word| word.is_mark("-–—")) else { return false };
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let parted = |next: &Word<'_>| next.start > word.end || next.kind == TokenKind::Mark;
    before.is_none_or(|before| before.end < word.start) && words.get(at + 1).is_none_or(parted)
}

fn speaks(words: &[Word<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|word| {
        word.hits.iter().any(|hit| super::class::is_cue(hit.entry) && hit.entry.has_trait("quote") && hit.tags != "base")
    })
}

fn closing(open: &str) -> Option<&'static str> {
    Some(match open {
        "“" => "”\"",
        "«" => "»",
        "„" => "“”",
        "\"" => "\"",
        "‘" => "’'",
        _ => return None,
    })
}

/// Finds the outermost quotations of a block.
pub(crate) fn pair(words: &[Word<'_>], text: &str) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let closes = if word.kind == TokenKind::Mark { closing(&word_text(word, text)) } else { None };
        let Some(closes) = closes.filter(|_| opens(words, at, text)) else {
            at += 1;
            continue;
        };
        let single = closes.starts_with('’');
        if closes == "\"" && holds_another(words, at, text) {
            match nested_end(words, at, text) {
                Some(close) => {
                    quotes.push(Quote { open: at, close, closed: true });
                    at = close + 1;
                }
                None => {
                    quotes.push(Quote { open: at, close: words.len().saturating_sub(1), closed: false });
                    at = words.len();
                }
            }
            continue;
        }
        let end = words.iter().enumerate().skip(at + 1).find(|(index, other)| {
            other.kind == TokenKind::Mark && closes.contains(&word_text(other, text)) && (!single || ends_here(words, *index))
        });
        match end {
            Some((close, _)) => {
                quotes.push(Quote { open: at, close, closed: true });
                at = close + 1;
            }
            None if single || (closes == "\"" && !runs_on(words, at)) => at += 1,
            None => {
                quotes.push(Quote { open: at, close: words.len().saturating_sub(1), closed: false });
                at = words.len();
            }
        }
    }
    quotes
}

fn word_text(word: &Word<'_>, text: &str) -> String {
    text.get(word.start..word.end).unwrap_or_default().to_owned()
}

/// A straight mark opens where a space or nothing stands before it, or where nothing is open yet.
fn opens(words: &[Word<'_>], at: usize, text: &str) -> bool {
    let Some(word) = words.get(at) else { return false };
    let mark = text.get(word.start..word.end).unwrap_or_default();
    let next = words.get(at + 1);
    match mark {
        "\"" => {
            let joined_before = at > 0 && words.get(at - 1).is_some_and(|before| before.end == word.start);
            let joined_after = next.is_some_and(|next| next.start == word.end);
            let left = words.iter().skip(at).filter(|other| text.get(other.start..other.end) == Some("\"")).count();
            next.is_some() && (joined_after || !joined_before || left % 2 == 0)
        }
        "‘" => next.is_some_and(|next| next.start == word.end),
        _ => true,
    }
}

/// How a straight mark stands: it opens where only the word behind it touches it, it closes where only the one before does.
fn straight(words: &[Word<'_>], at: usize, text: &str) -> Option<bool> {
    let word = words.get(at).filter(|word| text.get(word.start..word.end) == Some("\""))?;
    let left = at.checked_sub(1).and_then(|left| words.get(left)).is_some_and(|left| left.end == word.start);
    let right = words.get(at + 1).is_some_and(|right| right.start == word.end && right.is_word());
    (left != right).then_some(right)
}

/// Whether behind the straight mark that opens at `at` the next one opens too: one quotation in another.
fn holds_another(words: &[Word<'_>], at: usize, text: &str) -> bool {
    let next = (at + 1..words.len()).find(|&at| words.get(at).is_some_and(|word| text.get(word.start..word.end) == Some("\"")));
    straight(words, at, text) == Some(true) && next.is_some_and(|next| straight(words, next, text) == Some(true))
}

/// The mark that closes the straight quotation at `at` and those in it; none where it goes on in the next paragraph.
fn nested_end(words: &[Word<'_>], at: usize, text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for at in at..words.len() {
        match straight(words, at, text) {
            Some(true) => depth += 1,
            Some(false) if depth == 1 => return Some(at),
            Some(false) => depth -= 1,
            None => {}
        }
    }
    None
}

/// A straight mark that opens and is not closed runs to the end of its paragraph where enough follows.
fn runs_on(words: &[Word<'_>], at: usize) -> bool {
    let joined = |a: usize, b: usize| matches!((words.get(a), words.get(b)), (Some(a), Some(b)) if a.end == b.start);
    let opens = joined(at, at + 1) && (at == 0 || !joined(at - 1, at));
    opens && words.len() > at + 5
}

/// A closing single mark is followed by a space, a mark or nothing.
fn ends_here(words: &[Word<'_>], at: usize) -> bool {
    match (words.get(at), words.get(at + 1)) {
        (Some(mark), Some(next)) => next.start > mark.end || next.kind == TokenKind::Mark,
        _ => true,
    }
}
