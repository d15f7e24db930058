//! The line above the passages, and the sentence of a refusal. Knows no layout.

use crate::analysis::Standing;
use crate::answer::{Answer, Outcome, Quotation, Reason};
use crate::engine::Snapshot;
use crate::question::{AnswerKind, Intent, SlotValue};
use crate::render::words::Words;
use crate::span::Span;

/// Parts of a line are set apart by this.
pub(super) const DOT: &str = " · ";

/// Subject, count, standing, language: as far as they hold for every passage.
pub(super) fn heading(answer: &Answer, snapshot: &Snapshot, words: Words<'_>) -> Option<String> {
    if answer.outcome != Outcome::Answered || answer.quotations.is_empty() {
        return None;
    }
    let mut parts = Vec::new();
    let all = answer.quotations.iter().collect::<Vec<_>>();
    if answer.groups.is_empty() {
        let subject = subject(answer, words);
        let named = subject.is_some() && !is_about_status(answer, words);
        parts.extend(subject);
        // The line of the state that an answer is as of heads it well enough.
        let headed = named || answer.as_of_update;
        if !headed || (named && all.len() > 1) || answer.question.intent == Intent::Statement {
            parts.push(words.counted(count_key(answer), all.len()));
        }
        parts.extend(common_standing(&all).and_then(|standing| standing_label(standing, &all, snapshot, words)));
    }
    if let Some(language) = common_language(&all, snapshot)
        && !is_language(language, words.tag())
    {
        parts.push(words.text("card.original", &[("language", &words.language(language))]));
    }
    if parts.is_empty() { None } else { Some(parts.join(DOT)) }
}

/// The heading of one person's block.
pub(super) fn of_person(name: &str, members: &[&Quotation], answer: &Answer, snapshot: &Snapshot, words: Words<'_>) -> String {
    let mut parts = vec![name.to_owned(), words.counted(count_key(answer), members.len())];
    parts.extend(common_standing(members).and_then(|standing| standing_label(standing, members, snapshot, words)));
    parts.join(DOT)
}

fn count_key(answer: &Answer) -> &'static str {
    match answer.question.intent {
        Intent::Statement | Intent::Denials | Intent::Admissions => "card.statements",
        _ => "card.passages",
    }
}

fn is_about_status(answer: &Answer, words: Words<'_>) -> bool {
    status(answer, words).is_some() && answer.question.slot("person").is_none()
}

fn status(answer: &Answer, words: Words<'_>) -> Option<String> {
    let Some(SlotValue::Concept(id)) = answer.question.slot("status") else { return None };
    words.find(id)
}

/// Whom or what the passages are about: a status, the one speaker, or the person asked for.
fn subject(answer: &Answer, words: Words<'_>) -> Option<String> {
    if is_about_status(answer, words) {
        return status(answer, words).map(|status| words.text("card.as_reported", &[("status", &status)]));
    }
    common_speaker(answer).map(str::to_owned).or_else(|| match answer.question.slot("person") {
        Some(SlotValue::Entity(name)) => Some(name.clone()),
        _ => None,
    })
}

/// The one speaker of every passage.
pub(super) fn common_speaker(answer: &Answer) -> Option<&str> {
    let mut speakers = answer.quotations.iter().map(|quotation| quotation.speaker.as_deref());
    let first = speakers.next()??;
    speakers.all(|speaker| speaker == Some(first)).then_some(first)
}

/// The one standing of every passage.
pub(super) fn common_standing(quotations: &[&Quotation]) -> Option<Standing> {
    let mut standings = quotations.iter().map(|quotation| quotation.standing);
    let first = standings.next()??;
    standings.all(|standing| standing == Some(first)).then_some(first)
}

/// The one language of every passage.
pub(super) fn common_language<'s>(quotations: &[&Quotation], snapshot: &'s Snapshot) -> Option<&'s str> {
    let language = |quotation: &&Quotation| snapshot.metadata(quotation.span().edition).map(|data| data.language.as_str());
    let mut languages = quotations.iter().map(language);
    let first = languages.next()??;
    languages.all(|language| language == Some(first)).then_some(first)
}

/// Whether two tags are of one language.
pub(super) fn is_language(tag: &str, other: &str) -> bool {
    let base = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    base(tag) == base(other)
}

/// "alleged (“reportedly”)"; nothing for what the source states in its own voice.
pub(super) fn standing_label(
    standing: Standing,
    quotations: &[&Quotation],
    snapshot: &Snapshot,
    words: Words<'_>,
) -> Option<String> {
    if standing == Standing::Stated {
        return None;
    }
    let label = words.text(&format!("standing.{standing}"), &[]);
    let mut hedges: Vec<&str> = Vec::new();
    for &hedge in quotations.iter().flat_map(|quotation| &quotation.hedges) {
        let word = snapshot.knowledge.slice(hedge);
        if !word.is_empty() && !hedges.contains(&word) && is_within(hedge, quotations) {
            hedges.push(word);
        }
    }
    if standing != Standing::Alleged || hedges.is_empty() {
        return Some(label);
    }
    let hedges = hedges.iter().map(|word| words.text("standing.hedge", &[("word", word)])).collect::<Vec<_>>().join(", ");
    Some(words.text("standing.hedged", &[("standing", &label), ("hedges", &hedges)]))
}

fn is_within(span: Span, quotations: &[&Quotation]) -> bool {
    quotations.iter().any(|quotation| quotation.span().contains(span))
}

/// Why there is no answer, worded as what was found, with its code.
pub(super) fn refusal(answer: &Answer, words: Words<'_>, searched: usize) -> Option<(String, &'static str)> {
    let reason = match answer.outcome {
        Outcome::Answered => return None,
        Outcome::Ambiguous(_) => Reason::AmbiguousName,
        Outcome::Abstained(reason) => reason,
    };
    let mut text = sentence(reason, answer, words, searched);
    if reason == Reason::AmbiguousName {
        text = format!("{text} {}", words.text("card.choose", &[]));
    }
    Some((text, reason.code()))
}

fn sentence(reason: Reason, answer: &Answer, words: Words<'_>, searched: usize) -> String {
    let count = searched.to_string();
    let name = answer.about.clone().or_else(|| asked_name(answer));
    let shown = name.clone().unwrap_or_else(|| words.text("found.somebody", &[]));
    let places = [("n", count.as_str()), ("name", shown.as_str())];
    let key = match reason {
        Reason::VerdictNotReported if name.is_none() => "found.verdict".to_owned(),
        // There may be others, on another matter or to somebody else.
        Reason::NoStatementByPerson if ["topic", "listener"].iter().any(|slot| answer.question.slot(slot).is_some()) => {
            "found.statement".to_owned()
        }
        Reason::NotMentioned if answer.question.intent == Intent::Status && name.is_some() => "found.status".to_owned(),
        Reason::NoAnswerOfThatKind => match kind_key(answer.question.kind) {
            Some(key) => key.to_owned(),
            None => format!("reason.{reason}"),
        },
        _ => format!("reason.{reason}"),
    };
    words.text(&key, &places)
}

fn asked_name(answer: &Answer) -> Option<String> {
    // "Roe's lawyer", where there are two Roes: it is they who can't be told apart, and not the lawyer.
    let shared = answer.question.slots.values().find(|value| matches!(value, SlotValue::Ambiguous(_)));
    match shared.or_else(|| answer.question.slot("person"))? {
        SlotValue::Entity(name) | SlotValue::UnknownName(name) => Some(name.clone()),
        SlotValue::Ambiguous(names) => common_surname(names).or_else(|| names.first().cloned()),
        SlotValue::Concept(_) | SlotValue::Words(_) => None,
    }
}

/// The last word that several names share.
fn common_surname(names: &[String]) -> Option<String> {
    let last = |name: &String| name.split_whitespace().next_back().map(str::to_owned);
    let first = names.first().and_then(last)?;
    names.iter().all(|name| last(name).as_ref() == Some(&first)).then_some(first)
}

fn kind_key(kind: AnswerKind) -> Option<&'static str> {
    Some(match kind {
        AnswerKind::Person => "found.person",
        AnswerKind::Organisation => "found.organisation",
        AnswerKind::Number => "found.number",
        AnswerKind::Age => "found.age",
        AnswerKind::Money => "found.money",
        AnswerKind::Date => "found.date",
        AnswerKind::Place => "found.place",
        AnswerKind::Reason => "found.reason",
        AnswerKind::Definition => "found.definition",
        AnswerKind::YesNo | AnswerKind::Statement | AnswerKind::Any => return None,
    })
}

/// Where several people are asked for: a sentence for each of whom nothing was found.
pub(super) fn without_answer(answer: &Answer, words: Words<'_>, searched: usize) -> Vec<String> {
    if answer.groups.is_empty() {
        return Vec::new();
    }
    let reason = match answer.question.intent {
        Intent::Statement => Reason::NoStatementByPerson,
        Intent::Verdict => Reason::VerdictNotReported,
        _ => Reason::NotMentioned,
    };
    let count = searched.to_string();
    let mut sentences = Vec::new();
    for value in answer.question.slot("person").into_iter().chain(&answer.question.also) {
        let (name, reason) = match value {
            SlotValue::UnknownName(name) => (name, Reason::UnknownName),
            SlotValue::Entity(name) => (name, reason),
            _ => continue,
        };
        if !answer.groups.contains(name) {
            let sentence = words.text(&format!("reason.{reason}"), &[("n", &count), ("name", name)]);
            sentences.push(if reason == Reason::NotMentioned { format!("{name}: {sentence}") } else { sentence });
        }
    }
    sentences
}
