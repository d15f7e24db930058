//! The same knowledge asked both ways.

use std::fmt::Write;

use serde::Deserialize;
use verbatim::answer::{Answer, Outcome, Quotation};
use verbatim::engine::{AskOptions, Snapshot};

use super::made::Made;

#[derive(Deserialize)]
struct File {
    knowledge: String,
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    ask: Option<String>,
    claim: Option<String>,
    locale: Option<String>,
    source: Option<String>,
    as_of: Option<String>,
    #[serde(default)]
    newsroom: bool,
}

/// An answer without the numbers of editions: those are of one snapshot alone.
pub fn told(answer: &Answer, snapshot: &Snapshot) -> String {
    let mut told = match &answer.outcome {
        Outcome::Answered => "answered".to_owned(),
        Outcome::Abstained(reason) => format!("abstained {}", reason.code()),
        Outcome::Ambiguous(choices) => format!("ambiguous {choices:?}"),
    };
    write!(told, " {:.6} as {:?}", answer.confidence, answer.question).unwrap();
    let related = answer.related.iter().map(|related| &related.quotation);
    for quotation in answer.quotations.iter().chain(related).chain(&answer.nearest) {
        told.push_str(&placed(quotation, snapshot));
    }
    told
}

pub fn placed(quotation: &Quotation, snapshot: &Snapshot) -> String {
    let span = quotation.span();
    let edition = snapshot.knowledge.edition(span.edition).unwrap();
    let source = &snapshot.knowledge.source_of(span.edition).unwrap().id;
    assert_eq!(edition.slice(span), quotation.text());
    format!("\n{source} {} {}..{} {}", edition.number, span.start, span.end, quotation.text())
}

#[test]
fn every_question_of_the_question_files_is_answered_alike() {
    let mut asked = 0;
    let mut faults = Vec::new();
    for language in ["en", "it"] {
        for entry in std::fs::read_dir(format!("tests/questions/{language}")).unwrap() {
            let path = entry.unwrap().path();
            let file: File = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let made = Made::of(&file.knowledge);
            made.build().unwrap();
            let (disk, memory) = (made.on_disk(&[]), made.in_memory(&[]));
            for case in &file.case {
                let date = |text: &String| text.parse().unwrap();
                let options = AskOptions {
                    locale: case.locale.clone(),
                    source: case.source.clone(),
                    as_of: case.as_of.as_ref().map(date),
                    today: "2024-12-01".parse().ok(),
                    newsroom: case.newsroom,
                    ..AskOptions::default()
                };
                asked += 1;
                let (one, other) = match (&case.ask, &case.claim) {
                    (Some(question), _) => {
                        let part = disk.for_question(question, &options).unwrap();
                        (told(&part.ask(question, &options), &part), told(&memory.ask(question, &options), &memory))
                    }
                    (None, claim) => {
                        let claim = claim.as_ref().unwrap();
                        let part = disk.for_question(claim, &options).unwrap();
                        let tell = |snapshot: &Snapshot| {
                            let check = snapshot.claim(claim, &options);
                            let quotations = check.quotations.iter().map(|quotation| placed(quotation, snapshot));
                            format!("{:?} {:?} {}", check.finding, check.differs, quotations.collect::<String>())
                        };
                        (tell(&part), tell(&memory))
                    }
                };
                if one != other {
                    faults.push(format!("{}:\n  on disk   {one}\n  in memory {other}", path.display()));
                }
            }
        }
    }
    assert!(asked > 200, "only {asked} questions");
    assert!(faults.is_empty(), "{} of {asked} differ:\n{}", faults.len(), faults.join("\n"));
}
