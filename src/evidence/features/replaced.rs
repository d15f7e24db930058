//! Another word of the passage in the place of one of the question: the same is told of something else. Knows no kind of answer.

use super::pairing::{Meeting, Pairing};
use crate::index::{AskedWord, BREAK, CAPITAL, FIRST, STOP, Term};

/// Weight of the names that are not there, while each time the word behind them is, another word stands before it
/// ("Roe Bridge" for "Lake Bridge").
pub fn before(pairing: &Pairing<'_>) -> f64 {
    let replaced = |meeting: &&Meeting| {
        let next = asked(pairing, meeting.word + 1).filter(|next| next.flags & (STOP | BREAK) == 0).and_then(|next| next.term);
        let Some(next) = next.filter(|_| asked(pairing, meeting.word).is_some_and(|word| word.is_name)) else { return false };
        let mut places = places(pairing, next).peekable();
        places.peek().is_some()
            && places.all(|at| joined(pairing, at) && at.checked_sub(1).is_some_and(|at| is_other(pairing, at)))
    };
    lacking(pairing).filter(replaced).map(|meeting| meeting.weight).sum::<f64>() / pairing.total
}

/// Weight of the words that are not there, while another stands between the same two neighbours.
pub fn between(pairing: &Pairing<'_>) -> f64 {
    let replaced = |meeting: &&Meeting| {
        let neighbour = |at: Option<usize>| at.and_then(|at| asked(pairing, at)).and_then(|word| word.term);
        let around = neighbour(meeting.word.checked_sub(1)).zip(neighbour(Some(meeting.word + 1)));
        around.is_some_and(|(one, two)| {
            let in_place =
                |at: usize| pairing.words.get(at + 2).is_some_and(|word| word.term == two) && is_other(pairing, at + 1);
            places(pairing, one).any(in_place)
        })
    };
    lacking(pairing).filter(replaced).map(|meeting| meeting.weight).sum::<f64>() / pairing.total
}

/// Weight of the words that are not there and stand, in the best alignment of question and passage, over another word.
///
/// Local alignment with a cost for gaps (Smith and Waterman 1981); a word met gives its share of the question's weight.
pub fn aligned(pairing: &Pairing<'_>) -> f64 {
    let others = (0..pairing.words.len()).map(|at| is_other(pairing, at)).collect::<Vec<_>>();
    let mut best = Cell::default();
    let mut above = vec![Cell::default(); pairing.words.len() + 1];
    for (number, word) in pairing.asking.asked.words.iter().enumerate() {
        let meeting = pairing.meetings.iter().find(|meeting| meeting.word == number);
        let weight = meeting.map_or(OF_STOP_WORD, |meeting| meeting.weight / pairing.total);
        let is_lacking = meeting.is_some_and(|meeting| !meeting.is_met());
        let concept = meeting.and_then(|meeting| meeting.concept);
        let (mut diagonal, mut left) = (Cell::default(), Cell::default());
        for (at, (own, &is_other)) in pairing.words.iter().zip(&others).enumerate() {
            let Some(cell) = above.get_mut(at + 1) else { break };
            let over = if word.term == Some(own.term) {
                diagonal.and(weight, 0.0)
            } else if concept == Some(at) {
                diagonal.and(weight / 2.0, 0.0)
            } else if meeting.is_some() && is_other {
                diagonal.and(-OF_MISMATCH * weight, if is_lacking { weight } else { 0.0 })
            } else {
                diagonal.and(-OF_MISMATCH * weight - OF_STOP_WORD, 0.0)
            };
            let new = over.or(cell.and(-OF_MISMATCH * weight, 0.0)).or(left.and(-OF_GAP, 0.0)).or(Cell::default());
            (diagonal, left) = (*cell, new);
            *cell = new;
            best = best.or(new);
        }
    }
    best.replaced
}

/// What a stop word counts in an alignment, beside the question's weight.
const OF_STOP_WORD: f64 = 0.02;
/// What a word of the question costs that is not met, beside its weight.
const OF_MISMATCH: f64 = 0.5;
/// What a word of the passage costs that the question has not.
const OF_GAP: f64 = 0.012;

/// The best alignment up to a place.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    score: f64,
    replaced: f64,
}

impl Cell {
    fn and(self, score: f64, replaced: f64) -> Self {
        Self { score: self.score + score, replaced: self.replaced + replaced }
    }

    /// The one with the greater score, itself where they are equal.
    fn or(self, other: Self) -> Self {
        if other.score > self.score { other } else { self }
    }
}

/// Number of names that stand here only inside a longer name than the question's (up to 2): "Roe" in "Roe Street".
pub fn inside_longer(pairing: &Pairing<'_>) -> f64 {
    let is_part = |at: usize| {
        pairing.words.get(at).is_some_and(|word| word.is(CAPITAL) && !word.is(FIRST | STOP)) && is_other(pairing, at)
    };
    let inside = |at: usize| {
        let before = joined(pairing, at) && at.checked_sub(1).is_some_and(is_part);
        before || (joined(pairing, at + 1) && is_part(at + 1))
    };
    let named = pairing.meetings.iter().filter_map(|meeting| asked(pairing, meeting.word).filter(|word| word.is_name)?.term);
    let longer = named.filter(|&term| {
        let mut places = places(pairing, term).peekable();
        places.peek().is_some() && places.all(inside)
    });
    longer.count().min(2) as f64
}

/// Content words of the question that are not here in any way.
fn lacking<'p>(pairing: &'p Pairing<'_>) -> impl Iterator<Item = &'p Meeting> {
    pairing.meetings.iter().filter(|meeting| !meeting.is_met())
}

fn asked<'p>(pairing: &'p Pairing<'_>, at: usize) -> Option<&'p AskedWord> {
    pairing.asking.asked.words.get(at)
}

/// Whether the word at the place carries content that the question has not.
fn is_other(pairing: &Pairing<'_>, at: usize) -> bool {
    pairing.words.get(at).is_some_and(|word| !word.is(STOP) && pairing.is_new(word))
}

/// Whether no mark stands between the word at the place and the one before.
fn joined(pairing: &Pairing<'_>, at: usize) -> bool {
    pairing.words.get(at).is_some_and(|word| !word.is(BREAK))
}

fn places(pairing: &Pairing<'_>, term: Term) -> impl Iterator<Item = usize> {
    pairing.words.iter().enumerate().filter(move |(_, word)| word.term == term).map(|(at, _)| at)
}
