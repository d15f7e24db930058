//! Reads the weights file when the program is built and writes it as constants; which names there must be, the program itself checks.

use std::collections::BTreeMap;

use serde::Deserialize;

/// One line of the file; the reason is for its reader.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    value: f64,
    #[serde(rename = "reason")]
    _reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    ranker: BTreeMap<String, Line>,
    confidence: BTreeMap<String, Line>,
    calibration: Calibration,
    thresholds: BTreeMap<String, Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Calibration {
    raw: Vec<f64>,
    share: Vec<f64>,
}

/// The file's numbers as Rust.
///
/// # Errors
/// Bad TOML, a curve that does not rise, a confidence without bias, a threshold that is no probability.
pub fn constants(text: &str) -> Result<String, String> {
    let mut file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let Calibration { raw, share } = &file.calibration;
    let rises = |points: &[f64]| points.windows(2).all(|pair| matches!(pair, [a, b] if a <= b));
    if raw.len() != share.len() || raw.is_empty() || !rises(raw) || !rises(share) {
        return Err("the calibration curve must have as many shares as raw scores, both rising".to_owned());
    }
    if let Some((name, _)) = file.thresholds.iter().find(|(_, line)| !(line.value > 0.0 && line.value < 1.0)) {
        return Err(format!("the threshold `{name}` must lie between 0 and 1"));
    }
    let bias = file.confidence.remove("bias").ok_or("[confidence] has no `bias`")?.value;
    let lines = |lines: &BTreeMap<String, Line>| {
        let lines = lines.iter().map(|(name, line)| (name.clone(), line.value)).collect::<Vec<_>>();
        format!("&[(&str, f64)] = &{lines:?};")
    };
    // A learned value may lie near a constant of mathematics without being it.
    let own = "#[allow(clippy::approx_constant)]";
    Ok(format!(
        "{own}\nconst RANKER: {}\n{own}\nconst CONFIDENCE: {}\nconst THRESHOLDS: {}\nconst BIAS: f64 = {bias:?};\n\
         const RAW: &[f64] = &{raw:?};\nconst SHARE: &[f64] = &{share:?};\n",
        lines(&file.ranker),
        lines(&file.confidence),
        lines(&file.thresholds),
    ))
}
