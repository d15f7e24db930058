//! The weights file: one line for each weight, with its value and its reason. Knows no question and no passage.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::features::FEATURES;
use super::traits::trait_names;

/// One line of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    value: f64,
    #[expect(dead_code, reason = "written for the reader of the file")]
    reason: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    ranker: BTreeMap<String, Line>,
    confidence: BTreeMap<String, Line>,
    calibration: Calibration,
    thresholds: BTreeMap<String, Line>,
}

/// Points of the calibration curve, by raw score.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Calibration {
    raw: Vec<f64>,
    share: Vec<f64>,
}

/// Weights of the ranker and of the confidence model, and the thresholds.
#[derive(Debug, Clone)]
pub struct Weights {
    /// One for each of [`FEATURES`].
    pub ranker: Vec<f64>,
    /// One for each of [`trait_names`](super::trait_names).
    pub confidence: Vec<f64>,
    /// Constant of the confidence model.
    pub bias: f64,
    calibration: Calibration,
    thresholds: BTreeMap<String, f64>,
}

const EMBEDDED: &str = include_str!("weights.toml");

impl Weights {
    /// The weights built into the program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        // A test proves that the embedded file is sound; were it not, every weight would be 0 and nothing be answered.
        WEIGHTS.get_or_init(|| Self::parse(EMBEDDED).unwrap_or_else(|_| Self::silent()))
    }

    /// Reads a weights file.
    ///
    /// # Errors
    /// Bad TOML, an unknown or a missing name, a calibration curve that does not rise.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let calibration = file.calibration;
        let rises = |points: &[f64]| points.windows(2).all(|pair| matches!(pair, [a, b] if a <= b));
        if calibration.raw.len() != calibration.share.len() || !rises(&calibration.raw) || !rises(&calibration.share) {
            return Err("the calibration curve must have as many shares as raw scores, both rising".to_owned());
        }
        let mut confidence = file.confidence;
        let bias = confidence.remove("bias").map_or(0.0, |line| line.value);
        // A trait without a line weighs nothing; a ranker without one of its features would be half a ranker.
        let absent = |reason: &str| Line { value: 0.0, reason: reason.to_owned() };
        for (name, reason) in trait_names() {
            confidence.entry(name.to_owned()).or_insert_with(|| absent(reason));
        }
        Ok(Self {
            ranker: in_order(file.ranker, FEATURES.iter().map(|feature| feature.name))?,
            confidence: in_order(confidence, trait_names().map(|(name, _)| name))?,
            bias,
            calibration,
            thresholds: file.thresholds.into_iter().map(|(name, line)| (name, line.value)).collect(),
        })
    }

    /// The least confidence at which a free question is answered: "default", "desk" or "public".
    #[must_use]
    pub fn threshold(&self, name: &str) -> Option<f64> {
        self.thresholds.get(name).copied()
    }

    /// Every named threshold.
    pub fn thresholds(&self) -> impl Iterator<Item = (&str, f64)> {
        self.thresholds.iter().map(|(name, &value)| (name.as_str(), value))
    }

    /// The probability that a raw score stands for: straight lines between the points of the curve.
    #[must_use]
    pub fn calibrate(&self, raw: f64) -> f64 {
        let Calibration { raw: at, share } = &self.calibration;
        let after = at.partition_point(|&point| point <= raw);
        let point = |index: usize| at.get(index).copied().zip(share.get(index).copied());
        match (after.checked_sub(1).and_then(point), point(after)) {
            (Some((x0, y0)), Some((x1, y1))) => y0 + (y1 - y0) * (raw - x0) / (x1 - x0).max(1e-12),
            (Some((_, share)), None) | (None, Some((_, share))) => share,
            (None, None) => 0.0,
        }
    }

    fn silent() -> Self {
        Self {
            ranker: vec![0.0; FEATURES.len()],
            confidence: vec![0.0; trait_names().count()],
            bias: 0.0,
            calibration: Calibration { raw: Vec::new(), share: Vec::new() },
            thresholds: BTreeMap::new(),
        }
    }
}

fn in_order<'n>(mut lines: BTreeMap<String, Line>, names: impl Iterator<Item = &'n str>) -> Result<Vec<f64>, String> {
    let mut values = Vec::new();
    for name in names {
        let line = lines.remove(name).ok_or_else(|| format!("no weight for `{name}`"))?;
        values.push(line.value);
    }
    match lines.keys().next() {
        Some(name) => Err(format!("`{name}` is no feature")),
        None => Ok(values),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_weights_are_sound() {
        let weights = Weights::parse(EMBEDDED).unwrap();
        for name in ["default", "desk", "public"] {
            assert!(weights.threshold(name).is_some_and(|value| value > 0.0 && value < 1.0), "{name}");
        }
    }
}
