//! Why a question is not answered, in order of precedence.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Reason code of a refusal; earlier ones take precedence over later ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Embargo, suppressed, or not for this place; told only to those with newsroom rights.
    Withheld,
    /// The as-of date lies before the first valid edition.
    NotYet,
    /// Nothing that a source could answer.
    OutOfScope,
    /// Asks what can be asked.
    Help,
    /// Asks nothing in particular.
    TooVague,
    /// A name that several people share.
    AmbiguousName,
    /// A name that no source knows.
    UnknownName,
    /// Asks for a verdict that no source reports.
    VerdictNotReported,
    /// The person says nothing in these sources.
    NoStatementByPerson,
    /// Asks for the future; the source announces nothing.
    Forecast,
    /// The kind asked for is nowhere near.
    NoAnswerOfThatKind,
    /// Not in these sources.
    NotMentioned,
}

impl Reason {
    /// Every reason, in order of precedence.
    pub const ALL: [Reason; 12] = [
        Reason::Withheld,
        Reason::NotYet,
        Reason::OutOfScope,
        Reason::Help,
        Reason::TooVague,
        Reason::AmbiguousName,
        Reason::UnknownName,
        Reason::VerdictNotReported,
        Reason::NoStatementByPerson,
        Reason::Forecast,
        Reason::NoAnswerOfThatKind,
        Reason::NotMentioned,
    ];

    /// The code as written in JSON and on cards.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Reason::Withheld => "withheld",
            Reason::NotYet => "not_yet",
            Reason::OutOfScope => "out_of_scope",
            Reason::Help => "help",
            Reason::TooVague => "too_vague",
            Reason::AmbiguousName => "ambiguous_name",
            Reason::UnknownName => "unknown_name",
            Reason::VerdictNotReported => "verdict_not_reported",
            Reason::NoStatementByPerson => "no_statement_by_person",
            Reason::Forecast => "forecast",
            Reason::NoAnswerOfThatKind => "no_answer_of_that_kind",
            Reason::NotMentioned => "not_mentioned",
        }
    }

    /// Whether people may be shown nearest passages beside the refusal (rule 8).
    #[must_use]
    pub fn shows_nearest(self) -> bool {
        !matches!(
            self,
            Reason::UnknownName | Reason::OutOfScope | Reason::TooVague | Reason::Withheld | Reason::NotYet | Reason::Help
        )
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}
