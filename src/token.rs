//! Words, numbers and marks of a text with their byte places. Knows no language but the clitics it is given.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner apostrophes, hyphens and full stops of initials ("d'Amato", "co-operate", "U.S.").
    Word,
    /// Begins with a digit: "15", "1,300", "3.14", "416-bis", "15th".
    Number,
    /// One mark of punctuation or symbol.
    Mark,
}

/// One token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text that was tokenised.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is.
    pub kind: TokenKind,
    /// Folded form for comparison: lower case, straight apostrophe, composed accents kept.
    pub folded: String,
}

impl Token {
    /// The token's own characters in `text`, the text that was tokenised.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether it begins with an upper-case letter in `text`.
    #[must_use]
    pub fn is_capitalised(&self, text: &str) -> bool {
        self.kind == TokenKind::Word && self.text(text).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether it is the mark `mark`.
    #[must_use]
    pub fn is_mark(&self, mark: &str) -> bool {
        self.kind == TokenKind::Mark && self.folded == mark
    }
}

/// How a language joins words with apostrophes (from `locale.toml`).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Clitics {
    /// Behind an apostrophe and split off in front of it: English "s", "re", "ve".
    pub after: Vec<String>,
    /// Behind an apostrophe and kept with the word: English "t" (don't).
    pub inside: Vec<String>,
}

/// Splits `text` into tokens. White space is dropped; every other character is in exactly one token.
#[must_use]
pub fn tokenize(text: &str, clitics: &Clitics) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    while let Some((start, ch)) = chars.next() {
        if ch.is_whitespace() || is_invisible(ch) {
            continue;
        }
        if !is_word_char(ch) {
            let end = start + ch.len_utf8();
            push(&mut tokens, text, start, end, TokenKind::Mark);
            continue;
        }
        let mut end = start + ch.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            let joined = is_word_char(next) || (is_joiner(next) && joins(text, start, at, next));
            if !joined {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        split_word(&mut tokens, text, start, end, clitics);
    }
    tokens
}

/// Folds a word for comparison: lower case, compatibility-composed, straight apostrophe, no stroke through a letter.
#[must_use]
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfkc().flat_map(char::to_lowercase).map(straight).map(plain).filter(|&ch| !is_invisible(ch)).collect()
}

/// Folds a word and drops its accents ("perché" → "perche"), for comparing misspelt words.
#[must_use]
pub fn fold_bare(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().map(|ch| straight(ch.to_ascii_lowercase())).collect();
    }
    word.nfkd().filter(|&ch| !is_combining_mark(ch)).flat_map(char::to_lowercase).map(straight).map(plain).collect()
}

/// The letter as it is written where its sign is not at hand: Unicode does not take these apart.
fn plain(ch: char) -> char {
    match ch {
        'ł' => 'l',
        'ø' => 'o',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        'ı' => 'i',
        _ => ch,
    }
}

fn straight(ch: char) -> char {
    if matches!(ch, '’' | '‘' | 'ʼ' | '＇' | '`' | '´') { '\'' } else { ch }
}

/// Whether a character is a part of a word: a letter, a digit or an accent put on one.
pub(crate) fn is_word_char(ch: char) -> bool {
    ch.is_alphanumeric() || (!ch.is_ascii() && is_combining_mark(ch))
}

fn is_invisible(ch: char) -> bool {
    matches!(ch, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

fn is_apostrophe(ch: char) -> bool {
    matches!(ch, '\'' | '’' | 'ʼ' | '＇')
}

fn is_joiner(ch: char) -> bool {
    is_apostrophe(ch) || matches!(ch, '-' | '‑' | '.' | ',' | '_')
}

/// Whether the joiner `ch` at byte `at` joins the word begun at `start` to what follows.
fn joins(text: &str, start: usize, at: usize, ch: char) -> bool {
    let before = text.get(start..at).and_then(|part| part.chars().next_back());
    let after = text.get(at + ch.len_utf8()..).and_then(|part| part.chars().next());
    let (Some(before), Some(after)) = (before, after) else {
        return ch == '.' && is_initials(text.get(start..at).unwrap_or_default());
    };
    match ch {
        ',' => before.is_ascii_digit() && after.is_ascii_digit(),
        '.' if before.is_ascii_digit() && after.is_ascii_digit() => true,
        '.' if after.is_alphabetic() => is_initials(text.get(start..at).unwrap_or_default()),
        '.' => text.get(start..at).is_some_and(|word| word.contains('.') && is_initials(word)),
        _ => is_word_char(before) && is_word_char(after),
    }
}

/// "U", "U.S", "J": single letters parted by full stops.
fn is_initials(word: &str) -> bool {
    !word.is_empty() && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

fn split_word(tokens: &mut Vec<Token>, text: &str, start: usize, end: usize, clitics: &Clitics) {
    let Some(word) = text.get(start..end) else { return };
    let kind = if word.starts_with(|ch: char| ch.is_numeric()) { TokenKind::Number } else { TokenKind::Word };
    let Some((at, mark)) = word.char_indices().rfind(|&(_, ch)| is_apostrophe(ch)) else {
        push(tokens, text, start, end, kind);
        return;
    };
    let (before, after) = (word.get(..at).unwrap_or_default(), word.get(at + mark.len_utf8()..).unwrap_or_default());
    let tail = fold(after);
    if after.is_empty() || before.is_empty() || clitics.inside.contains(&tail) || is_name_prefix(before, after) {
        push(tokens, text, start, end, kind);
    } else if clitics.after.contains(&tail) {
        split_word(tokens, text, start, start + at, clitics);
        push(tokens, text, start + at, end, TokenKind::Word);
    } else {
        push(tokens, text, start, start + at + mark.len_utf8(), kind);
        push(tokens, text, start + at + mark.len_utf8(), end, number_or_word(after));
    }
}

fn number_or_word(part: &str) -> TokenKind {
    if part.starts_with(|ch: char| ch.is_numeric()) { TokenKind::Number } else { TokenKind::Word }
}

/// "O" + "Brien", "D" + "Amato": one capital and a capitalised rest are one name.
fn is_name_prefix(before: &str, after: &str) -> bool {
    let mut chars = before.chars();
    let single = chars.next().is_some_and(|ch| ch.is_uppercase() && !matches!(ch, 'L' | 'l')) && chars.next().is_none();
    single && after.chars().next().is_some_and(char::is_uppercase) && after.chars().any(char::is_lowercase)
}

fn push(tokens: &mut Vec<Token>, text: &str, start: usize, end: usize, kind: TokenKind) {
    if start < end {
        tokens.push(Token { start, end, kind, folded: fold(text.get(start..end).unwrap_or_default()) });
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let clitics = Clitics { after: ["s", "re", "ve", "ll", "d", "m"].map(String::from).to_vec(), inside: vec!["t".into()] };
        tokenize(text, &clitics).iter().map(|token| token.text(text)).collect::<Vec<_>>()
    }

    #[test]
    fn possessives_and_contractions() {
        assert_eq!(words("Italy’s minister don't say"), ["Italy", "’s", "minister", "don't", "say"]);
        assert_eq!(words("They’re O’Brien’s"), ["They", "’re", "O’Brien", "’s"]);
    }

    #[test]
    fn elisions_numbers_and_initials() {
        assert_eq!(words("l'inchiesta dell’accusa"), ["l'", "inchiesta", "dell’", "accusa"]);
        assert_eq!(
            words("1,300 files, 3.14% in the U.S. by J. Smith."),
            ["1,300", "files", ",", "3.14", "%", "in", "the", "U.S.", "by", "J", ".", "Smith", "."]
        );
    }

    #[test]
    fn every_visible_character_is_in_one_token() {
        let text = "«Già», disse—non so… e\u{301} 🙂 ‘x’";
        let tokens = tokenize(text, &Clitics::default());
        let covered: usize = tokens.iter().map(|token| token.end - token.start).sum();
        let visible: usize = text.chars().filter(|ch| !ch.is_whitespace()).map(char::len_utf8).sum();
        assert_eq!(covered, visible);
    }
}
