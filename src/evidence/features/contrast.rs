//! What the passage says the other way round: negation, opposites, what only one can be. Knows no order.

use std::collections::BTreeSet;

use super::pairing::{Meeting, Pairing, is_under};
use crate::rules::opposite;

/// Whether one of question and sentence is negated and the other is not.
pub fn negation(pairing: &Pairing<'_>) -> f64 {
    let differs = pairing.asking.has_class("cue.negation") != pairing.has_class("cue.negation");
    f64::from(u8::from(differs))
}

/// Whether the question is negated and the sentence is not.
pub fn negation_lacking(pairing: &Pairing<'_>) -> f64 {
    let lacking = pairing.asking.has_class("cue.negation") && !pairing.has_class("cue.negation");
    f64::from(u8::from(lacking))
}

/// Words of the question behind a negation among which the word that it negates is looked for.
const NEGATED: usize = 3;
/// Words of the passage before a negated word among which the negation stands.
const BEFORE_NEGATED: usize = 4;

/// Whether the question negates a word that the sentence has without a negation, or not at all.
pub fn negated_word(pairing: &Pairing<'_>) -> f64 {
    let negations = pairing.places_of("cue.negation").collect::<Vec<_>>();
    let negated = |at: usize| negations.iter().any(|&negation| negation < at && at - negation <= BEFORE_NEGATED);
    let asked = pairing.asking.asked.concepts.iter().filter(|(id, ..)| is_under(id, "cue.negation"));
    let mut words = asked.filter_map(|&(_, at, len)| {
        let behind = usize::from(at) + usize::from(len);
        pairing.meetings.iter().find(|meeting| (behind..behind + NEGATED).contains(&meeting.word))
    });
    let affirmed = |meeting: &Meeting| {
        let term = pairing.asking.asked.words.get(meeting.word).and_then(|word| word.term);
        let mut own = pairing.words.iter().enumerate().filter(|(_, word)| Some(word.term) == term);
        !own.any(|(at, _)| negated(at))
    };
    f64::from(u8::from(words.any(affirmed)))
}

/// Whether the sentence negates a word of a question that negates nothing.
pub fn negated_here(pairing: &Pairing<'_>) -> f64 {
    let places = pairing.places();
    let negates = |at: usize| places.iter().any(|&place| at < place && place <= at + 2);
    let here = !pairing.asking.has_class("cue.negation") && pairing.places_of("cue.negation").any(negates);
    f64::from(u8::from(here))
}

/// Number of words of the question whose opposite is in the sentence while they are not (up to 3).
pub fn opposites(pairing: &Pairing<'_>) -> f64 {
    let opposed = opposable(pairing).into_iter().filter(|id| !holds(pairing, id));
    opposed.filter(|id| opposite(id).is_some_and(|other| holds(pairing, &other))).count().min(3) as f64
}

/// Number of words of the question that have an opposite and are not in the sentence in any way (up to 3).
pub fn opposable_lacking(pairing: &Pairing<'_>) -> f64 {
    opposable(pairing).into_iter().filter(|id| !holds(pairing, id)).count().min(3) as f64
}

/// The question's concepts that have an opposite.
fn opposable<'a>(pairing: &Pairing<'a>) -> BTreeSet<&'a str> {
    let asked = pairing.asking.asked.concepts.iter().map(|(id, ..)| id.as_str());
    asked.filter(|id| is_under(id, "contrast")).collect()
}

fn holds(pairing: &Pairing<'_>, id: &str) -> bool {
    pairing.concepts.iter().any(|own| pairing.index.vocabulary().concept_name(own.concept) == id)
}

/// Number of words such as "first", "only", "largest" in the question that the sentence lacks (up to 2).
pub fn exclusive_lacking(pairing: &Pairing<'_>) -> f64 {
    let asked = pairing.asking.asked.concepts.iter().map(|(id, ..)| id.as_str()).filter(|id| is_under(id, "cue.exclusive"));
    let lacking = asked.filter(|id| !pairing.has_class(id)).collect::<BTreeSet<_>>();
    lacking.len().min(2) as f64
}

/// Whether the question has a word such as "first" that the sentence lacks, and the sentence another such word.
pub fn exclusive_other(pairing: &Pairing<'_>) -> f64 {
    let other = exclusive_lacking(pairing) > 0.0 && pairing.has_class("cue.exclusive");
    f64::from(u8::from(other))
}

/// Number of words of the question that are not here while another of the same few is (up to 2): another day of the week, another of
/// the family.
pub fn one_of(pairing: &Pairing<'_>) -> f64 {
    let asked = pairing.asking.asked.concepts.iter().filter(|(id, ..)| is_under(id, "cue.one_of"));
    let replaced = asked.filter(|(id, at, _)| {
        let term = pairing.asking.asked.words.get(usize::from(*at)).and_then(|word| word.term);
        let is_other = |at: usize| pairing.words.get(at).is_some_and(|word| pairing.is_new(word));
        !pairing.words.iter().any(|word| Some(word.term) == term) && pairing.places_of(id).any(is_other)
    });
    replaced.count().min(2) as f64
}
