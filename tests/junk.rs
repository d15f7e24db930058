//! Whatever is asked, the answer is well-formed: quotations are the source's own words, refusals have none, nothing panics.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod junk_cases;

use std::sync::Arc;

use junk_cases::Junk;
use verbatim::answer::{Answer, Outcome, Quotation};
use verbatim::document::Knowledge;
use verbatim::engine::{AskOptions, Snapshot};
use verbatim::rules::Rules;

/// Enough to find what is wrong soon; `cargo bench --bench junk` asks 200,000.
const QUESTIONS: usize = 1_500;

fn well_formed(snapshot: &Snapshot, question: &str, answer: &Answer) {
    let shown = answer.quotations.iter().chain(&answer.nearest).chain(answer.related.iter().map(|related| &related.quotation));
    for quotation in shown {
        assert_eq!(quotation.text(), snapshot.knowledge.slice(quotation.span()), "{question:?}");
        assert!(!quotation.text().trim().is_empty(), "{question:?}");
    }
    assert!((0.0..=1.0).contains(&answer.confidence), "{question:?}: confidence {}", answer.confidence);
    let answered = answer.outcome == Outcome::Answered;
    assert_eq!(answered, !answer.quotations.is_empty(), "{question:?}: {:?}", answer.outcome);
    let places = answer.quotations.iter().map(Quotation::span).collect::<std::collections::HashSet<_>>();
    assert_eq!(places.len(), answer.quotations.len(), "{question:?}: a passage is quoted twice");
}

#[test]
fn anything_at_all_is_answered_or_refused() {
    let rules = Arc::new(Rules::embedded().unwrap());
    let knowledge = Knowledge::embedded(&rules).unwrap();
    let snapshot = Snapshot::new(rules, knowledge);
    let mut junk = Junk::new(1);
    let mut previous = None;
    for number in 0..QUESTIONS {
        let question = junk.question();
        let locale = if number % 2 == 0 { "en" } else { "it" };
        let options = AskOptions { locale: Some(locale.into()), previous: previous.take(), ..AskOptions::default() };
        well_formed(&snapshot, &question, &snapshot.ask(&question, &options));
        previous = (number % 3 == 0).then_some(question);
    }
}
