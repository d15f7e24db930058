//! `inspect_batch inspect --batch FILE`: what analysis finds in each text, one JSON line each.
#![allow(clippy::unwrap_used, clippy::expect_used)]
use std::io::Write;

use verbatim::document::{Edition, Metadata};
use verbatim::span::EditionId;

fn main() {
    let file = std::env::args().nth(3).expect("inspect --batch FILE");
    let rules = verbatim::rules::Rules::embedded().unwrap();
    for fault in rules.faults() {
        eprintln!("{fault}");
    }
    let out = std::io::stdout();
    let mut out = out.lock();
    for line in std::fs::read_to_string(file).unwrap().lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let metadata: Metadata =
            serde_json::from_value(serde_json::json!({"title": "x", "language": row["language"]})).unwrap();
        let locale = rules.language(&metadata.language).map(|rules| &rules.locale);
        let edition = Edition::of_text(EditionId(0), metadata, row["text"].as_str().unwrap().to_owned(), locale);
        let analysis = verbatim::analysis::analyse(&edition, &rules);
        let mut value = serde_json::to_value(verbatim::analysis::inspect(&edition, &analysis)).unwrap();
        value["id"] = row["id"].clone();
        writeln!(out, "{value}").unwrap();
    }
}
