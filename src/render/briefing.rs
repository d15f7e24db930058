//! A briefing as a page and as JSON. Knows no way of choosing passages.

use serde_json::{Value, json};

use super::frame::{self, Numbering};
use super::json::quotations;
use super::page::{Item, Page, Part};
use super::words::Words;
use crate::answer::{Context, Quotation};
use crate::briefing::{Briefing, Difference, Fact, LeftOut, Line, Matter, Section, Topic};
use crate::document::Knowledge;
use crate::engine::Snapshot;
use crate::receipt::{Receipt, label};
use crate::span::{EditionId, Span};

/// Every place that the briefing shows, in the order shown, without repeats.
#[must_use]
pub fn spans(briefing: &Briefing) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for quotation in briefing.entries().map(|entry| &entry.quotation) {
        for span in quotation.context.iter().map(Context::span).chain([quotation.span()]) {
            if !spans.contains(&span) {
                spans.push(span);
            }
        }
    }
    spans
}

/// Speaker and standing of every passage, for the receipt.
#[must_use]
pub fn labels(briefing: &Briefing) -> Vec<String> {
    briefing.entries().map(|entry| label(&entry.quotation)).collect()
}

/// Most passages left out that a page lists; of more it says how many, and JSON has them all.
const LISTED: usize = 40;

/// A question that the sources could not answer, and how often it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuestion {
    /// Its words where they are kept, else its form.
    pub text: String,
    /// How often.
    pub count: u64,
}

/// The briefing as a page in the reader's language.
#[must_use]
pub fn page(
    briefing: &Briefing,
    open: &[OpenQuestion],
    searched: &[EditionId],
    snapshot: &Snapshot,
    words: Words<'_>,
    receipt: &Receipt,
) -> Page {
    let quotations = briefing.entries().map(|entry| (entry.number, &entry.quotation)).collect::<Vec<_>>();
    let mut numbering = Numbering::new(&quotations, snapshot, words);
    let mut parts = Vec::new();
    for section in &briefing.sections {
        parts.push(part(section, briefing, &mut numbering, snapshot, words));
        if section.topic == Topic::Alleged && briefing.no_reply {
            parts.push(no_reply(searched, words));
        }
    }
    if briefing.no_reply && !briefing.sections.iter().any(|section| section.topic == Topic::Alleged) {
        parts.push(no_reply(searched, words));
    }
    if !open.is_empty() {
        let line = |question: &OpenQuestion| {
            let count = question.count.to_string();
            Item::Line(words.text("brief.open_question", &[("question", &question.text), ("n", &count)]))
        };
        parts.push(Part::titled(words.text("brief.open", &[]), open.iter().map(line).collect()));
    }
    let mut shown = editions(briefing);
    let foreign = frame::common_language(&shown, snapshot, words);
    let notes = frame::by_words_only(&shown, snapshot, words).into_iter().collect();
    if !briefing.left_out.is_empty() {
        parts.push(left_out(briefing, searched.len() > 1, &numbering, words));
        for edition in briefing.left_out.iter().take(LISTED).map(|left| left.quotation.span().edition) {
            if !shown.contains(&edition) {
                shown.push(edition);
            }
        }
    }
    let name = snapshot.knowledge.case.name.clone();
    let title = words.text("brief.title", &[]);
    let sources = if shown.is_empty() { searched.to_vec() } else { shown };
    Page {
        language: words.tag().to_owned(),
        title: name.map_or_else(|| title.clone(), |name| format!("{name} · {title}")),
        remarks: std::iter::once(frame::no_source(searched, words).unwrap_or_else(|| length(briefing, words)))
            .chain(foreign)
            .collect(),
        parts,
        notes,
        sources_label: words.text("brief.sources", &[]),
        sources: frame::source_lines(&sources, snapshot, words),
        receipt_label: words.text("card.receipt", &[("id", receipt.id())]),
        receipt: receipt.to_string(),
    }
}

fn length(briefing: &Briefing, words: Words<'_>) -> String {
    let count = briefing.entries().count();
    let passages = words.counted("card.passages", count);
    let (own, context) = (briefing.words.to_string(), briefing.context_words.to_string());
    let places = [("passages", passages.as_str()), ("n", &own), ("context", &context)];
    words.text(if briefing.context_words == 0 { "brief.length" } else { "brief.length_with" }, &places)
}

fn no_reply(searched: &[EditionId], words: Words<'_>) -> Part {
    let line = words.counted("card.no_reply", searched.len());
    Part::titled(words.text("topic.reply", &[]), vec![Item::Line(line)])
}

/// The editions shown, in the order shown.
#[must_use]
pub fn editions(briefing: &Briefing) -> Vec<EditionId> {
    let mut editions: Vec<EditionId> = Vec::new();
    for edition in briefing.entries().map(|entry| entry.quotation.span().edition) {
        if !editions.contains(&edition) {
            editions.push(edition);
        }
    }
    editions
}

/// Where that stands which a page must not lack and that did not fit.
fn left_out(briefing: &Briefing, several: bool, numbering: &Numbering<'_>, words: Words<'_>) -> Part {
    let line = |left: &LeftOut| {
        let names = (!left.names.is_empty()).then(|| words.text("brief.left_names", &[("names", &left.names.join(", "))]));
        numbering.listed(&left.quotation, several).into_iter().chain(names).collect::<Vec<_>>().join(" · ")
    };
    let (mut items, mut topic) = (Vec::new(), None);
    for left in briefing.left_out.iter().take(LISTED) {
        if topic.replace(left.topic) != Some(left.topic) {
            items.push(Item::Mark(words.text(&format!("topic.{}", left.topic.key()), &[])));
        }
        items.push(Item::Line(line(left)));
    }
    let count = briefing.left_out.len();
    if count > LISTED {
        items.push(Item::Line(words.counted("brief.left_more", count - LISTED)));
    }
    let in_picture = Some(words.counted("brief.left_out", count));
    Part { in_picture, ..Part::titled(words.text("brief.left_title", &[]), items) }
}

fn part(section: &Section, briefing: &Briefing, numbering: &mut Numbering<'_>, snapshot: &Snapshot, words: Words<'_>) -> Part {
    let mut items = Vec::new();
    if section.topic == Topic::Status {
        for difference in &briefing.differing {
            if let Matter::Status(name) = &difference.matter {
                let numbers = difference.numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                items.push(Item::Line(words.text("brief.differing", &[("name", name), ("numbers", &numbers)])));
            }
        }
    }
    items.extend(lines(&section.lines, section.topic, snapshot, words).into_iter().map(Item::Line));
    for entry in &section.entries {
        if section.topic == Topic::Differing {
            let first = briefing.differing.iter().filter(|difference| difference.numbers.first() == Some(&entry.number));
            items.extend(first.filter_map(|difference| figures(difference, snapshot, words)).map(Item::Mark));
        }
        items.push(Item::Passage(numbering.passage(entry.number, &entry.quotation)));
    }
    Part::titled(words.text(&format!("topic.{}", section.topic.key()), &[]), items)
}

/// The figures that differ, in the sources' words, each with the number of its passage.
fn figures(difference: &Difference, snapshot: &Snapshot, words: Words<'_>) -> Option<String> {
    let Matter::Figure(spans) = &difference.matter else { return None };
    let figure = |(span, number): (&Span, &usize)| {
        let places = [("words", snapshot.knowledge.slice(*span)), ("n", &number.to_string())];
        words.text("brief.figure", &places)
    };
    Some(spans.iter().zip(&difference.numbers).map(figure).collect::<Vec<_>>().join(" · "))
}

/// What is shown about people, one line each; names alone share a line.
fn lines(lines: &[Line], topic: Topic, snapshot: &Snapshot, words: Words<'_>) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    let mut only: Vec<String> = Vec::new();
    for line in lines {
        let number = line.number.to_string();
        let fact = match &line.fact {
            Fact::Named | Fact::Statement => {
                only.push(words.text("brief.name", &[("name", &line.name), ("n", &number)]));
                continue;
            }
            Fact::Role(span, former) => role(*span, *former, snapshot, words),
            Fact::Status(status, negated) => {
                let status = words.find(status).unwrap_or_else(|| status.clone());
                words.text(
                    if *negated { "brief.not_reported_so" } else { "card.as_reported" },
                    &[("status", &status.to_lowercase())],
                )
            }
        };
        told.push(words.text("brief.fact", &[("name", &line.name), ("fact", &fact), ("n", &number)]));
    }
    if !only.is_empty() {
        let key = if topic == Topic::Named { "brief.also_named" } else { "brief.elsewhere" };
        told.push(words.text(key, &[("names", &only.join(", "))]));
    }
    told
}

/// A role in the source's words, with a remark where it is over and the words don't say so.
pub(super) fn role(span: Span, former: bool, snapshot: &Snapshot, words: Words<'_>) -> String {
    let role = snapshot.knowledge.slice(span);
    let mark = words.text("people.former", &[]);
    if former && !role.to_lowercase().contains(&mark.to_lowercase()) { format!("{role} ({mark})") } else { role.to_owned() }
}

/// As one line of JSON.
#[must_use]
pub fn json(briefing: &Briefing, open: &[OpenQuestion], knowledge: &Knowledge, receipt: &Receipt) -> Value {
    let sections = briefing.sections.iter().map(|section| {
        let numbers = section.entries.iter().map(|entry| entry.number);
        let lines = section.lines.iter().map(|line| json_line(line, knowledge));
        json!({"topic": section.topic.key(), "numbers": numbers.collect::<Vec<_>>(), "people": lines.collect::<Vec<_>>()})
    });
    let passages = briefing.entries().map(|entry| numbered(entry.number, &entry.quotation, knowledge));
    let left_out = briefing.left_out.iter().map(|left| listed(left, knowledge));
    let differing = briefing.differing.iter().map(|difference| {
        let numbers = &difference.numbers;
        match &difference.matter {
            Matter::Status(name) => json!({"name": name, "numbers": numbers}),
            Matter::Figure(spans) => {
                let figure = |span: &Span| json!({"text": knowledge.slice(*span), "start": span.start, "end": span.end});
                json!({"figures": spans.iter().map(figure).collect::<Vec<_>>(), "numbers": numbers})
            }
        }
    });
    let open = open.iter().map(|question| json!({"question": question.text, "count": question.count}));
    json!({
        "limit": briefing.limit, "words": briefing.words, "context_words": briefing.context_words,
        "sections": sections.collect::<Vec<_>>(), "quotations": passages.collect::<Vec<_>>(), "no_reply": briefing.no_reply, "left_out": left_out.collect::<Vec<_>>(),
        "differing": differing.collect::<Vec<_>>(), "open_questions": open.collect::<Vec<_>>(), "receipt": receipt.to_string(),
    })
}

/// A passage with its number.
fn numbered(number: usize, quotation: &Quotation, knowledge: &Knowledge) -> Value {
    let mut value =
        quotations(std::slice::from_ref(quotation), knowledge).into_iter().next().map_or(Value::Null, |one| json!(one));
    if let Some(fields) = value.as_object_mut() {
        fields.remove("score");
        fields.insert("number".to_owned(), number.into());
    }
    value
}

/// The place of a passage left out, without its words.
fn listed(left: &LeftOut, knowledge: &Knowledge) -> Value {
    let mut value = numbered(0, &left.quotation, knowledge);
    if let Some(fields) = value.as_object_mut() {
        for shown in ["number", "text", "context"] {
            fields.remove(shown);
        }
        fields.insert("topic".to_owned(), left.topic.key().into());
        fields.insert("names".to_owned(), json!(left.names));
        fields.insert("paragraph".to_owned(), json!(frame::paragraph(knowledge, left.quotation.span())));
    }
    value
}

fn json_line(line: &Line, knowledge: &Knowledge) -> Value {
    let mut value = json!({"name": line.name, "number": line.number});
    let Some(fields) = value.as_object_mut() else { return value };
    match &line.fact {
        Fact::Named | Fact::Statement => {}
        Fact::Role(span, former) => {
            let role = json!({"text": knowledge.slice(*span), "start": span.start, "end": span.end, "former": former});
            fields.insert("role".to_owned(), role);
        }
        Fact::Status(status, negated) => {
            fields.insert("status".to_owned(), json!(status));
            fields.insert("negated".to_owned(), json!(negated));
        }
    }
    value
}
