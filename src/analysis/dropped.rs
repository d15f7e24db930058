//! Subjects that only the verb shows, where a sentence opens with it: "Avrebbe lasciato il Paese". Knows classes, no single verb.

use super::class::Class;
use super::line::Line;
use super::phrases;

/// The verb (first word and one past the last) that opens the sentence `lo..hi` without a subject of its own: an auxiliary in the
/// singular and its participle, and nobody behind them who might be the subject ("Ha vinto il sindaco").
pub(crate) fn opening_verb(line: &Line<'_>, lo: usize, hi: usize) -> Option<(usize, usize)> {
    let mut at = lo;
    while at < hi && (line.word(at).is(Class::NEG.and(Class::OPENER).and(Class::BUT)) || phrases::is_adverb(line, at)) {
        at += 1;
    }
    let start = at;
    while at < hi && line.word(at).is(Class::HAVE.and(Class::MODAL).and(Class::CLITIC)) {
        at += 1;
    }
    while at < hi && phrases::is_adverb(line, at) {
        at += 1;
    }
    let acts = (start..at).any(|at| line.word(at).is(Class::HAVE)) && line.word(at).is_word() && line.word(at).quote.is_none();
    let participle = line.word(at).past || line.word(at).hits.iter().any(|hit| hit.has_tag("participle"));
    if !(acts && participle) || super::attribution::is_plural(line, at, lo) {
        return None;
    }
    let someone = Class::ROLE.and(Class::PERSON_NOUN).and(Class::ORG_NOUN).and(Class::PRON);
    let governed = |noun: usize| {
        let start = phrases::before(line, noun + 1, lo).map_or(noun, |phrase| phrase.start);
        line.before(start, lo).is(Class::PREP.and(Class::OF)) || line.word(start).is(Class::PREP.and(Class::OF))
    };
    let postposed =
        (at + 1..hi).any(|noun| line.word(noun).is(someone) && !line.word(noun).is(Class::CLITIC) && !governed(noun));
    (!postposed && !line.word(at + 1).capital).then_some((start, at + 1))
}
