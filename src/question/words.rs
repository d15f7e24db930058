//! The words of a question with their places, as patterns and names are looked up in them. Knows no source.

use std::cell::OnceCell;

use crate::rules::LocaleRules;
use crate::rules::lexicon::LexiconMatch;
use crate::rules::matcher::{Matcher, WordIds};
use crate::token::{self, Token, TokenKind, fold_bare};

/// One word, number or quoted phrase of a question; marks are dropped.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// The token; of a quoted phrase its inner text.
    pub token: Token,
    /// Folded without accents.
    pub bare: String,
    /// Whether it is a whole quoted phrase.
    pub quoted: bool,
    /// Whether a sentence ends behind it.
    pub ends: bool,
    /// What is read instead of it, where it was misspelt.
    pub repaired: Option<String>,
}

/// A question's words in one language.
#[derive(Debug)]
pub(super) struct Words<'w> {
    pub text: &'w str,
    pub language: &'w LocaleRules,
    pub list: Vec<Word>,
    lexicon: Vec<OnceCell<Vec<LexiconMatch<'w>>>>,
}

impl<'w> Words<'w> {
    pub fn new(text: &'w str, language: &'w LocaleRules) -> Self {
        let tokens = token::tokenize(text, &language.locale.clitics);
        let mut list: Vec<Word> = Vec::with_capacity(tokens.len());
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            if let Some(end) = quote_end(&tokens, at) {
                let inner = (token.end, tokens.get(end).map_or(token.end, |close| close.start));
                let phrase = text.get(inner.0..inner.1).unwrap_or_default();
                let folded = token::fold(phrase);
                let token = Token { start: inner.0, end: inner.1, kind: TokenKind::Mark, folded };
                list.push(Word { bare: fold_bare(phrase), token, quoted: true, ends: false, repaired: None });
                at = end + 1;
                continue;
            }
            match token.kind {
                TokenKind::Mark => {
                    if let Some(last) = list.last_mut() {
                        // A short word with a full stop is an abbreviation: "Dr. Roe".
                        let stop = token.is_mark(".") && last.bare.chars().count() > 3;
                        last.ends |= stop || matches!(token.folded.as_str(), "?" | "!" | ";" | "…" | "؟" | "？");
                    }
                }
                _ => list.push(Word {
                    bare: fold_bare(&token.folded),
                    token: token.clone(),
                    quoted: false,
                    ends: false,
                    repaired: None,
                }),
            }
            at += 1;
        }
        let lexicon = (0..list.len()).map(|_| OnceCell::new()).collect();
        Self { text, language, list, lexicon }
    }

    /// The same with other words.
    pub fn with(&self, list: Vec<Word>) -> Self {
        let lexicon = (0..list.len()).map(|_| OnceCell::new()).collect();
        Self { text: self.text, language: self.language, list, lexicon }
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn get(&self, at: usize) -> Option<&Word> {
        self.list.get(at)
    }

    /// The words of the range as written, from the first to the last with what stands between.
    pub fn slice(&self, range: std::ops::Range<usize>) -> &'w str {
        let (Some(first), Some(last)) = (self.list.get(range.start), self.list.get(range.end.saturating_sub(1))) else {
            return "";
        };
        self.text.get(first.token.start..last.token.end).unwrap_or_default()
    }

    /// The key under which the range is looked up as a name.
    pub fn key(&self, range: std::ops::Range<usize>) -> String {
        let words = self.list.get(range).unwrap_or_default().iter().map(|word| super::names::key(&word.bare));
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Entries of the lexicon that begin at the word, longest first.
    pub fn lexicon(&self, at: usize) -> &[LexiconMatch<'w>] {
        let Some(cell) = self.lexicon.get(at) else { return &[] };
        cell.get_or_init(|| {
            let ahead = self.list.get(at..self.list.len().min(at + 7)).unwrap_or_default();
            let unquoted = ahead.iter().take_while(|word| !word.quoted);
            let tokens = unquoted.map(|word| word.as_read()).collect::<Vec<_>>();
            self.language.lexicon.at(&tokens)
        })
    }

    /// The longest entry of the class that begins at the word.
    pub fn class_at(&self, at: usize, class: &str) -> Option<LexiconMatch<'w>> {
        self.lexicon(at).iter().find(|found| found.entry.is_a(class)).copied()
    }

    /// The longest concept of the class that begins at the word, and its length; words that only questions use for it
    /// ("query.status.charged") count as the concept itself.
    pub fn concept_at(&self, at: usize, class: &str) -> Option<(String, usize)> {
        self.lexicon(at).iter().find_map(|found| {
            let id = found.entry.id.strip_prefix("query.").unwrap_or(&found.entry.id);
            let rest = id.strip_prefix(class)?;
            (rest.is_empty() || rest.starts_with('.')).then(|| (id.to_owned(), found.len))
        })
    }

    /// The longest concept of the class among the words outside `skip`; of equal ones the last.
    pub fn concept(&self, class: &str, skip: &std::ops::Range<usize>) -> Option<String> {
        let places = (0..self.len()).filter(|at| !skip.contains(at));
        places.filter_map(|at| self.concept_at(at, class)).max_by_key(|(_, len)| *len).map(|(id, _)| id)
    }

    pub fn ids(&self, matcher: &Matcher) -> Vec<WordIds> {
        let id = |word: &Word| if word.quoted { Vec::new() } else { matcher.ids(&word.as_read().folded) };
        self.list.iter().map(id).collect()
    }

    pub fn is_stop_word(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|word| !word.quoted && self.language.locale.is_stop_word(&word.as_read().folded))
    }

    /// Whether the word stands in the list of `reading.toml`; accents may be left out.
    pub fn is_in(&self, at: usize, list: &[String]) -> bool {
        self.list
            .get(at)
            .is_some_and(|word| !word.quoted && list.iter().any(|own| *own == word.token.folded || *own == word.bare))
    }

    pub fn is_capitalised(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|word| word.token.is_capitalised(self.text))
    }

    /// Whether a word behind the first begins with a capital.
    pub fn uses_capitals(&self) -> bool {
        (1..self.list.len()).any(|at| self.is_capitalised(at))
    }

    /// Whether capitals tell names from words: some word begins with a small letter, and not all that follow do with a capital.
    pub fn has_case(&self) -> bool {
        let words = || self.list.iter().filter(|word| word.token.kind == TokenKind::Word);
        let small = words().filter(|word| !word.token.is_capitalised(self.text)).count();
        small * 3 >= words().count()
    }
}

impl Word {
    /// The token as it is read: repaired where it was misspelt.
    pub fn as_read(&self) -> Token {
        let mut token = self.token.clone();
        if let Some(repaired) = &self.repaired {
            token.folded = token::fold(repaired);
        }
        token
    }

    pub fn is_number(&self) -> bool {
        self.token.kind == TokenKind::Number
    }
}

/// The index of the mark that closes the quotation opened at `at`.
fn quote_end(tokens: &[Token], at: usize) -> Option<usize> {
    let open = tokens.get(at).filter(|token| token.kind == TokenKind::Mark)?;
    let closes: &[&str] = match open.folded.as_str() {
        "\"" => &["\"", "”", "“"],
        "“" | "„" | "‟" => &["”", "“", "\"", "‟"],
        "”" => &["”"],
        "«" => &["»"],
        "»" => &["«"],
        "‹" => &["›"],
        _ => return None,
    };
    let ahead = tokens.iter().enumerate().skip(at + 1).take(120);
    let end = ahead.clone().find(|(_, token)| token.kind == TokenKind::Mark && closes.contains(&token.folded.as_str()))?.0;
    (end > at + 1).then_some(end)
}
