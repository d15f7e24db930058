//! Lists of people behind their status: "Among those charged are A and B", "In carcere è finito A". Knows traits, no single word.

use super::FoundStatus;
use crate::analysis::class::Class;
use crate::analysis::line::Line;
use crate::analysis::phrases::{self, Phrase};
use crate::rules::Entry;
use crate::token::TokenKind;

/// Reads the status at `at..end` whose holders stand behind it.
pub(super) fn read(
    line: &Line<'_>,
    at: usize,
    end: usize,
    lo: usize,
    hi: usize,
    entry: &Entry,
    participle: bool,
) -> Option<FoundStatus> {
    let left = if line.before(at, lo).is(Class::DET.and(Class::PRON)) { at - 1 } else { at };
    let among = left > lo && line.hit(left - 1, |entry| entry.is_a("gram.among")).is_some();
    let opening = line.drops_subject && entry.has_trait("phrase") && (at == lo || line.before(at, lo).is_mark(";:"));
    if !(among && (participle || entry.has_trait("phrase")) || opening && line.word(at).is(Class::PREP)) {
        return None;
    }
    let holders = behind(line, end, hi)?;
    Some(FoundStatus {
        status: entry.id.to_string(),
        start: at,
        end,
        holder: Some(holders),
        negated: (left.saturating_sub(2).max(lo)..holders.start).any(|at| line.word(at).is(Class::NEG)),
        rule: if among { "status.among" } else { "status.before_list" },
        list: true,
        people: Vec::new(),
    })
}

/// The names behind the verb: "are A, B and C", "è finito l'imprenditore A", "A, 58, and B".
fn behind(line: &Line<'_>, from: usize, hi: usize) -> Option<Phrase> {
    let mut start = from;
    while start < hi && start < from + 6 && !opens(line, start) {
        let word = line.word(start);
        let verbal =
            Class::BE.and(Class::HAVE).and(Class::CLITIC).and(Class::ADV).and(Class::MODAL).and(Class::NEG).and(Class::THING);
        if !(word.is(verbal) || word.past || line.is_verb(start, from) || phrases::is_adverb(line, start)) {
            return None;
        }
        start += 1;
    }
    let mut end = phrases::after(line, start, hi)?.end;
    loop {
        let word = line.word(end);
        let mut next = end + 1;
        if word.is_mark(",") && line.word(next).kind == TokenKind::Number {
            // An age between commas.
            while next < hi && line.word(next).is_word() {
                next += 1;
            }
            end = next;
            continue;
        }
        let goes_on =
            word.is(Class::AND) || word.is_mark(",") && (next..hi.min(next + 30)).any(|at| line.word(at).is(Class::AND));
        if !goes_on || !opens(line, next) {
            break;
        }
        if line.word(next).is(Class::AND) {
            next += 1;
        }
        match phrases::after(line, next, hi) {
            Some(phrase) if (phrase.start..phrase.end).any(|at| line.word(at).capital) => end = phrase.end,
            // "and her brother, Carl Roe".
            Some(phrase) if line.word(phrase.end).is_mark(",") && line.word(phrase.end + 1).capital => {
                end = phrases::after(line, phrase.end + 1, hi)?.end;
            }
            _ => break,
        }
    }
    let named = (start..end).any(|at| line.word(at).capital);
    named.then_some(Phrase { start, end, head: start })
}

fn opens(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    let noun = Class::ROLE.and(Class::PERSON_NOUN).and(Class::TITLE).and(Class::POSS);
    let article = word.is(Class::DET) && line.word(at + 1).is_word() && !line.is_verb(at + 1, 0);
    word.is_word() && !word.is(Class::BE) && (word.capital || word.is(noun) && !word.is(Class::CLITIC) || article)
}
