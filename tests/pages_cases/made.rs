//! Pages to be looked at.

use std::path::Path;
use std::sync::Arc;

use verbatim::document::{Edition, Knowledge};
use verbatim::engine::{AskOptions, Snapshot};
use verbatim::folder::Folder;
use verbatim::receipt::{Receipt, RulesVersion, Settings, Shown};
use verbatim::render::frame::Frame;
use verbatim::render::page::Page;
use verbatim::render::words::Words;
use verbatim::render::{briefing, timeline};
use verbatim::rules::Rules;

/// The built-in case, or a folder of the tests' knowledge.
pub fn snapshot(folder: Option<&str>) -> Snapshot {
    let rules = Arc::new(Rules::embedded().unwrap());
    let path = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/knowledge").join(name);
    let knowledge = match folder {
        Some(name) => Knowledge::load(&Folder::Disk(path(name)), &rules).unwrap(),
        None => Knowledge::embedded(&rules).unwrap(),
    };
    Snapshot::new(rules, knowledge)
}

/// A snapshot over one made article.
pub fn article(title: &str, text: &str) -> Snapshot {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("made");
    std::fs::create_dir(&source).unwrap();
    std::fs::write(source.join("article.txt"), text).unwrap();
    let data = format!(
        "title = {title:?}\nlanguage = \"en\"\npublished = \"2025-03-14T16:35:00+01:00\"\nurl = \"https://example.org/a?b=1&c=2\"\n"
    );
    std::fs::write(source.join("source.toml"), data).unwrap();
    let rules = Arc::new(Rules::embedded().unwrap());
    let knowledge = Knowledge::load(&Folder::Disk(folder.path().to_owned()), &rules).unwrap();
    Snapshot::new(rules, knowledge)
}

fn receipt(snapshot: &Snapshot) -> Receipt {
    let shown = Shown { asked: "page", outcome: 0, spans: &[], labels: &[] };
    Receipt::of_shown(&shown, &Settings::default(), &snapshot.knowledge, RulesVersion::default())
}

fn searched(snapshot: &Snapshot) -> Vec<verbatim::span::EditionId> {
    snapshot.knowledge.editions.iter().map(|edition: &Edition| edition.id).collect()
}

pub fn answer(snapshot: &Snapshot, question: &str) -> Page {
    let options = AskOptions::default();
    let answer = snapshot.ask(question, &options);
    let receipt = Receipt::of(&answer, &Settings::default(), &snapshot.knowledge, RulesVersion::default());
    let frame = Frame::of(&answer, snapshot, &options, &receipt);
    Page::of_answer(&frame, question, Words::of(&snapshot.rules, &answer.question.locale))
}

pub fn brief(snapshot: &Snapshot, words: usize, locale: &str) -> Page {
    let briefing = snapshot.brief(words, &AskOptions::default());
    let frame_words = Words::of(&snapshot.rules, locale);
    briefing::page(&briefing, &[], &searched(snapshot), snapshot, frame_words, &receipt(snapshot))
}

pub fn timeline_of(snapshot: &Snapshot, locale: &str) -> Page {
    let found = snapshot.timeline(&AskOptions::default());
    timeline::page(&found, &searched(snapshot), snapshot, Words::of(&snapshot.rules, locale), &receipt(snapshot))
}
