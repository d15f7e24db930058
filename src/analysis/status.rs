//! Where people stand in a legal procedure: person, status, negation. Knows traits, no single word.

mod lists;

use super::class::Class;
use super::enumeration;
use super::line::Line;
use super::phrases::{self, Phrase};
use super::types::{Mention, MentionKind};
use crate::rules::Entry;

/// A status as words of a block.
#[derive(Debug)]
pub(crate) struct FoundStatus {
    pub status: String,
    pub start: usize,
    pub end: usize,
    pub holder: Option<Phrase>,
    pub negated: bool,
    pub rule: &'static str,
    /// Whether the holder's words are a list of names behind the status.
    pub list: bool,
    /// The people of a list before the status: "A Roe, 54, and B Doe, 39, were held".
    pub people: Vec<Phrase>,
}

/// All statuses of the sentence `lo..hi`.
pub(crate) fn find(line: &Line<'_>, lo: usize, hi: usize) -> Vec<FoundStatus> {
    let mut out = Vec::new();
    let mut at = lo;
    while at < hi {
        let found = if line.word(at).is(Class::STATUS) { read(line, at, lo, hi) } else { None };
        at = found.as_ref().map_or(at + 1, |status| status.end);
        out.extend(found);
    }
    out
}

fn read(line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<FoundStatus> {
    // "A poll released on Friday": a document has no place in a procedure.
    let person = Class::ROLE.and(Class::PERSON_NOUN).and(Class::ORG_NOUN).and(Class::PRON);
    let thing = |phrase: Phrase| line.word(phrase.head).is(Class::DOC_NOUN) && !line.word(phrase.head).is(person);
    let mut found = of_holder(line, at, lo, hi).filter(|found| found.list || !found.holder.is_some_and(thing))?;
    if let Some(holder) = found.holder.filter(|holder| !found.list && holder.start < at) {
        found.people = listed_before(line, holder, lo);
    }
    Some(found)
}

/// The people of the list that the holder ends, their ages and roles between commas.
fn listed_before(line: &Line<'_>, holder: Phrase, lo: usize) -> Vec<Phrase> {
    let name = phrases::before(line, holder.head + 1, lo).filter(|name| line.word(name.head).capital);
    name.map_or_else(Vec::new, |name| enumeration::people(line, name, lo))
}

fn of_holder(line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<FoundStatus> {
    for hit in line.hits(at).iter().filter(|hit| hit.entry.is_a("status") && at + hit.len <= hi) {
        let entry = hit.entry;
        let end = at + hit.len;
        let participle = hit.has_tag("participle");
        if let Some(listed) = lists::read(line, at, end, lo, hi, entry, participle) {
            return Some(listed);
        }
        // "Non ci sono indagati": nobody.
        let counted = phrases::strip_right(line, at, lo);
        let nobody = |at: usize| line.hit(at, |entry| entry.is_a("gram.existential")).is_some();
        if entry.has_trait("phrase") && (counted.saturating_sub(3).max(lo)..at).any(nobody) {
            continue;
        }
        let group = phrases::group(line, at, lo);
        let joined = if participle && !group.be { shared_passive(line, group.start, lo) } else { None };
        let group = joined.unwrap_or(group);
        let passive = group.be || entry.has_trait("phrase") || (participle && !group.have && reduced(line, at, end, lo));
        if entry.has_trait("phrase") || (entry.has_trait("passive") && passive && participle) {
            let group = if entry.has_trait("phrase") { governing(line, at, lo) } else { group };
            let holder = holder_before(line, group.start, lo);
            let none = holder.is_some_and(|phrase| (phrase.start..phrase.end).any(|at| line.word(at).is(Class::NONE)))
                || line.before(group.start, lo).is(Class::NONE);
            let negated = group.negated || none;
            let start = if entry.has_trait("phrase") { at } else { group.start.min(at) };
            return Some(FoundStatus {
                status: entry.id.to_string(),
                start,
                end,
                holder,
                negated,
                rule: "status.passive",
                list: false,
                people: Vec::new(),
            });
        }
        if entry.has_trait("active") && !group.be && line.is_verb(at, lo) && !group.infinitive {
            let mut holder = phrases::after(line, end, hi)?;
            let needed = [("with", Class::WITH, 20), ("of", Class::OF, 6)].into_iter().find(|(name, ..)| entry.has_trait(name));
            if let Some((_, class, reach)) = needed {
                let reach = hi.min(holder.start + reach);
                let Some(needed) = (holder.start + 1..reach).find(|&at| line.word(at).is(class)) else { continue };
                if (end..needed).any(|at| line.word(at).is_mark(";:") || line.word(at).is(Class::THAT.and(Class::TO))) {
                    continue;
                }
                holder = Phrase { end: needed, ..holder };
            }
            return Some(FoundStatus {
                status: entry.id.to_string(),
                start: at,
                end,
                holder: Some(holder),
                negated: group.negated,
                rule: "status.active",
                list: false,
                people: Vec::new(),
            });
        }
        if entry.has_trait("subject") && !group.be && !group.infinitive && (line.is_verb(at, lo) || group.have) {
            let holder = Some(holder_before(line, group.start, lo)?);
            let start = group.start.min(at);
            return Some(FoundStatus {
                status: entry.id.to_string(),
                start,
                end,
                holder,
                negated: group.negated,
                rule: "status.subject",
                list: false,
                people: Vec::new(),
            });
        }
        if entry.has_trait("complement")
            && let Some(found) = complement(line, at, end, lo, entry)
        {
            return Some(found);
        }
        if entry.has_trait("noun") {
            let holder = phrases::after(line, end, hi).filter(|phrase| line.word(phrase.head).capital);
            return Some(FoundStatus {
                status: entry.id.to_string(),
                start: at,
                end,
                holder,
                negated: phrases::group(line, at, lo).negated,
                rule: "status.noun",
                list: false,
                people: Vec::new(),
            });
        }
    }
    None
}

/// "was questioned and released": the auxiliary of the participle before holds for this one.
fn shared_passive(line: &Line<'_>, start: usize, lo: usize) -> Option<phrases::Group> {
    if !line.before(start, lo).is(Class::AND.and(Class::BUT)) {
        return None;
    }
    let made = |at: &usize| line.word(*at).past || line.word(*at).hits.iter().any(|hit| hit.has_tag("participle"));
    let earlier = (lo..start - 1).rev().take(14).find(made)?;
    let group = phrases::group(line, earlier, lo);
    let apart = (earlier + 1..start).any(|at| line.is_verb(at, lo) && !line.word(at).past);
    (group.be && !group.negated && !apart).then_some(group)
}

/// "A jury found Ada Roe, 58, guilty of bribery": the verdict stands behind the one it is on.
fn complement(line: &Line<'_>, at: usize, end: usize, lo: usize, entry: &Entry) -> Option<FoundStatus> {
    let nearest = at.saturating_sub(COMPLEMENT_REACH).max(lo);
    let verb = (nearest..at).rev().find(|&index| line.hit(index, |entry| entry.is_a("verdict")).is_some())?;
    let hit = line.hit(verb, |entry| entry.is_a("verdict"))?;
    let group = phrases::group(line, verb, lo);
    let holder = if group.be {
        holder_before(line, group.start, lo)
    } else {
        phrases::after(line, verb + hit.len, at).or_else(|| phrases::after(line, end, line.words.len()))
    };
    Some(FoundStatus {
        status: entry.id.to_string(),
        start: at,
        end,
        holder: Some(holder?),
        negated: group.negated,
        rule: "status.complement",
        list: false,
        people: Vec::new(),
    })
}

/// How far before its complement the verb of a verdict may stand (words).
const COMPLEMENT_REACH: usize = 16;

/// "a man arrested in May": a participle behind its noun.
fn reduced(line: &Line<'_>, at: usize, end: usize, lo: usize) -> bool {
    let follows = line.word(end).is(Class::PREP.and(Class::BY).and(Class::TIME)) || !line.word(end).is_word();
    let named =
        at > lo + 1 && line.word(at - 1).is_mark(",") && line.word(at - 2).capital && phrases::nominal(line, at - 2, lo);
    follows && at > lo && (named || phrases::nominal(line, at - 1, lo))
}

/// The verb group that governs a phrase ("has been placed under house arrest", "is in custody", "had not been charged").
fn governing(line: &Line<'_>, at: usize, lo: usize) -> phrases::Group {
    let own = phrases::group(line, phrases::strip_right(line, at, lo), lo);
    if own.be || own.have || own.negated {
        return own;
    }
    let previous = at.saturating_sub(1);
    if at > lo && line.word(previous).hits.iter().any(|hit| hit.has_tag("participle")) {
        return phrases::group(line, previous, lo);
    }
    own
}

/// The one the status is of: the subject, past a relative pronoun, or the list before "under …".
fn holder_before(line: &Line<'_>, group: usize, lo: usize) -> Option<Phrase> {
    let Some(source) = super::attribution::subject::before(line, group, lo) else {
        // "Lena Fox, charged with murder, was released": the participle behind the name's comma.
        let comma = line.before(group, lo).is_mark(",");
        let named = phrases::before(line, group.checked_sub(1).filter(|_| comma)?, lo)?;
        return Some(named).filter(|phrase| line.word(phrase.head).capital);
    };
    if let Some(antecedent) = source.antecedent {
        return Some(antecedent);
    }
    Some(Phrase { start: source.start, end: source.end, head: source.head })
}

/// Further people in the holder's words: "Gallo and Pazzali", "four suspects, including Gallo".
pub(crate) fn others<'m>(line: &Line<'_>, holder: Phrase, mentions: &'m [Mention]) -> Vec<&'m Mention> {
    let comma = (holder.start..holder.end).find(|&at| line.word(at).is_mark(","));
    let included = comma.and_then(|at| line.hit(at + 1, |entry| entry.is_a("gram.including")).map(|hit| at + 1 + hit.len));
    let (from, to) = match (comma, included) {
        (_, Some(first)) => (first, holder.end),
        (Some(comma), None) if (comma..holder.end).any(|at| line.word(at).is(Class::AND)) => (comma, holder.end),
        (None, None) if (holder.start..holder.end).any(|at| line.word(at).is(Class::AND)) => (holder.start, holder.end),
        _ => return Vec::new(),
    };
    let span = line.span(from, to);
    // "The captain of the Star": a name that a preposition governs only tells where he serves.
    let governed = |mention: &Mention| {
        let first = line.index_at(mention.span.start);
        let edge = if line.before(first, from).is(Class::DET) { first - 1 } else { first };
        included.is_none() && line.before(edge, holder.start).is(Class::OF.and(Class::PREP))
    };
    let named = |mention: &&Mention| mention.kind == MentionKind::Name && mention.entity.is_some() && !governed(mention);
    let found: Vec<&Mention> = mentions.iter().filter(named).filter(|mention| span.contains(mention.span)).collect();
    // One name in an apposition may be anything ("mayor of Roccamare"); two that are joined are a list of people.
    if comma.is_some() && included.is_none() && found.len() < 2 { Vec::new() } else { found }
}
