//! `prompts/intents.toml`: intents and their typed slots, declared once for all languages. Knows no language and no source.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::fault::{self, Fault};
use super::matcher::SlotType;

/// What is declared of one intent or of another set of patterns.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Declaration {
    /// Its id, the name of its file in each language: "statement".
    pub id: String,
    /// What it asks, for people who write patterns.
    pub about: String,
    /// The kind of answer it asks for, where that is always the same.
    pub kind: Option<String>,
    slots: BTreeMap<String, SlotType>,
    /// Whether a language can do without it.
    pub optional: bool,
    /// Concepts of a slot of a class that make it this intent, whichever pattern matched.
    pub concepts: Vec<String>,
}

/// A declaration as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    about: String,
    #[serde(default)]
    kind: Option<String>,
    /// Slots and what may fill them: "name", "role", "phrase", "words", "number", "concept:CLASS", "holding:CLASS".
    #[serde(default)]
    slots: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    concepts: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "intent")]
    intents: Vec<Written>,
}

/// All declarations, in the order that decides ties.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Intents {
    all: Vec<Declaration>,
}

impl Intents {
    /// Reads `text` of `path`.
    ///
    /// # Errors
    /// Bad TOML, an unknown type of slot, an id twice.
    pub fn load(path: &str, text: &str) -> Result<Self, Vec<Fault>> {
        let file: File = fault::parse(path, text).map_err(|fault| vec![fault])?;
        let mut faults = Vec::new();
        let mut all: Vec<Declaration> = Vec::new();
        for Written { id, about, kind, slots: written, optional, concepts } in file.intents {
            let mut slots = BTreeMap::new();
            for (name, kind) in written {
                if let Some(kind) = slot_type(kind.get_ref()) {
                    slots.insert(name, kind);
                    continue;
                }
                let fault = Fault::at(path, text, kind.span().start, format!("unknown type of slot `{}`", kind.get_ref()));
                faults.push(fault.hint("types are name, role, phrase, words, number, concept:CLASS and holding:CLASS"));
            }
            if all.iter().any(|other| other.id == id) {
                faults.push(Fault::whole(path, format!("the intent `{id}` is declared twice")));
            }
            all.push(Declaration { id, about, kind, slots, optional, concepts });
        }
        if faults.is_empty() { Ok(Self { all }) } else { Err(faults) }
    }

    /// Every declaration in file order.
    #[must_use]
    pub fn all(&self) -> &[Declaration] {
        &self.all
    }

    /// The declaration of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Declaration> {
        self.all.iter().find(|intent| intent.id == id)
    }
}

impl Declaration {
    /// What may fill the slot; `_` takes any words everywhere.
    #[must_use]
    pub fn slot(&self, name: &str) -> Option<SlotType> {
        if name == "_" { Some(SlotType::Words) } else { self.slots.get(name).cloned() }
    }

    /// Names of its slots.
    pub fn slot_names(&self) -> impl Iterator<Item = &str> {
        self.slots.keys().map(String::as_str)
    }
}

fn slot_type(text: &str) -> Option<SlotType> {
    Some(match text.split_once(':') {
        None => match text {
            "name" => SlotType::Name,
            "role" => SlotType::Role,
            "phrase" => SlotType::Phrase,
            "words" => SlotType::Words,
            "number" => SlotType::Number,
            _ => return None,
        },
        Some(("concept", class)) => SlotType::Concept(class.into()),
        Some(("holding", class)) => SlotType::Holding(class.into()),
        Some(_) => return None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_and_unknown_ones_refused_with_their_place() {
        let good = "[[intent]]\nid = \"status\"\nabout = \"?\"\nslots = { person = \"name\", status = \"concept:status\" }\n";
        let intents = Intents::load("intents.toml", good).unwrap();
        assert_eq!(intents.get("status").unwrap().slot("status"), Some(SlotType::Concept("status".into())));
        let bad = good.replace("\"name\"", "\"nmae\"");
        let faults = Intents::load("intents.toml", &bad).unwrap_err();
        assert_eq!((faults.len(), faults.first().unwrap().line, faults.first().unwrap().column), (1, 4, 20));
    }
}
