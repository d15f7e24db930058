//! Learns the weights of ranking and confidence from development data, cross-validated by article.
//!
//! `cargo run --release --example train -- --data DIR [--data DIR …] --out src/evidence/weights.toml [--ablate]`
//!
//! Everything is deterministic: same data, same rules, same file. A folder given by `--data` holds `kb/` (a knowledge folder)
//! and `questions.jsonl` with `id`, `question`, `source`, `locale`, `kind` and `gold` byte ranges.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, missing_docs)]

mod data;
mod fit;
mod measure;
mod model;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use data::{Group, Mode};
use fit::dot;
use model::{Confidence, FOLDS, Ranker, Top, Training};
use verbatim::evidence::{FEATURES, trait_names};
use verbatim::rules::Rules;

#[derive(Parser)]
struct Options {
    /// Folders with `kb/` and `questions.jsonl`.
    #[arg(long, required = true)]
    data: Vec<PathBuf>,
    /// Where to write the weights.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Also tells what each group of features is worth.
    #[arg(long)]
    ablate: bool,
}

/// Held-out results: no article is scored by a model that saw it.
struct HeldOut {
    tops: Vec<Top>,
    raw: Vec<f64>,
    confidence: Vec<f64>,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let rules = Rules::embedded().map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    let mut groups = Vec::new();
    for folder in &options.data {
        groups.extend(data::groups(folder, &rules, &[Mode::Open, Mode::Reading, Mode::Excerpt])?);
    }
    let folds = folds(&groups);
    let training = Training::new(&groups, folds.clone(), None);
    let ranker = training.ranker(None)?;
    let in_sample = (0..groups.len()).map(|at| training.top(at, &ranker)).collect::<Vec<_>>();
    let held_out = cross_validate(&training)?;
    let confidence = training.confidence(&held_out.tops, None)?;
    let curve = training.platt(&held_out.tops, &held_out.raw, None)?;
    report(&training, &held_out, &in_sample);
    if options.ablate {
        ablate(&groups, &folds)?;
    }
    if let Some(path) = options.out {
        std::fs::write(&path, file(&training, &held_out, &ranker, &confidence, curve))?;
    }
    Ok(())
}

/// Articles dealt to folds in order of their names, for each set apart.
fn folds(groups: &[Group]) -> Vec<usize> {
    let mut articles: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for group in groups {
        articles.entry(&group.set).or_default().insert(&group.source, 0);
    }
    for set in articles.values_mut() {
        set.values_mut().enumerate().for_each(|(number, fold)| *fold = number % FOLDS);
    }
    groups.iter().map(|group| articles[group.set.as_str()][group.source.as_str()]).collect()
}

fn cross_validate(training: &Training<'_>) -> Result<HeldOut> {
    let count = training.groups.len();
    let rankers = (0..FOLDS).map(|fold| training.ranker(Some(fold))).collect::<Result<Vec<_>>>()?;
    let tops = (0..count).map(|at| training.top(at, &rankers[training.folds[at]])).collect::<Vec<_>>();
    let models = (0..FOLDS).map(|fold| training.confidence(&tops, Some(fold))).collect::<Result<Vec<_>>>()?;
    let score = |at: usize| {
        let Confidence(weights, bias) = &models[training.folds[at]];
        bias + dot(weights, &tops[at].traits)
    };
    let raw = (0..count).map(score).collect::<Vec<_>>();
    let curves = (0..FOLDS).map(|fold| training.platt(&tops, &raw, Some(fold))).collect::<Result<Vec<_>>>()?;
    let confidence = (0..count).map(|at| sigmoid(curves[training.folds[at]], raw[at])).collect();
    Ok(HeldOut { tops, raw, confidence })
}

fn sigmoid((slope, shift): (f64, f64), raw: f64) -> f64 {
    1.0 / (1.0 + (-(slope * raw + shift)).exp())
}

/// Shares of answerable questions with a right passage among the first 1, 3, and the right paragraph first.
fn hits(groups: &[Group], tops: &[Top], set: &str, mode: Mode) -> (f64, f64, f64) {
    let chosen = (0..groups.len()).filter(|&at| groups[at].set == set && groups[at].mode == mode && groups[at].answerable());
    let chosen = chosen.collect::<Vec<_>>();
    let share =
        |right: &dyn Fn(&Top) -> bool| chosen.iter().filter(|&&at| right(&tops[at])).count() as f64 / chosen.len() as f64;
    (
        share(&|top| top.ranks.0 == Some(0)),
        share(&|top| top.ranks.0.is_some_and(|rank| rank < 3)),
        share(&|top| top.ranks.1 == Some(0)),
    )
}

fn sets(groups: &[Group]) -> Vec<&str> {
    let mut sets = groups.iter().map(|group| group.set.as_str()).collect::<Vec<_>>();
    sets.sort_unstable();
    sets.dedup();
    sets
}

fn report(training: &Training<'_>, held_out: &HeldOut, in_sample: &[Top]) {
    let groups = training.groups;
    println!(
        "| set, mode | hit@1 (in sample) | hit@3 | paragraph@1 | AUROC / adversarial | end-to-end | cov@80 | cov@90 | calibration error |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for set in sets(groups) {
        for mode in [Mode::Open, Mode::Reading, Mode::Excerpt] {
            let (one, three, paragraph) = hits(groups, &held_out.tops, set, mode);
            let (seen, ..) = hits(groups, in_sample, set, mode);
            let outcomes =
                training.outcomes(&held_out.tops, &held_out.confidence, |group| group.set == set && group.mode == mode);
            println!(
                "| {set}, {mode:?} | {one:.3} ({seen:.3}) | {three:.3} | {paragraph:.3} | {:.3} / {:.3} | {:.3} | {:.3} | {:.3} | {:.3} |",
                measure::auroc(&outcomes, |outcome| !outcome.answerable),
                measure::auroc(&outcomes, |outcome| outcome.adversarial),
                measure::end_to_end(&outcomes).0,
                measure::coverage(&outcomes, 0.8).0,
                measure::coverage(&outcomes, 0.9).0,
                measure::calibration_error(&outcomes),
            );
        }
    }
}

fn ablate(groups: &[Group], folds: &[usize]) -> Result<()> {
    println!("\n| without | hit@1 of each set, open | AUROC / adversarial of the first |\n|---|---|---|");
    for prefix in ["", "coverage", "bm25", "order", "names", "numbers", "kind", "contrast", "replaced", "form"] {
        let dropped = (!prefix.is_empty()).then(|| format!("{prefix}."));
        let training = Training::new(groups, folds.to_vec(), dropped.as_deref());
        let held_out = cross_validate(&training)?;
        let sets = sets(groups);
        let shares = sets.iter().map(|set| format!("{:.3}", hits(groups, &held_out.tops, set, Mode::Open).0));
        let outcomes =
            training.outcomes(&held_out.tops, &held_out.confidence, |group| group.set == sets[0] && group.mode == Mode::Open);
        println!(
            "| {} | {} | {:.3} / {:.3} |",
            if prefix.is_empty() { "nothing" } else { prefix },
            shares.collect::<Vec<_>>().join(" / "),
            measure::auroc(&outcomes, |outcome| !outcome.answerable),
            measure::auroc(&outcomes, |outcome| outcome.adversarial),
        );
    }
    Ok(())
}

/// The weights file.
fn file(training: &Training<'_>, held_out: &HeldOut, ranker: &Ranker, confidence: &Confidence, curve: (f64, f64)) -> String {
    let mut text = String::from(
        "# Weights of the ranker and of the confidence model, written by `cargo run --release --example train`; not edited by hand.\n",
    );
    let line = |text: &mut String, name: &str, value: f64, reason: &str| {
        let _ = writeln!(text, "\"{name}\" = {{ value = {value:.4}, reason = \"{reason}\" }}");
    };
    text.push_str("\n[ranker]\n");
    FEATURES.iter().zip(&ranker.0).for_each(|(feature, &value)| line(&mut text, feature.name, value, feature.reason));
    text.push_str("\n[confidence]\n");
    line(&mut text, "bias", confidence.1, "constant");
    trait_names().zip(&confidence.0).for_each(|((name, reason), &value)| line(&mut text, name, value, reason));
    let points = (0..=16).map(|step| (f64::from(step) / 16.0).mul_add(12.0, -7.0)).collect::<Vec<_>>();
    let list = |values: Vec<f64>| values.iter().map(|value| format!("{value:.4}")).collect::<Vec<_>>().join(", ");
    let shares = points.iter().map(|&raw| sigmoid(curve, raw)).collect();
    let _ = write!(text, "\n[calibration]\nraw = [{}]\nshare = [{}]\n", list(points), list(shares));
    text.push_str("\n[thresholds]\n");
    let open = training.outcomes(&held_out.tops, &held_out.confidence, |group| group.mode == Mode::Open);
    let pooled = training.outcomes(&held_out.tops, &held_out.confidence, |group| group.mode != Mode::Reading);
    line(
        &mut text,
        "default",
        measure::end_to_end(&open).1,
        "most right outcomes, silence on the unanswerable counted as right",
    );
    line(&mut text, "desk", measure::coverage(&pooled, 0.8).1, "80 % of the answers given are right");
    line(&mut text, "public", measure::coverage(&pooled, 0.9).1, "90 % of the answers given are right");
    text
}
