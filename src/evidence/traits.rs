//! What tells whether the first passage answers: traits of the whole ranked list, scaled by the question. Knows no weights.

use super::features::FEATURES;
use super::retrieve::Candidate;

/// A named trait of a ranked list.
#[derive(Debug, Clone, Copy)]
pub struct Trait {
    /// Its name, as in the weights file.
    pub name: &'static str,
    /// What it measures.
    pub reason: &'static str,
    compute: fn(&[Candidate]) -> f64,
}

macro_rules! traits {
    ($($name:literal $function:expr, $reason:literal;)*) => {
        /// Every trait.
        pub const TRAITS: &[Trait] = &[$(Trait { name: $name, reason: $reason, compute: $function },)*];
    };
}

traits! {
    "score" score, "the ranker's score of the first";
    "margin" margin, "its lead over the second";
    "share" share, "its share among all candidates (softmax)";
    "best_coverage" best_coverage, "the best coverage of any candidate";
    "coverage.here" |list| first(list, "coverage.here"), "of the first passage";
    "coverage.with_previous" |list| first(list, "coverage.with_previous"), "of the first passage";
    "coverage.paragraph" |list| first(list, "coverage.paragraph"), "of the first passage";
    "coverage.alike" |list| first(list, "coverage.alike"), "of the first passage";
    "coverage.any" |list| first(list, "coverage.any"), "of the first passage";
    "coverage.lacking" |list| first(list, "coverage.lacking"), "of the first passage";
    "coverage.lacking_everywhere" |list| first(list, "coverage.lacking_everywhere"), "of the first passage";
    "order.subsequence" |list| first(list, "order.subsequence"), "of the first passage";
    "order.adjacent" |list| first(list, "order.adjacent"), "of the first passage";
    "order.bigrams" |list| first(list, "order.bigrams"), "of the first passage";
    "order.swapped" |list| first(list, "order.swapped"), "of the first passage";
    "names.lacking" |list| first(list, "names.lacking"), "of the first passage";
    "names.lacking_everywhere" |list| first(list, "names.lacking_everywhere"), "of the first passage";
    "numbers.lacking_everywhere" |list| first(list, "numbers.lacking_everywhere"), "of the first passage";
    "numbers.other_year" |list| first(list, "numbers.other_year"), "of the first passage";
    "kind.name" |list| first(list, "kind.name"), "of the first passage";
    "kind.date" |list| first(list, "kind.date"), "of the first passage";
    "kind.number" |list| first(list, "kind.number"), "of the first passage";
    "kind.place" |list| first(list, "kind.place"), "of the first passage";
    "kind.reason" |list| first(list, "kind.reason"), "of the first passage";
    "kind.noun" |list| first(list, "kind.noun"), "of the first passage";
    "contrast.negation" |list| first(list, "contrast.negation"), "of the first passage";
    "contrast.opposites" |list| first(list, "contrast.opposites"), "of the first passage";
    "contrast.opposable_lacking" |list| first(list, "contrast.opposable_lacking"), "of the first passage";
    "contrast.exclusive_lacking" |list| first(list, "contrast.exclusive_lacking"), "of the first passage";
    "form.length" |list| first(list, "form.length"), "of the first passage";
}

/// The traits of a ranked list, in the order of [`TRAITS`].
#[must_use]
pub fn traits(list: &[Candidate]) -> Vec<f64> {
    TRAITS.iter().map(|property| (property.compute)(list)).collect()
}

fn first(list: &[Candidate], name: &str) -> f64 {
    debug_assert!(FEATURES.iter().any(|feature| feature.name == name));
    list.first().map_or(0.0, |candidate| candidate.features.get(name))
}

fn score(list: &[Candidate]) -> f64 {
    list.first().map_or(0.0, |candidate| candidate.score)
}

fn margin(list: &[Candidate]) -> f64 {
    let second = list.get(1).map_or_else(|| score(list) - 3.0, |candidate| candidate.score);
    (score(list) - second).clamp(0.0, 3.0)
}

fn share(list: &[Candidate]) -> f64 {
    let top = score(list);
    let sum = list.iter().map(|candidate| (candidate.score - top).exp()).sum::<f64>();
    if sum > 0.0 { 1.0 / sum } else { 0.0 }
}

fn best_coverage(list: &[Candidate]) -> f64 {
    list.iter().map(|candidate| candidate.features.get("coverage.here")).fold(0.0, f64::max)
}
