//! What the passage says the other way round: negation, opposites, what only one can be. Knows no order.

use std::collections::BTreeSet;

use super::pairing::{Pairing, is_under};

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

/// "contrast.rise.a" ↔ "contrast.rise.b".
fn opposite(id: &str) -> Option<String> {
    let (pair, side) = id.rsplit_once('.')?;
    match side {
        "a" => Some(format!("{pair}.b")),
        "b" => Some(format!("{pair}.a")),
        _ => None,
    }
}
