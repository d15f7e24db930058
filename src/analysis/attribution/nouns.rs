//! Attributions made by a noun with its holder: "the president's belief that …". Knows the trait, not the words.

use super::Found;
use super::content;
use super::subject::Source;
use crate::analysis::class::Class;
use crate::analysis::line::Line;
use crate::analysis::phrases;

/// Reads the attribution whose noun stands at `at`: a possessor before it, a clause opened by "that" behind it. A noun that opens its
/// clause is left alone: where its content ends, a second verb would have to tell.
pub(super) fn read(line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<(Found, usize)> {
    let hit = line.hit(at, |entry| entry.pos == "noun" && entry.is_a("utterance"))?;
    let end = at + hit.len;
    if !line.word(end).is(Class::THAT) || end + 1 >= hi || !content::has_verb(line, end + 1, hi) {
        return None;
    }
    let mut holder = at;
    while holder > lo && at - holder < 3 && plain(line, holder - 1) {
        holder -= 1;
    }
    let possessor = line.before(holder, lo);
    let source = if possessor.is(Class::GENITIVE) {
        phrases::before(line, holder - 1, lo)?
    } else if possessor.is(Class::POSS) && !possessor.is(Class::GENITIVE) {
        phrases::Phrase { start: holder - 1, end: holder, head: holder - 1 }
    } else {
        return None;
    };
    if !content::has_verb(line, lo, source.start) {
        return None;
    }
    let found = Found {
        content: vec![(end, content::end(line, end, hi))],
        cue: Some((at, end)),
        class: hit.entry.id.to_string(),
        source: Some(Source::of(source)),
        negated: false,
        silence: false,
        alleges: hit.entry.has_trait("alleges"),
        rule: "attribution.noun",
        sentence: 0,
        continues: false,
    };
    Some((found, end))
}

/// An adjective between possessor and noun.
fn plain(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    word.is_word()
        && !word.capital
        && !word.is(Class::POSS.and(Class::GENITIVE).and(Class::DET).and(Class::PREP).and(Class::VERB))
}
