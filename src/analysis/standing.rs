//! How sure a sentence is of itself, and whether it denies: hedges, accusations, modals, negations. Knows traits, no single word.

use super::attribution::Found;
use super::class::Class;
use super::line::Line;
use super::types::Standing;
use crate::rules::LexiconMatch;
use crate::span::Span;

/// What was found about one sentence.
#[derive(Debug, Default)]
pub(crate) struct Judgement {
    pub standing: Standing,
    pub negated: bool,
    pub hedges: Vec<Span>,
    pub rules: Vec<&'static str>,
}

/// Judges the sentence `lo..hi` with the attributions that touch it.
pub(crate) fn judge(line: &Line<'_>, lo: usize, hi: usize, found: &[&Found]) -> Judgement {
    let mut judgement = Judgement::default();
    for (start, len, rule) in hedges(line, lo, hi, found) {
        judgement.standing = Standing::Alleged;
        judgement.hedges.push(line.span(start, start + len));
        if !judgement.rules.contains(&rule) {
            judgement.rules.push(rule);
        }
    }
    if let Some(one) = found.iter().find(|one| one.alleges) {
        judgement.standing = Standing::Alleged;
        if let Some((start, end)) = one.cue.filter(|cue| cue.0 >= lo && cue.0 < hi) {
            let span = line.span(start, end);
            if !judgement.hedges.contains(&span) {
                judgement.hedges.push(span);
            }
        }
        judgement.rules.push("standing.accusing_verb");
    } else if found.iter().any(|one| !one.silence) && judgement.standing == Standing::Stated {
        judgement.standing = Standing::Attributed;
        judgement.rules.push("standing.attributed");
    }
    if let Some(rule) = negation(line, lo, hi) {
        judgement.negated = true;
        judgement.rules.push(rule);
    }
    judgement
}

/// Hedges of the range as first word, number of words, rule.
pub(crate) fn hedges(line: &Line<'_>, lo: usize, hi: usize, found: &[&Found]) -> Vec<(usize, usize, &'static str)> {
    let mut out = Vec::new();
    let mut at = lo;
    while at < hi {
        let word = line.word(at);
        let hit = if word.is(Class::HEDGE) && !word.is(Class::IDIOM) && !in_title(line, at) {
            hedge_at(line, at, lo, hi, found)
        } else {
            None
        };
        match hit {
            Some((len, rule)) => {
                out.push((at, len, rule));
                at += len;
            }
            None => {
                at += 1;
            }
        }
    }
    out
}

fn hedge_at(line: &Line<'_>, at: usize, lo: usize, hi: usize, found: &[&Found]) -> Option<(usize, &'static str)> {
    for hit in line.hits(at).iter().filter(|hit| hit.entry.is_a("hedge") && at + hit.len <= hi) {
        let entry = hit.entry;
        let end = at + hit.len;
        let verdict = if entry.has_trait("modal") {
            speculates(line, end, hi, hit).then_some("standing.modal")
        } else if entry.has_trait("adjective") {
            let passive = line.before(at, lo).is(Class::BE) && !line.word(end).is(Class::TO);
            (!passive && line.word(end).is_word()).then_some("standing.alleged_thing")
        } else if entry.has_trait("conditional") {
            conditional(line, at, hit, lo, hi, found).then_some("standing.conditional")
        } else if entry.has_trait("verb") {
            let object = !entry.has_trait("object") || line.word(end).is_word();
            let agrees =
                hit.tags != "base" && !hit.has_tag("third") || super::attribution::subject::before(line, at, lo).is_some();
            (line.is_verb(at, lo) && !hit.has_tag("gerund") && object && agrees && line.word(end).is_word())
                .then_some("standing.accusing_verb")
        } else if entry.has_trait("alleged") {
            Some("standing.hedge")
        } else {
            None
        };
        if let Some(rule) = verdict {
            return Some((hit.len, rule));
        }
    }
    None
}

/// A modal of speculation is followed by a participle ("may have burned"), unless it needs none ("may be").
fn speculates(line: &Line<'_>, end: usize, hi: usize, hit: &LexiconMatch<'_>) -> bool {
    if hit.entry.has_trait("bare") {
        return true;
    }
    let mut at = end;
    while at < hi && super::phrases::is_adverb(line, at) {
        at += 1;
    }
    let word = line.word(at);
    word.past || word.is(Class::BE) || word.hits.iter().any(|hit| hit.has_tag("participle"))
}

/// The conditional of hearsay: an auxiliary in the conditional that no "if", no wish and no reported future explains.
fn conditional(line: &Line<'_>, at: usize, hit: &LexiconMatch<'_>, lo: usize, hi: usize, found: &[&Found]) -> bool {
    if (lo..hi).any(|index| line.word(index).is(Class::SUB) && line.hit(index, |entry| entry.has_trait("supposes")).is_some()) {
        return false;
    }
    // Reported future: the auxiliary in the content of a past act of saying, outside quotation marks.
    let reported = found.iter().any(|one| {
        let cue = one.cue.unwrap_or((0, 0));
        one.holds(at) && cue.0 < at && line.word(at).quote.is_none() && one.rule != "attribution.according_to" && !one.alleges
    });
    if reported && hit.entry.has_trait("future_in_past") {
        return false;
    }
    let mut next = at + hit.len;
    while next < hi && (super::phrases::is_adverb(line, next) || line.word(next).is(Class::NEG)) {
        next += 1;
    }
    let follower = line.word(next);
    let wish = follower.hits.iter().any(|hit| hit.entry.is_a("want") || hit.entry.has_trait("wish"));
    if wish {
        return false;
    }
    let participle = follower.hits.iter().any(|hit| hit.has_tag("participle") || hit.has_tag("gerund"))
        || follower.past
        || follower.is(Class::BE);
    hit.entry.has_trait("bare") || participle
}

/// A title or a nickname in quotation marks: few words, a capital, no verb, no mark of a sentence.
fn in_title(line: &Line<'_>, at: usize) -> bool {
    let Some(quote) = line.word(at).quote.and_then(|number| line.quotes.get(number as usize)) else { return false };
    let words: Vec<usize> = (quote.inner_start()..quote.inner_end()).filter(|&at| line.word(at).is_word()).collect();
    let capital = words.iter().any(|&at| line.word(at).capital);
    let last = line.word(quote.inner_end().saturating_sub(1));
    let clause = words.iter().any(|&at| line.word(at).is(Class::BE.and(Class::HAVE)));
    words.len() <= 5 && capital && !clause && !last.is_mark(".,!?")
}

/// A quoted fragment without a verb denies nothing ("a bridge to nowhere").
fn in_fragment(line: &Line<'_>, at: usize) -> bool {
    let Some(quote) = line.word(at).quote.and_then(|number| line.quotes.get(number as usize)) else { return false };
    let finite = Class::BE.and(Class::HAVE).and(Class::MODAL).and(Class::DO);
    !(quote.inner_start()..quote.inner_end()).any(|at| line.word(at).is(finite) || line.is_verb(at, 0))
}

/// The rule by which the range denies.
pub(crate) fn negation(line: &Line<'_>, lo: usize, hi: usize) -> Option<&'static str> {
    let mut at = lo;
    while at < hi {
        let word = line.word(at);
        if let Some(hit) = line.hit(at, |entry| entry.is_a("gram.not_neg")) {
            at += hit.len;
            continue;
        }
        if word.is(Class::NEG) && !in_title(line, at) {
            return Some("negation.verb");
        }
        if word.is(Class::NONE) && !in_title(line, at) && !in_fragment(line, at) && !abbreviation(line, at) {
            return Some("negation.none");
        }
        at += 1;
    }
    None
}

/// "No. 10": a number follows the full stop.
fn abbreviation(line: &Line<'_>, at: usize) -> bool {
    line.word(at + 1).is_mark(".") && line.word(at + 2).kind == crate::token::TokenKind::Number
}
