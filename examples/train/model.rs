//! The two models together: learned on some articles, tried on others.

use anyhow::Result;
use verbatim::evidence::{FEATURES, rank, trait_names, traits};

use crate::data::{Group, Mode};
use crate::fit::{self, Rows, dot};
use crate::measure::Outcome;

/// Penalties, set by cross-validation.
const RANKER_PENALTY: f64 = 80.0;
const CONFIDENCE_PENALTY: f64 = 30.0;
const PLATT_PENALTY: f64 = 1e-6;
/// Weight of a question put to one source or an excerpt, beside one put to all.
const OTHER_MODES: f64 = 0.4;
pub const FOLDS: usize = 8;

/// Mean and spread of each column.
pub struct Scale {
    mean: Vec<f64>,
    spread: Vec<f64>,
}

impl Scale {
    fn of<'r>(rows: impl Iterator<Item = &'r [f64]> + Clone) -> Self {
        let width = rows.clone().next().map_or(0, <[f64]>::len);
        let count = rows.clone().count().max(1) as f64;
        let mut mean = vec![0.0; width];
        let mut spread = vec![0.0; width];
        rows.clone().for_each(|row| mean.iter_mut().zip(row).for_each(|(sum, value)| *sum += value / count));
        rows.for_each(|row| (0..width).for_each(|at| spread[at] += (row[at] - mean[at]).powi(2) / count));
        spread.iter_mut().for_each(|value| *value = value.sqrt() + 1e-9);
        Self { mean, spread }
    }

    fn apply(&self, row: &[f64]) -> Vec<f64> {
        row.iter().zip(&self.mean).zip(&self.spread).map(|((value, mean), spread)| (value - mean) / spread).collect()
    }
}

/// All questions, standardised once.
pub struct Training<'g> {
    pub groups: &'g [Group],
    pub folds: Vec<usize>,
    dropped: Option<String>,
    scale: Scale,
    rows: Vec<Rows>,
}

/// Raw weights as they stand in the file.
pub struct Ranker(pub Vec<f64>);
/// Raw weights and the constant.
pub struct Confidence(pub Vec<f64>, pub f64);

/// What the first passage of a ranked list is like.
pub struct Top {
    pub traits: Vec<f64>,
    pub ranks: (Option<usize>, Option<usize>),
}

impl<'g> Training<'g> {
    /// `dropped`: features whose name begins so count as 0, for the ablation.
    pub fn new(groups: &'g [Group], folds: Vec<usize>, dropped: Option<&str>) -> Self {
        let open = groups.iter().filter(|group| group.mode == Mode::Open);
        let scale = Scale::of(open.flat_map(|group| group.list.iter().map(|candidate| candidate.features.values())));
        let keep =
            FEATURES.iter().map(|feature| dropped.is_none_or(|prefix| !feature.name.starts_with(prefix))).collect::<Vec<_>>();
        let standard = |row: &[f64]| {
            let row = scale.apply(row);
            row.into_iter().zip(&keep).map(|(value, keep)| if *keep { value } else { 0.0 }).collect()
        };
        let rows = groups.iter().map(|group| Rows {
            features: group.list.iter().map(|candidate| standard(candidate.features.values())).collect(),
            hit: group.hit.clone(),
        });
        let rows = rows.collect();
        Self { groups, folds, dropped: dropped.map(str::to_owned), scale, rows }
    }

    /// Learns the ranker from the open questions outside `fold`.
    pub fn ranker(&self, fold: Option<usize>) -> Result<Ranker> {
        let useful = |at: &usize| {
            let hit = &self.rows[*at].hit;
            self.groups[*at].mode == Mode::Open && Some(self.folds[*at]) != fold && hit.contains(&true) && hit.contains(&false)
        };
        let questions = (0..self.rows.len()).filter(useful).map(|at| &self.rows[at]).collect();
        let weights = fit::ranker(questions, RANKER_PENALTY, vec![0.0; FEATURES.len()])?;
        Ok(Ranker(weights.iter().zip(&self.scale.spread).map(|(weight, spread)| weight / spread).collect()))
    }

    /// Ranks one question's candidates.
    pub fn top(&self, at: usize, ranker: &Ranker) -> Top {
        let group = &self.groups[at];
        let mut list = group.list.clone();
        let spread = &self.scale.spread;
        for (candidate, row) in list.iter_mut().zip(&self.rows[at].features) {
            let raw = row.iter().zip(spread).map(|(value, spread)| value * spread).collect::<Vec<_>>();
            // The means only shift every candidate's score alike; the shipped score has none taken off.
            candidate.score = dot(&raw, &ranker.0) + dot(&self.scale.mean, &ranker.0);
        }
        let key = |candidate: &verbatim::evidence::Candidate| (candidate.edition, candidate.sentence);
        let places = group.list.iter().map(key).collect::<Vec<_>>();
        rank(&mut list);
        let first = |right: &[bool]| {
            list.iter()
                .position(|candidate| places.iter().position(|place| *place == key(candidate)).is_some_and(|at| right[at]))
        };
        let mut traits = traits(&list);
        traits.resize(trait_names().count(), 0.0);
        if let Some(prefix) = &self.dropped {
            let names = trait_names().map(|(name, _)| name);
            traits.iter_mut().zip(names).filter(|(_, name)| name.starts_with(prefix)).for_each(|(value, _)| *value = 0.0);
        }
        Top { traits, ranks: (first(&group.hit), first(&group.near)) }
    }

    /// Learns the confidence model from ranked lists outside `fold`.
    pub fn confidence(&self, tops: &[Top], fold: Option<usize>) -> Result<Confidence> {
        let scale = Scale::of(tops.iter().map(|top| top.traits.as_slice()));
        let used = (0..tops.len()).filter(|at| Some(self.folds[*at]) != fold);
        let rows = used.map(|at| {
            let group = &self.groups[at];
            let target = 0.5 * f64::from(u8::from(tops[at].ranks.0 == Some(0))) + 0.5 * f64::from(u8::from(group.answerable()));
            let weight = if group.mode == Mode::Open { 1.0 } else { OTHER_MODES };
            (scale.apply(&tops[at].traits), target, weight)
        });
        let weights = fit::logistic(rows.collect(), CONFIDENCE_PENALTY)?;
        let (constant, own) = weights.split_last().unwrap();
        let raw = own.iter().zip(&scale.spread).map(|(weight, spread)| weight / spread).collect::<Vec<_>>();
        let bias = constant - dot(&raw, &scale.mean);
        debug_assert_eq!(raw.len(), trait_names().count());
        Ok(Confidence(raw, bias))
    }

    /// Platt's curve from held-out raw scores to the share of first passages that are right.
    pub fn platt(&self, tops: &[Top], raw: &[f64], fold: Option<usize>) -> Result<(f64, f64)> {
        let used = (0..raw.len()).filter(|&at| Some(self.folds[at]) != fold && self.groups[at].mode != Mode::Reading);
        let rows = used.map(|at| (vec![raw[at]], f64::from(u8::from(tops[at].ranks.0 == Some(0))), 1.0));
        let weights = fit::logistic(rows.collect(), PLATT_PENALTY)?;
        Ok((weights[0], weights[1]))
    }

    /// Outcomes of the questions of one set and mode.
    pub fn outcomes(&self, tops: &[Top], confidence: &[f64], wanted: impl Fn(&Group) -> bool) -> Vec<Outcome> {
        let chosen = (0..tops.len()).filter(|&at| wanted(&self.groups[at]));
        let outcome = |at: usize| Outcome {
            confidence: confidence[at],
            right: tops[at].ranks.0 == Some(0),
            answerable: self.groups[at].answerable(),
            adversarial: self.groups[at].kind == "adversarial",
        };
        chosen.map(outcome).collect()
    }
}
