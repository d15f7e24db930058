//! Whether the passage holds the kind of thing that the question asks for. Knows no order beyond nearness.

use super::pairing::Pairing;
use crate::index::{BREAK, CAPITAL, DATE, FIRST, MONEY, NUMBER, PERCENT, STOP, Word, YEAR};
use crate::question::AnswerKind;

/// Asked for a person or organisation: a name that the question has not.
pub fn name_for_who(pairing: &Pairing<'_>) -> f64 {
    presence(pairing, &[AnswerKind::Person, AnswerKind::Organisation])
}

/// Asked for a date: a year or date that the question has not.
pub fn date_for_when(pairing: &Pairing<'_>) -> f64 {
    presence(pairing, &[AnswerKind::Date])
}

/// Asked for a number: one that the question has not.
pub fn number_for_how_many(pairing: &Pairing<'_>) -> f64 {
    presence(pairing, &[AnswerKind::Number])
}

/// Asked for money: an amount.
pub fn amount_for_money(pairing: &Pairing<'_>) -> f64 {
    presence(pairing, &[AnswerKind::Money])
}

/// Asked for a place: a name behind a word of place.
pub fn place_for_where(pairing: &Pairing<'_>) -> f64 {
    presence(pairing, &[AnswerKind::Place])
}

/// Asked for a reason: a word that opens one.
pub fn reason_for_why(pairing: &Pairing<'_>) -> f64 {
    presence(pairing, &[AnswerKind::Reason])
}

/// How near the thing asked for stands to a word of the question: 1 beside it, falling to 0; 0 where neither is there.
pub fn near(pairing: &Pairing<'_>) -> f64 {
    let places = pairing.places();
    let distance = |at: usize| places.iter().map(|&place| place.abs_diff(at)).min();
    let nearest = answers(pairing, pairing.asking.kind).into_iter().filter_map(distance).min();
    nearest.map_or(0.0, |distance| 1.0 / (1.0 + distance as f64 / 3.0))
}

/// The noun asked for ("which year", "what company") is in the sentence, in any way.
pub fn noun_here(pairing: &Pairing<'_>) -> f64 {
    let noun = asked_noun(pairing).and_then(|noun| pairing.meetings.iter().find(|meeting| meeting.word == noun));
    noun.map_or(0.0, |meeting| if meeting.is_met() { 1.0 } else { -1.0 })
}

/// Number of words of the sentence that the question has not (up to 30, in tens): an answer must bring something new.
pub fn new_words(pairing: &Pairing<'_>) -> f64 {
    let new = pairing.words.iter().filter(|word| !word.is(STOP) && pairing.is_new(word)).count();
    new.min(30) as f64 / 10.0
}

/// Names in the sentence that the question has not, where anything at all is asked for (up to 5).
pub fn new_names(pairing: &Pairing<'_>) -> f64 {
    pairing.words.iter().filter(|word| is_new_name(pairing, word)).count().min(5) as f64 / 5.0
}

/// Whether a kind that can be seen is asked for and nothing of it is in the sentence.
pub fn lacking(pairing: &Pairing<'_>) -> f64 {
    let kind = pairing.asking.kind;
    let seen = matches!(
        kind,
        AnswerKind::Person | AnswerKind::Organisation | AnswerKind::Date | AnswerKind::Number | AnswerKind::Money
    );
    f64::from(u8::from(seen && answers(pairing, kind).is_empty()))
}

/// Whether a year is asked for and none is there that the question has not.
pub fn year_lacking(pairing: &Pairing<'_>) -> f64 {
    let new_year = |word: &Word| word.is(YEAR) && pairing.is_new(word);
    f64::from(u8::from(pairing.asking.has_class("asks.date.year") && !pairing.words.iter().any(new_year)))
}

/// Whether a number is asked for and those that are there are years.
pub fn only_year(pairing: &Pairing<'_>) -> f64 {
    let numbers = answers(pairing, AnswerKind::Number);
    let is_year = |&at: &usize| pairing.words.get(at).is_some_and(|word| word.is(YEAR));
    f64::from(u8::from(pairing.asking.kind == AnswerKind::Number && !numbers.is_empty() && numbers.iter().all(is_year)))
}

/// Whether the thing asked for is there (1), is not (-1), or nothing of `kinds` is asked for (0).
fn presence(pairing: &Pairing<'_>, kinds: &[AnswerKind]) -> f64 {
    let kind = pairing.asking.kind;
    match kinds.contains(&kind) {
        false => 0.0,
        true if answers(pairing, kind).is_empty() => -1.0,
        true => 1.0,
    }
}

/// Places of what may be the thing asked for.
fn answers(pairing: &Pairing<'_>, kind: AnswerKind) -> Vec<usize> {
    let words = |wanted: &dyn Fn(&Word) -> bool| {
        pairing.words.iter().enumerate().filter(|(_, word)| wanted(word)).map(|(at, _)| at).collect::<Vec<_>>()
    };
    match kind {
        AnswerKind::Person | AnswerKind::Organisation => words(&|word| is_new_name(pairing, word)),
        AnswerKind::Date => {
            let mut places = words(&|word| word.is(YEAR | DATE) && pairing.is_new(word));
            places.extend(pairing.places_of("cue.time"));
            places
        }
        AnswerKind::Number => words(&|word| word.is(NUMBER) && pairing.is_new(word)),
        AnswerKind::Money => {
            let mut places = words(&|word| word.is(MONEY) && pairing.is_new(word));
            places.extend(pairing.places_of("unit.currency"));
            places
        }
        AnswerKind::Place => {
            let behind =
                |at: usize| pairing.words.iter().enumerate().skip(at + 1).take(3).any(|(_, word)| is_new_name(pairing, word));
            pairing.places_of("cue.place").filter(|&at| behind(at)).collect()
        }
        AnswerKind::Reason => pairing.places_of("cue.reason").collect(),
        _ => Vec::new(),
    }
}

fn is_new_name(pairing: &Pairing<'_>, word: &Word) -> bool {
    let capital = word.is(CAPITAL) && !word.is(STOP | NUMBER | DATE);
    let sure = !word.is(FIRST) || pairing.index.vocabulary().is_mostly_capital(word.term);
    capital && sure && pairing.is_new(word)
}

/// Index of the first content word behind the word that asks ("which", "what"), where it follows at once.
fn asked_noun(pairing: &Pairing<'_>) -> Option<usize> {
    let asked = &pairing.asking.asked;
    let (_, at, len) = asked.concepts.iter().find(|(id, ..)| super::is_under(id, "asks.thing"))?;
    let next = usize::from(*at) + usize::from(*len);
    let word = asked.words.get(next)?;
    (word.flags & (STOP | BREAK | PERCENT) == 0).then_some(next)
}
