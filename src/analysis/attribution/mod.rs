//! Who said what: source, cue and content of each attribution in a block. Knows no entity; sources are words.

mod according;
mod content;
mod cue;
mod free;
mod silence;
pub(crate) mod subject;

use super::class::Class;
use super::line::Line;
use crate::rules::Entry;
use subject::Source;

/// An attribution as ranges of words of one block.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub content: Vec<(usize, usize)>,
    pub cue: Option<(usize, usize)>,
    pub class: String,
    pub source: Option<Source>,
    pub negated: bool,
    pub silence: bool,
    /// Whether the act makes its content an accusation.
    pub alleges: bool,
    /// Whether nothing is uttered.
    pub thought: bool,
    pub rule: &'static str,
    /// The sentence (index in the block) of the cue.
    pub sentence: usize,
    /// Whether it goes on with the speaker of the attribution before.
    pub continues: bool,
}

impl Found {
    /// The first word of content.
    pub(crate) fn first(&self) -> usize {
        self.content.iter().map(|part| part.0).min().unwrap_or(0)
    }

    /// Whether a content range holds the word.
    pub(crate) fn holds(&self, at: usize) -> bool {
        self.content.iter().any(|&(start, end)| start <= at && at < end)
    }
}

/// Whether the entry is a word of saying (not of thinking or finding).
pub(crate) fn is_speech(entry: &Entry) -> bool {
    super::class::is_cue(entry) && !entry.has_trait("thought") && !entry.has_trait("evidence") && !entry.has_trait("topic")
}

/// All attributions of a block, in text order of their cues.
pub(crate) fn find(line: &Line<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (sentence, &(lo, hi)) in line.sentences.iter().enumerate() {
        let mut at = lo;
        while at < hi {
            if line.word(at).quote.is_some() {
                at += 1;
                continue;
            }
            let one = silence::read(line, at, lo, hi)
                .or_else(|| according::read(line, at, lo, hi))
                .or_else(|| cue::read(line, at, lo, hi));
            match one {
                Some((mut one, next)) => {
                    one.sentence = sentence;
                    share_source(&mut one, &found);
                    found.push(one);
                    at = next.max(at + 1);
                }
                None => at += 1,
            }
        }
    }
    free::signatures(line, &mut found);
    free::continued(line, &mut found);
    found
}

/// A gerund ("warning that …") speaks for the source of the attribution before it in the sentence.
fn share_source(one: &mut Found, found: &[Found]) {
    if one.source.is_none()
        && one.continues
        && let Some(earlier) = found.iter().rev().find(|other| other.sentence == one.sentence && other.source.is_some())
    {
        one.source = earlier.source.map(|source| Source { shared: true, ..source });
    }
}

/// The quotation that closes directly before `at`, a comma between allowed.
pub(crate) fn quote_before(line: &Line<'_>, at: usize) -> Option<u32> {
    let mut edge = at;
    if edge > 0 && line.word(edge - 1).is_mark(",—–-") && line.word(edge - 1).quote.is_none() {
        edge -= 1;
    }
    let number = line.word(edge.checked_sub(1)?).quote?;
    let quote = line.quotes.get(number as usize)?;
    (quote.close == edge - 1).then_some(number)
}

/// Whether the quotation is speech: a clause, or marked as such by its last mark.
pub(crate) fn is_speech_quote(line: &Line<'_>, number: u32) -> bool {
    let Some(quote) = line.quotes.get(number as usize) else { return false };
    let words = (quote.inner_start()..quote.inner_end()).filter(|&at| line.word(at).is_word()).count();
    let last = line.word(quote.inner_end().saturating_sub(1));
    words >= 5 || (words >= 1 && last.is_mark(",.!?"))
}

/// Whether the word may begin a source phrase behind an inverted cue.
pub(crate) fn may_be_source(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    let noun = Class::ROLE.and(Class::PERSON_NOUN).and(Class::ORG_NOUN).and(Class::DOC_NOUN).and(Class::DET).and(Class::POSS);
    word.quote.is_none() && (word.capital || word.is(noun) || word.is(Class::PRON))
}
