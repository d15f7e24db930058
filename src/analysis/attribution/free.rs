//! Quotations without a cue of their own: signed with a dash, or going on with the last speaker. Knows marks and attributions.

use super::subject::{self, Source};
use super::{Found, is_speech_quote};
use crate::analysis::class::Class;
use crate::analysis::dialogue::Turn;
use crate::analysis::line::Line;
use crate::analysis::phrases;

/// "“…” - Ada Roe": a block that is a quotation, a dash and a name.
pub(super) fn signatures(line: &Line<'_>, found: &mut Vec<Found>) {
    let Some(quote) = line.quotes.first().copied() else { return };
    if line.quotes.len() != 1 || quote.open != 0 || !quote.closed || !found.is_empty() {
        return;
    }
    let mut at = quote.end();
    if !line.word(at).is_mark("-–—") {
        return;
    }
    at += 1;
    let Some(phrase) = phrases::after(line, at, line.words.len()) else { return };
    let dated = (phrase.end..line.words.len()).any(|index| line.word(index).kind == crate::token::TokenKind::Number);
    if dated || !line.word(phrase.head).capital || line.words.len() - at > 16 {
        return;
    }
    found.push(free(vec![(quote.open, quote.end())], Some(Source::of(phrase)), "attribution.signature", 0));
}

/// "Ada Roe: “…”": a sentence that is a name, a colon and a quotation.
pub(super) fn headed(line: &Line<'_>, found: &mut Vec<Found>) {
    let mut added = Vec::new();
    for (number, quote) in line.quotes.iter().enumerate() {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let Some(colon) = quote.open.checked_sub(1).filter(|&at| line.word(at).is_mark(":")) else { continue };
        let Some(sentence) = line.sentences.iter().position(|&(lo, hi)| lo < colon && quote.open < hi) else { continue };
        let lo = line.sentences.get(sentence).map_or(0, |range| range.0);
        let covered = found.iter().any(|one| one.holds(quote.inner_start()));
        // "Così il ministro: «…»", "And Ada Roe: “…”".
        let joining = line.word(lo).is(Class::ADV.and(Class::AND).and(Class::BUT)) && lo + 1 < colon;
        let lo = lo + usize::from(joining);
        let Some(phrase) = phrases::after(line, lo, colon).filter(|phrase| phrase.end == colon) else {
            let alone = !covered && found.iter().all(|one| one.sentence != sentence) && is_speech_quote(line, number);
            if let Some(source) = only_subject(line, lo, colon).filter(|_| alone) {
                let content = vec![(quote.open, quote.end())];
                added.push(free(content, Some(source), "attribution.colon_quote", sentence));
            }
            continue;
        };
        let name = (phrase.start..phrase.end).all(|at| {
            let word = line.word(at);
            word.capital
                || word.is(Class::PARTICLE.and(Class::TITLE).and(Class::ROLE))
                || word.is_mark(".")
                || (at == lo && word.is(Class::DET))
        });
        let role = line.word(phrase.head).is(Class::ROLE.and(Class::PERSON_NOUN)) && line.word(phrase.start).is(Class::DEF);
        let named = name && line.word(phrase.head).capital || role;
        let speech = is_speech_quote(line, number) || super::quoted_words(line, quote) >= 2;
        if named && !covered && speech {
            let source = Some(Source::of(phrase));
            added.push(free(vec![(quote.open, quote.end())], source, "attribution.headed", sentence));
        }
    }
    found.extend(added);
    found.sort_by_key(|one| one.cue.map_or(one.first(), |cue| cue.0));
}

/// "The campaign fired back in a tweet: “…”": the person who is the subject of the only verb before the colon.
fn only_subject(line: &Line<'_>, lo: usize, colon: usize) -> Option<Source> {
    let verb = |at: usize| at > lo && line.word(at).quote.is_none() && line.is_verb(at, lo);
    let mut verbs = (lo..colon).filter(|&at| verb(at) && !verb(at - 1));
    let (Some(at), None) = (verbs.next(), verbs.next()) else { return None };
    let passive = line.word(at).is(Class::BE) && line.word(at + 1).is(Class::CUE);
    let group = phrases::group(line, at, lo);
    let source =
        subject::speaker_before(line, group.start, lo).filter(|source| source.antecedent.is_none() && !source.shared)?;
    let head = line.word(source.head);
    let person = Class::ROLE.and(Class::PERSON_NOUN).and(Class::MALE).and(Class::FEMALE);
    let name = head.capital && !head.is(Class::PLACE.and(Class::TIME).and(Class::PRON));
    (source.start <= lo + 1 && !group.infinitive && !passive && (name || head.is(person))).then_some(source)
}

/// Speech that begins a sentence without a cue goes on with the speaker of the quotation before it in the block.
pub(super) fn continued(line: &Line<'_>, found: &mut Vec<Found>) {
    let mut added: Vec<Found> = Vec::new();
    for (number, quote) in line.quotes.iter().enumerate() {
        let covered = found.iter().any(|one| !one.silence && one.holds(quote.inner_start()));
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        if covered {
            continue;
        }
        let Some(sentence) = line.sentences.iter().position(|&(lo, hi)| lo <= quote.open && quote.open < hi) else { continue };
        let alone = line.sentences.get(sentence).is_some_and(|&(lo, _)| lo == quote.open)
            && (line
                .sentences
                .iter()
                .any(|&(_, hi)| hi == quote.end() || (hi == quote.end() + 1 && line.word(quote.end()).is_mark(".")))
                || quote.end() >= line.words.len());
        // A whole sentence behind somebody's words is speech, even where no mark says so.
        let words = super::quoted_words(line, quote);
        if !alone || !(is_speech_quote(line, number) || words >= 3) {
            continue;
        }
        let earlier = found.iter().rfind(|one| one.first() < quote.open && holds_quote(line, one));
        let adjacent = earlier.filter(|one| {
            let (_, sentence_end) = line.sentences.get(one.sentence).copied().unwrap_or_default();
            sentence_end <= quote.open && sentence <= one.sentence + 3
        });
        let (source, continues) = match adjacent {
            Some(one) => (one.source, false),
            None if quote.open == 0 && line.words.iter().all(|word| word.quote.is_some() || !word.is_word()) => (None, true),
            None => continue,
        };
        let mut one = free(vec![(quote.open, quote.end())], source, "attribution.continued", sentence);
        one.continues = continues;
        added.push(one);
    }
    found.extend(added);
    found.sort_by_key(|one| one.cue.map_or(one.first(), |cue| cue.0));
}

/// A paragraph that somebody speaks in a dialogue: whoever its label names, or somebody unnamed. A dash and a cue of its own tell more.
pub(crate) fn turn(line: &Line<'_>, turn: Turn, found: &mut Vec<Found>) {
    let told = |one: &Found| one.rule == "attribution.inverted_indirect" || one.rule == "attribution.content_first";
    if line.word(0).is_mark("–—") && found.iter().any(told) {
        return;
    }
    let source = turn.speaker.map(Source::of);
    let mut one = free(vec![(turn.start, line.words.len())], source, "attribution.turn", 0);
    if turn.asks {
        one.class = "say.ask".to_owned();
    }
    found.insert(0, one);
}

fn holds_quote(line: &Line<'_>, one: &Found) -> bool {
    one.content.iter().any(|&(start, end)| (start..end).any(|at| line.word(at).quote.is_some()))
}

fn free(content: Vec<(usize, usize)>, source: Option<Source>, rule: &'static str, sentence: usize) -> Found {
    Found {
        content,
        cue: None,
        class: "say.state".to_owned(),
        source,
        negated: false,
        silence: false,
        alleges: false,
        rule,
        sentence,
        continues: false,
    }
}
