//! The snapshot of knowledge, analysis and index that answers are read from; reload without a pause. Knows no surface.

use std::sync::Arc;

use crate::analysis::{self, Analysis};
use crate::answer::Answer;
use crate::document::{Knowledge, Metadata};
use crate::rules::Rules;

/// What an asker may see and wants, beside the question's text.
#[derive(Debug, Clone, Default)]
pub struct AskOptions {
    /// Only this source.
    pub source: Option<String>,
    /// Language of the asker (BCP 47); the question's own language goes before it.
    pub locale: Option<String>,
    /// Only editions valid at this date.
    pub as_of: Option<jiff::civil::Date>,
    /// Today, from the clock of the caller: for embargoes and the freshness warning.
    pub today: Option<jiff::civil::Date>,
    /// Whether the asker has newsroom rights.
    pub newsroom: bool,
    /// Length of `quotations` + `nearest` to pad to (default 3).
    pub limit: Option<usize>,
    /// Whether to explain.
    pub explain: bool,
    /// The question that this one may follow up.
    pub previous: Option<String>,
}

/// One immutable state of everything that answers.
#[derive(Debug)]
pub struct Snapshot {
    /// Rules of every language.
    pub rules: Arc<Rules>,
    /// Sources and editions.
    pub knowledge: Knowledge,
    /// One analysis for each edition, in the order of `Knowledge::editions`.
    pub analyses: Vec<Analysis>,
}

impl Snapshot {
    /// Analyses and indexes the knowledge.
    #[must_use]
    pub fn new(rules: Arc<Rules>, knowledge: Knowledge) -> Self {
        let analyses = knowledge.editions.iter().map(|edition| analysis::analyse(edition, &rules)).collect();
        Self { rules, knowledge, analyses }
    }

    /// Answers one question.
    #[must_use]
    pub fn ask(&self, text: &str, options: &AskOptions) -> Answer {
        let _ = (text, options);
        unimplemented_answer()
    }

    /// What is known about the source of an edition.
    #[must_use]
    pub fn metadata(&self, edition: crate::span::EditionId) -> Option<&Metadata> {
        self.knowledge.edition(edition).map(|edition| &edition.metadata)
    }
}

fn unimplemented_answer() -> Answer {
    Answer {
        question: crate::question::Question::default(),
        outcome: crate::answer::Outcome::Abstained(crate::answer::Reason::NotMentioned),
        quotations: Vec::new(),
        groups: Vec::new(),
        related: Vec::new(),
        wants_reply: false,
        nearest: Vec::new(),
        confidence: 0.0,
        about: None,
        named: Vec::new(),
        as_of_update: false,
        not_added_up: false,
        explanation: Vec::new(),
    }
}
