//! Names and numbers of the question that the passage has, lacks or contradicts. Knows no order.

use super::pairing::Pairing;
use crate::index::{CAPITAL, DIGITS, FIRST, NUMBER, YEAR};

/// Share of the question's names that the sentence lacks.
pub fn names_lacking(pairing: &Pairing<'_>) -> f64 {
    lacking(pairing, is_name, |meeting| meeting.here.is_some())
}

/// Share of the question's names that the whole paragraph lacks.
pub fn names_lacking_everywhere(pairing: &Pairing<'_>) -> f64 {
    lacking(pairing, is_name, |meeting| meeting.paragraph)
}

/// Share of the question's numbers that the sentence lacks.
pub fn numbers_lacking(pairing: &Pairing<'_>) -> f64 {
    lacking(pairing, is_number, |meeting| meeting.here.is_some())
}

/// Share of the question's numbers that the whole paragraph lacks.
pub fn numbers_lacking_everywhere(pairing: &Pairing<'_>) -> f64 {
    lacking(pairing, is_number, |meeting| meeting.paragraph)
}

/// Whether the question names a year, and the sentence another year but not that one.
pub fn other_year(pairing: &Pairing<'_>) -> f64 {
    other(pairing, YEAR)
}

/// Whether the question has a number in digits, and the sentence others but not that one.
pub fn other_number(pairing: &Pairing<'_>) -> f64 {
    other(pairing, DIGITS)
}

/// Whether a number of the question is not here, but another before the same word ("three ships" for "two ships").
pub fn same_unit(pairing: &Pairing<'_>) -> f64 {
    let other = |meeting: &super::Meeting| {
        let unit = pairing.asking.asked.words.get(meeting.word + 1).and_then(|word| word.term);
        pairing.words.windows(2).any(|pair| matches!(pair, [number, own] if number.is(NUMBER) && Some(own.term) == unit))
    };
    let numbers = pairing.meetings.iter().filter(|meeting| is_number(pairing, meeting.word));
    f64::from(u8::from(numbers.filter(|meeting| meeting.here.is_none()).any(other)))
}

/// Whether the sentence lacks a name of the question but has a name that the question has not.
pub fn other_name(pairing: &Pairing<'_>) -> f64 {
    let new_name = |word: &crate::index::Word| word.is(CAPITAL) && !word.is(FIRST) && !word.is(NUMBER) && pairing.is_new(word);
    if pairing.words.iter().any(new_name) { names_lacking(pairing) } else { 0.0 }
}

/// Share of the question's names of several words that do not stand here as a whole.
pub fn names_split(pairing: &Pairing<'_>) -> f64 {
    let words = &pairing.asking.asked.words;
    let pairs = words.windows(2).filter_map(|pair| match pair {
        [one, two] if one.is_name && two.is_name => Some((one.term, two.term)),
        _ => None,
    });
    let (mut all, mut split) = (0.0, 0.0);
    for (one, two) in pairs {
        let whole = pairing.words.windows(2).any(|own| match own {
            [a, b] => one == Some(a.term) && two == Some(b.term),
            _ => false,
        });
        all += 1.0;
        split += f64::from(u8::from(!whole));
    }
    if all > 0.0 { split / all } else { 0.0 }
}

/// Share of the question's names that no passage of any source holds.
pub fn names_unknown(pairing: &Pairing<'_>) -> f64 {
    let known = |word: usize| pairing.asking.asked.words.get(word).is_some_and(|word| word.term.is_some());
    let names = pairing.meetings.iter().filter(|meeting| is_name(pairing, meeting.word)).collect::<Vec<_>>();
    let unknown = names.iter().filter(|meeting| !known(meeting.word)).count();
    if names.is_empty() { 0.0 } else { unknown as f64 / names.len() as f64 }
}

fn is_name(pairing: &Pairing<'_>, word: usize) -> bool {
    pairing.asking.asked.words.get(word).is_some_and(|word| word.is_name)
}

fn is_number(pairing: &Pairing<'_>, word: usize) -> bool {
    pairing.asking.asked.words.get(word).is_some_and(|word| word.flags & NUMBER != 0)
}

fn lacking(pairing: &Pairing<'_>, wanted: impl Fn(&Pairing<'_>, usize) -> bool, has: impl Fn(&super::Meeting) -> bool) -> f64 {
    let all = pairing.meetings.iter().filter(|meeting| wanted(pairing, meeting.word)).collect::<Vec<_>>();
    let lacks = all.iter().filter(|meeting| !has(meeting) && meeting.alike < 0.6).count();
    if all.is_empty() { 0.0 } else { lacks as f64 / all.len() as f64 }
}

fn other(pairing: &Pairing<'_>, flag: u16) -> f64 {
    let asked = pairing
        .meetings
        .iter()
        .filter(|meeting| pairing.asking.asked.words.get(meeting.word).is_some_and(|word| word.flags & flag != 0));
    let lacks = asked.clone().count() > 0 && asked.clone().all(|meeting| meeting.here.is_none());
    f64::from(u8::from(lacks && pairing.words.iter().any(|word| word.is(flag))))
}
