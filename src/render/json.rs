//! Answers as JSON, field for field as the contract of `ask --batch` has them. Absent data is `null`. Knows no language.

use serde::Serialize;

use crate::answer::{Answer, Choice, Context, Outcome, Quotation, Reason, RelatedRole};
use crate::document::{BlockKind, Knowledge, Moment};
use crate::question::{Intent, SlotValue};
use crate::receipt::Receipt;

/// One line of answers.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerLine<'a> {
    /// Id given with the question.
    pub id: Option<serde_json::Value>,
    /// The question as asked.
    pub question: &'a str,
    /// Language of the question.
    pub locale: &'a str,
    /// What was asked.
    pub intent: Intent,
    /// Slots of the intent: entity, words or concept id.
    pub slots: serde_json::Map<String, serde_json::Value>,
    /// `answered`, `abstained` or `ambiguous`.
    pub outcome: &'static str,
    /// Reason code where not answered.
    pub reason: Option<Reason>,
    /// Estimated probability that the first passage answers the question.
    pub confidence: f64,
    /// The answer.
    pub quotations: Vec<QuotationJson<'a>>,
    /// Allegations and replies beside it.
    pub related: Vec<RelatedJson<'a>>,
    /// The next passages in rank order.
    pub nearest: Vec<QuotationJson<'a>>,
    /// Whom a shared name may mean.
    pub choices: &'a [Choice],
    /// How the question was read.
    pub read_as: Option<&'a str>,
    /// The receipt, whole.
    pub receipt: String,
    /// Why, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<&'a [String]>,
}

/// One line for a question that could not be read.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorLine<'a> {
    /// Id given with the question, where it could be read.
    pub id: Option<serde_json::Value>,
    /// Always `error`.
    pub outcome: &'static str,
    /// What is wrong with the line.
    pub error: &'a str,
}

/// A passage.
#[derive(Debug, Clone, Serialize)]
pub struct QuotationJson<'a> {
    source: &'a str,
    edition: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
    language: &'a str,
    section: Option<&'a str>,
    block: Option<BlockKind>,
    speaker: Option<&'a str>,
    standing: Option<crate::analysis::Standing>,
    negated: bool,
    score: f64,
    title: &'a str,
    byline: Option<&'a str>,
    publisher: Option<&'a str>,
    published: Option<&'a Moment>,
    updated: Option<&'a Moment>,
    published_text: Option<&'a str>,
    updated_text: Option<&'a str>,
    url: Option<&'a str>,
    hedges: Vec<&'a str>,
    event_dates: &'a [String],
    context: Vec<ContextJson<'a>>,
}

/// A passage beside the answer.
#[derive(Debug, Clone, Serialize)]
pub struct RelatedJson<'a> {
    role: RelatedRole,
    #[serde(flatten)]
    quotation: QuotationJson<'a>,
}

#[derive(Debug, Clone, Serialize)]
struct ContextJson<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

impl<'a> AnswerLine<'a> {
    /// The line for `answer`, given to `question` as it was asked.
    #[must_use]
    pub fn of(question: &'a str, answer: &'a Answer, knowledge: &'a Knowledge, receipt: &Receipt) -> Self {
        let (outcome, reason, choices): (_, _, &[Choice]) = match &answer.outcome {
            Outcome::Answered => ("answered", None, &[]),
            Outcome::Abstained(reason) => ("abstained", Some(*reason), &[]),
            Outcome::Ambiguous(choices) => ("ambiguous", Some(Reason::AmbiguousName), choices),
        };
        Self {
            id: None,
            question,
            locale: &answer.question.locale,
            intent: answer.question.intent,
            slots: slots(answer),
            outcome,
            reason,
            confidence: answer.confidence,
            quotations: quotations(&answer.quotations, knowledge),
            related: answer.related.iter().filter_map(|related| self::related(related, knowledge)).collect(),
            nearest: quotations(&answer.nearest, knowledge),
            choices,
            read_as: answer.question.read_as.as_deref(),
            receipt: receipt.to_string(),
            explanation: None,
        }
    }
}

/// Passages as JSON.
#[must_use]
pub fn quotations<'a>(quotations: &'a [Quotation], knowledge: &'a Knowledge) -> Vec<QuotationJson<'a>> {
    quotations.iter().filter_map(|quotation| self::quotation(quotation, knowledge)).collect()
}

fn related<'a>(related: &'a crate::answer::Related, knowledge: &'a Knowledge) -> Option<RelatedJson<'a>> {
    Some(RelatedJson { role: related.role, quotation: quotation(&related.quotation, knowledge)? })
}

fn quotation<'a>(quotation: &'a Quotation, knowledge: &'a Knowledge) -> Option<QuotationJson<'a>> {
    let span = quotation.span();
    let edition = knowledge.edition(span.edition)?;
    let data = &edition.metadata;
    Some(QuotationJson {
        source: &knowledge.source_of(span.edition)?.id,
        edition: &edition.sha256,
        start: span.start,
        end: span.end,
        text: quotation.text(),
        language: &data.language,
        section: quotation.section.map(|section| knowledge.slice(section)).filter(|section| !section.is_empty()),
        block: quotation.block,
        speaker: quotation.speaker.as_deref(),
        standing: quotation.standing,
        negated: quotation.negated,
        score: quotation.score,
        title: &data.title,
        byline: data.byline.as_deref(),
        publisher: data.publisher.as_deref(),
        published: data.published.as_ref(),
        updated: data.updated.as_ref(),
        published_text: data.published_text.as_deref(),
        updated_text: data.updated_text.as_deref(),
        url: data.url.as_deref(),
        hedges: quotation.hedges.iter().map(|&hedge| knowledge.slice(hedge)).collect(),
        event_dates: &quotation.event_dates,
        context: quotation.context.iter().map(context).collect(),
    })
}

fn context(context: &Context) -> ContextJson<'_> {
    let span = context.span();
    ContextJson { start: span.start, end: span.end, text: context.text() }
}

fn slots(answer: &Answer) -> serde_json::Map<String, serde_json::Value> {
    let question = &answer.question;
    let mut slots: serde_json::Map<_, _> =
        question.slots.iter().map(|(name, value)| (name.clone(), slot(value).into())).collect();
    for (number, value) in question.also.iter().enumerate() {
        slots.insert(format!("person_{}", number + 2), slot(value).into());
    }
    slots
}

fn slot(value: &SlotValue) -> String {
    match value {
        SlotValue::Entity(text) | SlotValue::UnknownName(text) | SlotValue::Concept(text) | SlotValue::Words(text) => {
            text.clone()
        }
        SlotValue::Ambiguous(names) => names.join(" | "),
    }
}
