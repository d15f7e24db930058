//! The page of a briefing: its words, and that each sentence stands there once.

use insta::assert_snapshot;
use verbatim::engine::{AskOptions, Snapshot};
use verbatim::receipt::{Receipt, RulesVersion, Settings, Shown};
use verbatim::render::briefing::{OpenQuestion, json, labels, page, spans};
use verbatim::render::page::{Item, Page};
use verbatim::render::text::Layout;
use verbatim::render::words::Words;

use crate::shelf;

fn receipt(snapshot: &Snapshot, words: usize) -> Receipt {
    let briefing = snapshot.brief(words, &AskOptions::default());
    let shown = Shown { asked: "brief", outcome: 0, spans: &spans(&briefing), labels: &labels(&briefing) };
    Receipt::of_shown(&shown, &Settings::default(), &snapshot.knowledge, RulesVersion::default())
}

pub fn page_of(snapshot: &Snapshot, words: usize, locale: &str, open: &[OpenQuestion]) -> Page {
    let briefing = snapshot.brief(words, &AskOptions::default());
    let searched = snapshot.knowledge.view(&AskOptions::default().viewer()).editions;
    page(&briefing, open, &searched, snapshot, Words::of(&snapshot.rules, locale), &receipt(snapshot, words))
}

#[test]
fn the_page_of_the_case() {
    let snapshot = shelf::case();
    assert_snapshot!("case_300", page_of(&snapshot, 300, "en", &[]).text(Layout::default()));
    assert_snapshot!("case_150_italian", page_of(&snapshot, 150, "it", &[]).text(Layout::default()));
    let open = [OpenQuestion { text: "when does the trial start?".into(), count: 3 }];
    assert_snapshot!("case_150_markdown", page_of(&snapshot, 150, "en", &open).markdown());
}

#[test]
fn several_sources_stand_by_source_with_what_differs_side_by_side() {
    let snapshot = shelf::folder("editions");
    assert_snapshot!("several_sources", page_of(&snapshot, 150, "en", &[]).text(Layout::default()));
}

#[test]
fn each_sentence_stands_on_the_page_once() {
    for (name, snapshot) in shelf::all() {
        for words in [150, 300, 600] {
            let page = page_of(&snapshot, words, "en", &[]);
            let mut spans = Vec::new();
            for item in page.parts.iter().flat_map(|part| &part.items) {
                if let Item::Passage(passage) = item {
                    spans.extend(passage.quotes.iter().map(|quote| quote.span));
                }
            }
            for (at, span) in spans.iter().enumerate() {
                let twice = spans.iter().skip(at + 1).find(|other| other.overlaps(*span));
                assert!(twice.is_none(), "{name} at {words}: {:?}", snapshot.knowledge.slice(*span));
            }
        }
    }
}

#[test]
fn json_holds_each_passage_with_its_number_place_and_standing() {
    let snapshot = shelf::case();
    let briefing = snapshot.brief(300, &AskOptions::default());
    let line = json(&briefing, &[], &snapshot.knowledge, &receipt(&snapshot, 300));
    let text = snapshot.knowledge.editions[0].text();
    let sections = line["sections"].as_array().unwrap();
    assert_eq!(sections[0]["topic"], "lead");
    let mut numbers = Vec::new();
    assert_eq!(sections[0]["numbers"][0], 1);
    for passage in line["quotations"].as_array().unwrap() {
        let (start, end) = (passage["start"].as_u64().unwrap() as usize, passage["end"].as_u64().unwrap() as usize);
        assert_eq!(passage["text"], text[start..end]);
        assert!(passage["standing"].is_string() && passage["published_text"].is_string());
        numbers.push(passage["number"].as_u64().unwrap());
    }
    assert_eq!(numbers.len(), briefing.entries().count());
}
