//! An answer with its frame in the reader's language, as plain strings without layout: what every surface shows.
//! Knows neither widths nor marks of any surface.

mod check;
mod heading;
mod numbering;
mod passage;
mod source;

use crate::answer::{Answer, Outcome, Quotation, Reason, RelatedRole};
use crate::engine::{AskOptions, Snapshot};
use crate::receipt::{Receipt, nearest_shown};
use crate::span::{EditionId, Span};

use super::words::Words;
pub use numbering::Numbering;
use passage::Reader;
pub use passage::paragraph;

/// Examples shown with a refusal, and with help.
const EXAMPLES: usize = 2;
const HELP_EXAMPLES: usize = 8;

/// A framed answer, part by part in the order shown. What is absent is not shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// How the question was read, where that differs from what was written.
    pub read_as: Option<String>,
    /// The state the answer is as of, and a warning where that is old.
    pub as_of: Option<AsOf>,
    /// What the passages are: subject, count, standing.
    pub heading: Option<String>,
    /// Why there is no answer: a sentence and its code.
    pub refusal: Option<(String, &'static str)>,
    /// Whom a shared name may mean: name to ask with, label to show.
    pub choices: Vec<(String, String)>,
    /// The passages.
    pub groups: Vec<Group>,
    /// Remarks on the whole.
    pub notes: Vec<String>,
    /// "Try:", above the examples.
    pub examples_label: String,
    /// Example questions.
    pub examples: Vec<String>,
    /// Where everything stands.
    pub sources: Vec<SourceLines>,
    /// "receipt 7K3F-9QPM".
    pub receipt_label: String,
    /// The whole receipt.
    pub receipt: String,
}

/// The state an answer is as of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf {
    /// "As of the source's last update, …".
    pub text: String,
    /// "older than 30 days: check before use".
    pub warning: Option<String>,
}

/// What the passages of a group are to the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupRole {
    /// They answer it.
    Answer,
    /// They are allegations beside a refusal.
    Allegation,
    /// They are the reply of those accused.
    Reply,
    /// They are near, and no answer.
    Nearest,
}

/// Passages under one label.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What they are.
    pub role: GroupRole,
    /// The label above them.
    pub label: Option<String>,
    /// The passages; none where the label says all ("No reply by them was found").
    pub passages: Vec<Passage>,
}

/// One passage as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Number within the answer, from 1.
    pub number: Option<usize>,
    /// Quotes in text order, each with the remark that follows it.
    pub quotes: Vec<Quote>,
    /// Where it stands and how it is to be taken: section, speaker, standing.
    pub labels: Vec<String>,
    /// The passage itself.
    pub span: Span,
}

/// Words of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The source's own words.
    pub text: String,
    /// Where they are.
    pub span: Span,
    /// Language of the words (BCP 47).
    pub language: String,
    /// "(names “he”)".
    pub remark: Option<String>,
}

/// What is said of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLines {
    /// Its edition.
    pub edition: EditionId,
    /// Title, author, publisher.
    pub title: String,
    /// Both dates, and whether the time zone is known.
    pub dates: String,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// The dates as they stand in `dates`, each as data: with an offset, or local, or a day alone, as the source gives it.
    pub moments: Vec<(String, String)>,
}

impl Frame {
    /// Frames `answer`, given to an asker with `options`.
    #[must_use]
    pub fn of(answer: &Answer, snapshot: &Snapshot, options: &AskOptions, receipt: &Receipt) -> Self {
        let words = Words::of(&snapshot.rules, options.frame.as_deref().unwrap_or(&answer.question.locale));
        let view = snapshot.knowledge.view(&options.viewer());
        let searched = snapshot.searched(&view, options);
        let groups = groups(answer, snapshot, words, searched);
        let shown = editions_of(&groups);
        let count = if shown.is_empty() { searched } else { shown.len() };
        let editions = if shown.is_empty() { view.editions } else { shown };
        let abstained = abstained(answer);
        Self {
            read_as: answer.question.read_as.as_ref().map(|question| words.text("card.read_as", &[("question", question)])),
            as_of: answer.as_of_update.then(|| source::as_of(&editions, snapshot, words, options)),
            heading: heading::heading(answer, snapshot, words),
            refusal: heading::refusal(answer, words, searched),
            choices: match &answer.outcome {
                Outcome::Ambiguous(choices) => choices.iter().map(|choice| (choice.id.clone(), choice.label.clone())).collect(),
                _ => Vec::new(),
            },
            notes: notes(answer, snapshot, words, &editions, searched),
            groups,
            examples_label: words.text("card.try", &[]),
            examples: examples(abstained, snapshot, words),
            sources: source::lines(&editions, abstained.map(|_| count), snapshot, words),
            receipt_label: words.text("card.receipt", &[("id", receipt.id())]),
            receipt: receipt.to_string(),
        }
    }
}

/// Passages that stand by themselves, without an answer around them.
#[must_use]
pub fn passages(quotations: &[&Quotation], snapshot: &Snapshot, words: Words<'_>) -> Vec<Passage> {
    Reader::alone(snapshot, words).group(GroupRole::Nearest, None, quotations).passages
}

/// What is said of each of these sources.
#[must_use]
pub fn source_lines(editions: &[EditionId], snapshot: &Snapshot, words: Words<'_>) -> Vec<SourceLines> {
    source::lines(editions, None, snapshot, words)
}

/// "original text in English", where all of these are in one language and it is not the reader's.
#[must_use]
pub fn common_language(editions: &[EditionId], snapshot: &Snapshot, words: Words<'_>) -> Option<String> {
    let mut languages = editions.iter().filter_map(|&id| snapshot.metadata(id)).map(|data| data.language.as_str());
    let first = languages.next()?;
    let foreign = languages.all(|language| language == first) && !heading::is_language(first, words.tag());
    foreign.then(|| words.text("card.original", &[("language", &words.language(first))]))
}

/// That there is nothing to read: no edition is valid at the date asked for, or none may be read here.
#[must_use]
pub fn no_source(searched: &[EditionId], words: Words<'_>) -> Option<String> {
    searched.is_empty().then(|| words.text("card.no_source", &[]))
}

/// The remark on sources in a language without lexicon.
#[must_use]
pub fn by_words_only(editions: &[EditionId], snapshot: &Snapshot, words: Words<'_>) -> Option<String> {
    let mut analyses = editions.iter().filter_map(|id| snapshot.analyses.get(id.0 as usize));
    analyses.any(|analysis| !analysis.analysed).then(|| words.text("card.words_only", &[]))
}

fn abstained(answer: &Answer) -> Option<Reason> {
    match answer.outcome {
        Outcome::Abstained(reason) => Some(reason),
        Outcome::Answered | Outcome::Ambiguous(_) => None,
    }
}

fn groups(answer: &Answer, snapshot: &Snapshot, words: Words<'_>, searched: usize) -> Vec<Group> {
    let reader = Reader::new(answer, snapshot, words);
    let mut groups = answered(answer, &reader, snapshot, words);
    let of_role = |role: RelatedRole| {
        answer.related.iter().filter(move |related| related.role == role).map(|related| &related.quotation).collect::<Vec<_>>()
    };
    let sources = |quotations: &[&Quotation]| {
        let mut editions: Vec<EditionId> = quotations.iter().map(|quotation| quotation.span().edition).collect();
        editions.dedup();
        editions.len()
    };
    let allegations = of_role(RelatedRole::Allegation);
    if !allegations.is_empty() {
        let label = words.counted("card.allegations", sources(&allegations));
        groups.push(reader.group(GroupRole::Allegation, Some(label), &allegations));
    }
    let replies = of_role(RelatedRole::Reply);
    if !replies.is_empty() {
        groups.push(reader.group(GroupRole::Reply, Some(words.text("card.reply", &[])), &replies));
    } else if answer.wants_reply {
        groups.push(reader.group(GroupRole::Reply, Some(words.counted("card.no_reply", searched)), &[]));
    }
    let nearest = answer.nearest.iter().take(nearest_shown(abstained(answer))).collect::<Vec<_>>();
    if !nearest.is_empty() {
        let label = words.counted("card.nearest", nearest.len());
        groups.push(reader.group(GroupRole::Nearest, Some(label), &nearest));
    }
    groups
}

/// The quotations: one group, or one for each person asked for.
fn answered(answer: &Answer, reader: &Reader<'_>, snapshot: &Snapshot, words: Words<'_>) -> Vec<Group> {
    let quotations = answer.quotations.iter().collect::<Vec<_>>();
    if quotations.is_empty() {
        return Vec::new();
    }
    if answer.groups.is_empty() {
        return vec![reader.group(GroupRole::Answer, None, &quotations)];
    }
    let mut groups: Vec<(String, Vec<&Quotation>)> = Vec::new();
    for (quotation, name) in answer.quotations.iter().zip(&answer.groups) {
        match groups.iter_mut().find(|(known, _)| known == name) {
            Some((_, members)) => members.push(quotation),
            None => groups.push((name.clone(), vec![quotation])),
        }
    }
    let mut framed = Vec::new();
    let mut number = 0;
    for (name, members) in groups {
        let label = heading::of_person(&name, &members, answer, snapshot, words);
        let mut group = reader.group(GroupRole::Answer, Some(label), &members);
        for passage in &mut group.passages {
            number += 1;
            passage.number = Some(number);
        }
        framed.push(group);
    }
    framed
}

fn editions_of(groups: &[Group]) -> Vec<EditionId> {
    let mut editions = Vec::new();
    for span in groups.iter().flat_map(|group| &group.passages).map(|passage| passage.span) {
        if !editions.contains(&span.edition) {
            editions.push(span.edition);
        }
    }
    editions
}

fn notes(answer: &Answer, snapshot: &Snapshot, words: Words<'_>, editions: &[EditionId], searched: usize) -> Vec<String> {
    let mut notes = Vec::new();
    let mut line = Vec::new();
    if !answer.named.is_empty() && answer.quotations.len() > 1 {
        let names = answer.named.iter().map(|(name, number)| format!("{name} ({number})")).collect::<Vec<_>>().join(", ");
        line.push(words.text("card.named", &[("names", &names)]));
    }
    if answer.not_added_up {
        line.push(words.text("card.not_added_up", &[]));
    }
    if !line.is_empty() {
        notes.push(line.join(" "));
    }
    notes.extend(heading::without_answer(answer, words, searched));
    if !answer.quotations.is_empty() {
        notes.extend(by_words_only(editions, snapshot, words));
    }
    notes
}

fn examples(reason: Option<Reason>, snapshot: &Snapshot, words: Words<'_>) -> Vec<String> {
    let count = match reason {
        Some(Reason::Help) => HELP_EXAMPLES,
        Some(Reason::OutOfScope | Reason::TooVague) => EXAMPLES,
        _ => return Vec::new(),
    };
    let all = &snapshot.knowledge.case.examples;
    let own = all.get(words.tag()).or_else(|| all.values().next());
    own.map(|own| own.iter().take(count).cloned().collect()).unwrap_or_default()
}
