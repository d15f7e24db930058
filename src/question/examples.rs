//! Checks each pattern file's own examples and counter-examples by understanding them. Knows no source: the examples name their own people.

use serde::Deserialize;
use toml::Spanned;

use super::names::Names;
use super::types::{Question, SlotValue};
use super::understand::{Asked, Asking, ask_in};
use crate::document::View;
use crate::rules::fault::{self, Fault};
use crate::rules::matcher::SlotType;
use crate::rules::{Rules, content_start};

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    examples: Option<Spanned<String>>,
    #[serde(default)]
    counter_examples: Option<Spanned<String>>,
}

/// Sets of patterns that are tried beside those of intents, each in its own way.
const APART: [&str; 5] = ["kinds", "wrapping", "follow_up", "claim", "free"];

/// One fault for each example that is not understood as its file says, in the language `tag`.
#[must_use]
pub fn check_examples(rules: &Rules, tag: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for intent in rules.intents().all().iter().filter(|intent| !APART.contains(&intent.id.as_str()) || intent.id == "free") {
        let relative = format!("{tag}/{}.toml", intent.id);
        let path = rules.folder().path_of(&relative);
        let Ok(bytes) = rules.folder().read(&relative) else { continue };
        let Ok(text) = String::from_utf8(bytes.into_owned()) else { continue };
        let Ok(file) = fault::parse::<File>(&path, &text) else { continue };
        for (list, wanted) in [(&file.examples, true), (&file.counter_examples, false)] {
            let Some(list) = list else { continue };
            for (offset, line) in lines(content_start(&text, list), list.get_ref()) {
                let example = Example::read(line, |slot| intent.slot(slot));
                if let Some(message) = example.fault(rules, tag, &intent.id, wanted) {
                    faults.push(Fault::at(&path, &text, offset, message));
                }
            }
        }
    }
    faults
}

/// Lines with content and where they begin.
fn lines(start: usize, text: &str) -> Vec<(usize, &str)> {
    let mut offset = start;
    let mut found = Vec::new();
    for line in text.split('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() && !trimmed.starts_with('#') {
            found.push((offset + (line.len() - line.trim_start().len()), trimmed));
        }
        offset += line.len() + 1;
    }
    found
}

/// "what did Okoro say about rain? | person = Okoro | topic = rain".
struct Example<'e> {
    ask: &'e str,
    slots: Vec<(&'e str, &'e str)>,
    people: Vec<&'e str>,
}

impl<'e> Example<'e> {
    fn read(line: &'e str, kind: impl Fn(&str) -> Option<SlotType>) -> Self {
        let mut parts = line.split(" | ");
        let ask = parts.next().unwrap_or_default().trim();
        let slots =
            parts.filter_map(|part| part.split_once('=')).map(|(name, value)| (name.trim(), value.trim())).collect::<Vec<_>>();
        let named = |name: &str| name == "also" || kind(name) == Some(SlotType::Name);
        let people = slots.iter().filter(|(name, _)| named(name)).map(|(_, value)| *value).collect();
        Self { ask, slots, people }
    }

    /// What is not as the file says.
    fn fault(&self, rules: &Rules, tag: &str, intent: &str, wanted: bool) -> Option<String> {
        let names = Names::of_people(&self.people);
        let view = View { editions: vec![crate::span::EditionId(0)], ..View::default() };
        let asking = Asking { rules, names: &names, view: &view, locale: Some(tag), previous: None };
        let Asked { question, intent: found, tied } = ask_in(self.ask, tag, &asking)?;
        if wanted && found != intent {
            return Some(format!("this example is understood as `{found}` by {}", question.rule));
        }
        if !wanted && found == intent {
            return Some(format!("this counter-example is understood as `{intent}` by {}", question.rule));
        }
        if !wanted {
            return None;
        }
        if !tied.is_empty() {
            return Some(format!("this example is matched as well by {tied} as by {}", question.rule));
        }
        self.slots.iter().find_map(|(name, value)| wrong_slot(&question, name, value))
    }
}

fn wrong_slot(question: &Question, name: &str, value: &str) -> Option<String> {
    let found = if name == "also" { question.also.first() } else { question.slot(name) };
    let words = match found {
        Some(
            SlotValue::Entity(words) | SlotValue::UnknownName(words) | SlotValue::Words(words) | SlotValue::Concept(words),
        ) => words,
        Some(SlotValue::Ambiguous(names)) => return Some(format!("`{name}` is shared by {}", names.join(", "))),
        None => return Some(format!("`{name}` is not filled (by {})", question.rule)),
    };
    (words != value).then(|| format!("`{name}` is filled with `{words}` instead of `{value}` (by {})", question.rule))
}
