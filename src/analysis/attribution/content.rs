//! What is said: where content begins behind a cue and where it ends. Knows no speaker.

use crate::analysis::class::Class;
use crate::analysis::line::Line;
use crate::analysis::phrases;

/// One past the last word of content that begins at `from`: the sentence's end, or where another source or cue takes over.
pub(crate) fn end(line: &Line<'_>, from: usize, hi: usize) -> usize {
    let mut at = from;
    let stop = trim(line, from, hi);
    while at < stop {
        let word = line.word(at);
        if let Some(number) = word.quote {
            let close = line.quotes.get(number as usize).map_or(at, |quote| quote.close);
            if at < close {
                at = close;
                continue;
            }
        }
        if word.is_mark(";") {
            return trim(line, from, at);
        }
        let breaks = word.is_mark(",—–") || (word.is_mark("\"”»") && word.quote.is_some());
        if breaks && at > from && other_source(line, at + 1, stop) {
            return trim(line, from, at + usize::from(word.quote.is_some()));
        }
        if at > from + 1 && line.hit(at, |entry| entry.has_trait("preposition") && !entry.has_trait("clause_start")).is_some() {
            return unhang(line, from, trim(line, from, at));
        }
        if word.is_mark(":") && at > from && line.drops_subject && remarks(line, at + 1, stop) {
            return trim(line, from, at);
        }
        let joins = word.is(Class::AND.and(Class::BUT)) && word.quote.is_none();
        if at > from && joins && (other_verb(line, at + 1, stop) || other_gerund(line, at + 1)) {
            return trim(line, from, at);
        }
        at += 1;
    }
    stop
}

/// Takes a joining word off that nothing follows: "l'arbitro, che | secondo il club …".
fn unhang(line: &Line<'_>, from: usize, end: usize) -> usize {
    let hangs = end > from + 1 && line.drops_subject && line.word(end - 1).is(Class::WH) && line.word(end - 2).is_mark(",");
    if hangs { trim(line, from, end - 1) } else { end }
}

/// "…: lo ha comunicato l'azienda": behind the colon a pronoun takes the content up again for another verb of saying.
fn remarks(line: &Line<'_>, at: usize, hi: usize) -> bool {
    let mut verb = at;
    while verb < hi && line.word(verb).is(Class::CLITIC.and(Class::HAVE)) {
        verb += 1;
    }
    line.word(at).is(Class::CLITIC) && line.hit(verb, super::is_speech).is_some_and(|hit| !hit.has_tag("gerund"))
}

/// Whether a coordinated verb of saying with its own content begins at `at`: "… and said it was late".
fn other_verb(line: &Line<'_>, at: usize, hi: usize) -> bool {
    let mut at = at;
    let first = at;
    // "confirmed the call but would not discuss it".
    let contrasts = line.before(at, 0).is(Class::BUT);
    let denies = (at..hi.min(at + 3)).any(|at| line.word(at).is(Class::NEG)) && line.before(at, 0).is(Class::AND);
    let modal = |at: usize| (contrasts || denies) && line.word(at).is(Class::MODAL.and(Class::DO).and(Class::NEG));
    while at < hi && (phrases::is_adverb(line, at) || line.word(at).is(Class::HAVE) || modal(at)) {
        at += 1;
    }
    let silent = (first..=at).any(|at| line.hit(at, |entry| entry.has_trait("silence")).is_some());
    if silent {
        return true;
    }
    let wanted = |entry: &crate::rules::Entry| super::is_speech(entry) || denies && crate::analysis::class::is_cue(entry);
    let Some(hit) = line.hit(at, wanted).filter(|hit| !hit.has_tag("gerund")) else { return false };
    let next = at + hit.len;
    let made = hit.has_tag("past") || hit.has_tag("participle") && line.before(at, 0).is(Class::HAVE) || denies;
    let object = hit.entry.has_trait("strong")
        || line.word(next).is(Class::THAT)
        || opens_quote(line, next)
        || (hit.entry.has_trait("clause") && has_verb(line, next, hi))
        || (hit.entry.has_trait("np") && made);
    let noun = line.word(at).is(Class::NOUN) && !line.word(next).is(Class::THAT.and(Class::PRON));
    line.is_verb(at, 0) && object && !noun && next < hi
}

/// "… and warning that": a gerund of saying with content of its own.
fn other_gerund(line: &Line<'_>, at: usize) -> bool {
    let hit = line.hits(at).iter().find(|hit| hit.has_tag("gerund") && super::is_speech(hit.entry));
    hit.is_some_and(|hit| line.word(at + hit.len).is(Class::THAT) || opens_quote(line, at + hit.len))
}

/// Whether another attribution begins at `at`: "according to …", a cue gerund, "… officials said" at the end, "but X said".
fn other_source(line: &Line<'_>, at: usize, hi: usize) -> bool {
    let at = if line.word(at).is_mark(",") { at + 1 } else { at };
    if line.hit(at, |entry| entry.has_trait("preposition") && !entry.has_trait("clause_start")).is_some() {
        return true;
    }
    let mut first = at;
    while phrases::is_adverb(line, first) && first < hi {
        first += 1;
    }
    if line.hits(first).iter().any(|hit| hit.has_tag("gerund") && super::is_speech(hit.entry)) && line.is_verb(first, at) {
        return true;
    }
    if line.word(first).is(Class::WITH) {
        let gerund = phrases::after(line, first + 1, hi)
            .map(|phrase| phrase.end)
            .filter(|&at| line.hits(at).iter().any(|hit| hit.has_tag("gerund") && super::is_speech(hit.entry)));
        if gerund.is_some() {
            return true;
        }
    }
    let joined = line.word(first).is(Class::BUT.and(Class::AND).and(Class::SUB));
    if joined {
        first += 1;
    }
    if let Some(phrase) = phrases::after(line, first, hi)
        && said_by(line, phrase, first, hi, joined)
    {
        return true;
    }
    inverted(line, first, hi)
}

/// Whether the phrase is the subject of another cue: "…, officials said", "…, but the mayor does not believe …".
fn said_by(line: &Line<'_>, phrase: phrases::Phrase, first: usize, hi: usize, joined: bool) -> bool {
    let mut verb = phrase.end;
    // "and Ada Roe, whose fund owns a part of it, has urged …".
    if joined && line.word(verb).is_mark(",") && line.word(verb + 1).is(Class::WH.and(Class::POSS).and(Class::DET)) {
        let close = (verb + 1..hi.min(verb + 16)).find(|&at| line.word(at).is_mark(",") && line.word(at).quote.is_none());
        verb = close.map_or(verb, |close| close + 1);
    }
    let auxiliary = Class::HAVE.and(Class::CLITIC);
    let auxiliary = if joined { auxiliary.and(Class::DO).and(Class::NEG) } else { auxiliary };
    while phrases::is_adverb(line, verb) || line.word(verb).is(auxiliary) {
        verb += 1;
    }
    // "…, because the owners want to sell" is part of what is said.
    let apart = joined && line.before(first, 0).is(Class::AND.and(Class::BUT));
    let cue = |entry: &crate::rules::Entry| {
        super::is_speech(entry) || apart && crate::analysis::class::is_cue(entry) && !entry.has_trait("topic")
    };
    let Some(hit) = line.hit(verb, cue).filter(|_| verb < hi && line.is_verb(verb, first)) else { return false };
    let ends = verb + hit.len >= hi || line.word(verb + hit.len).is_mark(",.;");
    let subject = !line.word(verb).is(Class::NOUN) || ends || hit.has_tag("past") || line.word(verb + hit.len).is(Class::THAT);
    (ends || joined) && subject
}

/// Whether a cue with its source behind it begins at `at`: "…», ha risposto il ministro", "…», si legge in una nota".
pub(crate) fn inverted(line: &Line<'_>, at: usize, hi: usize) -> bool {
    let mut at = at;
    while line.drops_subject
        && at < hi
        && line.word(at).is(Class::HAVE.and(Class::CLITIC))
        && line.hit(at, super::is_speech).is_none()
    {
        at += 1;
    }
    let hit = line.hit(at, |entry| super::is_speech(entry) && entry.has_trait("quote"));
    let Some(hit) = hit.filter(|hit| !hit.has_tag("gerund")) else { return false };
    let next = at + hit.len;
    if hit.entry.has_trait("impersonal") && line.word(next).is(Class::PREP) {
        return true;
    }
    let Some(phrase) = phrases::after(line, next, hi) else { return false };
    let rest = line.word(phrase.end);
    let goes_on = rest.is(Class::PREP.and(Class::WH)) && super::may_be_source(line, next);
    phrase.end >= hi || rest.is_mark(",.;") || line.drops_subject && goes_on
}

/// Whether the quotation that ends before `at` has a cue of its own behind it.
pub(crate) fn cued_behind(line: &Line<'_>, at: usize, hi: usize) -> bool {
    let comma = line.word(at).is_mark(",–—") && line.word(at).quote.is_none();
    let within = at >= 2 && line.word(at - 2).is_mark(",!?");
    if !(comma || within) {
        return false;
    }
    let first = at + usize::from(comma);
    let normal = || {
        let phrase = phrases::after(line, first, hi).filter(|_| !line.drops_subject);
        phrase.is_some_and(|phrase| {
            let hit = line.hit(phrase.end, |entry| super::is_speech(entry) && entry.has_trait("quote"));
            hit.is_some_and(|hit| phrase.end + hit.len >= hi || !line.word(phrase.end + hit.len).is(Class::THAT))
        })
    };
    inverted(line, first, hi) || normal()
}

/// Takes final full stops and commas outside quotations off.
pub(crate) fn trim(line: &Line<'_>, from: usize, end: usize) -> usize {
    let mut end = end;
    while end > from && line.word(end - 1).quote.is_none() && line.word(end - 1).is_mark(".,;:—–-") {
        end -= 1;
    }
    end
}

/// Where the content begins behind the cue that ends at `at`: past those spoken to, dates, places and adverbs.
pub(crate) fn start(line: &Line<'_>, at: usize, hi: usize, object: bool) -> usize {
    let mut at = at;
    let mut taken_object = !object;
    for _ in 0..6 {
        let word = line.word(at);
        if let Some(end) = titled(line, at).filter(|&end| line.word(end).is(Class::THAT)) {
            at = end;
            continue;
        }
        if at >= hi || word.quote.is_some() {
            break;
        }
        if word.is(Class::THAT) && !(word.is(Class::DET) && line.word(at + 1).is(Class::BE)) {
            break;
        }
        let adverb = phrases::is_adverb(line, at) && !word.is(Class::OPENER);
        let before_quote = word.is_mark(",") && opens_quote(line, at + 1);
        let skipped = if let Some(end) = dated(line, at, hi) {
            Some(end)
        } else if adverb || word.is(Class::SELF) || word.is(Class::TIME) || before_quote {
            Some(at + 1)
        } else if word.is_mark(",") {
            inserted(line, at, hi)
        } else if word.is(Class::PREP) || (word.is(Class::TO) && !line.is_verb(at + 1, hi) && hearer(line, at + 1)) {
            prepositional(line, at, hi)
        } else if !taken_object {
            taken_object = true;
            spoken_to(line, at, hi)
        } else {
            None
        };
        match skipped {
            Some(next) if next > at => at = next,
            _ => break,
        }
    }
    at
}

/// One past a title in quotation marks that opens at `at`.
fn titled(line: &Line<'_>, at: usize) -> Option<usize> {
    let quote = line.quotes.get(line.word(at).quote? as usize)?;
    (quote.open == at && is_title(line, at)).then(|| quote.end())
}

/// Whether the quotation that opens at `at` is the name of a work or a broadcast: capitals but for its small words.
pub(crate) fn is_title(line: &Line<'_>, at: usize) -> bool {
    let quote = line.word(at).quote.and_then(|number| line.quotes.get(number as usize));
    let Some(quote) = quote.filter(|quote| quote.open == at && quote.closed) else { return false };
    let words = || (quote.inner_start()..quote.inner_end()).filter(|&at| line.word(at).is_word());
    let small = Class::DET.and(Class::PREP).and(Class::OF).and(Class::AND).and(Class::TO).and(Class::POSS);
    words().count() <= 8
        && words().next().is_some_and(|first| line.word(first).capital)
        && words().all(|at| line.word(at).capital || line.word(at).is(small))
        && !line.word(quote.inner_end().saturating_sub(1)).is_mark("!?")
}

/// Whether the word behind "to" may be somebody spoken to, and no verb.
fn hearer(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    let known =
        Class::DET.and(Class::POSS).and(Class::PRON).and(Class::NOUN).and(Class::ROLE).and(Class::PERSON_NOUN).and(Class::MANY);
    line.drops_subject && !word.is(Class::VERB)
        || word.capital
        || word.is(known) && (!word.is(Class::VERB) || word.is(Class::ROLE.and(Class::PERSON_NOUN)))
}

/// "last week", "six months ago" between cue and content.
fn dated(line: &Line<'_>, at: usize, hi: usize) -> Option<usize> {
    let part = |at: usize| {
        let word = line.word(at);
        let near = line.hit(at, |entry| entry.is_a("date")).is_some();
        near || word.is(Class::DET.and(Class::TIME).and(Class::ADV)) || word.kind == crate::token::TokenKind::Number
    };
    let end = (at..hi.min(at + 5)).find(|&index| !part(index)).unwrap_or(at);
    let timed = (at..end).any(|index| line.word(index).is(Class::TIME));
    let next = line.word(end);
    let opens = Class::THAT.and(Class::DET).and(Class::POSS).and(Class::PRON);
    (timed && end > at + 1 && (next.is(opens) || next.capital || opens_quote(line, end) || next.is_mark(".,:"))).then_some(end)
}

/// ", in a satirical fashion," between cue and content.
fn inserted(line: &Line<'_>, at: usize, hi: usize) -> Option<usize> {
    // "asked the commissioner, Ada Roe, to appear".
    let close = (at + 1..hi.min(at + 12)).find(|&index| line.word(index).is_mark(","));
    let apposed = close.filter(|&close| line.word(close + 1).is(Class::THAT.and(Class::TO)) && !has_verb(line, at + 1, close));
    if let Some(close) = apposed {
        return Some(close + 1);
    }
    if !line.word(at + 1).is(Class::PREP.and(Class::SUB)) {
        return None;
    }
    let close = (at + 1..hi.min(at + 14)).find(|&index| line.word(index).is_mark(","))?;
    (line.word(close + 1).is(Class::THAT) || opens_quote(line, close + 1)).then_some(close + 1)
}

/// "on Tuesday", "in a statement", "to reporters": only where content follows at once.
fn prepositional(line: &Line<'_>, at: usize, hi: usize) -> Option<usize> {
    let phrase = phrases::after(line, at + 1, hi);
    if line.word(at + 1).is(Class::TIME)
        || line.word(at + 1).kind == crate::token::TokenKind::Number && line.word(at + 2).is(Class::TIME)
    {
        let mut end = at + 1;
        let timed = |at: usize| line.word(at).is(Class::TIME) || line.word(at).kind == crate::token::TokenKind::Number;
        while end < hi && (timed(end) || line.word(end).is(Class::DET) && timed(end + 1)) {
            end += 1;
        }
        return Some(end);
    }
    let end = phrase?.end;
    let next = line.word(end);
    let follows = next.is(Class::THAT)
        || next.is(Class::TO) && !next.is(Class::PREP)
        || next.is_mark(":")
        || opens_quote(line, end)
        || (next.is_mark(",") && opens_quote(line, end + 1))
        || end >= hi
        || next.is_mark(".");
    follows.then_some(end)
}

/// "told reporters that", "told The Huffington Post, “…”", "told him he would".
fn spoken_to(line: &Line<'_>, at: usize, hi: usize) -> Option<usize> {
    let word = line.word(at);
    if word.is(Class::PRON) && !word.is(Class::THING) {
        return Some(at + 1);
    }
    let phrase = phrases::after(line, at, hi)?;
    let next = line.word(phrase.end);
    let follows = next.is(Class::THAT.and(Class::TO).and(Class::QUESTION))
        || next.is_mark(":,")
        || opens_quote(line, phrase.end)
        || next.is(Class::PREP.and(Class::TIME))
        || dated(line, phrase.end, hi).is_some()
        || next.is_mark(".")
        || phrase.end >= hi;
    if follows {
        return Some(phrase.end);
    }
    // Without a mark the phrase is cut where its clause begins: "told reporters the bridge was safe".
    if next.is(Class::DET.and(Class::POSS)) || (next.is(Class::PRON)) {
        return Some(phrase.end);
    }
    None
}

/// Whether a quotation opens at `at`.
pub(crate) fn opens_quote(line: &Line<'_>, at: usize) -> bool {
    let number = line.word(at).quote;
    number.is_some_and(|number| line.quotes.get(number as usize).is_some_and(|quote| quote.open == at))
}

/// Whether a verb stands in the range outside quotations: it is a clause.
pub(crate) fn has_verb(line: &Line<'_>, from: usize, end: usize) -> bool {
    (from..end).any(|at| {
        let word = line.word(at);
        let finite = word.is(Class::BE.and(Class::HAVE).and(Class::MODAL).and(Class::DO));
        finite
            || (at > from && line.is_verb(at, from) && !line.before(at, from).is(Class::TO))
            || (at > from && word.past && !line.before(at, from).is(Class::DET.and(Class::PREP).and(Class::OF)))
    })
}
