//! `inspect`: what analysis finds, as JSON lines. Knows no question.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::args::{Global, InspectArgs};
use super::{Status, batch, load, output};
use crate::analysis::{InspectRecord, analyse, inspect};
use crate::document::{Edition, Metadata};
use crate::rules::Rules;
use crate::span::EditionId;

/// One line of texts. Other fields are none of our business.
#[derive(Debug, Deserialize)]
struct TextLine {
    text: String,
    language: String,
    #[serde(default)]
    published: Option<String>,
}

pub fn run(global: &Global, args: &InspectArgs) -> anyhow::Result<Status> {
    if let Some(file) = &args.batch {
        let rules = load::rules(global)?;
        return batch::each_line(file, |line| {
            let (id, parsed) = batch::parse::<TextLine>(line);
            match parsed.and_then(|text| edition(&text, &rules)) {
                Ok(edition) => record(&id.unwrap_or(Value::Null), &edition, &rules),
                Err(error) => json!({"id": id, "error": error}).to_string(),
            }
        });
    }
    let snapshot = load::snapshot(global)?.snapshot;
    let wanted = args.source.as_deref().unwrap_or_default();
    let knowledge = &snapshot.knowledge;
    let ids = || knowledge.sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>();
    let source = knowledge.sources.iter().find(|source| source.id == wanted);
    let source = source.ok_or_else(|| load::no_source(wanted, &ids()))?;
    let mut text = String::new();
    for edition in source.editions.iter().filter_map(|&id| knowledge.edition(id)) {
        let id = json!(format!("{wanted}@{}", edition.number));
        text.push_str(&record(&id, edition, &snapshot.rules));
        text.push('\n');
    }
    output::print(&text)?;
    Ok(Status::Done)
}

/// The text of a line as an edition of its own.
fn edition(line: &TextLine, rules: &Rules) -> Result<Edition, String> {
    let mut data = json!({"title": "", "language": line.language});
    if let (Some(published), Some(fields)) = (&line.published, data.as_object_mut()) {
        fields.insert("published".to_owned(), published.clone().into());
    }
    let metadata: Metadata = serde_json::from_value(data).map_err(|error| format!("published: {error}"))?;
    Ok(Edition::of_text(
        EditionId(0),
        metadata,
        line.text.clone(),
        rules.language(&line.language).map(|rules| rules.locale.as_ref()),
    ))
}

/// A line of results.
#[derive(Debug, Serialize)]
struct Line<'l> {
    id: &'l Value,
    #[serde(flatten)]
    found: InspectRecord,
}

fn record(id: &Value, edition: &Edition, rules: &Rules) -> String {
    let line = Line { id, found: inspect(edition, &analyse(edition, rules)) };
    serde_json::to_string(&line).unwrap_or_else(|error| json!({"id": id, "error": error.to_string()}).to_string())
}
