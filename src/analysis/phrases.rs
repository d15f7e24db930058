//! Noun phrases and verb groups around a word, found from classes and neighbours. Knows no entity and no statement.

use super::class::Class;
use super::line::Line;

/// A noun phrase as a range of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub start: usize,
    pub end: usize,
    /// Its head word.
    pub head: usize,
}

/// Classes that end a noun phrase on its left.
const WALL: Class = Class(
    Class::BE.0
        | Class::HAVE.0
        | Class::DO.0
        | Class::MODAL.0
        | Class::SUB.0
        | Class::WH.0
        | Class::BUT.0
        | Class::NEG.0
        | Class::TO.0
        | Class::QUESTION.0
        | Class::CLITIC.0,
);

/// Whether the word can be part of a noun phrase's core.
pub(crate) fn nominal(line: &Line<'_>, at: usize, lo: usize) -> bool {
    let word = line.word(at);
    word.is_word()
        && !word.is(WALL.and(Class::PREP).and(Class::OF).and(Class::CONJ).and(Class::THAT))
        && (word.capital || !line.is_verb(at, lo))
        && !is_adverb(line, at)
}

/// An adverb by class or ending, with a small letter.
pub(crate) fn is_adverb(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    (word.is(Class::ADV) && !word.is(Class::DET.and(Class::NOUN)) && !(word.capital && at > 0)) || word.manner
}

/// The noun phrase whose last word stands directly before `end`.
pub(crate) fn before(line: &Line<'_>, end: usize, lo: usize) -> Option<Phrase> {
    let mut end = strip_right(line, end, lo);
    if end > lo && line.word(end - 1).is_mark(")") {
        let open = (lo..end).rev().find(|&at| line.word(at).is_mark("("))?;
        end = open;
    }
    if end <= lo {
        return None;
    }
    if line.word(end - 1).is(Class::PRON) && !line.word(end - 1).is(Class::DET.and(Class::POSS)) {
        return Some(Phrase { start: end - 1, end, head: end - 1 });
    }
    if let Some(part) = part_of_many(line, end, lo) {
        return Some(part);
    }
    let mut start = end;
    while start > lo && end - start < 32 {
        let at = start - 1;
        let word = line.word(at);
        if !word.is_word() {
            let dotted = word.is_mark(".") && start < end && line.word(start).capital && title_dot(line, at, lo);
            let dash = word.is_mark("-–") && at > lo && line.word(at - 1).capital && line.word(start).capital && start < end;
            let inside = word.is_mark(".")
                && start < end
                && line.word(start).start == word.end
                && at > lo
                && line.word(at - 1).end == word.start;
            if dotted || dash || inside {
                start = at;
                continue;
            }
            if word.is_mark("'’") && word.is(Class::GENITIVE) && at > lo {
                start = at;
                continue;
            }
            break;
        }
        if word.is(Class::GENITIVE) && at > lo {
            start = at;
            continue;
        }
        let that = word.is(Class::THAT) && start < end && line.before(at, lo).is(Class::PREP.and(Class::OF));
        if that || word.is(Class::DET.and(Class::POSS)) && !(word.is(Class::PRON) && start == end) {
            start = at;
            let left = line.before(at, lo);
            if at > lo && links(line, at - 1, lo) {
                start = at - 2;
                continue;
            }
            if left.is(Class::DET) || (left.is(Class::PREP.and(Class::OF)) && continues_left(line, at - 1, lo)) {
                continue;
            }
            break;
        }
        if start < end && links(line, at, lo) {
            start = at - 1;
            continue;
        }
        if word.is(Class::PREP.and(Class::OF)) && !(word.capital && start < end && at > lo) {
            if start < end && continues_left(line, at, lo) {
                start = at;
                continue;
            }
            break;
        }
        if word.is(Class::AND) {
            let coordinated = start < end && at > lo && joins_names(line, at, start, end, lo);
            if coordinated {
                start = at;
                continue;
            }
            // "She and her colleagues".
            if at > lo && start < end && line.word(at - 1).is(Class::PRON) && line.word(start).is(Class::POSS) && at - 1 == lo {
                start = at - 1;
            }
            break;
        }
        let of = start < end && line.word(start).is(Class::OF);
        if of && word.is(Class::PRON) && continues_left(line, start, lo) {
            start = at;
            break;
        }
        if word.is(Class::PRON) || !nominal(line, at, lo) || (word.is(Class::TIME) && !word.capital) {
            break;
        }
        start = at;
    }
    while start < end
        && (line.word(start).is(Class::AND) || line.word(start).is_mark("-–.") || line.word(start).is(Class::GENITIVE))
    {
        start += 1;
    }
    // "Some fear that …": a determiner that stands for its noun.
    if start == end && line.word(end - 1).is(Class::PRON) && line.word(end - 1).is(Class::DET) {
        start = end - 1;
    }
    (start < end).then(|| Phrase { start, end, head: head_of(line, start, end, lo) })
}

/// "Two of them", "alcuni di loro": a number and a pronoun that ends the phrase.
fn part_of_many(line: &Line<'_>, end: usize, lo: usize) -> Option<Phrase> {
    let start = end.checked_sub(3).filter(|&start| start >= lo)?;
    let many = line.word(start);
    let counted = many.kind == crate::token::TokenKind::Number || many.is(Class::DET.and(Class::MANY).and(Class::PRON));
    let part = line.word(start + 1).is(Class::OF) && line.word(end - 1).is(Class::PRON);
    (counted && part).then_some(Phrase { start, end, head: start })
}

fn title_dot(line: &Line<'_>, at: usize, lo: usize) -> bool {
    let previous = line.before(at, lo);
    previous.end == line.word(at).start && (previous.is(Class::TITLE) || previous.folded.chars().count() == 1)
}

/// A preposition continues a phrase to the left where a noun stands before it.
fn continues_left(line: &Line<'_>, at: usize, lo: usize) -> bool {
    // "Critics of the plan", "Many of the men".
    let open = |at: usize| line.hit(at, |entry| entry.is_a("pron") && entry.has_trait("open")).is_some();
    if at > lo && line.word(at).is(Class::OF) && open(at - 1) {
        return true;
    }
    at > lo && nominal(line, at - 1, lo) && !line.word(at - 1).is(Class::PRON.and(Class::TIME).and(Class::DET))
}

/// "Gallo and Pazzali", "the school and the police": both sides alike.
fn joins_names(line: &Line<'_>, at: usize, start: usize, end: usize, lo: usize) -> bool {
    let left = line.word(at - 1);
    let right = line.word(start);
    let names = left.capital && (right.capital || right.is(Class::DET));
    let group = left.is(Class::NOUN) && right.is(Class::NOUN) && end - start <= 3;
    (names || group) && nominal(line, at - 1, lo)
}

/// Adverbs, dates and times of day at the right edge belong to the verb, not to the phrase.
pub(crate) fn strip_right(line: &Line<'_>, end: usize, lo: usize) -> usize {
    let mut end = end;
    while end > lo {
        let word = line.word(end - 1);
        if word.is(Class::NEG) {
            break;
        }
        let dated = line.hit(end - 1, |entry| entry.is_a("date")).is_some() && end >= lo + 2;
        if dated && is_adverb(line, end - 1) && line.word(end - 2).is(Class::PREP) {
            end -= 2;
        } else if is_adverb(line, end - 1)
            || (word.is(Class::CLITIC) && !word.is(Class::DET))
            || word.is(Class::SELF)
            || (word.is(Class::NONE) && end < line.words.len() && is_adverb(line, end))
        {
            end -= 1;
        } else if word.is(Class::TIME) && end - 1 > lo {
            let mut at = end - 1;
            while at > lo
                && (line.word(at - 1).is(Class::DET.and(Class::TIME))
                    || line.word(at - 1).kind == crate::token::TokenKind::Number)
            {
                at -= 1;
            }
            if at > lo && line.word(at - 1).is(Class::PREP) { end = at - 1 } else { end = at }
        } else {
            break;
        }
    }
    end
}

/// The last word before the first preposition.
fn head_of(line: &Line<'_>, start: usize, end: usize, lo: usize) -> usize {
    let linked = (start + 1..end).find(|&at| links(line, at + 1, start));
    let end = linked.unwrap_or(end);
    let stop = (start + 1..end)
        .find(|&at| line.word(at).is(Class::PREP.and(Class::OF)) && !line.word(at).capital || line.word(at).is_mark(",("))
        .unwrap_or(end);
    let mut head = stop.saturating_sub(1);
    while head > start && (!line.word(head).is_word() || is_adverb(line, head)) {
        head -= 1;
    }
    let _ = lo;
    named_institution(line, start, stop, end).unwrap_or(head)
}

/// "A Department for Transport spokesperson": the institution's name stands before the head.
fn named_institution(line: &Line<'_>, start: usize, stop: usize, end: usize) -> Option<usize> {
    let last = end.checked_sub(1).filter(|&last| stop > start && last > stop + 1)?;
    let person = line.word(last).is(Class::ROLE.and(Class::PERSON_NOUN)) && !line.word(last).capital;
    let name = (start + 1..last).all(|at| line.word(at).capital || line.word(at).is(Class::JOINER));
    (person && name && line.word(stop - 1).capital && line.word(last - 1).capital).then_some(last)
}

/// Whether the word belongs to an adjective that describes the noun before it: "a person close to the mayor".
fn links(line: &Line<'_>, at: usize, lo: usize) -> bool {
    at > lo + 1
        && line.word(at - 1).is(Class::LINK)
        && line.hit(at - 1, |entry| entry.is_a("gram.linking")).is_some()
        && (nominal(line, at - 2, lo) || line.word(at - 2).is(Class::PRON))
}

/// The noun phrase that begins at `at`.
pub(crate) fn after(line: &Line<'_>, at: usize, hi: usize) -> Option<Phrase> {
    let first = line.word(at);
    if at >= hi || !first.is_word() {
        return None;
    }
    if first.is(Class::PRON) && !first.is(Class::DET.and(Class::POSS)) {
        return Some(Phrase { start: at, end: at + 1, head: at });
    }
    let mut end = at;
    while end < hi && end - at < 40 {
        let word = line.word(end);
        if !word.is_word() {
            let dotted =
                word.is_mark(".") && end > at && title_dot(line, end, at) && line.word(end + 1).capital && end + 1 < hi;
            let dash = word.is_mark("-") && end > at && line.word(end + 1).capital && line.word(end - 1).capital;
            let inside = word.is_mark(".")
                && end > at
                && line.word(end - 1).end == word.start
                && line.word(end + 1).start == word.end
                && end + 1 < hi;
            if dotted || dash || inside || (word.is(Class::GENITIVE) && end > at) {
                end += 1;
                continue;
            }
            break;
        }
        if word.is(Class::DET.and(Class::POSS)) {
            let opens = end == at || line.word(end - 1).is(Class::PREP.and(Class::OF).and(Class::AND).and(Class::DET));
            if !opens || (word.is(Class::PRON) && end > at && !word.is(Class::DET.and(Class::POSS))) {
                break;
            }
            end += 1;
            continue;
        }
        if word.is(Class::PREP.and(Class::OF)) {
            let next = line.word(end + 1);
            let amount = next.kind == crate::token::TokenKind::Number
                && line.word(end - usize::from(end > at)).capital
                && !word.is(Class::OF);
            let goes_on = !amount
                && end > at
                && end + 1 < hi
                && !next.is(Class::TIME)
                && (next.is(Class::DET.and(Class::POSS)) || nominal(line, end + 1, 0));
            if !goes_on {
                break;
            }
            end += 1;
            continue;
        }
        if word.is(Class::AND) {
            let next = line.word(end + 1);
            let both =
                end > at && end + 1 < hi && line.word(end - 1).capital && next.capital && !line.word(end + 2).is(Class::CUE);
            if both {
                end += 1;
                continue;
            }
            break;
        }
        let own = end > at && line.word(end - 1).is(Class::POSS);
        if word.is(Class::PRON) || !nominal(line, end, 0) || (word.is(Class::TIME) && end > at && !own) {
            break;
        }
        end += 1;
    }
    let mut stop = end;
    while stop > at && line.word(stop - 1).is(Class::DET.and(Class::PREP).and(Class::OF)) {
        stop -= 1;
    }
    if stop == at && first.is(Class::PRON) {
        stop = at + 1;
    }
    (stop > at).then(|| Phrase { start: at, end: stop, head: head_of(line, at, stop, at) })
}

/// The verb group around the verb at `at`: auxiliaries, adverbs and negations to its left.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Group {
    pub start: usize,
    pub be: bool,
    pub have: bool,
    pub modal: bool,
    pub negated: bool,
    /// Behind "to".
    pub infinitive: bool,
}

/// Reads the verb group to the left of the verb at `at`.
pub(crate) fn group(line: &Line<'_>, at: usize, lo: usize) -> Group {
    let mut group = Group { start: at, ..Group::default() };
    let mut left = at;
    while left > lo {
        let word = line.word(left - 1);
        let auxiliary = word.is(Class::BE.and(Class::HAVE).and(Class::DO).and(Class::MODAL));
        if auxiliary {
            group.be |= word.is(Class::BE);
            group.have |= word.is(Class::HAVE);
            group.modal |= word.is(Class::MODAL);
            group.negated |= word.is(Class::NEG);
            left -= 1;
            group.start = left;
        } else if word.is(Class::NEG) {
            group.negated = true;
            left -= 1;
            group.start = left;
        } else if word.is(Class::TO) && word.is(Class::PREP) == word.is(Class::TO) && left == at {
            group.infinitive = true;
            left -= 1;
            group.start = left;
            break;
        } else if word.is(Class::TO) && left == at {
            group.infinitive = true;
            group.start = left - 1;
            break;
        } else if word.is(Class::CLITIC) {
            left -= 1;
            group.start = left;
        } else if is_adverb(line, left - 1) && !word.is(Class::NOUN) {
            left -= 1;
        } else {
            break;
        }
    }
    group
}
