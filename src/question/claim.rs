//! From a claim's text to what is claimed: who is said to have said it, which words are quoted, which numbers it holds. Knows no source.

use serde::{Deserialize, Serialize};

use super::clean::clean;
use super::known::Known;
use super::people::{People, value_of};
use super::reader::{LONGEST_MATCH, Reader};
use super::types::SlotValue;
use super::understand::{Asking, languages};
use super::words::Words;
use crate::rules::LocaleRules;

/// Classes of the lexicon whose verbs say that somebody said something.
const SAYING: [&str; 13] = [
    "say",
    "deny",
    "admit",
    "warn",
    "urge",
    "promise",
    "boast",
    "agree",
    "accuse",
    "criticise",
    "describe",
    "believe",
    "query.say",
];

/// An understood claim.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The text without mentions and Markdown.
    pub text: String,
    /// Its language.
    pub locale: String,
    /// Who is claimed to have said it, where the claim names a speaker.
    pub speaker: Option<SlotValue>,
    /// Concept id of the word that says so ("say.state", "deny.deny").
    pub cue: Option<String>,
    /// Quoted phrases, without their quotation marks.
    pub phrases: Vec<String>,
    /// Content words as written, without speaker, cue, quotations and numbers.
    pub content: Vec<String>,
    /// Numbers as written, in order, each with the words behind it up to two ("50", ["terabytes", "of"]).
    pub numbers: Vec<ClaimNumber>,
    /// Every known name in the claim, in order.
    pub named: Vec<SlotValue>,
}

/// A number of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimNumber {
    /// As written ("50", "4.8", "fourteen").
    pub text: String,
    /// The words right behind it, without stop words, at most two: what is counted.
    pub of: Vec<String>,
}

/// Understands a claim. Never fails: a claim may name no speaker and hold no number.
#[must_use]
pub fn understand_claim(text: &str, ask: &Asking<'_>) -> Claim {
    let cleaned = clean(text);
    let known = Known::new(ask.names, ask.view);
    let language = languages(&cleaned, ask).iter().find_map(|tag| ask.rules.language(tag));
    match language {
        Some(language) => read(&cleaned, language, &known),
        None => Claim { text: cleaned.clone(), ..Claim::default() },
    }
}

fn read(cleaned: &str, language: &LocaleRules, known: &Known<'_>) -> Claim {
    let words = Words::new(cleaned, language);
    let reader = Reader::new(People::new(&words, known));
    let mut claim = Claim { text: cleaned.to_owned(), locale: language.locale.tag.clone(), ..Claim::default() };
    claim.named = reader.people.spots.iter().map(|spot| value_of(&spot.names)).collect();
    let mut used = vec![false; words.len()];
    let mut mark =
        |range: std::ops::Range<usize>| range.for_each(|at| used.iter_mut().skip(at).take(1).for_each(|used| *used = true));
    if let Some((speaker, range)) = named_source(&reader, language) {
        claim.speaker = Some(speaker);
        mark(range);
    } else if let Some(cue) = first_cue(&words) {
        claim.cue = Some(cue.id);
        if let Some((speaker, range)) = subject(&reader, cue.range.start) {
            claim.speaker = Some(speaker);
            mark(range);
        }
        mark(cue.range);
    }
    let number_words = &language.locale.dates.numbers;
    for at in 0..words.len() {
        let Some(word) = words.get(at) else { continue };
        if word.quoted {
            claim.phrases.push(words.slice(at..at + 1).trim().trim_end_matches(['.', ',', '!', '?']).to_owned());
        } else if word.is_number() || number_words.iter().any(|(name, value)| *value > 1.0 && *name == word.token.folded) {
            let behind = (at + 1..words.len()).filter(|&next| !words.is_stop_word(next)).take(2);
            let of = behind
                .filter(|&next| words.get(next).is_some_and(|word| !word.quoted))
                .map(|next| words.slice(next..next + 1).to_owned());
            claim.numbers.push(ClaimNumber { text: words.slice(at..at + 1).to_owned(), of: of.collect() });
        } else if !used.get(at).copied().unwrap_or(false) && !reader.is_empty_word(at) {
            claim.content.push(words.slice(at..at + 1).to_owned());
        }
    }
    claim
}

/// "According to Brandt, …".
fn named_source(reader: &Reader<'_, '_>, language: &LocaleRules) -> Option<(SlotValue, std::ops::Range<usize>)> {
    if reader.people.words.len() > LONGEST_MATCH {
        return None;
    }
    let matched = reader.best(&language.templates.claims)?;
    let (range, pronoun) = matched.person?;
    let speaker = matched.slots.get("person")?.clone();
    (!pronoun && matches!(speaker, SlotValue::Entity(_) | SlotValue::Ambiguous(_))).then_some((speaker, range))
}

struct Cue {
    id: String,
    range: std::ops::Range<usize>,
}

/// The first word of saying outside quotations that is no bare dictionary form of a noun.
fn first_cue(words: &Words<'_>) -> Option<Cue> {
    (1..words.len().min(LONGEST_MATCH)).find_map(|at| {
        let found = words
            .lexicon(at)
            .iter()
            .find(|found| found.entry.pos == "verb" && SAYING.iter().any(|class| found.entry.is_a(class)))?;
        Some(Cue { id: found.entry.id.to_string(), range: at..at + found.len })
    })
}

/// Whom the words right in front of the cue mean: the longest phrase that means somebody.
fn subject(reader: &Reader<'_, '_>, cue: usize) -> Option<(SlotValue, std::ops::Range<usize>)> {
    let words = reader.people.words;
    // Auxiliaries and adverbs may stand between ("has also said", "ha poi detto").
    let mut end = cue;
    while end > 0 && words.is_stop_word(end - 1) && !reader.people.spots.iter().any(|spot| spot.range.contains(&(end - 1))) {
        end -= 1;
    }
    for end in [cue, end] {
        for start in end.saturating_sub(8)..end {
            let Some(meaning) = reader.meaning(start..end) else { continue };
            let value = meaning.values.first()?;
            let told = match value {
                SlotValue::Entity(_) | SlotValue::Ambiguous(_) | SlotValue::UnknownName(_) => true,
                SlotValue::Words(_) => meaning.role.is_some(),
                SlotValue::Concept(_) => false,
            };
            if told && !meaning.pronoun {
                return Some((value.clone(), start..end));
            }
        }
    }
    None
}
