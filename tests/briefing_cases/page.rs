//! The page of a briefing: its words, and that each sentence stands there once.

use insta::assert_snapshot;
use verbatim::engine::{AskOptions, Snapshot};
use verbatim::receipt::{Receipt, RulesVersion, Settings, Shown};
use verbatim::render::briefing::{OpenQuestion, json, labels, page, spans};
use verbatim::render::discord_card::{Card, DESCRIPTION, Remarks};
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
fn what_did_not_fit_is_listed_by_its_place_on_every_surface() {
    let snapshot = shelf::case();
    let briefing = snapshot.brief(300, &AskOptions::default());
    assert_eq!(briefing.left_out.len(), 3);
    let page = page_of(&snapshot, 300, "en", &[]);
    let wide = Layout { width: 400, colour: false };
    let surfaces = [page.text(wide), page.markdown(), verbatim::render::html::document(&page)];
    let cards = Card::pages(&page).into_iter().flat_map(|card| card.parts);
    let cards = cards.map(|part| format!("{part:?}\n")).collect::<String>();
    let line = json(&briefing, &[], &snapshot.knowledge, &receipt(&snapshot, 300));
    for (left, listed) in briefing.left_out.iter().zip(line["left_out"].as_array().unwrap()) {
        let span = left.quotation.span();
        let paragraph = verbatim::render::frame::paragraph(&snapshot.knowledge, span).unwrap();
        let section = snapshot.knowledge.slice(left.quotation.section.unwrap());
        let place = format!("{section} · paragraph {paragraph}");
        for surface in surfaces.iter().chain([&cards]) {
            assert!(surface.contains(&place), "{place} is not in {surface}");
            assert!(!surface.contains(left.quotation.text()), "{place} is quoted");
        }
        let names = left.names.join(", ");
        assert!(names.is_empty() || surfaces[0].contains(&format!("names {names}")), "{names}");
        let place = (listed["start"].as_u64().unwrap(), listed["end"].as_u64().unwrap(), listed["paragraph"].as_u64().unwrap());
        assert_eq!(place, (u64::from(span.start), u64::from(span.end), paragraph as u64));
        assert!(listed["text"].is_null() && listed["source"] == "equalize-scandal" && listed["topic"] == left.topic.key());
    }
    let drawn = verbatim::render::picture::document(&page, verbatim::render::picture::Theme::Light).unwrap();
    assert!(drawn.alternative.contains("3 passages that are not shown are listed by their places"), "{}", drawn.alternative);
}

#[test]
fn a_long_list_of_places_ends_in_a_count_and_fits_every_card() {
    let snapshot = shelf::case();
    let page = page_of(&snapshot, 20, "en", &[]);
    let briefing = snapshot.brief(20, &AskOptions::default());
    assert!(briefing.left_out.len() > 10);
    for card in Card::pages(&page) {
        let more = |n: usize| n.to_string();
        let laid = card.lay_out(0, Remarks { more: &more, in_file: "", over_budget: "" });
        assert!(laid.description.chars().count() <= DESCRIPTION && laid.left == 0, "{}", laid.description);
    }
}

#[test]
fn a_page_without_a_source_and_a_timeline_without_a_date_say_so() {
    let snapshot = shelf::case();
    let receipt = receipt(&snapshot, 300);
    for (locale, no_source, no_date) in [
        ("en", "No source that holds here and at that date was found.", "No date was found in this source."),
        ("it", "Non è stata trovata alcuna fonte", "In questa fonte non è stata trovata alcuna data."),
    ] {
        let words = Words::of(&snapshot.rules, locale);
        let early = AskOptions { as_of: Some(jiff::civil::date(2000, 1, 1)), ..AskOptions::default() };
        let empty = page(&snapshot.brief(300, &early), &[], &[], &snapshot, words, &receipt);
        assert!(empty.remarks[0].starts_with(no_source) && empty.parts.is_empty(), "{:?}", empty.remarks);
        let made = snapshot.timeline(&early);
        let undated = verbatim::render::timeline::page(&made, &[snapshot.knowledge.editions[0].id], &snapshot, words, &receipt);
        assert_eq!(undated.remarks[0], no_date);
        let empty = verbatim::render::timeline::page(&made, &[], &snapshot, words, &receipt);
        assert!(empty.remarks[0].starts_with(no_source), "{:?}", empty.remarks);
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
