//! One question pattern: words, alternatives `(a|b)`, options `[a]`, slots `{name}`, shared rules `<name>` and lexicon classes `@say`. Knows no source.

use std::fmt;

use crate::token::{self, Clitics};

/// A parsed pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// A word as it stands.
    Word(String),
    /// One after the other.
    Sequence(Vec<Pattern>),
    /// One of these.
    Choice(Vec<Pattern>),
    /// May be left out.
    Optional(Box<Pattern>),
    /// A slot by name; `_` is filled but not kept.
    Slot(String),
    /// A shared rule by name.
    Rule(String),
    /// Any form of a lexicon entry of this class.
    Class(String),
}

/// What is wrong in a pattern, and at which byte of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// Byte offset in the pattern.
    pub offset: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for PatternError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

const APOSTROPHES: [char; 2] = ['\'', '’'];

/// Deepest nesting of brackets.
const DEPTH: usize = 16;

/// Parses one pattern.
///
/// # Errors
/// A bracket that is not closed or not opened, an empty alternative, a name with other letters than `a-z_.`.
pub fn parse(text: &str) -> Result<Pattern, PatternError> {
    let mut parser = Parser { text, at: 0 };
    let pattern = parser.sequence(0)?;
    match parser.peek() {
        None => Ok(pattern),
        Some('|') => Err(parser.error("alternatives must stand in round or square brackets")),
        Some(_) => Err(parser.error("this bracket closes nothing")),
    }
}

impl Pattern {
    /// The same with each word split as the words of a question are: "who's" into "who" and "'s".
    #[must_use]
    pub fn split(self, clitics: &Clitics) -> Self {
        let each = |items: Vec<Self>| items.into_iter().map(|item| item.split(clitics)).collect::<Vec<_>>();
        match self {
            Self::Word(word) if word.trim_end_matches(APOSTROPHES).contains(APOSTROPHES) && !word.starts_with(APOSTROPHES) => {
                let parts = token::tokenize(&word, clitics);
                let words = parts.iter().map(|part| Self::Word(part.text(&word).to_owned())).collect::<Vec<_>>();
                if words.len() > 1 { Self::Sequence(words) } else { Self::Word(word) }
            }
            Self::Sequence(items) => Self::Sequence(each(items)),
            Self::Choice(items) => Self::Choice(each(items)),
            Self::Optional(inner) => Self::Optional(Box::new(inner.split(clitics))),
            other => other,
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..).and_then(|rest| rest.chars().next())
    }

    fn error(&self, message: &str) -> PatternError {
        PatternError { offset: self.at, message: message.to_owned() }
    }

    fn sequence(&mut self, depth: usize) -> Result<Pattern, PatternError> {
        let mut items = Vec::new();
        while let Some(ch) = self.peek() {
            match ch {
                ' ' | '\t' | '\n' | '\r' => self.at += 1,
                '|' | ')' | ']' => break,
                _ => items.push(self.item(ch, depth)?),
            }
        }
        match items.len() {
            0 => Err(self.error("nothing stands here")),
            1 => Ok(items.remove(0)),
            _ => Ok(Pattern::Sequence(items)),
        }
    }

    fn item(&mut self, ch: char, depth: usize) -> Result<Pattern, PatternError> {
        match ch {
            '(' => self.choice(')', depth),
            '[' => Ok(Pattern::Optional(Box::new(self.choice(']', depth)?))),
            '{' => Ok(Pattern::Slot(self.name('}')?)),
            '<' => Ok(Pattern::Rule(self.name('>')?)),
            '}' | '>' => Err(self.error("this bracket closes nothing")),
            '@' => {
                self.at += 1;
                let name = self.take(is_name);
                if name.is_empty() {
                    Err(self.error("a class of the lexicon must follow the @"))
                } else {
                    Ok(Pattern::Class(name))
                }
            }
            _ => Ok(Pattern::Word(self.take(|ch| !ch.is_whitespace() && !"()[]{}<>|@".contains(ch)))),
        }
    }

    fn choice(&mut self, close: char, depth: usize) -> Result<Pattern, PatternError> {
        let opened = self.at;
        if depth >= DEPTH {
            return Err(self.error("brackets are nested too deep"));
        }
        self.at += 1;
        let mut branches = vec![self.sequence(depth + 1)?];
        loop {
            match self.peek() {
                Some('|') => {
                    self.at += 1;
                    branches.push(self.sequence(depth + 1)?);
                }
                Some(ch) if ch == close => {
                    self.at += 1;
                    break;
                }
                Some(_) => return Err(self.error("another bracket was opened than is closed here")),
                None => return Err(PatternError { offset: opened, message: "this bracket is not closed".to_owned() }),
            }
        }
        Ok(if branches.len() == 1 { branches.remove(0) } else { Pattern::Choice(branches) })
    }

    fn name(&mut self, close: char) -> Result<String, PatternError> {
        let opened = self.at;
        self.at += 1;
        let name = self.take(is_name);
        if self.peek() == Some(close) && !name.is_empty() {
            self.at += 1;
            return Ok(name);
        }
        Err(PatternError { offset: opened, message: format!("a name of small letters and `{close}` must follow") })
    }

    fn take(&mut self, holds: impl Fn(char) -> bool) -> String {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let len = rest.find(|ch| !holds(ch)).unwrap_or(rest.len());
        self.at += len;
        rest.get(..len).unwrap_or_default().to_owned()
    }
}

fn is_name(ch: char) -> bool {
    ch.is_ascii_lowercase() || ch == '_' || ch == '.'
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn brackets_slots_rules_and_classes_are_told_apart() {
        let pattern = parse("what (did|has) {person} @say [about <the> {topic}]").unwrap();
        let Pattern::Sequence(items) = pattern else { unreachable!() };
        assert_eq!(items.len(), 5);
        assert_eq!(items.get(2), Some(&Pattern::Slot("person".into())));
        assert_eq!(items.get(3), Some(&Pattern::Class("say".into())));
        assert!(matches!(items.get(4), Some(Pattern::Optional(_))));
    }

    #[test]
    fn faults_point_at_their_byte() {
        let at = |text: &str| parse(text).unwrap_err().offset;
        assert_eq!(at("what (did"), 5);
        assert_eq!(at("what did)"), 8);
        assert_eq!(at("who is {Person}"), 7);
        assert_eq!(at("a | b"), 2);
        assert_eq!(at("what [] did"), 6);
        assert_eq!(at(&"(".repeat(500)), 16);
    }
}
