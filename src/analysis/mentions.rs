//! Everything that refers in a sentence, in text order: names, pronouns, possessives, common phrases. Knows no statement.

use super::anaphora::{self, History, Trace};
use super::attribution::Found;
use super::class::Class;
use super::entities::{Gender, Registry};
use super::line::Line;
use super::phrases::{self, Phrase};
use super::types::{EntityId, EntityKind, Mention, MentionKind};
use crate::document::Edition;
use crate::span::Span;

/// A place that refers, before it is resolved.
#[derive(Debug, Clone)]
enum Place {
    Name(EntityId),
    Ambiguous,
    Group,
    Pronoun(usize),
    Common(Phrase),
}

/// What reading the mentions of a sentence gave.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub mentions: Vec<Mention>,
    /// Sentences that name whom this one points back to.
    pub antecedents: Vec<u32>,
    pub rules: Vec<&'static str>,
}

/// Reads and resolves the mentions of the sentence `lo..hi`, number `sentence` of the edition.
#[allow(clippy::too_many_arguments)] // one call, each a different part of the reading's state
pub(crate) fn read(
    line: &Line<'_>,
    (lo, hi): (usize, usize),
    sentence: u32,
    names: &[Mention],
    found: &[&Found],
    edition: &Edition,
    registry: &mut Registry,
    history: &mut History,
) -> Read {
    let mut read = Read::default();
    for (start, end, place) in places(line, lo, hi, names, registry) {
        let span = line.span(start, end);
        let subject = is_subject(line, start, end, lo);
        let speaker = found.iter().any(|one| {
            one.source
                .is_some_and(|source| source.start <= start && end <= source.end && source.head < end.max(source.head + 1))
        });
        let mut trace = Trace {
            span,
            entity: None,
            sentence,
            named_in: sentence,
            block: line.block,
            subject,
            speaker,
            plural: false,
            gender: Gender::Unknown,
            kind: EntityKind::Other,
            document: false,
            noun: String::new(),
            inner: is_inner(line, start, end, lo),
            quoted: line.word(start).quote.is_some_and(|number| super::attribution::is_speech_quote(line, number)),
        };
        match place {
            Place::Name(id) => {
                trace.entity = Some(id);
                (trace.gender, trace.kind) = anaphora::profile(registry, id);
            }
            Place::Ambiguous => trace.kind = EntityKind::Person,
            Place::Group => {
                trace.plural = true;
                trace.kind = EntityKind::Person;
            }
            Place::Pronoun(at) => match pronoun(line, at, &trace, history) {
                Some((mut mention, Some(mut resolved))) => {
                    if resolved.entity.is_none() && resolved.kind != EntityKind::Other || resolved.document {
                        let id = resolved.entity.unwrap_or_else(|| registry.describe(edition, resolved.span, resolved.gender));
                        history.name(resolved.span, id);
                        resolved.entity = Some(id);
                        mention.entity = Some(id);
                        let described = MentionKind::Phrase;
                        read.mentions.push(Mention {
                            span: resolved.span,
                            entity: Some(id),
                            kind: described,
                            rule: "entity.described".to_owned(),
                        });
                    }
                    read.note(&resolved, sentence, mention.kind == MentionKind::Possessive && trace.quoted);
                    trace.entity = resolved.entity;
                    trace.named_in = resolved.named_in;
                    trace.gender = resolved.gender;
                    trace.kind = resolved.kind;
                    trace.plural = resolved.plural;
                    trace.noun = resolved.noun;
                    // "Her mother shrugged": the possessor is not the one who acts.
                    if mention.kind == MentionKind::Possessive {
                        trace.subject = false;
                        trace.inner = true;
                    }
                    read.mentions.push(mention);
                }
                Some((mention, None)) => {
                    read.mentions.push(mention);
                    continue;
                }
                None => continue,
            },
            Place::Common(phrase) => common(edition, line, phrase, &mut trace, registry, history, &mut read),
        }
        history.push(trace);
    }
    if let Some(rule) = points_back(line, lo, sentence, &read.antecedents) {
        read.antecedents.push(sentence.saturating_sub(1));
        read.rules.push(rule);
    }
    read
}

/// The rule by which a sentence that names nobody back points to the one before it: "These findings …", "The scope of the
/// operation …" behind "a cyber operation".
fn points_back(line: &Line<'_>, lo: usize, sentence: u32, found: &[u32]) -> Option<&'static str> {
    if !found.is_empty() || sentence == 0 || line.kind != crate::document::BlockKind::Paragraph {
        return None;
    }
    let &(before, _) = line.sentences.iter().find(|&&(_, hi)| hi == lo)?;
    let phrase = phrases::after(line, lo, line.words.len())?;
    let named = (phrase.start..phrase.end).skip(1).any(|at| line.word(at).capital);
    if named || !line.word(lo).is(Class::DEF) {
        return None;
    }
    if line.word(lo).is(Class::DEMONSTRATIVE) {
        return Some("anaphora.demonstrative");
    }
    let content = |at: usize| {
        line.word(at).folded.chars().count() >= 4 && phrases::nominal(line, at, lo) && !line.word(at).is(Class::DET)
    };
    let repeats = (phrase.start..phrase.end)
        .filter(|&at| content(at))
        .any(|at| (before..lo).any(|other| line.word(other).folded == line.word(at).folded));
    repeats.then_some("anaphora.repeated_noun")
}

impl Read {
    fn note(&mut self, antecedent: &Trace, sentence: u32, quoted: bool) {
        if antecedent.named_in < sentence && !quoted && !self.antecedents.contains(&antecedent.named_in) {
            self.antecedents.push(antecedent.named_in);
            self.antecedents.sort_unstable();
            if !self.rules.contains(&"anaphora.antecedent") {
                self.rules.push("anaphora.antecedent");
            }
        }
    }
}

fn places(line: &Line<'_>, lo: usize, hi: usize, names: &[Mention], registry: &Registry) -> Vec<(usize, usize, Place)> {
    let mut out: Vec<(usize, usize, Place)> = Vec::new();
    let mut named = names
        .iter()
        .map(|name| (line.index_at(name.span.start), line.index_at(name.span.end.saturating_sub(1)) + 1, name.entity))
        .peekable();
    let mut at = lo;
    while at < hi {
        while named.peek().is_some_and(|&(start, _, _)| start < at) {
            named.next();
        }
        if let Some((start, end, entity)) = named.next_if(|&(start, _, _)| start == at) {
            let previous = out.last().cloned();
            out.push((start, end, entity.map_or(Place::Ambiguous, Place::Name)));
            if let (Some((first, last, Place::Name(a))), Some(b)) = (previous, entity) {
                let joined = start == last + 1 && line.word(last).is(Class::AND);
                if joined && registry.may_be_person(a) && registry.may_be_person(b) {
                    out.push((first, end, Place::Group));
                }
            }
            at = end;
            continue;
        }
        let word = line.word(at);
        if word.is(Class::PRON) || word.hits.iter().any(|hit| hit.entry.is_a("poss")) {
            out.push((at, at + 1, Place::Pronoun(at)));
        } else if let Some(phrase) = common_phrase(line, at, lo, hi)
            .filter(|phrase| !is_apposed(line, phrase, hi, out.last()) && !introduces_name(line, phrase, hi, names))
        {
            out.push((phrase.start.max(lo), at + 1, Place::Common(phrase)));
        }
        at += 1;
    }
    out
}

/// "Ada Roe, a nurse on her way home, said": the phrase behind the name's comma is no second person, unless a list goes on.
fn is_apposed(line: &Line<'_>, phrase: &Phrase, hi: usize, last: Option<&(usize, usize, Place)>) -> bool {
    let named = matches!(last, Some((_, end, Place::Name(_))) if *end + 1 == phrase.start && line.word(*end).is_mark(","));
    let stop = (phrase.end..hi).find(|&at| line.word(at).is_mark(",.;")).unwrap_or(hi);
    let listed = (phrase.end..stop).any(|at| line.word(at).is(Class::AND));
    named && !listed && line.word(stop).is_mark(",")
}

/// "X's solicitor, Helen Marsh, said": the phrase before the name's comma is no second person either.
fn introduces_name(line: &Line<'_>, phrase: &Phrase, hi: usize, names: &[Mention]) -> bool {
    let title = Class::TITLE.and(Class::ROLE).and(Class::DET);
    let first = (phrase.end + 1..hi).find(|&at| !line.word(at).is(title) && !line.word(at).is_mark("."));
    let (true, Some(first)) = (line.word(phrase.end).is_mark(","), first) else { return false };
    let name = names.iter().find(|name| line.index_at(name.span.start) == first);
    let end = name.map(|name| line.index_at(name.span.end.saturating_sub(1)) + 1);
    end.is_some_and(|end| line.word(end).is_mark(",")) && line.word(phrase.head).is(Class::ROLE.and(Class::PERSON_NOUN))
}

/// A common noun for people, groups or documents that is the head of its phrase.
fn common_phrase(line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<Phrase> {
    let word = line.word(at);
    let kinds = Class::ROLE.and(Class::PERSON_NOUN).and(Class::ORG_NOUN).and(Class::DOC_NOUN);
    let in_status = (at.saturating_sub(2)..=at)
        .any(|first| line.hit(first, |entry| entry.is_a("status")).is_some_and(|hit| first + hit.len > at));
    if in_status || !word.is(kinds) || (word.capital && at > lo) || line.is_verb(at, lo) {
        return None;
    }
    let next = line.word(at + 1);
    let goes_on = at + 1 < hi && (next.is(kinds) && !next.is(Class::VERB) || next.capital && !next.is(Class::PRON));
    if goes_on {
        return None;
    }
    let phrase = phrases::before(line, at + 1, lo)?;
    // Only the part of the phrase that belongs to this noun: from the last preposition on.
    let start = (phrase.start..=at)
        .rev()
        .find(|&index| line.word(index).is(Class::PREP.and(Class::OF).and(Class::AND)))
        .map_or(phrase.start, |index| index + 1);
    (start <= at).then_some(Phrase { start, end: at + 1, head: at })
}

/// Whether no finite verb stands before it in its clause and a verb follows, or it opens a coordinated clause.
fn is_subject(line: &Line<'_>, start: usize, end: usize, lo: usize) -> bool {
    if line.before(start, lo).is(Class::PREP.and(Class::OF)) && !line.before(start, lo).is(Class::SUB)
        || line.word(end).is(Class::GENITIVE)
    {
        return false;
    }
    let mut at = end;
    while phrases::is_adverb(line, at) || line.word(at).is(Class::CLITIC) {
        at += 1;
    }
    let verb_follows = line.is_verb(at, lo) || line.word(at).past;
    let opening = !(lo..start).any(|index| line.is_verb(index, lo) && line.word(index).quote.is_none());
    verb_follows || opening
}

fn is_inner(line: &Line<'_>, start: usize, end: usize, lo: usize) -> bool {
    line.word(end).is(Class::GENITIVE) || line.before(start, lo).is(Class::OF)
}

/// A pronoun or possessive with what it points to.
fn pronoun(line: &Line<'_>, at: usize, trace: &Trace, history: &History) -> Option<(Mention, Option<Trace>)> {
    let hit = line.hit(at, |entry| entry.is_a("pron") || entry.is_a("poss"))?;
    let possessive =
        hit.entry.is_a("poss") && (line.word(at + 1).is_word() && !line.word(at + 1).is(Class::PREP.and(Class::CLITIC)));
    let hit = if possessive { hit } else { line.hit(at, |entry| entry.is_a("pron")).unwrap_or(hit) };
    let kind = if possessive { MentionKind::Possessive } else { MentionKind::Pronoun };
    let wanted = anaphora::wanted(hit.entry, false)?;
    let mention = |entity, rule: &str| Mention { span: trace.span, entity, kind, rule: rule.to_owned() };
    if trace.quoted {
        return Some((mention(None, "anaphora.in_quotation"), None));
    }
    if wanted == anaphora::Wanted::Thing && !possessive && !trace.subject && !trace.speaker {
        return None;
    }
    let resolved = history.resolve(wanted, trace.span, trace.sentence, trace.block, 1).cloned();
    match resolved {
        Some(found) => Some((mention(found.entity, "anaphora.pronoun"), Some(found))),
        None => Some((mention(None, "anaphora.unknown"), None)),
    }
}

/// A common phrase: tells what it is, and what it points back to where it is definite.
fn common(
    edition: &Edition,
    line: &Line<'_>,
    phrase: Phrase,
    trace: &mut Trace,
    registry: &mut Registry,
    history: &mut History,
    read: &mut Read,
) {
    let word = line.word(phrase.head);
    trace.noun.clone_from(&word.folded);
    let plural = word.is(Class::MANY) || word.hits.iter().any(|hit| hit.len == 1 && hit.has_tag("plural"));
    trace.plural = plural;
    let person = word.is(Class::ROLE.and(Class::PERSON_NOUN));
    trace.kind = if person {
        EntityKind::Person
    } else if word.is(Class::ORG_NOUN) {
        EntityKind::Organisation
    } else {
        EntityKind::Other
    };
    trace.document = word.is(Class::DOC_NOUN) && !word.is(Class::ORG_NOUN);
    trace.gender = match (word.is(Class::MALE), word.is(Class::FEMALE)) {
        (true, false) => Gender::Male,
        (false, true) => Gender::Female,
        _ => Gender::Unknown,
    };
    let definite = line.word(phrase.start).is(Class::DEF);
    if !definite || phrase.end - phrase.start > 4 || trace.quoted || line.word(phrase.end).is(Class::OF) {
        return;
    }
    let found = if plural {
        history
            .last(line.block, 3, |other| {
                other.plural && other.kind == trace.kind && (other.noun.is_empty() || other.noun == trace.noun)
            })
            .cloned()
            .or_else(|| people_before(history, line.block, trace))
    } else {
        // A contractor is a person or a firm: who is called so decides.
        let titled = if person { with_role(line, phrase.head, registry, history).cloned() } else { None };
        let company = line.hit(phrase.head, |entry| entry.is_a("kind.company")).is_some();
        let firm = || organisation(registry, history, line.block, company, &trace.noun).cloned();
        let known = titled.or_else(|| if word.is(Class::ORG_NOUN) { firm() } else { None });
        known.or_else(|| if person { described_before(history, trace) } else { None })
    };
    let Some(mut found) = found else { return };
    if found.entity.is_none() && !plural {
        let id = registry.describe(edition, found.span, found.gender);
        history.name(found.span, id);
        found.entity = Some(id);
        let rule = "entity.described".to_owned();
        read.mentions.push(Mention { span: found.span, entity: Some(id), kind: MentionKind::Phrase, rule });
    }
    trace.kind = found.kind;
    if trace.subject || trace.speaker {
        read.note(&found, trace.sentence, false);
    }
    trace.entity = found.entity;
    trace.named_in = found.named_in;
    trace.gender = if trace.gender == Gender::Unknown { found.gender } else { trace.gender };
    read.mentions.push(Mention {
        span: trace.span,
        entity: found.entity,
        kind: MentionKind::Phrase,
        rule: "anaphora.definite_phrase".to_owned(),
    });
}

/// "The suspects": the last sentence that names two people.
fn people_before(history: &History, block: u32, trace: &Trace) -> Option<Trace> {
    if trace.kind != EntityKind::Person {
        return None;
    }
    let mut count = 0;
    let mut sentence = None;
    for other in history.recent(block, 1).filter(|other| other.sentence < trace.sentence) {
        if other.kind != EntityKind::Person || other.entity.is_none() {
            continue;
        }
        if sentence == Some(other.sentence) {
            count += 1;
            if count >= 2 {
                return Some(Trace { entity: None, plural: true, ..other.clone() });
            }
        } else {
            sentence = Some(other.sentence);
            count = 1;
        }
    }
    None
}

/// "The woman" behind "a woman": the one person of the paragraph whom the source only describes, by the same noun.
fn described_before(history: &History, trace: &Trace) -> Option<Trace> {
    let alike = |other: &&Trace| {
        let apart = other.sentence < trace.sentence && !other.quoted && !other.inner && !other.plural;
        apart && other.noun == trace.noun && other.kind == EntityKind::Person
    };
    let mut all = history.recent(trace.block, 0).filter(alike);
    let last = all.next()?;
    let same = |other: &Trace| other.span == last.span || (other.entity.is_some() && other.entity == last.entity);
    all.all(same).then(|| last.clone())
}

/// "The firm": the organisation that the source calls so, else the only one named of late.
fn organisation<'h>(registry: &Registry, history: &'h History, block: u32, company: bool, noun: &str) -> Option<&'h Trace> {
    let described = |trace: &Trace| {
        let entity = trace.entity.and_then(|id| registry.entities.get(id.0 as usize));
        entity.is_some_and(|entity| {
            let so_called = entity.roles.iter().any(|role| role.concepts.iter().any(|concept| concept == "kind.company"));
            let in_name = entity.name.split_whitespace().any(|word| crate::token::fold(word) == noun);
            entity.kind == EntityKind::Organisation && (in_name || (company && so_called))
        })
    };
    let named = |trace: &Trace| {
        let kind = matches!(trace.kind, EntityKind::Organisation | EntityKind::Other);
        trace.entity.is_some() && kind && trace.noun.is_empty()
    };
    let told = history.last(block, 3, |trace| named(trace) && described(trace));
    if told.is_some() || !company {
        return told;
    }
    let only = history.last(block, 2, |trace| named(trace) && trace.kind == EntityKind::Organisation)?;
    let rival = history.recent(block, 2).any(|trace| named(trace) && trace.entity != only.entity);
    (!rival).then_some(only)
}

/// "The minister": the one person to whom the source gives that role.
fn with_role<'h>(line: &Line<'_>, head: usize, registry: &Registry, history: &'h History) -> Option<&'h Trace> {
    let hit = line.hit(head, |entry| entry.is_a("role"))?;
    let mut bearers = registry
        .entities
        .iter()
        .enumerate()
        .filter(|(_, entity)| entity.roles.iter().any(|role| hit.entry.is_among(&role.concepts)));
    let (index, _) = bearers.next()?;
    if bearers.next().is_some() {
        return history.last(line.block, 1, |trace| {
            let entity = trace.entity.and_then(|id| registry.entities.get(id.0 as usize));
            entity.is_some_and(|entity| entity.roles.iter().any(|role| hit.entry.is_among(&role.concepts)))
        });
    }
    let id = EntityId(u32::try_from(index).unwrap_or(u32::MAX));
    history.last(line.block, 6, |trace| trace.entity == Some(id))
}

/// Whom the words of a source phrase mean: the name at its head or in its apposition, the pronoun's antecedent.
pub(crate) fn meant(line: &Line<'_>, start: usize, end: usize, head: usize, mentions: &[Mention]) -> Option<Mention> {
    let at = |index: usize| -> Span { line.span(index, index + 1) };
    let head_span = at(head);
    let direct = mentions
        .iter()
        .find(|mention| mention.span.overlaps(head_span) && (mention.kind != MentionKind::Possessive || start + 1 == end));
    if let Some(mention) = direct.filter(|mention| mention.kind != MentionKind::Phrase) {
        return Some(mention.clone());
    }
    apposed(line, start, end, head, mentions).or_else(|| direct.cloned())
}

/// The name in or behind the phrase: "the solicitor, Helen Marsh", "the councillor of the opposition Gino Roe".
fn apposed(line: &Line<'_>, start: usize, end: usize, head: usize, mentions: &[Mention]) -> Option<Mention> {
    let at = |index: usize| -> Span { line.span(index, index + 1) };
    let whole = line.span(start, end);
    let comma = (head..end).find(|&index| line.word(index).is_mark(","));
    let stop = comma.unwrap_or(end);
    // "The councillor of the opposition Gino Roe": a name that closes the phrase behind an institution.
    let closing = mentions.iter().find(|mention| {
        let first = line.index_at(mention.span.start);
        let ends = line.index_at(mention.span.end.saturating_sub(1)) + 1 == stop;
        let role = line.word(head).is(Class::ROLE.and(Class::PERSON_NOUN));
        mention.kind == MentionKind::Name
            && ends
            && role
            && first > head + 1
            && line.word(first - 1).is(Class::ORG_NOUN)
            && !line.word(first - 1).capital
    });
    if let Some(mention) = closing {
        return Some(mention.clone());
    }
    let comma = comma?;
    // Titles and the article may stand before the name: ", Dr. Anneliese Brandt", ", l'avvocato Pio Balestrucci".
    let title = Class::TITLE.and(Class::ROLE).and(Class::DET);
    let first = (comma + 1..end).find(|&index| !line.word(index).is(title) && !line.word(index).is_mark("."))?;
    let from = at(comma + 1).start;
    let to = at(first).start;
    mentions
        .iter()
        .find(|mention| {
            mention.kind == MentionKind::Name
                && whole.contains(mention.span)
                && (from..=to).contains(&mention.span.start)
                && mention.span.end > to
        })
        .cloned()
}
