//! The figures of a run, as defined for the development data.

/// One question: confidence, whether the first passage is right, whether there is an answer.
#[derive(Clone, Copy)]
pub struct Outcome {
    pub confidence: f64,
    pub right: bool,
    pub answerable: bool,
    pub adversarial: bool,
}

/// Chance that an answerable question is more confident than one without answer, ties counted half.
pub fn auroc(outcomes: &[Outcome], without: impl Fn(&Outcome) -> bool) -> f64 {
    let yes = outcomes.iter().filter(|outcome| outcome.answerable).map(|outcome| outcome.confidence).collect::<Vec<_>>();
    let no = outcomes.iter().filter(|outcome| without(outcome)).map(|outcome| outcome.confidence).collect::<Vec<_>>();
    let wins = |&a: &f64| {
        no.iter()
            .map(|&b| {
                if a > b {
                    1.0
                } else if a < b {
                    0.0
                } else {
                    0.5
                }
            })
            .sum::<f64>()
    };
    yes.iter().map(wins).sum::<f64>() / (yes.len() * no.len()) as f64
}

/// Best end-to-end accuracy over all thresholds, and the strictest threshold around which it is no more than `CLOSE` below the best: the
/// accuracies of seven neighbours are taken together, so that the choice does not hang on a few questions, and of thresholds that are
/// about as good the one that answers fewer wrongly is taken.
pub fn end_to_end(outcomes: &[Outcome]) -> (f64, f64) {
    const AROUND: usize = 3;
    const CLOSE: f64 = 0.002;
    let at = |step: usize| {
        let threshold = step as f64 / 100.0;
        let right = |outcome: &&Outcome| if outcome.confidence >= threshold { outcome.right } else { !outcome.answerable };
        outcomes.iter().filter(right).count() as f64 / outcomes.len() as f64
    };
    let all = (0..=100).map(at).collect::<Vec<_>>();
    let mean = |window: &[f64]| window.iter().sum::<f64>() / window.len() as f64;
    let smooth = all.windows(2 * AROUND + 1).map(mean).collect::<Vec<_>>();
    let best = smooth.iter().copied().fold(0.0, f64::max);
    let strictest = smooth.iter().rposition(|&own| own >= best - CLOSE).unwrap_or_default();
    (all.iter().copied().fold(0.0, f64::max), (strictest + AROUND) as f64 / 100.0)
}

/// The largest share of questions answered with that precision, and the threshold.
pub fn coverage(outcomes: &[Outcome], precision: f64) -> (f64, f64) {
    let mut ordered = outcomes.to_vec();
    ordered.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let (mut right, mut best) = (0, (0.0, 1.0));
    for (number, outcome) in ordered.iter().enumerate() {
        right += usize::from(outcome.right);
        if right as f64 / (number + 1) as f64 >= precision {
            best = ((number + 1) as f64 / ordered.len() as f64, outcome.confidence);
        }
    }
    best
}

/// Mean gap between confidence and share right, in ten bins.
pub fn calibration_error(outcomes: &[Outcome]) -> f64 {
    let mut gaps = [0.0; 10];
    for outcome in outcomes {
        gaps[((outcome.confidence * 10.0) as usize).min(9)] += outcome.confidence - f64::from(u8::from(outcome.right));
    }
    gaps.iter().map(|gap: &f64| gap.abs()).sum::<f64>() / outcomes.len() as f64
}
