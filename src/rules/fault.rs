//! A fault in a rule file or a source's data, with its place and a hint. Knows nothing of what the rules mean.

use std::fmt;

/// What is wrong in a file, where, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Fault {
    /// The file, as the user knows it.
    pub path: String,
    /// Line, from 1; 0 where the fault is the file's as a whole.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do, where that is known.
    pub hint: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(out, "{}: {}", self.path, self.message)?;
        } else {
            write!(out, "{}:{}:{}: {}", self.path, self.line, self.column, self.message)?;
        }
        match &self.hint {
            Some(hint) => write!(out, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}

impl Fault {
    /// A fault at byte `offset` of `text`, the content of `path`.
    #[must_use]
    pub fn at(path: &str, text: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = text.get(..offset.min(text.len())).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        Self { path: path.to_owned(), line: before.matches('\n').count() + 1, column, message: message.into(), hint: None }
    }

    /// A fault of the file as a whole.
    #[must_use]
    pub fn whole(path: &str, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: 0, column: 0, message: message.into(), hint: None }
    }

    /// The same fault with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// The name in `known` nearest to `wrong`, where one is near enough to be meant (Damerau–Levenshtein, a third of its length).
#[must_use]
pub fn nearest<'k>(wrong: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let limit = wrong.chars().count().div_ceil(3);
    let distances = known.into_iter().map(|name| (strsim::damerau_levenshtein(wrong, name), name));
    distances.filter(|(distance, _)| *distance <= limit).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// Reads TOML `text` of `path` into `T`; unknown keys and wrong types become faults with their place.
///
/// # Errors
/// The first fault found.
pub fn parse<T: serde::de::DeserializeOwned>(path: &str, text: &str) -> Result<T, Fault> {
    toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        let fault = Fault::at(path, text, offset, error.message().lines().next().unwrap_or_default());
        match suggestion(error.message()) {
            Some(name) => fault.hint(format!("did you mean `{name}`?")),
            None => fault,
        }
    })
}

/// The nearest of the expected names in serde's "unknown field `x`, expected one of `a`, `b`".
fn suggestion(message: &str) -> Option<String> {
    let (unknown, expected) = message.split_once(", expected")?;
    let wrong = unknown.split('`').nth(1)?;
    nearest(wrong, expected.split('`').skip(1).step_by(2)).map(String::from)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[allow(dead_code)]
        title: String,
    }

    #[test]
    fn an_unknown_key_is_named_with_its_place_and_the_nearest_valid_one() {
        let fault = parse::<Sample>("a.toml", "title = \"é\"\ntilte = 1\n").unwrap_err();
        assert_eq!((fault.line, fault.column), (2, 1));
        assert_eq!(fault.hint.as_deref(), Some("did you mean `title`?"));
        assert!(fault.to_string().starts_with("a.toml:2:1: unknown field `tilte`"));
    }
}
