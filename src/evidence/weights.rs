//! The weights of the ranker and of its confidence, put in order when the program is built. Knows no question and no passage.
//!
//! They stand in `weights.toml`, one line each with its reason; a name that is missing there, or that is none, ends the build.

use super::features::{CHECKS, FEATURES, Feature};
use super::traits::{TRAITS, Trait};

include!(concat!(env!("OUT_DIR"), "/weights.rs"));

/// One for each of [`FEATURES`].
pub(super) const OF_RANKER: [f64; FEATURES.len()] = {
    assert!(RANKER.len() == FEATURES.len(), "weights.toml: [ranker] names something that is no feature");
    in_order(&[], &[], RANKER)
};

/// Number of traits, features and checks.
const ALL: usize = TRAITS.len() + FEATURES.len() + CHECKS.len();

/// One for each of [`trait_names`](super::trait_names).
pub(super) const OF_CONFIDENCE: [f64; ALL] = {
    assert!(CONFIDENCE.len() == ALL, "weights.toml: [confidence] names something that is no trait");
    in_order(TRAITS, CHECKS, CONFIDENCE)
};

/// Of these, one for each of [`CHECKS`].
pub(super) fn of_checks() -> &'static [f64] {
    OF_CONFIDENCE.get(TRAITS.len() + FEATURES.len()..).unwrap_or_default()
}

/// Constant of the confidence model.
pub(super) const OF_BIAS: f64 = BIAS;

/// The least confidence at which a free question is answered.
pub const THRESHOLD: f64 = value_of("default", THRESHOLDS);

/// The same, as sure as a newsroom's desk wants it.
pub const DESK_THRESHOLD: f64 = value_of("desk", THRESHOLDS);

/// The same, as sure as the public needs it.
pub const PUBLIC_THRESHOLD: f64 = value_of("public", THRESHOLDS);

/// The values of the traits, then of every feature, then of the checks.
#[allow(clippy::indexing_slicing, reason = "worked out when the program is built: a wrong place would end the build")]
const fn in_order<const N: usize>(traits: &[Trait], checks: &[Feature], lines: &[(&str, f64)]) -> [f64; N] {
    let mut values = [0.0; N];
    let mut at = 0;
    while at < N {
        let name = if at < traits.len() {
            traits[at].name
        } else if at - traits.len() < FEATURES.len() {
            FEATURES[at - traits.len()].name
        } else {
            checks[at - traits.len() - FEATURES.len()].name
        };
        values[at] = value_of(name, lines);
        at += 1;
    }
    values
}

#[allow(clippy::indexing_slicing, reason = "worked out when the program is built: a wrong place would end the build")]
const fn value_of(name: &str, lines: &[(&str, f64)]) -> f64 {
    let mut at = 0;
    while at < lines.len() {
        if same(lines[at].0.as_bytes(), name.as_bytes()) {
            return lines[at].1;
        }
        at += 1;
    }
    assert!(at < lines.len(), "weights.toml: a name is missing");
    0.0
}

#[allow(clippy::indexing_slicing, reason = "worked out when the program is built: a wrong place would end the build")]
const fn same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// The probability that a raw score stands for: straight lines between the points of the curve.
pub(super) fn calibrate(raw: f64) -> f64 {
    let after = RAW.partition_point(|&point| point <= raw);
    let point = |index: usize| RAW.get(index).copied().zip(SHARE.get(index).copied());
    match (after.checked_sub(1).and_then(point), point(after)) {
        (Some((x0, y0)), Some((x1, y1))) => y0 + (y1 - y0) * (raw - x0) / (x1 - x0).max(1e-12),
        (Some((_, share)), None) | (None, Some((_, share))) => share,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn each_feature_has_the_weight_of_its_own_line() {
        let file: toml::Table = toml::from_str(include_str!("weights.toml")).unwrap_or_default();
        let value = |table: &str, name: &str| file.get(table)?.get(name)?.get("value")?.as_float();
        for (feature, weight) in FEATURES.iter().zip(OF_RANKER) {
            assert_eq!(value("ranker", feature.name), Some(weight), "{}", feature.name);
        }
        for ((name, _), weight) in super::super::trait_names().zip(OF_CONFIDENCE) {
            assert_eq!(value("confidence", name), Some(weight), "{name}");
        }
        for (name, own) in [("default", THRESHOLD), ("desk", DESK_THRESHOLD), ("public", PUBLIC_THRESHOLD)] {
            assert_eq!(value("thresholds", name), Some(own));
        }
    }

    #[test]
    fn the_curve_rises_and_stays_between_its_ends() {
        let shares = (-20..=20).map(|raw| calibrate(f64::from(raw) / 2.0)).collect::<Vec<_>>();
        assert!(shares.windows(2).all(|pair| pair[0] <= pair[1]) && shares[0] < 0.01 && shares[40] > 0.9);
    }
}
