//! What tells whether the first passage answers: traits of the whole ranked list, scaled by the question. Knows no weights.

use super::features::{CHECKS, FEATURES};
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
        /// Every trait of a list; the features of its first passage come after them.
        pub const TRAITS: &[Trait] = &[$(Trait { name: $name, reason: $reason, compute: $function },)*];
    };
}

traits! {
    "score" score, "the ranker's score of the first";
    "margin" margin, "its lead over the second";
    "share" share, "its share among all candidates (softmax)";
    "share.log" log_share, "the logarithm of that share";
    "share.soft" soft_share, "its share where scores count half";
    "best_met" best_met, "the best coverage of any candidate, words alike and of the same meaning counted";
    "best_coverage" best_coverage, "the best coverage of any candidate";
}

/// The traits of a ranked list, in the order of [`trait_names`].
#[must_use]
pub fn traits(list: &[Candidate]) -> Vec<f64> {
    let own = TRAITS.iter().map(|property| (property.compute)(list));
    let features = list.first().map(|first| first.features.values()).unwrap_or_default();
    let checks = list.first().map(|first| first.checks.as_slice()).unwrap_or_default();
    own.chain(features.iter().chain(checks).copied()).collect()
}

/// Names of all traits, and what each measures: those of the list, then the features and the checks of its first passage.
pub fn trait_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let own = TRAITS.iter().map(|property| (property.name, property.reason));
    own.chain(FEATURES.iter().chain(CHECKS).map(|feature| (feature.name, feature.reason)))
}

fn score(list: &[Candidate]) -> f64 {
    list.first().map_or(0.0, |candidate| candidate.score)
}

fn margin(list: &[Candidate]) -> f64 {
    let second = list.get(1).map_or_else(|| score(list) - 3.0, |candidate| candidate.score);
    (score(list) - second).clamp(0.0, 3.0)
}

fn share(list: &[Candidate]) -> f64 {
    share_at(list, 1.0)
}

fn log_share(list: &[Candidate]) -> f64 {
    share(list).max(f64::MIN_POSITIVE).ln()
}

fn soft_share(list: &[Candidate]) -> f64 {
    share_at(list, 0.5)
}

/// The share of the first in a softmax over scores that count `scale` times.
fn share_at(list: &[Candidate], scale: f64) -> f64 {
    let top = score(list);
    let sum = list.iter().map(|candidate| (scale * (candidate.score - top)).exp()).sum::<f64>();
    if sum > 0.0 { 1.0 / sum } else { 0.0 }
}

fn best_met(list: &[Candidate]) -> f64 {
    list.iter().map(|candidate| candidate.features.get("coverage.any")).fold(0.0, f64::max)
}

fn best_coverage(list: &[Candidate]) -> f64 {
    list.iter().map(|candidate| candidate.features.get("coverage.here")).fold(0.0, f64::max)
}
