//! Candidates for a question, ranked by a linear model over named features, and how sure the first is. Knows no gates.

use super::features::{CHECKS, FEATURES, FeatureVector, Pairing};
use super::query::{Asking, Query};
use super::traits::traits;
use super::weights::{OF_BIAS, OF_CONFIDENCE, OF_RANKER, calibrate, of_checks};
use crate::document::{BlockKind, View};
use crate::index::{Hit, PassageIndex};
use crate::rules::Rules;
use crate::span::EditionId;

/// A passage that may answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its edition.
    pub edition: EditionId,
    /// Its sentence in the analysis of that edition.
    pub sentence: u32,
    /// What its block is.
    pub kind: BlockKind,
    /// Rank score: greater is better; only comparable within one question.
    pub score: f64,
    /// What the score is made of.
    pub features: FeatureVector,
    /// What tells whether it answers, in the order of [`CHECKS`]; empty until it is the first.
    pub checks: Vec<f64>,
    hit: Hit,
}

/// Passages looked at closely.
pub const CANDIDATES: usize = 100;

/// The passages of running text that may answer `query` among the editions in `view`, best first: up to [`CANDIDATES`] for each language.
#[must_use]
pub fn retrieve(query: &Query, index: &PassageIndex, rules: &Rules, view: &View) -> Vec<Candidate> {
    let mut found = candidates(query, index, rules, view, CANDIDATES);
    for candidate in &mut found {
        candidate.score = dot(&OF_RANKER, candidate.features.values());
    }
    rank(&mut found);
    if let Some(first) = found.first_mut() {
        let languages = index.languages(view);
        let own = languages.into_iter().find(|language| index.is_in_language(first.edition, language));
        let asking = own.map(|language| Asking::new(query, index, language, rules));
        first.checks = asking.map(|asking| FeatureVector::checks(&Pairing::new(&asking, index, first.hit))).unwrap_or_default();
    }
    found
}

/// Every candidate with its features, not yet scored.
#[must_use]
pub fn candidates(query: &Query, index: &PassageIndex, rules: &Rules, view: &View, limit: usize) -> Vec<Candidate> {
    found(query, index, rules, view, limit, false)
}

/// The same, each with its checks: for training, where any may become the first.
#[must_use]
pub fn checked_candidates(query: &Query, index: &PassageIndex, rules: &Rules, view: &View, limit: usize) -> Vec<Candidate> {
    found(query, index, rules, view, limit, true)
}

fn found(query: &Query, index: &PassageIndex, rules: &Rules, view: &View, limit: usize, checked: bool) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for language in index.languages(view) {
        let asking = Asking::new(query, index, language, rules);
        // A fault of an index in memory can't be mended by the asker; nothing found is the honest answer then.
        for hit in index.hits(&asking.asked, view, limit).unwrap_or_default() {
            let Some(passage) = index.passage(hit.passage) else { continue };
            let is_evidence = matches!(passage.kind, BlockKind::Paragraph | BlockKind::Correction);
            if is_evidence && index.is_in_language(passage.edition, language) {
                let pairing = Pairing::new(&asking, index, hit);
                let features = FeatureVector::of(&pairing);
                let checks = if checked { FeatureVector::checks(&pairing) } else { Vec::new() };
                let (edition, sentence, kind) = (passage.edition, passage.sentence, passage.kind);
                found.push(Candidate { edition, sentence, kind, score: 0.0, features, checks, hit });
            }
        }
    }
    found
}

/// Orders candidates by score, then by place.
pub fn rank(list: &mut [Candidate]) {
    list.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.edition.cmp(&b.edition)).then(a.sentence.cmp(&b.sentence)));
}

/// Estimated probability that the first candidate answers the question.
#[must_use]
pub fn confidence(list: &[Candidate]) -> f64 {
    if list.is_empty() {
        return 0.0;
    }
    calibrate(OF_BIAS + dot(&OF_CONFIDENCE, &traits(list))).clamp(0.0, 1.0)
}

/// Why the first candidate won and the second lost: one line for each feature that speaks for or against, heaviest first; then one for
/// each check that speaks for or against the first as an answer.
#[must_use]
pub fn explain(list: &[Candidate]) -> Vec<String> {
    let Some(winner) = list.first() else { return Vec::new() };
    let second = list.get(1);
    let value = |candidate: Option<&Candidate>, at: usize| {
        candidate.and_then(|candidate| candidate.features.values().get(at)).copied().unwrap_or(0.0)
    };
    let mut lines = Vec::new();
    for (at, (feature, weight)) in FEATURES.iter().zip(&OF_RANKER).enumerate() {
        let (own, other) = (value(Some(winner), at), value(second, at));
        let (gain, lead) = (weight * own, weight * (own - other));
        if gain.abs() >= 0.005 || lead.abs() >= 0.005 {
            lines.push((
                lead,
                format!("{:<28} {own:>6.2} × {weight:>6.2} = {gain:>6.2}  lead {lead:>+6.2}  {}", feature.name, feature.reason),
            ));
        }
    }
    lines.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let runner_up = second.map_or(String::new(), |second| format!(", the second {:.2}", second.score));
    let mut all = vec![format!("score {:.2}{runner_up}, confidence {:.2}", winner.score, confidence(list))];
    all.extend(lines.into_iter().map(|(_, line)| line));
    for ((check, value), weight) in CHECKS.iter().zip(&winner.checks).zip(of_checks()) {
        let gain = value * weight;
        if gain.abs() >= 0.005 {
            all.push(format!("{:<28} {value:>6.2} × {weight:>6.2} = {gain:>6.2}  confidence  {}", check.name, check.reason));
        }
    }
    all
}

pub(super) fn dot(weights: &[f64], values: &[f64]) -> f64 {
    weights.iter().zip(values).map(|(weight, value)| weight * value).sum()
}
