//! Numbers of a text with their values and what they count: the one way in which answers, claims and briefings read them.
//! Knows no question.

use crate::rules::LocaleRules;
use crate::token::{self, Token, TokenKind};

/// A number of a text with the word that it counts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    /// The number as it stands.
    pub word: String,
    /// What it is worth.
    pub value: f64,
    /// Stem of the word behind it.
    pub counts: Option<String>,
}

/// The numbers of `text`, a text in the language of `rules`.
pub(crate) fn figures(text: &str, rules: &LocaleRules) -> Vec<Figure> {
    let tokens = token::tokenize(text, &rules.locale.clitics);
    let mut figures = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(value) = value(token, rules) else { continue };
        let counts = tokens.get(at + 1..).unwrap_or_default().iter();
        let counts = counts.take(2).find(|next| next.kind == TokenKind::Word && value_word(next, rules).is_none());
        let counts = counts.map(|next| rules.locale.stem(&next.folded).into_owned());
        figures.push(Figure { word: token.text(text).to_owned(), value, counts });
    }
    figures
}

/// What a number is worth, in digits or as a word; `None` for "11th" and for every other word.
pub(crate) fn value(token: &Token, rules: &LocaleRules) -> Option<f64> {
    if token.kind != TokenKind::Number {
        return value_word(token, rules);
    }
    let dates = &rules.locale.dates;
    let plain = if dates.thousands.is_empty() { token.folded.clone() } else { token.folded.replace(&dates.thousands, "") };
    let plain = if dates.decimal.is_empty() { plain } else { plain.replace(&dates.decimal, ".") };
    plain.parse().ok()
}

/// What a word for a number is worth.
pub(crate) fn value_word(token: &Token, rules: &LocaleRules) -> Option<f64> {
    rules.locale.dates.numbers.iter().find(|(name, _)| *name == token.folded).map(|&(_, value)| value)
}

/// Whether it begins with a digit or is a word for a number.
pub(crate) fn is_number(token: &Token, rules: &LocaleRules) -> bool {
    token.kind == TokenKind::Number || value_word(token, rules).is_some()
}

/// "one of the largest" counts nothing.
pub(crate) fn is_one_of(token: &Token, next: Option<&Token>, rules: &LocaleRules) -> bool {
    let one = value_word(token, rules).is_some_and(is_one);
    one && next.is_some_and(|next| rules.lexicon.holds_class(std::slice::from_ref(next), "gram.of"))
}

/// Whether a value is one.
pub(crate) fn is_one(value: f64) -> bool {
    (value - 1.0).abs() < f64::EPSILON
}
