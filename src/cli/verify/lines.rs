//! Checks answers in the JSON that `ask` writes: words, places, what is said of the source, speakers, receipt.

use serde::Deserialize;
use serde_json::Value;

use super::Report;
use crate::answer::Reason;
use crate::document::{Edition, Knowledge};
use crate::receipt::{self, Receipt, RulesVersion};
use crate::span::Span;

#[derive(Debug, Deserialize)]
struct Line {
    #[serde(default)]
    id: Option<Value>,
    #[serde(default)]
    quotations: Vec<Passage>,
    #[serde(default)]
    related: Vec<Passage>,
    #[serde(default)]
    nearest: Vec<Passage>,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    reason: Option<Reason>,
    #[serde(default)]
    receipt: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Passage {
    source: String,
    edition: String,
    start: u32,
    end: u32,
    text: String,
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default)]
    standing: Option<String>,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    context: Vec<Words>,
    /// Whatever else the line says of it; compared with the source's data.
    #[serde(flatten)]
    data: serde_json::Map<String, Value>,
}

#[derive(Debug, Deserialize)]
struct Words {
    start: u32,
    end: u32,
    text: String,
}

/// Checks every object of `text`.
pub(super) fn check(text: &str, knowledge: &Knowledge, version: RulesVersion, report: &mut Report) -> anyhow::Result<()> {
    for (number, line) in serde_json::Deserializer::from_str(text).into_iter::<Line>().enumerate() {
        let line = line.map_err(|error| anyhow::anyhow!("answer {}: {error}", number + 1))?;
        let name = match &line.id {
            Some(Value::String(id)) => id.clone(),
            Some(Value::Number(id)) => id.to_string(),
            _ => format!("answer {}", number + 1),
        };
        let before = report.findings.len();
        let spans = passages(&line, &name, knowledge, report);
        if before == report.findings.len() {
            receipt(&line, &name, &spans, knowledge, version, report);
        }
    }
    Ok(())
}

/// Checks the passages; gives the places of those that answer and those beside them, which a receipt must hold.
fn passages(line: &Line, name: &str, knowledge: &Knowledge, report: &mut Report) -> Vec<Span> {
    let mut answering = Vec::new();
    let lists = [("quotation", &line.quotations, true), ("related", &line.related, true), ("nearest", &line.nearest, false)];
    for (kind, list, answers) in lists {
        for (number, passage) in list.iter().enumerate() {
            match places(passage, knowledge) {
                Ok(spans) => {
                    let new = spans.iter().copied().filter(|span| !report.passages.contains(span)).collect::<Vec<_>>();
                    report.passages.extend(new);
                    answering.extend(spans.into_iter().filter(|_| answers));
                }
                Err(finding) => report.findings.push(format!("{name}, {kind} {}: {finding}", number + 1)),
            }
        }
    }
    answering
}

fn places(passage: &Passage, knowledge: &Knowledge) -> Result<Vec<Span>, String> {
    let edition = knowledge.editions.iter().find(|edition| edition.sha256 == passage.edition);
    let edition = edition.ok_or_else(|| format!("edition {} is not in this knowledge", shortened(&passage.edition)))?;
    let source = knowledge.source_of(edition.id).map_or("", |source| source.id.as_str());
    if source != passage.source {
        return Err(format!("that edition is of `{source}`, not of `{}`", passage.source));
    }
    let mut spans = Vec::new();
    for words in &passage.context {
        spans.push(place(edition, words.start, words.end, &words.text)?);
    }
    spans.push(place(edition, passage.start, passage.end, &passage.text)?);
    data(passage, edition)?;
    Ok(spans)
}

fn place(edition: &Edition, start: u32, end: u32, text: &str) -> Result<Span, String> {
    if end < start {
        return Err(format!("bytes {start}–{end} are no place"));
    }
    let span = Span { edition: edition.id, start, end };
    let stands = edition.slice(span);
    if stands == text && !stands.is_empty() {
        Ok(span)
    } else {
        Err(format!("bytes {start}–{end} of the edition are not these words"))
    }
}

/// What the line says of the source must be what the source's data say.
fn data(passage: &Passage, edition: &Edition) -> Result<(), String> {
    let Ok(Value::Object(known)) = serde_json::to_value(&edition.metadata) else { return Ok(()) };
    let fields = ["title", "byline", "publisher", "published", "updated", "published_text", "updated_text", "url", "language"];
    for field in fields {
        let Some(said) = passage.data.get(field) else { continue };
        if said != known.get(field).unwrap_or(&Value::Null) {
            return Err(format!("{field} is not what is known about the source"));
        }
    }
    Ok(())
}

fn receipt(line: &Line, name: &str, spans: &[Span], knowledge: &Knowledge, version: RulesVersion, report: &mut Report) {
    let Some(text) = &line.receipt else {
        report.remarks.push(format!("{name}: has no receipt; only its words were checked"));
        return;
    };
    let receipt = match Receipt::parse(text) {
        Ok(receipt) => receipt,
        Err(error) => return report.findings.push(format!("{name}: {error}")),
    };
    if let Ok(held) = receipt.check(knowledge) {
        let label =
            |passage: &Passage| receipt::label_of(passage.speaker.as_deref(), passage.standing.as_deref(), passage.negated);
        let reason = line.reason.filter(|_| line.outcome == "abstained");
        let nearest = line.nearest.iter().take(receipt::nearest_shown(reason));
        let labels = line.quotations.iter().chain(&line.related).chain(nearest).map(label).collect::<Vec<_>>();
        if spans.iter().any(|span| !held.contains(span)) || held.iter().any(|span| !report.passages.contains(span)) {
            report.findings.push(format!("{name}: these are not the passages of its receipt"));
        } else if !receipt.has_labels(&labels) {
            report.findings.push(format!("{name}: speakers or standings are not those of its receipt"));
        }
    }
    report.receipt(&receipt, knowledge, version);
}

fn shortened(digest: &str) -> String {
    digest.chars().take(16).chain(['…']).collect()
}
