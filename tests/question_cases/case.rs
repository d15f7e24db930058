//! A question file as data.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Path from the repository root.
    pub knowledge: String,
    #[serde(rename = "case")]
    pub cases: Vec<Case>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub ask: Option<String>,
    pub claim: Option<String>,
    pub locale: Option<String>,
    pub source: Option<String>,
    pub as_of: Option<String>,
    #[serde(default)]
    pub newsroom: bool,
    pub outcome: String,
    pub reason: Option<String>,
    pub intent: Option<String>,
    #[serde(default)]
    pub quotes: Vec<String>,
    #[serde(default)]
    pub allow: Vec<String>,
    #[serde(default)]
    pub first: bool,
    pub speaker: Option<String>,
    pub standing: Option<String>,
    #[serde(default)]
    pub context: Vec<String>,
    #[serde(default)]
    pub related: Vec<String>,
    #[serde(default)]
    pub nearest: Vec<String>,
    #[serde(default)]
    pub no_nearest: bool,
    #[serde(default)]
    pub choices: Vec<String>,
    #[serde(default)]
    pub must_not: Vec<String>,
    #[serde(default)]
    pub differs: Vec<String>,
    pub read_as: Option<String>,
    #[serde(default = "once")]
    pub repeat: usize,
    pub why: String,
    pub xfail: Option<String>,
}

fn once() -> usize {
    1
}

impl Case {
    /// The question or claim and what it guards, as a heading of its faults.
    pub fn shown(&self) -> String {
        let text = self.ask.as_ref().or(self.claim.as_ref()).map_or("", String::as_str);
        let kind = if self.claim.is_some() { "claim " } else { "" };
        let times = if self.repeat > 1 { format!(" × {}", self.repeat) } else { String::new() };
        format!("• {kind}{text}{times}   ({})", self.why)
    }
}
