//! Who said what, and who stands where, in short passages of many kinds, in English and Italian.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use serde::Deserialize;
use verbatim::analysis::{Statement, analyse};
use verbatim::document::{Edition, Metadata};
use verbatim::rules::Rules;
use verbatim::span::EditionId;

#[derive(Deserialize)]
struct File {
    passage: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    /// Speaker ("" for nobody named) and content of every statement, in the order of the text.
    said: Vec<(String, String)>,
    /// Person and concept of every legal status.
    #[serde(default)]
    status: Vec<(String, String)>,
    why: String,
}

fn holds(language: &str) {
    let text = std::fs::read_to_string(format!("tests/statements/{language}.toml")).unwrap();
    let file: File = toml::from_str(&text).unwrap();
    let rules = Rules::embedded().unwrap();
    let locale = &rules.language(language).expect("the language's rules load").locale;
    let mut wrong = Vec::new();
    for case in &file.passage {
        let metadata: Metadata = serde_json::from_value(serde_json::json!({"title": "-", "language": language})).unwrap();
        let edition = Edition::of_text(EditionId(0), metadata, case.text.clone(), Some(locale));
        let analysis = analyse(&edition, &rules);
        let told = |statement: &Statement| {
            let speaker = statement.speaker.as_ref().map_or_else(String::new, |speaker| speaker.name.clone());
            let content: Vec<&str> = statement.content.iter().map(|&span| edition.slice(span)).collect();
            (speaker, content.join(" … "))
        };
        let said: Vec<(String, String)> = analysis.statements.iter().map(told).collect();
        let name = |id: verbatim::analysis::EntityId| analysis.entities[id.0 as usize].name.clone();
        let mut status: Vec<(String, String)> =
            analysis.statuses.iter().map(|one| (one.entity.map_or_else(String::new, name), one.status.clone())).collect();
        status.sort();
        if said != case.said || status != case.status {
            wrong.push(format!("{} ({})\n  said {said:?}\n  status {status:?}", case.text, case.why));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), file.passage.len(), wrong.join("\n"));
}

#[test]
fn english_passages() {
    holds("en");
}

#[test]
fn italian_passages() {
    holds("it");
}
