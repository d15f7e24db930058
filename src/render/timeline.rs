//! A timeline as a page and as JSON. Knows no way of reading dates.

use serde_json::{Value, json};

use super::frame;
use super::json::quotations;
use super::page::{Item, Page, Part};
use super::words::Words;
use crate::answer::Quotation;
use crate::document::Knowledge;
use crate::engine::Snapshot;
use crate::receipt::{Receipt, label};
use crate::span::{EditionId, Span};
use crate::timeline::{Event, Timeline, What};

/// Every place that the timeline shows, in the order shown.
#[must_use]
pub fn spans(timeline: &Timeline) -> Vec<Span> {
    let contexts = |quotation: &Quotation| quotation.context.iter().map(crate::answer::Context::span).collect::<Vec<_>>();
    timeline.quotations().flat_map(|quotation| contexts(quotation).into_iter().chain([quotation.span()])).collect()
}

/// Speaker and standing of every passage, for the receipt.
#[must_use]
pub fn labels(timeline: &Timeline) -> Vec<String> {
    timeline.quotations().map(label).collect()
}

/// The timeline as a page in the reader's language.
#[must_use]
pub fn page(timeline: &Timeline, searched: &[EditionId], snapshot: &Snapshot, words: Words<'_>, receipt: &Receipt) -> Page {
    let mut parts: Vec<Part> = Vec::new();
    let mut last: Option<&str> = None;
    for event in &timeline.events {
        if last != Some(event.date.as_str()) {
            parts.push(Part::titled(words.day(&event.date), Vec::new()));
        }
        last = Some(&event.date);
        let item = item(event, snapshot, words);
        parts.iter_mut().next_back().into_iter().for_each(|part| part.items.extend(item.clone()));
    }
    if !timeline.undated.is_empty() {
        let of = |(span, quotation): &(Span, Quotation)| {
            let said = snapshot.knowledge.slice(*span);
            passage(quotation, words.text("timeline.open", &[("words", said)]), snapshot, words)
        };
        let items = timeline.undated.iter().filter_map(of).collect();
        parts.push(Part::titled(words.text("timeline.undated", &[]), items));
    }
    let none = || parts.is_empty().then(|| words.counted("timeline.none", searched.len()));
    let none = frame::no_source(searched, words).or_else(none);
    let title = words.text("timeline.title", &[]);
    Page {
        language: words.tag().to_owned(),
        title: snapshot.knowledge.case.name.as_ref().map_or_else(|| title.clone(), |name| format!("{name} · {title}")),
        remarks: none.into_iter().chain(frame::common_language(searched, snapshot, words)).collect(),
        parts,
        notes: frame::by_words_only(searched, snapshot, words).into_iter().collect(),
        sources_label: words.text("brief.sources", &[]),
        sources: frame::source_lines(searched, snapshot, words),
        receipt_label: words.text("card.receipt", &[("id", receipt.id())]),
        receipt: receipt.to_string(),
    }
}

fn item(event: &Event, snapshot: &Snapshot, words: Words<'_>) -> Option<Item> {
    let published = |edition: EditionId, key: &str| {
        let data = snapshot.metadata(edition)?;
        let (text, moment) = match key {
            "timeline.published" => (&data.published_text, &data.published),
            _ => (&data.updated_text, &data.updated),
        };
        let date = text.clone().or_else(|| moment.as_ref().map(|moment| words.moment(moment)))?;
        Some(Item::Line(words.text(key, &[("title", &data.title), ("date", &date)])))
    };
    match &event.what {
        What::Published(edition) => published(*edition, "timeline.published"),
        What::Updated(edition) => published(*edition, "timeline.updated"),
        What::Passage { words: span, resolved, quotation } => {
            let said = snapshot.knowledge.slice(*span);
            let key = if *resolved { "timeline.resolved" } else { "timeline.as_written" };
            passage(quotation, words.text(key, &[("words", said)]), snapshot, words)
        }
    }
}

/// The passage with its own remark on the date.
fn passage(quotation: &Quotation, remark: String, snapshot: &Snapshot, words: Words<'_>) -> Option<Item> {
    let mut plain = quotation.clone();
    plain.event_dates.clear();
    let mut passage = frame::passages(&[&plain], snapshot, words).into_iter().next()?;
    passage.labels.insert(0, remark);
    if snapshot.knowledge.sources.len() > 1 {
        passage.labels.extend(snapshot.metadata(quotation.span().edition).map(|data| data.title.clone()));
    }
    Some(Item::Passage(passage))
}

/// As one line of JSON.
#[must_use]
pub fn json(timeline: &Timeline, knowledge: &Knowledge, receipt: &Receipt) -> Value {
    let passages = timeline.quotations().cloned().collect::<Vec<_>>();
    let passages = quotations(&passages, knowledge).into_iter().map(|passage| json!(passage)).collect::<Vec<_>>();
    let mut number = 0;
    let mut numbered = |words: Span, resolved: bool, date: Option<&str>| {
        number += 1;
        let said = knowledge.slice(words);
        json!({"date": date, "kind": "passage", "resolved": resolved, "words": said, "start": words.start, "end": words.end, "number": number})
    };
    let mut events = Vec::new();
    for event in &timeline.events {
        events.push(match &event.what {
            What::Published(edition) => of_source(event, *edition, "published", knowledge),
            What::Updated(edition) => of_source(event, *edition, "updated", knowledge),
            What::Passage { words, resolved, .. } => numbered(*words, *resolved, Some(&event.date)),
        });
    }
    let undated = timeline.undated.iter().map(|(words, _)| numbered(*words, false, None)).collect::<Vec<_>>();
    json!({"events": events, "undated": undated, "quotations": passages, "receipt": receipt.to_string()})
}

fn of_source(event: &Event, edition: EditionId, kind: &str, knowledge: &Knowledge) -> Value {
    let data = knowledge.edition(edition).map(|edition| &edition.metadata);
    let printed =
        data.and_then(|data| if kind == "published" { data.published_text.clone() } else { data.updated_text.clone() });
    json!({
        "date": event.date, "kind": kind, "source": knowledge.source_of(edition).map(|source| source.id.clone()),
        "title": data.map(|data| data.title.clone()), "printed": printed,
    })
}
