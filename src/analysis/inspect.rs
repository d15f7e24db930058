//! What analysis found, in the shape that `inspect` prints. Knows no output channel.

use serde::Serialize;

use super::types::{Analysis, EntityId, MentionKind, Mode, Speaker, Statement};
use crate::document::{BlockKind, Edition};
use crate::span::Span;

/// One line of `inspect --batch`.
#[derive(Debug, Clone, Serialize)]
pub struct InspectRecord {
    /// Blocks in text order.
    pub blocks: Vec<InspectBlock>,
    /// Sentences in text order.
    pub sentences: Vec<InspectSentence>,
    /// Mentions in text order.
    pub mentions: Vec<InspectMention>,
    /// Who said what.
    pub statements: Vec<InspectStatement>,
    /// Legal statuses.
    pub statuses: Vec<InspectStatus>,
    /// Dates.
    pub dates: Vec<InspectDate>,
    /// Printed corrections.
    pub corrections: Vec<InspectCorrection>,
}

/// Bytes `start..end` of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bytes {
    /// First byte.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

impl From<Span> for Bytes {
    fn from(span: Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

/// A block.
#[derive(Debug, Clone, Serialize)]
pub struct InspectBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is.
    #[serde(flatten)]
    pub place: Bytes,
    /// The rule that says so.
    pub rule: String,
}

/// A sentence.
#[derive(Debug, Clone, Serialize)]
pub struct InspectSentence {
    /// Where it is.
    #[serde(flatten)]
    pub place: Bytes,
    /// "stated", "attributed" or "alleged".
    pub standing: String,
    /// Whether it denies.
    pub negated: bool,
    /// The hedges.
    pub hedges: Vec<Bytes>,
    /// Sentences (indices) it points back to.
    pub antecedents: Vec<u32>,
    /// Rules that decided.
    pub rules: Vec<String>,
}

/// A mention.
#[derive(Debug, Clone, Serialize)]
pub struct InspectMention {
    /// Where it is.
    #[serde(flatten)]
    pub place: Bytes,
    /// The fullest name of whom it means, else its own words.
    pub entity: String,
    /// Kind of entity, or how the mention refers where that isn't known.
    pub kind: String,
    /// How it refers.
    pub refers: MentionKind,
    /// The rule that found it.
    pub rule: String,
}

/// A speaker.
#[derive(Debug, Clone, Serialize)]
pub struct InspectSpeaker {
    /// Where it is.
    #[serde(flatten)]
    pub place: Bytes,
    /// The fullest name of whom it means, else its own words.
    pub entity: String,
}

/// A statement.
#[derive(Debug, Clone, Serialize)]
pub struct InspectStatement {
    /// What is said.
    pub content: Vec<Bytes>,
    /// The words that say so.
    pub cue: Option<Bytes>,
    /// Who says it.
    pub speaker: Option<InspectSpeaker>,
    /// Quoted or not.
    pub mode: Mode,
    /// How sure.
    pub standing: String,
    /// Whether the saying is negated.
    pub negated: bool,
    /// Whether nothing was said.
    pub silence: bool,
    /// Concept id of the cue.
    pub class: String,
    /// The rule that found it.
    pub rule: String,
}

/// A legal status.
#[derive(Debug, Clone, Serialize)]
pub struct InspectStatus {
    /// The fullest name of the holder, else the words that name them; `null` where the text names nobody.
    pub entity: Option<String>,
    /// Concept id.
    pub status: String,
    /// Whether it is denied.
    pub negated: bool,
    /// Where it is.
    #[serde(flatten)]
    pub place: Bytes,
    /// The rule that found it.
    pub rule: String,
}

/// A date.
#[derive(Debug, Clone, Serialize)]
pub struct InspectDate {
    /// Where it is.
    #[serde(flatten)]
    pub place: Bytes,
    /// EDTF level 0, where it resolves.
    pub value: Option<String>,
    /// The rule that resolved it.
    pub rule: String,
}

/// A printed correction.
#[derive(Debug, Clone, Serialize)]
pub struct InspectCorrection {
    /// Where it is.
    #[serde(flatten)]
    pub place: Bytes,
    /// The rule that found it.
    pub rule: String,
}

/// Writes down what `analysis` found in `edition`.
#[must_use]
pub fn inspect(edition: &Edition, analysis: &Analysis) -> InspectRecord {
    let name = |id: Option<EntityId>, span: Span| {
        id.and_then(|id| analysis.entity(id)).map_or_else(|| edition.slice(span).to_owned(), |entity| entity.name.clone())
    };
    let kind = |id: Option<EntityId>| {
        let kind = id.and_then(|id| analysis.entity(id)).map(|entity| entity.kind);
        kind.and_then(|kind| serde_json::to_value(kind).ok()).and_then(|value| value.as_str().map(str::to_owned))
    };
    InspectRecord {
        blocks: edition
            .blocks
            .iter()
            .map(|block| InspectBlock { kind: block.kind, place: block.span.into(), rule: block.rule.to_owned() })
            .collect(),
        sentences: analysis
            .sentences
            .iter()
            .map(|sentence| InspectSentence {
                place: sentence.span.into(),
                standing: sentence.standing.to_string(),
                negated: sentence.negated,
                hedges: sentence.hedges.iter().map(|&span| span.into()).collect(),
                antecedents: sentence.antecedents.clone(),
                rules: sentence.rules.clone(),
            })
            .collect(),
        mentions: analysis
            .mentions
            .iter()
            .map(|mention| InspectMention {
                place: mention.span.into(),
                entity: name(mention.entity, mention.span),
                kind: kind(mention.entity).unwrap_or_else(|| "other".to_owned()),
                refers: mention.kind,
                rule: mention.rule.clone(),
            })
            .collect(),
        statements: statements(analysis),
        statuses: analysis
            .statuses
            .iter()
            .map(|status| InspectStatus {
                entity: status.holder.map(|span| name(status.entity, span)),
                status: status.status.clone(),
                negated: status.negated,
                place: status.span.into(),
                rule: status.rule.clone(),
            })
            .collect(),
        dates: analysis
            .dates
            .iter()
            .map(|date| InspectDate { place: date.span.into(), value: date.value.clone(), rule: date.rule.clone() })
            .collect(),
        corrections: analysis
            .corrections
            .iter()
            .map(|correction| InspectCorrection { place: correction.span.into(), rule: correction.rule.clone() })
            .collect(),
    }
}

/// The statements; a quotation that goes on in the sentence behind its cue ("“No,” she said. “Never.”") is a part of the one before.
fn statements(analysis: &Analysis) -> Vec<InspectStatement> {
    let place = |speaker: &Option<Speaker>| speaker.as_ref().map(|speaker| speaker.span);
    let goes_on = |before: &Statement, after: &Statement| {
        let next = before.sentences.last().map(|sentence| sentence + 1);
        let block = |statement: &Statement| {
            let first = statement.sentences.first().and_then(|&sentence| usize::try_from(sentence).ok());
            first.and_then(|sentence| analysis.sentences.get(sentence)).map(|sentence| sentence.block)
        };
        after.rule == "attribution.continued"
            && after.speaker.is_some()
            && place(&after.speaker) == place(&before.speaker)
            && next == after.sentences.first().copied()
            && block(before) == block(after)
    };
    let told = |run: &[Statement]| {
        let head = run.first().filter(|head| head.cue.is_some() && head.mode == Mode::Direct)?;
        Some(InspectStatement {
            content: run.iter().flat_map(|statement| &statement.content).map(|&span| span.into()).collect(),
            standing: run.iter().map(|statement| statement.standing).max().unwrap_or_default().to_string(),
            ..statement(head)
        })
    };
    let runs = analysis.statements.chunk_by(goes_on);
    runs.flat_map(|run| told(run).map_or_else(|| run.iter().map(statement).collect(), |one| vec![one])).collect()
}

fn statement(statement: &Statement) -> InspectStatement {
    InspectStatement {
        content: statement.content.iter().map(|&span| span.into()).collect(),
        cue: statement.cue.map(Bytes::from),
        speaker: statement
            .speaker
            .as_ref()
            .map(|speaker| InspectSpeaker { place: speaker.span.into(), entity: speaker.name.clone() }),
        mode: statement.mode,
        standing: statement.standing.to_string(),
        negated: statement.negated,
        silence: statement.silence,
        class: statement.class.clone(),
        rule: statement.rule.clone(),
    }
}
