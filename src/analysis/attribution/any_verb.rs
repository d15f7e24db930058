//! Quotations whose verb no lexicon holds: "“No,” grinned Ada Roe", "«Io ci credo», sorride Piero". Knows marks, places and names.

use super::subject::{self, Source};
use super::{Found, content, is_speech_quote};
use crate::analysis::class::Class;
use crate::analysis::line::Line;
use crate::analysis::phrases;

/// Words that are never the verb.
const SMALL: Class = Class::FUNCTION
    .and(Class::BE)
    .and(Class::HAVE)
    .and(Class::DO)
    .and(Class::MODAL)
    .and(Class::ADV)
    .and(Class::TIME)
    .and(Class::PRON)
    .and(Class::AS)
    .and(Class::CLITIC)
    .and(Class::ROLE)
    .and(Class::PERSON_NOUN)
    .and(Class::ORG_NOUN)
    .and(Class::DOC_NOUN);

/// Reads the verb at `at` beside a whole quotation that opens the sentence.
pub(super) fn read(line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<(Found, usize)> {
    let word = line.word(at);
    let made = word.past || word.hits.iter().any(|hit| hit.has_tag("past"));
    let candidate = word.is_word() && !word.capital && !word.manner && !word.is(SMALL) && !word.is(Class::CUE);
    if !candidate || !(made || line.drops_subject) {
        return None;
    }
    let auxiliary = line.drops_subject && made && line.before(at, lo).is(Class::HAVE);
    let mut first = if auxiliary { at - 1 } else { at };
    while line.before(first, lo).is(Class::CLITIC) {
        first -= 1;
    }
    let (quote, source) = inverted(line, first, at, lo, hi).or_else(|| normal(line, at, lo, hi))?;
    let mut parts = vec![(quote.open, quote.end())];
    let after = source.end.max(at + 1);
    let next = if line.word(after).is_mark(",") { after + 1 } else { after };
    if content::opens_quote(line, next) {
        parts.push((next, content::end(line, next, hi)));
    }
    let found = Found {
        content: parts,
        cue: Some((at, at + 1)),
        class: "say.state".to_owned(),
        source: Some(source),
        negated: false,
        silence: false,
        alleges: false,
        rule: "attribution.quote_any_verb",
        sentence: 0,
        continues: false,
    };
    Some((found, after))
}

/// The quotation that opens the sentence and closes before `edge`, a comma inside or behind it.
fn opening(line: &Line<'_>, edge: usize, lo: usize) -> Option<crate::analysis::quotes::Quote> {
    let number = super::quote_before(line, edge)?;
    let quote = line.quotes.get(number as usize).copied()?;
    let parted = line.before(edge, lo).is_mark(",") && line.before(edge, lo).quote.is_none();
    let marked = line.word(quote.inner_end().saturating_sub(1)).is_mark(",!?");
    let words = super::quoted_words(line, &quote);
    let opens = quote.open <= lo && quote.close >= lo && quote.closed;
    (opens && (marked || parted && words >= 2) && (is_speech_quote(line, number) || words >= 2)).then_some(quote)
}

/// "“…,” grinned Ada Roe."
fn inverted(
    line: &Line<'_>,
    first: usize,
    at: usize,
    lo: usize,
    hi: usize,
) -> Option<(crate::analysis::quotes::Quote, Source)> {
    let quote = opening(line, first, lo)?;
    let source = subject::after(line, at + 1, hi).filter(|source| speaks(line, source))?;
    let rest = line.word(source.end);
    let closes = source.end >= hi || !rest.is_word() || rest.is(Class::PREP.and(Class::SUB).and(Class::AND).and(Class::TIME));
    closes.then_some((quote, source))
}

/// "“…,” Ada Roe grinned."
fn normal(line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<(crate::analysis::quotes::Quote, Source)> {
    if line.drops_subject {
        return None;
    }
    let phrase = phrases::before(line, at, lo)?;
    let quote = opening(line, phrase.start, lo)?;
    let source = Source::of(phrase);
    let rest = line.word(at + 1);
    let plain = Class::PREP.and(Class::SUB).and(Class::AND).and(Class::TO).and(Class::TIME);
    let closes = at + 1 >= hi || !rest.is_word() || rest.is(plain) || rest.manner;
    (closes && speaks(line, &source)).then_some((quote, source))
}

/// A name, a person by role, or a pronoun for one.
fn speaks(line: &Line<'_>, source: &Source) -> bool {
    let head = line.word(source.head);
    let person = Class::ROLE.and(Class::PERSON_NOUN).and(Class::MALE).and(Class::FEMALE);
    (head.capital && !head.is(Class::TIME) && !line.word(source.start).is(Class::PREP)) || head.is(person)
}
