//! The frame of answers in one language: messages with named places and plural forms. Knows no source and no surface.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A message: one text, or one for each plural category of CLDR.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Message {
    Text(String),
    Plural { one: String, other: String },
}

/// Every message of one language, by key ("reason.unknown_name").
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Wording {
    #[serde(flatten)]
    tables: BTreeMap<String, BTreeMap<String, Message>>,
}

/// A wording in a form that does not tell its own types: each message with its singular, where it has one.
pub(super) type Plain = BTreeMap<String, BTreeMap<String, (String, Option<String>)>>;

impl Wording {
    /// The same, plain.
    pub(super) fn to_plain(&self) -> Plain {
        let message = |message: &Message| match message {
            Message::Text(text) => (text.clone(), None),
            Message::Plural { one, other } => (other.clone(), Some(one.clone())),
        };
        let table = |(name, messages): (&String, &BTreeMap<String, Message>)| {
            (name.clone(), messages.iter().map(|(key, own)| (key.clone(), message(own))).collect())
        };
        self.tables.iter().map(table).collect()
    }

    /// From the plain form.
    pub(super) fn of_plain(plain: Plain) -> Self {
        let message = |(text, one): (String, Option<String>)| match one {
            None => Message::Text(text),
            Some(one) => Message::Plural { one, other: text },
        };
        let table = |(name, messages): (String, BTreeMap<_, _>)| {
            (name, messages.into_iter().map(|(key, own)| (key, message(own))).collect())
        };
        Self { tables: plain.into_iter().map(table).collect() }
    }

    /// The message `key` ("table.name") with each `{place}` filled in; a place `n` of "1" chooses the singular.
    ///
    /// A missing key gives the key itself, so that a fault shows; `check` and a test see to it that none is missing.
    #[must_use]
    pub fn text(&self, key: &str, places: &[(&str, &str)]) -> String {
        let Some(message) = self.find(key) else { return key.to_owned() };
        let mut text = match message {
            Message::Text(text) => text.clone(),
            Message::Plural { one, other } => {
                let singular = places.iter().any(|&(name, value)| name == "n" && value == "1");
                if singular { one.clone() } else { other.clone() }
            }
        };
        for (name, value) in places {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// Whether the message is there.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// Every key, sorted.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        self.tables.iter().flat_map(|(table, messages)| messages.keys().map(move |name| format!("{table}.{name}")))
    }

    fn find(&self, key: &str) -> Option<&Message> {
        let (table, name) = key.split_once('.')?;
        self.tables.get(table)?.get(name)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_the_plural_chosen() {
        let text = "[card]\npassages = { one = \"{n} passage\", other = \"{n} passages\" }\nby = \"By {name}\"\n";
        let wording: Wording = toml::from_str(text).unwrap();
        assert_eq!(wording.text("card.passages", &[("n", "1")]), "1 passage");
        assert_eq!(wording.text("card.passages", &[("n", "2")]), "2 passages");
        assert_eq!(wording.text("card.by", &[("name", "Ann")]), "By Ann");
        assert_eq!(wording.text("card.none", &[]), "card.none");
    }
}
