//! Each feature on a small article: what raises it and what does not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use crate::analysis::analyse;
use crate::document::{Edition, Knowledge, Metadata, Source, View};
use crate::evidence::{CHECKS, Candidate, Query, checked_candidates};
use crate::index::PassageIndex;
use crate::rules::Rules;
use crate::span::EditionId;

const TEXT: &str = "The harbour company was founded by Ada Brandt in 1921. It sold 40 ships to the navy.\n\n\
    Prices increased in the north because the bridge was closed. The mayor did not visit Port Alder.\n\n\
    The oldest ship is the last of its kind.\n";

/// The candidate sentence that begins with `beginning`, for `question`.
fn candidate(question: &str, beginning: &str) -> Candidate {
    let rules = Rules::embedded().unwrap();
    let metadata: Metadata = toml::from_str("title = \"Harbour\"\nlanguage = \"en\"").unwrap();
    let locale = rules.language("en").map(|language| language.locale.as_ref());
    let edition = Edition::of_text(EditionId(0), metadata, TEXT.to_owned(), locale);
    let mut knowledge = Knowledge::embedded(&rules).unwrap();
    knowledge.sources = vec![Source { id: "harbour".into(), editions: vec![EditionId(0)] }];
    knowledge.editions = vec![edition];
    let analyses = vec![analyse(&knowledge.editions[0], &rules)];
    let index = PassageIndex::build(&knowledge, &analyses, &rules).unwrap();
    let view = View { editions: vec![EditionId(0)], ..View::default() };
    let found = checked_candidates(&Query::of_text(question, "en"), &index, &rules, &view, 40);
    let begins = |candidate: &Candidate| {
        let span = analyses[0].sentences[candidate.sentence as usize].span;
        knowledge.slice(span).starts_with(beginning)
    };
    found.into_iter().find(begins).unwrap_or_else(|| panic!("no candidate begins with {beginning}"))
}

fn feature(question: &str, beginning: &str, name: &str) -> f64 {
    let candidate = candidate(question, beginning);
    match CHECKS.iter().position(|check| check.name == name) {
        Some(at) => candidate.checks[at],
        None => candidate.features.get(name),
    }
}

#[test]
fn coverage_counts_words_here_around_and_nowhere() {
    assert!((feature("Who founded the harbour company?", "The harbour", "coverage.here") - 1.0).abs() < 1e-9);
    let ships = "Which harbour company sold ships to the navy?";
    assert!(feature(ships, "It sold", "coverage.here") < 0.9);
    assert!(feature(ships, "It sold", "coverage.with_previous") > 0.9);
    assert!(feature("Who founded the harbour zoo?", "The harbour", "coverage.lacking_everywhere") > 0.5);
    assert!(feature("Who founded the harbour zoo?", "The harbour", "coverage.unknown") > 0.0);
    assert!(feature("Did the harbourmaster found the company?", "The harbour", "coverage.alike") > 0.0);
    let written = feature("Who founded the harbour company?", "The harbour", "coverage.letters");
    assert!(written > feature("Who founded the harbourmaster's shop?", "The harbour", "coverage.letters"));
    assert!(feature("Who founded the harbourmaster's shop?", "The harbour", "coverage.letters") > 0.0 && written <= 1.0);
}

#[test]
fn order_prefers_the_same_words_side_by_side() {
    let same = feature("Who sold ships to the navy?", "It sold", "order.subsequence");
    let other = feature("Which navy sold ships?", "It sold", "order.subsequence");
    assert!(same > other);
    assert!(feature("Was the harbour company founded?", "The harbour", "order.adjacent") > 0.4);
    assert!(feature("Did Brandt found Ada?", "The harbour", "order.density") > 0.5);
    assert!(feature("What was founded in 1921?", "The harbour", "order.late") > 0.3);
    assert!(feature("Which harbour was sold?", "The harbour", "order.late") < 0.2);
}

#[test]
fn names_and_numbers_that_differ_are_seen() {
    assert!(feature("What did Ada Brandt found?", "The harbour", "names.lacking") < 1e-9);
    assert!(feature("What did Otto Brandt found?", "The harbour", "names.lacking") > 0.4);
    assert!(feature("What did Brandt Ada found?", "The harbour", "names.split") > 0.9);
    assert!((feature("What was founded in 1934?", "The harbour", "numbers.other_year") - 1.0).abs() < 1e-9);
    assert!(feature("What was founded in 1921?", "The harbour", "numbers.other_year") < 1e-9);
}

#[test]
fn the_kind_asked_for_is_there_or_not() {
    assert!(feature("When was the company founded?", "The harbour", "kind.date") > 0.0);
    assert!(feature("When was it sold to the navy?", "It sold", "kind.date") < 0.0);
    assert!(feature("How many ships were sold?", "It sold", "kind.number") > 0.0);
    assert!(feature("Who founded the company?", "The harbour", "kind.name") > 0.0);
    assert!(feature("Why did prices increase?", "Prices", "kind.reason") > 0.0);
}

#[test]
fn opposites_and_negation_are_seen() {
    assert!(feature("Where did prices decrease?", "Prices", "contrast.opposites") > 0.0);
    assert!(feature("Where did prices increase?", "Prices", "contrast.opposites") < 1e-9);
    assert!(feature("Where did prices not increase?", "Prices", "contrast.negation_lacking") > 0.0);
    assert!(feature("Who did not visit Port Alder?", "The mayor", "contrast.negation_lacking") < 1e-9);
}

#[test]
fn another_word_in_the_place_of_one_is_seen() {
    assert!(feature("Who founded the Alder company?", "The harbour", "replaced.before") > 0.0);
    assert!(feature("Who founded the harbour company?", "The harbour", "replaced.before") < 1e-9);
    assert!(feature("Who sold 40 turbines to the navy?", "It sold", "replaced.between") > 0.0);
    assert!(feature("Who sold 40 ships to the navy?", "It sold", "replaced.between") < 1e-9);
    assert!(feature("Who sold 40 turbines to the navy?", "It sold", "replaced.aligned") > 0.0);
    assert!(feature("Who sold 40 ships to the navy?", "It sold", "replaced.aligned") < 1e-9);
    assert!((feature("Who did not visit Alder?", "The mayor", "names.inside") - 1.0).abs() < 1e-9);
    assert!(feature("Who did not visit Port Alder?", "The mayor", "names.inside") < 1e-9);
}

#[test]
fn what_excludes_the_passage_is_seen() {
    let holds = |question: &str, beginning: &str, name: &str| (feature(question, beginning, name) - 1.0).abs() < 1e-9;
    assert!(holds("Who sold 14 ships?", "It sold", "numbers.same_unit"));
    assert!(!holds("Who sold 40 ships?", "It sold", "numbers.same_unit"));
    assert!(holds("In what year were ships sold to the navy?", "It sold", "kind.year_lacking"));
    assert!(!holds("In what year was the company founded?", "The harbour", "kind.year_lacking"));
    assert!(holds("How many harbour companies were founded?", "The harbour", "kind.only_year"));
    assert!(!holds("How many ships were sold?", "It sold", "kind.only_year"));
    assert!(holds("Where did prices not increase?", "Prices", "contrast.negated_word"));
    assert!(!holds("Who did not visit Port Alder?", "The mayor", "contrast.negated_word"));
    assert!(holds("Did the mayor visit Port Alder?", "The mayor", "contrast.negated_here"));
    assert!(!holds("Who did not visit Port Alder?", "The mayor", "contrast.negated_here"));
    assert!(holds("Which is the first ship of its kind?", "The oldest", "contrast.exclusive_other"));
    assert!(!holds("Which is the last ship of its kind?", "The oldest", "contrast.exclusive_other"));
    assert!(holds("Where in the south did prices increase?", "Prices", "contrast.one_of"));
    assert!(!holds("Where in the north did prices increase?", "Prices", "contrast.one_of"));
}

#[test]
fn form_is_the_passages_own() {
    assert!((feature("Who founded the harbour company?", "It sold", "form.points_back") - 1.0).abs() < 1e-9);
    assert!((feature("Who founded the harbour company?", "The harbour", "form.first") - 1.0).abs() < 1e-9);
    assert!(feature("Who founded the harbour company?", "The harbour", "form.depth") < 1e-9);
    assert!((feature("Who founded the harbour company?", "It sold", "form.depth") - 1.0 / 6.0).abs() < 1e-9);
}
