//! Who is named, as text, Markdown and JSON. Knows no question.

use serde_json::{Value, json};

use super::frame::{self, Passage, SourceLines};
use super::json::quotations;
use super::markdown::{escape, passage_blocks};
use super::page::{Item, Page, Part};
use super::picture::{self, Picture, PictureError, Theme};
use super::text::{self, Canvas, Layout, Style};
use super::words::Words;
use crate::answer::Quotation;
use crate::engine::Snapshot;
use crate::people::{Person, Together};
use crate::receipt::Receipt;
use crate::span::{EditionId, Span};

/// The list of people with its frame in the reader's language.
#[derive(Debug, Clone, PartialEq)]
pub struct PeopleFrame {
    title: String,
    people: Vec<PersonFrame>,
    sources: Vec<SourceLines>,
    receipt_label: String,
    receipt: String,
}

#[derive(Debug, Clone, PartialEq)]
struct PersonFrame {
    name: String,
    facts: Vec<String>,
    passages: Vec<Passage>,
}

/// Every place that the list of `people` shows.
#[must_use]
pub fn spans(people: &[Person]) -> Vec<Span> {
    people.iter().flat_map(receipts).map(Quotation::span).collect()
}

/// The passages that show what is said of a person, each once, in text order.
fn receipts(person: &Person) -> Vec<&Quotation> {
    let roles = person.roles.iter().map(|role| &role.receipt);
    let mut receipts: Vec<&Quotation> = roles.chain(person.statuses.iter().map(|(_, receipt)| receipt)).collect();
    if receipts.is_empty() {
        receipts.push(&person.first);
    }
    receipts.sort_by_key(|receipt| receipt.span());
    receipts.dedup_by_key(|receipt| receipt.span());
    receipts
}

impl PeopleFrame {
    /// Frames `people` of the sources searched.
    #[must_use]
    pub fn of(people: &[Person], searched: &[EditionId], snapshot: &Snapshot, words: Words<'_>, receipt: &Receipt) -> Self {
        let title =
            if people.is_empty() { words.text("people.none", &[]) } else { words.counted("people.title", people.len()) };
        Self {
            title,
            people: people.iter().map(|person| framed(person, snapshot, words)).collect(),
            sources: frame::source_lines(searched, snapshot, words),
            receipt_label: words.text("card.receipt", &[("id", receipt.id())]),
            receipt: receipt.to_string(),
        }
    }

    /// As text for a terminal.
    #[must_use]
    pub fn text(&self, layout: Layout) -> String {
        let mut canvas = Canvas::new(layout);
        canvas.paragraph(Style::Heading, &self.title);
        for person in &self.people {
            canvas.gap();
            canvas.paragraph(Style::Heading, &person.name);
            if !person.facts.is_empty() {
                canvas.item("", &person.facts.join(" · "));
            }
            person.passages.iter().for_each(|passage| text::passage(passage, &mut canvas));
        }
        canvas.gap();
        text::foot(&self.sources, &self.receipt_label, &mut canvas);
        canvas.finish()
    }

    /// As a page.
    #[must_use]
    pub fn page(&self, words: Words<'_>) -> Page {
        let part = |person: &PersonFrame| {
            let facts = person.facts.iter().cloned().map(Item::Line);
            let passages = person.passages.iter().cloned().map(Item::Passage);
            Part::titled(person.name.clone(), facts.chain(passages).collect())
        };
        Page {
            language: words.tag().to_owned(),
            title: self.title.clone(),
            remarks: Vec::new(),
            parts: self.people.iter().map(part).collect(),
            notes: Vec::new(),
            sources_label: words.text("brief.sources", &[]),
            sources: self.sources.clone(),
            receipt_label: self.receipt_label.clone(),
            receipt: self.receipt.clone(),
        }
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut blocks = vec![format!("# {}", escape(&self.title))];
        for person in &self.people {
            blocks.push(format!("## {}", escape(&person.name)));
            if !person.facts.is_empty() {
                blocks.push(escape(&person.facts.join(" · ")));
            }
            blocks.extend(person.passages.iter().flat_map(passage_blocks));
        }
        blocks.extend(self.sources.iter().map(super::markdown::source_block));
        blocks.push(format!("`{}`", self.receipt));
        format!("{}\n", blocks.join("\n\n"))
    }
}

fn framed(person: &Person, snapshot: &Snapshot, words: Words<'_>) -> PersonFrame {
    let mut facts = Vec::new();
    for role in &person.roles {
        let role_words = snapshot.knowledge.slice(role.span);
        let former = words.text("people.former", &[]);
        let says_so = role_words.to_lowercase().contains(&former.to_lowercase());
        facts.push(if role.former && !says_so { format!("{role_words} ({former})") } else { role_words.to_owned() });
    }
    if !person.also.is_empty() {
        facts.push(words.text("people.also", &[("names", &person.also.join(", "))]));
    }
    for (status, _) in &person.statuses {
        let status = words.find(status).unwrap_or_else(|| status.clone());
        facts.push(words.text("people.status", &[("status", &status.to_lowercase())]));
    }
    if person.statements > 0 {
        facts.push(words.counted("people.statements", person.statements));
    }
    if person.sentences > 0 {
        facts.push(words.counted("people.mentions", person.sentences));
    }
    PersonFrame { name: person.name.clone(), facts, passages: frame::passages(&receipts(person), snapshot, words) }
}

/// Who is named together with whom, as a picture; who stands in running text nowhere is left out.
///
/// # Errors
/// When the font lacks a character, or the picture would be too high.
pub fn network(
    people: &[Person],
    pairs: &[Together],
    searched: &[EditionId],
    snapshot: &Snapshot,
    words: Words<'_>,
    theme: Theme,
) -> Result<Picture, PictureError> {
    let mut names: Vec<String> = Vec::new();
    for person in people.iter().filter(|person| person.sentences > 0) {
        if !names.contains(&person.name) {
            names.push(person.name.clone());
        }
    }
    let number = |name: &String| names.iter().position(|known| known == name);
    let pairs = pairs.iter().filter_map(|pair| Some((number(&pair.names.0)?, number(&pair.names.1)?, pair.sentences.len())));
    let sources = frame::source_lines(searched, snapshot, words);
    picture::together(&names, &pairs.collect::<Vec<_>>(), &sources, theme, words)
}

/// As one line of JSON.
#[must_use]
pub fn json(people: &[Person], pairs: &[Together], snapshot: &Snapshot, receipt: &Receipt) -> Value {
    let knowledge = &snapshot.knowledge;
    let quoted =
        |quotation: &Quotation| quotations(std::slice::from_ref(quotation), knowledge).into_iter().next().map(|one| json!(one));
    let list = people.iter().map(|person| {
        let roles = person.roles.iter().map(|role| {
            json!({
                "text": knowledge.slice(role.span), "start": role.span.start, "end": role.span.end, "former": role.former,
                "receipt": quoted(&role.receipt),
            })
        });
        let statuses = person.statuses.iter().map(|(status, receipt)| json!({"status": status, "receipt": quoted(receipt)}));
        json!({
            "name": person.name, "also": person.also, "roles": roles.collect::<Vec<_>>(),
            "statuses": statuses.collect::<Vec<_>>(), "first": quoted(&person.first), "statements": person.statements,
            "sentences": person.sentences,
        })
    });
    let pairs = pairs.iter().map(|pair| {
        let places = pair.sentences.iter().map(|&span| {
            let source = knowledge.source_of(span.edition).map(|source| source.id.clone());
            json!({"source": source, "start": span.start, "end": span.end, "text": knowledge.slice(span)})
        });
        json!({"names": [pair.names.0, pair.names.1], "sentences": places.collect::<Vec<_>>()})
    });
    json!({
        "people": list.collect::<Vec<_>>(), "named_together": pairs.collect::<Vec<_>>(), "receipt": receipt.to_string(),
    })
}
