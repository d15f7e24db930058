//! Attributions made by a noun with its holder: "the president's belief that …", "the mayor's reply: “…”". Knows the trait, not the words.

use super::Found;
use super::content;
use super::subject::Source;
use crate::analysis::class::Class;
use crate::analysis::line::Line;
use crate::analysis::phrases::{self, Phrase};
use crate::rules::LexiconMatch;

/// Reads the attribution whose noun stands at `at`: a possessor before it, a clause opened by "that" behind it. A noun that opens its
/// clause is left alone: where its content ends, a second verb would have to tell.
pub(super) fn read(line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<(Found, usize)> {
    let hit = line.hit(at, |entry| entry.pos == "noun" && entry.is_a("utterance"))?;
    let end = at + hit.len;
    if let Some(found) = before_quotation(line, at, end, lo, hi, hit) {
        return Some(found);
    }
    if !line.word(end).is(Class::THAT) || end + 1 >= hi || !content::has_verb(line, end + 1, hi) {
        return None;
    }
    let source = possessor(line, at, lo)?;
    if !content::has_verb(line, lo, source.start) {
        return None;
    }
    Some((found(hit, at, Source::of(source), (end, content::end(line, end, hi)), "attribution.noun"), end))
}

fn found(hit: LexiconMatch<'_>, at: usize, source: Source, content: (usize, usize), rule: &'static str) -> Found {
    Found {
        content: vec![content],
        cue: Some((at, at + hit.len)),
        class: hit.entry.id.to_string(),
        source: Some(source),
        negated: false,
        silence: false,
        alleges: hit.entry.has_trait("alleges"),
        rule,
        sentence: 0,
        continues: false,
    }
}

/// The holder before the noun: "the president's firm belief", "her belief".
fn possessor(line: &Line<'_>, at: usize, lo: usize) -> Option<Phrase> {
    let mut holder = at;
    while holder > lo && at - holder < 3 && plain(line, holder - 1) {
        holder -= 1;
    }
    let word = line.before(holder, lo);
    if word.is(Class::GENITIVE) {
        phrases::before(line, holder - 1, lo)
    } else if word.is(Class::POSS) {
        Some(Phrase { start: holder - 1, end: holder, head: holder - 1 })
    } else {
        None
    }
}

/// "The mayor's reply: “No.”", "La replica del ministro: «No»": the noun before a colon, its holder before or behind it.
fn before_quotation(
    line: &Line<'_>,
    at: usize,
    end: usize,
    lo: usize,
    hi: usize,
    hit: LexiconMatch<'_>,
) -> Option<(Found, usize)> {
    let colon = (end..hi.min(end + HOLDER)).find(|&at| line.word(at).is_mark(":") && line.word(at).quote.is_none())?;
    let quote = line.word(colon + 1).quote.and_then(|number| line.quotes.get(number as usize))?;
    let verbal = |at: usize| line.is_verb(at, lo) && !line.word(at).is(Class::BE) && !line.word(at).capital;
    if quote.open != colon + 1
        || (lo..at).any(verbal)
        || content::cued_behind(line, quote.end(), line.sentence_end(quote.end()))
    {
        return None;
    }
    let from =
        |at: usize| line.word(at).is(Class::OF.and(Class::BY)) || line.hit(at, |entry| entry.is_a("gram.source")).is_some();
    let source = match possessor(line, at, lo) {
        Some(holder) => Source::of(holder),
        None => {
            let preposition = (end..colon).find(|&at| from(at))?;
            let phrase = phrases::after(line, preposition + 1, colon)?;
            let apposed = line.word(phrase.end).is_mark(",") && !(phrase.end..colon).any(verbal);
            if phrase.end != colon && !apposed {
                return None;
            }
            Source { end: colon, ..Source::of(phrase) }
        }
    };
    let content = (quote.open, quote.end());
    Some((found(hit, at, source, content, "attribution.noun_quote"), colon + 1))
}

/// How many words may stand between the noun and its colon.
const HOLDER: usize = 16;

/// An adjective between possessor and noun.
fn plain(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    word.is_word()
        && !word.capital
        && !word.is(Class::POSS.and(Class::GENITIVE).and(Class::DET).and(Class::PREP).and(Class::VERB))
}
