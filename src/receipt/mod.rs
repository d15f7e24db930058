//! What was shown, from which editions and rules, in a short text that anyone with the editions can check. Knows no store.

mod code;
mod rules_version;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::answer::{Answer, Outcome, Quotation, Reason};
use crate::document::{Edition, Knowledge};
use crate::span::Span;

pub use rules_version::RulesVersion;

/// Version of the text form; a text of another version is refused, not guessed at.
const FORM: u8 = 1;

/// Most nearest passages that people see beside a refusal.
const NEAREST_SHOWN: usize = 2;

/// The settings that decide what is answered, beside the question, the editions and the rules. The clock is none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Only editions valid at this date.
    pub as_of: Option<jiff::civil::Date>,
    /// Only this source.
    pub source: Option<String>,
    /// Whether the asker has newsroom rights.
    pub newsroom: bool,
    /// What the place has chosen that decides what is answered there; empty where nothing is.
    pub place: String,
}

/// The receipt of one answer.
///
/// Its text form is `ID.BODY`, both in Crockford's base 32. The body holds what another copy needs to find the passages; the
/// id is a digest of the body and of the words at those places, so that a change of either shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    id: String,
    body: Body,
}

/// What was shown in reply to something.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'s> {
    /// What was asked.
    pub asked: &'s str,
    /// Tells replies with the same passages apart.
    pub outcome: u8,
    /// Every place that was shown, in the order shown.
    pub spans: &'s [Span],
    /// Speaker and standing of each passage, as [`label`] writes them.
    pub labels: &'s [String],
}

/// Speaker, standing and negation of a passage.
#[must_use]
pub fn label(quotation: &Quotation) -> String {
    let standing = quotation.standing.map(|standing| standing.to_string());
    label_of(quotation.speaker.as_deref(), standing.as_deref(), quotation.negated)
}

/// As [`label`], from its parts.
#[must_use]
pub fn label_of(speaker: Option<&str>, standing: Option<&str>, negated: bool) -> String {
    [speaker.unwrap_or_default(), standing.unwrap_or_default(), if negated { "not" } else { "" }].join("\n")
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Body {
    form: u8,
    question: [u8; 8],
    rules: [u8; 8],
    outcome: u8,
    labels: [u8; 8],
    as_of: Option<(i16, i8, i8)>,
    newsroom: bool,
    editions: Vec<[u8; 16]>,
    spans: Vec<(u32, u32, u32)>,
}

/// Why a receipt does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// The text is no receipt.
    #[error("this is no receipt; a receipt looks like 7K3F-9QPM.04H2… (`verbatim ask --explain` and `--format json` print it)")]
    Malformed,
    /// Only the id, which holds no places.
    #[error("this is only the id of a receipt; give all of it (`verbatim ask --explain` and `--format json` print it)")]
    IdAlone,
    /// An edition is not in this knowledge.
    #[error("edition {0}… is not in this knowledge: it was changed or removed since, or the receipt was altered")]
    UnknownEdition(String),
    /// The digest does not fit.
    #[error("the receipt was altered: its id does not fit the places it names")]
    Altered,
}

impl Receipt {
    /// The receipt of `answer`.
    #[must_use]
    pub fn of(answer: &Answer, settings: &Settings, knowledge: &Knowledge, rules: RulesVersion) -> Self {
        let question = &answer.question;
        let asked = [question.locale.as_str(), &question.text, question.read_as.as_deref().unwrap_or_default()].join("\n");
        let outcome = match &answer.outcome {
            Outcome::Answered => 0,
            Outcome::Ambiguous(_) => u8::MAX,
            Outcome::Abstained(reason) => {
                let number = Reason::ALL.iter().position(|known| known == reason).unwrap_or_default();
                u8::try_from(number + 1).unwrap_or(u8::MAX)
            }
        };
        let quotations = shown(answer);
        let spans = quotations.iter().flat_map(|quotation| with_context(quotation)).collect::<Vec<_>>();
        let labels = quotations.iter().map(|quotation| label(quotation)).collect::<Vec<_>>();
        let shown = Shown { asked: &asked, outcome, spans: &spans, labels: &labels };
        Self::of_shown(&shown, settings, knowledge, rules)
    }

    /// The receipt of whatever else was shown.
    #[must_use]
    pub fn of_shown(shown: &Shown<'_>, settings: &Settings, knowledge: &Knowledge, rules: RulesVersion) -> Self {
        let Shown { asked, outcome, spans, labels } = *shown;
        // A place that has chosen nothing leaves no part, so that its receipts are those of everywhere.
        let place = Some(settings.place.as_str()).filter(|place| !place.is_empty());
        let asked = [asked, settings.source.as_deref().unwrap_or_default()];
        let mut body = Body {
            form: FORM,
            question: digest(asked.into_iter().chain(place)),
            rules: rules.0,
            outcome,
            labels: digest(labels.iter().map(String::as_str)),
            as_of: settings.as_of.map(|day| (day.year(), day.month(), day.day())),
            newsroom: settings.newsroom,
            editions: Vec::new(),
            spans: Vec::new(),
        };
        for span in spans {
            let Some(edition) = knowledge.edition(span.edition) else { continue };
            let key = edition_key(edition);
            let known = body.editions.iter().position(|known| *known == key);
            let index = known.unwrap_or_else(|| {
                body.editions.push(key);
                body.editions.len() - 1
            });
            body.spans.push((u32::try_from(index).unwrap_or(u32::MAX), span.start, span.end.saturating_sub(span.start)));
        }
        let words = spans.iter().map(|&span| knowledge.slice(span));
        Self { id: id_of(&body, words), body }
    }

    /// The short id, shown with every answer.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// When it is none, or the id alone.
    pub fn parse(text: &str) -> Result<Self, ReceiptError> {
        let text = text.trim();
        let Some((id, body_text)) = text.split_once('.') else {
            return Err(if code::is_id(text) { ReceiptError::IdAlone } else { ReceiptError::Malformed });
        };
        let id = code::normal(id).filter(|id| code::is_id(id)).ok_or(ReceiptError::Malformed)?;
        let bytes = code::decode(body_text).ok_or(ReceiptError::Malformed)?;
        let body: Body = postcard::from_bytes(&bytes).map_err(|_| ReceiptError::Malformed)?;
        let receipt = Self { id, body };
        // One receipt has one text: what decodes to it but is not it (letters too many, say) was altered.
        let same = receipt.to_string().split_once('.').map(|(_, own)| own.to_owned()) == code::normal(body_text);
        if receipt.body.form == FORM && same { Ok(receipt) } else { Err(ReceiptError::Malformed) }
    }

    /// The places it names, once every one of them is in `knowledge` and the id fits the words there.
    ///
    /// # Errors
    /// An edition that is not there, or a receipt or text that was altered.
    pub fn check(&self, knowledge: &Knowledge) -> Result<Vec<Span>, ReceiptError> {
        let mut editions = Vec::new();
        for key in &self.body.editions {
            let edition = knowledge.editions.iter().find(|edition| edition_key(edition) == *key);
            let unknown = || ReceiptError::UnknownEdition(data_encoding::HEXLOWER.encode(key.get(..8).unwrap_or(key)));
            editions.push(edition.ok_or_else(unknown)?);
        }
        let mut spans = Vec::new();
        for &(index, start, length) in &self.body.spans {
            let edition = editions.get(index as usize).ok_or(ReceiptError::Altered)?;
            let end = start.checked_add(length).ok_or(ReceiptError::Altered)?;
            let span = Span::new(edition.id, start as usize, end as usize);
            if edition.slice(span).is_empty() {
                return Err(ReceiptError::Altered);
            }
            spans.push(span);
        }
        let words = spans.iter().map(|&span| knowledge.slice(span));
        if id_of(&self.body, words) == self.id { Ok(spans) } else { Err(ReceiptError::Altered) }
    }

    /// Whether these are the speakers and standings that were shown.
    #[must_use]
    pub fn has_labels(&self, labels: &[String]) -> bool {
        self.body.labels == digest(labels.iter().map(String::as_str))
    }

    /// Whether it was made with the same rules.
    #[must_use]
    pub fn has_rules(&self, rules: RulesVersion) -> bool {
        self.body.rules == rules.0
    }

    /// The as-of day asked for.
    #[must_use]
    pub fn as_of(&self) -> Option<jiff::civil::Date> {
        let (year, month, day) = self.body.as_of?;
        jiff::civil::Date::new(year, month, day).ok()
    }
}

impl std::fmt::Display for Receipt {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bytes = postcard::to_allocvec(&self.body).map_err(|_| std::fmt::Error)?;
        write!(out, "{}.{}", self.id, code::encode(&bytes))
    }
}

/// Everything of an answer that people are shown, in the order shown.
fn shown(answer: &Answer) -> Vec<&Quotation> {
    let reason = match answer.outcome {
        Outcome::Abstained(reason) => Some(reason),
        Outcome::Answered | Outcome::Ambiguous(_) => None,
    };
    let related = answer.related.iter().map(|related| &related.quotation);
    answer.quotations.iter().chain(related).chain(answer.nearest.iter().take(nearest_shown(reason))).collect()
}

/// How many nearest passages people are shown beside a refusal for `reason`; none beside an answer.
#[must_use]
pub fn nearest_shown(reason: Option<Reason>) -> usize {
    if reason.is_some_and(Reason::shows_nearest) { NEAREST_SHOWN } else { 0 }
}

fn with_context(quotation: &Quotation) -> impl Iterator<Item = Span> {
    quotation.context.iter().map(crate::answer::Context::span).chain([quotation.span()])
}

/// The first half of an edition's SHA-256.
fn edition_key(edition: &Edition) -> [u8; 16] {
    let bytes = data_encoding::HEXLOWER.decode(edition.sha256.as_bytes()).unwrap_or_default();
    bytes.get(..16).and_then(|half| half.try_into().ok()).unwrap_or_default()
}

/// Eight bytes of a digest over parts; the length of each part goes in, so that no two lists of parts run together.
fn digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> [u8; 8] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().first_chunk().copied().unwrap_or_default()
}

fn id_of<'a>(body: &Body, words: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    hash.update(postcard::to_allocvec(body).unwrap_or_default());
    hash.update(digest(words));
    code::id(hash.finalize().get(..5).unwrap_or_default())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]
mod tests {
    use super::*;
    use crate::rules::Rules;
    use crate::span::EditionId;

    fn receipt(knowledge: &Knowledge) -> Receipt {
        let spans = [Span::new(EditionId(0), 20, 60), Span::new(EditionId(0), 400, 431)];
        let rules = RulesVersion([7; 8]);
        let shown = Shown { asked: "who?", outcome: 0, spans: &spans, labels: &[] };
        Receipt::of_shown(&shown, &Settings::default(), knowledge, rules)
    }

    #[test]
    fn a_receipt_is_read_back_and_names_its_places() {
        let knowledge = Knowledge::embedded(&Rules::embedded().unwrap()).unwrap();
        let made = receipt(&knowledge);
        let text = made.to_string();
        let read = Receipt::parse(&text.to_lowercase()).unwrap();
        assert_eq!(read, made);
        let spans = read.check(&knowledge).unwrap();
        assert_eq!((spans[0].start, spans[0].end, spans[1].start), (20, 60, 400));
        assert!(text.len() < 130, "{} characters", text.len());
    }

    #[test]
    fn each_changed_character_is_noticed() {
        let knowledge = Knowledge::embedded(&Rules::embedded().unwrap()).unwrap();
        let text = receipt(&knowledge).to_string();
        for (at, old) in text.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()) {
            let new = if old == 'A' { "B" } else { "A" };
            let changed = format!("{}{new}{}", &text[..at], &text[at + 1..]);
            // The last character's spare bits may be the only thing that differs: then it does not parse.
            let holds = Receipt::parse(&changed).is_ok_and(|receipt| receipt.check(&knowledge).is_ok());
            assert!(!holds, "{changed} passes for {text}");
        }
    }

    #[test]
    fn the_id_alone_and_other_texts_are_told_apart() {
        assert_eq!(Receipt::parse("7K3F-9QPM"), Err(ReceiptError::IdAlone));
        assert_eq!(Receipt::parse("hello"), Err(ReceiptError::Malformed));
        assert_eq!(Receipt::parse("7K3F-9QPM.ZZ"), Err(ReceiptError::Malformed));
        assert_eq!(Receipt::parse(""), Err(ReceiptError::Malformed));
    }
}
