//! Standing and negation of single sentences from many domains, in English and Italian.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use serde::Deserialize;
use verbatim::analysis::{Standing, analyse};
use verbatim::document::{Edition, Metadata};
use verbatim::rules::Rules;
use verbatim::span::EditionId;

#[derive(Deserialize)]
struct File {
    sentence: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
    standing: Standing,
    negated: bool,
    why: String,
}

fn read(language: &str) -> (usize, Vec<String>, Vec<String>) {
    let text = std::fs::read_to_string(format!("tests/hedges/{language}.toml")).unwrap();
    let file: File = toml::from_str(&text).unwrap();
    let rules = Rules::embedded().unwrap();
    let locale = &rules.language(language).expect("the language's rules load").locale;
    let (mut wrong, mut dangerous) = (Vec::new(), Vec::new());
    for case in &file.sentence {
        let metadata: Metadata = serde_json::from_value(serde_json::json!({"title": "-", "language": language})).unwrap();
        let edition = Edition::of_text(EditionId(0), metadata, case.text.clone(), Some(locale));
        let analysis = analyse(&edition, &rules);
        let standing = analysis.sentences.iter().map(|sentence| sentence.standing).max().unwrap_or_default();
        let negated = analysis.sentences.iter().any(|sentence| sentence.negated);
        if standing != case.standing || negated != case.negated {
            let rules: Vec<&String> = analysis.sentences.iter().flat_map(|sentence| &sentence.rules).collect();
            wrong.push(format!("{} → {standing}, negated {negated} {rules:?} ({}: {})", case.text, case.why, case.standing));
        }
        if case.standing == Standing::Alleged && standing == Standing::Stated {
            dangerous.push(case.text.clone());
        }
    }
    (file.sentence.len(), wrong, dangerous)
}

fn holds(language: &str) {
    let (all, wrong, dangerous) = read(language);
    eprintln!("{language}: {} of {all} right", all - wrong.len());
    eprintln!("{}", wrong.join("\n"));
    assert_eq!(dangerous, Vec::<String>::new(), "an allegation was taken for a fact");
    assert!(wrong.len() * 20 <= all, "{} of {all} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn english_sentences_keep_their_standing() {
    holds("en");
}

#[test]
fn italian_sentences_keep_their_standing() {
    holds("it");
}
