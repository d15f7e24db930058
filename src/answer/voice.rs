//! Who does what to whom: whether a passage gives the one whom a question names the other part in the deed that is asked for ("who
//! dismissed Roe?", "Roe dismissed the clerk"). Knows no intent; reads the order of words, of each language as its own rules say.

use std::ops::Range;

use super::actor::Sentence;
use super::matching;
use super::scene::{Passage, Scene};
use crate::analysis::{EntityId, EntityKind};
use crate::question::SlotValue;
use crate::token;

/// Whether somebody does it, or it is done to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Agent,
    Patient,
    /// Somebody else does it.
    Neither,
}

/// What a question says of somebody: "who did Roe dismiss?" has Roe as the agent.
struct Asked {
    verb: usize,
    /// The last word of whom it names.
    head: usize,
    part: Part,
}

/// Words between a verb and the name that it is done to: "dismissed the long-serving clerk Roe".
const REACH: usize = 5;
/// Words that stand for a verb's own words, and for nobody.
const SMALL: [&str; 6] = ["gram.be", "gram.have", "gram.do", "gram.modal", "gram.prep", "gram.conj"];
/// Verbs whose subject may follow them ("said Roe"), and those that two do to each other ("Roe married Lind").
const EITHER_WAY: [&str; 9] = ["say", "admit", "deny", "warn", "promise", "boast", "ask", "speech", "gram.mutual"];

/// Whether the passage tells of the named one only the other part in the deed.
pub(crate) fn is_turned(scene: &Scene<'_>, passage: Passage) -> bool {
    let Some(sentence) = Sentence::across(scene, passage) else { return false };
    let question = sentence.question();
    let Some(asked) = asked(&question) else { return false };
    let (Some(verb), Some(head)) = (question.word(asked.verb), question.word(asked.head)) else { return false };
    let verb = matching::terms(question.slice(asked.verb..asked.verb + 1), question.rules)
        .into_iter()
        .find(|term| term.word() == verb);
    let Some(verb) = verb.filter(|_| !question.is(asked.verb, &EITHER_WAY)) else { return false };
    let is_other = |place: usize| asked.part == Part::Agent && is_somebody_else(scene, passage, &sentence, place, head);
    let mut parts = (0..sentence.len())
        .filter(|&at| sentence.stands(at, &verb))
        .flat_map(|at| parts(&sentence, at, head, &is_other))
        .peekable();
    parts.peek().is_some() && parts.all(|part| part != asked.part)
}

/// Whether subjects stand before their verbs: what "do" is for in questions tells it.
fn has_fixed_order(line: &Sentence<'_>) -> bool {
    line.rules.lexicon.entries().iter().any(|entry| entry.id == "gram.do")
}

/// Whom the question names beside its verb, and with which part.
fn asked(question: &Sentence<'_>) -> Option<Asked> {
    let fixed = has_fixed_order(question);
    let who = |at: usize| question.is(at, &["gram.who", "asks.person"]);
    let by = |at: usize| question.is(at, &["gram.by"]);
    let at = |verb: usize, name: Range<usize>, part: Part| Some(Asked { verb, head: name.end.checked_sub(1)?, part });
    let skip = |mut at: usize, classes: &[&str]| {
        while question.is(at, classes) || question.is_adverb(at) {
            at += 1;
        }
        at
    };
    // "who dismissed Roe?"
    if fixed && who(0) {
        let verb = skip(1, &["gram.have", "gram.adv"]);
        if question.is_plain(verb, &SMALL) {
            return at(verb, name(question, verb + 1)?, Part::Patient);
        }
    }
    let wh = (0..question.len()).find(|&at| who(at) || question.is(at, &["asks", "gram.wh"]))?;
    let places = wh + 1..question.len();
    // "who did Roe dismiss?"
    if let Some(aid) = places.clone().find(|&at| question.is(at, &["gram.do"])) {
        let name = subject(question, aid + 1)?;
        return if question.is_plain(name.end, &SMALL) { at(name.end, name, Part::Agent) } else { None };
    }
    let be = places.clone().find(|&at| question.is(at, &["gram.be"]))?;
    let verb = skip(be, &["gram.be", "gram.adv"]);
    // "who was dismissed by Roe?"
    if by(verb + 1) && question.is_plain(verb, &SMALL) {
        return at(verb, name(question, verb + 2)?, Part::Agent);
    }
    // "by whom was Roe dismissed?", "da chi è stata licenziata Roe?", "who was Roe dismissed by?"
    let named = name(question, verb).filter(|name| question.is_capitalised(name.start));
    if let Some(name) = named.filter(|name| by(0) || by(name.end + 1)) {
        return if question.is_plain(name.end, &SMALL) { at(name.end, name, Part::Patient) } else { None };
    }
    if by(0) && question.is_plain(verb, &SMALL) { at(verb, name(question, verb + 1)?, Part::Patient) } else { None }
}

/// A name, or the words up to a mark, a preposition or the end, that begin at `start`, behind an article.
fn name(line: &Sentence<'_>, start: usize) -> Option<Range<usize>> {
    let start = (start..line.len()).find(|&at| !line.is(at, &["gram.det", "gram.poss"]))?;
    let belongs = |&at: &usize| line.is_capitalised(at) || line.is_plain(at, &SMALL) || line.is(at, &["gram.genitive"]);
    let end = (start..line.len().min(start + REACH)).take_while(belongs).last()? + 1;
    let capitals = (start..end).find(|&at| line.is_capitalised(at));
    let run = capitals.map(|first| (first..end).take_while(|&at| line.is_capitalised(at)).last().unwrap_or(first) + 1);
    // "Roe's clerk" is the clerk.
    Some(start..run.filter(|&end| !line.is(end, &["gram.genitive"])).unwrap_or(end))
}

/// The subject between "did" and its verb: a name, or all words before the last.
fn subject(question: &Sentence<'_>, start: usize) -> Option<Range<usize>> {
    let name = name(question, start)?;
    if question.is_capitalised(name.end - 1) {
        return Some(name);
    }
    let last = name.end - 1;
    let ends = (name.end..question.len()).all(|at| question.is_mark(at));
    (ends && last > name.start).then_some(name.start..last)
}

/// The parts that the one whose name ends in `head` has in the deed of the verb at `at`.
fn parts(sentence: &Sentence<'_>, at: usize, head: &str, is_other: &dyn Fn(usize) -> bool) -> Vec<Part> {
    let begin = sentence.verb_begins(at);
    let has_be = (begin..at).any(|place| sentence.is(place, &["gram.be"]));
    let goes_on = sentence.has_ending(at, "gram.progressive_ending");
    let passive = has_be && !goes_on;
    let is_head = |place: usize| sentence.word(place) == Some(head) && !sentence.is(place + 1, &["gram.genitive"]);
    let mut parts = Vec::new();
    // "Roe, who had dismissed the clerk"
    let mut before = begin.checked_sub(1);
    if let Some(who) = before.filter(|&place| sentence.is(place, &["gram.who"])) {
        before = who.checked_sub(1).and_then(|place| if sentence.is_mark(place) { place.checked_sub(1) } else { Some(place) });
    }
    if let Some(last) = before {
        if subjects(sentence, last).any(is_head) && is_subject(sentence, last) {
            parts.push(if passive { Part::Patient } else { Part::Agent });
        } else if !passive && is_other(last) {
            parts.push(Part::Neither);
        }
    }
    if let Some(by) = (at + 1..=at + 2).find(|&place| sentence.is(place, &["gram.by"])) {
        if name(sentence, by + 1).is_some_and(|name| is_head(name.end - 1)) {
            parts.push(Part::Agent);
        }
    } else if !passive && has_fixed_order(sentence) && name(sentence, at + 1).is_some_and(|name| is_head(name.end - 1)) {
        parts.push(Part::Patient);
    }
    parts
}

/// The last words of the names joined by "and" and commas up to the one that ends at `last`, and those before a byname ("Roe the Elder").
fn subjects(sentence: &Sentence<'_>, last: usize) -> impl Iterator<Item = usize> {
    let joins = |at: usize| sentence.is_mark(at) || sentence.is(at, &["gram.and"]) || sentence.is(at, &["gram.def"]);
    let start = (0..last).rev().take_while(|&at| sentence.is_capitalised(at) || joins(at)).last().unwrap_or(last);
    (start..=last).filter(move |&at| at == last || (sentence.is_capitalised(at) && joins(at + 1)))
}

/// Whether the word at `place` names somebody whom the question does not mean by a name that ends in `head`.
fn is_somebody_else(scene: &Scene<'_>, passage: Passage, sentence: &Sentence<'_>, place: usize, head: &str) -> bool {
    // "it", "the army": who that is may be told wrongly.
    if !sentence.is_capitalised(place) {
        return false;
    }
    let named = scene.question.slots.values().chain(&scene.question.named).filter_map(|value| match value {
        SlotValue::Entity(name) => Some(name.as_str()),
        _ => None,
    });
    let Some(name) = named.into_iter().find(|name| token::fold(name).split(' ').next_back() == Some(head)) else {
        return false;
    };
    let (Some(analysis), Some(start)) = (scene.analysis(passage.edition), sentence.start(place)) else { return false };
    let Some(whole) = scene.sentence(passage) else { return false };
    let entities = scene.entities(passage.edition, name);
    let at = whole.span.range().start + start;
    let mut mentions = analysis.mentions.iter().filter(|mention| mention.span.range().contains(&at)).peekable();
    let folded = token::fold(name);
    let shares = |other: &str| token::fold(other).split(' ').any(|word| folded.split(' ').any(|own| own == word));
    let other = |id: EntityId| {
        let entity = analysis.entity(id).filter(|entity| entity.kind != EntityKind::Place && !shares(&entity.name));
        !entities.contains(&id) && entity.is_some()
    };
    !entities.is_empty() && mentions.peek().is_some() && mentions.all(|mention| mention.entity.is_some_and(other))
}

/// Whether the name that ends at `last` belongs to no other noun: "the lawyer of Roe dismissed the clerk".
fn is_subject(sentence: &Sentence<'_>, last: usize) -> bool {
    let start = (0..last).rev().take_while(|&at| sentence.is_capitalised(at) || sentence.is(at, &["gram.det", "role"])).last();
    start.unwrap_or(last).checked_sub(1).is_none_or(|before| !sentence.is(before, &["gram.prep"]))
}
