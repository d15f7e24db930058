//! People listed one after another, each perhaps with an age or a role between commas: "A Roe, 54, and B Doe, a broker,". Knows no verb.

use super::class::Class;
use super::line::Line;
use super::phrases::{self, Phrase};
use crate::token::TokenKind;

/// How many words an age or a role between two commas may have.
const LONGEST_APPOSITION: usize = 14;

/// The people named in the list that ends with the phrase `last`, in text order, `last` among them; none where it is no list.
pub(crate) fn people(line: &Line<'_>, last: Phrase, lo: usize) -> Vec<Phrase> {
    let and = (last.start..last.end).find(|&at| line.word(at).is(Class::AND));
    let mut people = match and.and_then(|and| name(line, and, last.start).zip(name(line, last.end, and + 1))) {
        Some((one, other)) => vec![other, one],
        None => vec![last],
    };
    let mut joined = people.len() > 1;
    let mut first = kinship(line, last, lo).unwrap_or(last.start);
    while let Some((person, and)) = person_before(line, first, lo).filter(|&(_, and)| and || joined) {
        joined |= and;
        first = person.start;
        people.push(person);
    }
    people.reverse();
    // "In Rome, A Roe and B Doe": a place or a day before the first comma is none of them.
    let governed = |person: &Phrase| line.before(person.start, lo).is(Class::PREP.and(Class::OF).and(Class::TO));
    while people.len() > 1 && people.first().is_some_and(governed) {
        people.remove(0);
    }
    if people.len() > 1 { people } else { Vec::new() }
}

/// Where the words begin that tell who the person behind their comma is: "and her brother, Carl Roe".
fn kinship(line: &Line<'_>, person: Phrase, lo: usize) -> Option<usize> {
    let comma = person.start.checked_sub(1).filter(|&at| at > lo && line.word(at).is_mark(","))?;
    let phrase = phrases::before(line, comma, lo)?;
    let known = line.word(phrase.head).is(Class::ROLE.and(Class::PERSON_NOUN)) && !line.word(phrase.head).capital;
    (known && line.before(phrase.start, lo).is(Class::AND)).then_some(phrase.start)
}

/// The person named before the comma or the "and" that ends at `at`, and whether it was an "and".
fn person_before(line: &Line<'_>, at: usize, lo: usize) -> Option<(Phrase, bool)> {
    let and = line.before(at, lo).is(Class::AND);
    let mut end = at - usize::from(and);
    let comma = line.before(end, lo).is_mark(",") && line.word(end - 1).quote.is_none();
    end -= usize::from(comma);
    if !(and || comma) {
        return None;
    }
    let direct = name(line, end, lo).map(|name| (name, and));
    if direct.is_some() || !comma {
        return direct;
    }
    // An age, a home or a role between the name's comma and this one.
    for _ in 0..3 {
        let open = (lo.max(end.saturating_sub(LONGEST_APPOSITION))..end).rev().find(|&at| line.word(at).is_mark(","))?;
        if !describes(line, open + 1, end) {
            return None;
        }
        if let Some(name) = name(line, open, lo) {
            return Some((name, and));
        }
        end = open;
    }
    None
}

/// The name that ends at `end`.
fn name(line: &Line<'_>, end: usize, lo: usize) -> Option<Phrase> {
    let phrase = phrases::before(line, end, lo)?;
    let head = line.word(phrase.head);
    let named = head.capital && !head.is(Class::TIME.and(Class::PLACE).and(Class::PRON)) && head.kind == TokenKind::Word;
    (named && !line.word(phrase.start).is(Class::PREP)).then_some(phrase)
}

/// Whether the words between two commas tell an age or a role.
fn describes(line: &Line<'_>, start: usize, end: usize) -> bool {
    let first = line.word(start);
    let role = Class::DET.and(Class::POSS).and(Class::ROLE).and(Class::PERSON_NOUN).and(Class::FORMER);
    let opens = first.kind == TokenKind::Number || first.is(role) || (first.is_word() && !first.capital);
    let verbal = Class::BE.and(Class::HAVE).and(Class::MODAL).and(Class::SUB).and(Class::AND).and(Class::BUT);
    opens && !(start..end).any(|at| line.word(at).quote.is_some() || line.word(at).is(verbal) && !line.word(at).is(Class::DET))
}
