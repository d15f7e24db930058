//! Attributions made by a preposition ("according to X"). Knows the trait, not the words.

use super::Found;
use super::content;
use super::subject::{self, Source};
use crate::analysis::class::Class;
use crate::analysis::line::Line;
use crate::analysis::phrases;

/// Reads the attribution whose prepositional cue begins at `at`.
pub(super) fn read(line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<(Found, usize)> {
    let hit = line.hit(at, |entry| entry.has_trait("preposition"))?;
    let end = at + hit.len;
    let phrase = phrases::after(line, end, hi)?;
    if hit.entry.has_trait("clause_start") && !(at == lo && line.word(phrase.end).is_mark(",") && phrase.end - end <= 8) {
        return None;
    }
    if hit.entry.has_trait("opinion") && !is_opinion(line, phrase.end + 1, hi) {
        return None;
    }
    if hit.entry.has_trait("holder") && !names_holder(line, phrase.start, phrase.end) {
        return None;
    }
    let opens = at == lo
        || line.before(at, lo).is(Class::THAT.and(Class::BUT).and(Class::AND))
        || at == lo + 1 && line.word(lo).is_mark("\"“");
    let mut source = Source::of(phrase);
    let content = if opens {
        let comma = (phrase.end..hi).find(|&index| line.word(index).is_mark(",") && line.word(index).quote.is_none());
        let comma = comma.filter(|&comma| !content::has_verb(line, phrase.end, comma) || line.word(phrase.end).is(Class::WH));
        match comma {
            Some(comma) => {
                let relative = line.word(comma + 1).is(Class::WH);
                let close = (comma + 1..hi).find(|&at| line.word(at).is_mark(",") && line.word(at).quote.is_none());
                let comma = apposition(line, comma, hi).or(close.filter(|_| relative)).unwrap_or(comma);
                source.end = comma;
                vec![(comma + 1, content::end(line, comma + 1, hi))]
            }
            None => vec![(phrase.end, content::end(line, phrase.end, hi))],
        }
    } else {
        around(line, at, lo, hi, &mut source)
    };
    let content: Vec<(usize, usize)> = content.into_iter().filter(|&(start, end)| end > start).collect();
    if content.is_empty() {
        return None;
    }
    let found = Found {
        content,
        cue: Some((at, end)),
        class: hit.entry.id.to_string(),
        source: Some(source),
        negated: false,
        silence: false,
        alleges: hit.entry.has_trait("alleges"),
        rule: "attribution.according_to",
        sentence: 0,
        continues: false,
    };
    Some((found, source.end.max(end)))
}

/// A preposition with other senses opens a view only before words in quotation marks or a judgement ("…, it is wrong").
fn is_opinion(line: &Line<'_>, from: usize, hi: usize) -> bool {
    let quoted = (from..hi).any(|at| content::opens_quote(line, at));
    let verb = (from..hi).find(|&at| line.is_verb(at, from) || line.word(at).is(Class::HAVE));
    quoted
        || verb.is_some_and(|at| {
            line.word(at).is(Class::BE) && !line.word(at + 1).hits.iter().any(|hit| hit.has_tag("participle"))
        })
}

/// A name, a pronoun, a role, an institution or a document can hold a view; "second place" can't.
fn names_holder(line: &Line<'_>, start: usize, end: usize) -> bool {
    let holder =
        Class::PRON.and(Class::ROLE).and(Class::PERSON_NOUN).and(Class::ORG_NOUN).and(Class::DOC_NOUN).and(Class::MANY);
    (start..end).any(|at| line.word(at).is(holder) || (line.word(at).capital && !line.word(at).is(Class::TIME)))
}

/// "the team's coach, Alireza Mehraban, in …": a name between commas belongs to the source.
fn apposition(line: &Line<'_>, comma: usize, hi: usize) -> Option<usize> {
    let next = (comma + 1..hi.min(comma + 8)).find(|&at| line.word(at).is_mark(",")).unwrap_or(hi);
    let names = next < hi && (comma + 1..next).all(|at| line.word(at).capital || line.word(at).is(Class::PARTICLE));
    let participle = line.word(comma + 1).hits.iter().any(|hit| hit.has_tag("gerund"));
    let participle_end = (comma + 1..hi.min(comma + 24)).find(|&at| line.word(at).is_mark(",")).filter(|_| participle);
    if participle { participle_end } else { (names && !line.word(comma - 1).capital).then_some(next) }
}

/// Content before the cue, and behind the source where the sentence goes on.
fn around(line: &Line<'_>, at: usize, lo: usize, hi: usize, source: &mut Source) -> Vec<(usize, usize)> {
    let left = content::trim(line, lo, at);
    let mut start = lo;
    while start < left && line.word(start).is(Class::BUT) {
        start += 1;
    }
    let extended = subject::apposition_end(line, source.end, hi);
    let closes = |end: usize| end >= hi || line.word(end).is_mark(".;");
    let mid = line.word(source.end).is_mark(",") && line.before(at, lo).is_mark(",") && !content::has_verb(line, start, left);
    let hangs = line.word(left.saturating_sub(1)).is(Class::WH.and(Class::THAT).and(Class::AND).and(Class::BUT));
    if hangs && line.word(source.end).is_mark(",") {
        return vec![(source.end + 1, content::end(line, source.end + 1, hi))];
    }
    if mid {
        let right = source.end + 1;
        return vec![(start, left), (right, content::end(line, right, hi))];
    }
    if closes(extended) || extended > source.end && line.word(extended).is_mark(",") {
        source.end = extended;
    }
    vec![(start, left)]
}
