//! Answers as plain data; a quotation can be built only from a span, and its text is read from the source.

use serde::Serialize;

use super::reason::Reason;
use crate::analysis::Standing;
use crate::document::{BlockKind, Knowledge};
use crate::question::Question;
use crate::span::Span;

/// How a question ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Quotations answer it.
    Answered,
    /// Nothing answers it, and why.
    Abstained(Reason),
    /// A name is shared; which one is meant?
    Ambiguous(Vec<Choice>),
}

/// One of the people an ambiguous name may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The fullest name: asking again with it is not ambiguous.
    pub id: String,
    /// Name and role as shown to a person.
    pub label: String,
}

/// A passage of a source, word for word. Its fields can be read but not set outside this module.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    span: Span,
    text: String,
    /// The block it stands in; headings, captions and bylines are labelled.
    pub block: Option<BlockKind>,
    /// Heading it stands under.
    pub section: Option<Span>,
    /// Who speaks, by fullest name; `None` where nobody does or it can't be told.
    pub speaker: Option<String>,
    /// How sure; `None` for a passage that was not analysed.
    pub standing: Option<Standing>,
    /// The hedge's own words ("reportedly").
    pub hedges: Vec<Span>,
    /// Whether its main assertion is negated.
    pub negated: bool,
    /// Rank score; only comparable within one answer.
    pub score: f64,
    /// Sentences that name whom this one points back to.
    pub context: Vec<Context>,
    /// Resolved dates of the passage, as an added note.
    pub event_dates: Vec<String>,
}

/// A sentence shown with a passage since it names whom the passage means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    span: Span,
    text: String,
}

impl Context {
    /// The sentence at `span`; `None` where the span points nowhere or must not be quoted.
    #[must_use]
    pub fn new(span: Span, knowledge: &Knowledge) -> Option<Self> {
        let text = knowledge.slice(span);
        (!text.is_empty() && !knowledge.is_suppressed(span)).then(|| Self { span, text: text.to_owned() })
    }

    /// Where it is.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// The source's own words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Quotation {
    /// The passage at `span`, read from the source; `None` where the span points nowhere or must not be quoted.
    #[must_use]
    pub fn new(span: Span, knowledge: &Knowledge) -> Option<Self> {
        let text = knowledge.slice(span);
        (!text.is_empty() && !knowledge.is_suppressed(span)).then(|| Self {
            span,
            text: text.to_owned(),
            block: None,
            section: None,
            speaker: None,
            standing: None,
            hedges: Vec::new(),
            negated: false,
            score: 0.0,
            context: Vec::new(),
            event_dates: Vec::new(),
        })
    }

    /// Where it is.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// The source's own words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// What a related passage is beside the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RelatedRole {
    /// What the source reports as an allegation.
    Allegation,
    /// The reply reported from the persons the card is about.
    Reply,
}

/// A passage that a refusal of a verdict or an accusation card adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// What it is.
    pub role: RelatedRole,
    /// The passage.
    pub quotation: Quotation,
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The question as understood.
    pub question: Question,
    /// How it ended.
    pub outcome: Outcome,
    /// The answer; empty unless answered.
    pub quotations: Vec<Quotation>,
    /// Where two people are asked for, the name each quotation belongs to (parallel to `quotations`); else empty.
    pub groups: Vec<String>,
    /// Allegations and replies.
    pub related: Vec<Related>,
    /// Whether the card is about accusations and must end with a reply or with "no reply was found".
    pub wants_reply: bool,
    /// The next passages in rank order.
    pub nearest: Vec<Quotation>,
    /// Estimated probability that the first passage of quotations + nearest answers the question.
    pub confidence: f64,
    /// The name a refusal speaks of ("Nobody called … was found").
    pub about: Option<String>,
    /// People named in the quotations with the numbers of their passages (for lists such as dialogue A).
    pub named: Vec<(String, usize)>,
    /// Whether the question asks for the present state, so that the date of the last update is said.
    pub as_of_update: bool,
    /// Whether several numbers stand side by side that are not added up.
    pub not_added_up: bool,
    /// Features, weights and gates, for `--explain`: one line each.
    pub explanation: Vec<String>,
}
