//! Attributions made by a preposition ("according to X"). Knows the trait, not the words.

use super::Found;
use super::content;
use super::subject::{self, Source};
use crate::analysis::class::Class;
use crate::analysis::line::Line;
use crate::analysis::phrases::{self, Phrase};
use crate::rules::LexiconMatch;

/// Reads the attribution whose prepositional cue begins at `at`.
pub(super) fn read(line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<(Found, usize)> {
    let hit = line.hit(at, |entry| entry.has_trait("preposition"))?;
    let end = at + hit.len;
    if let Some(found) = relative(line, at, lo, hi, hit) {
        return Some(found);
    }
    let own = (at..end).find(|&at| hit.entry.has_trait("own") && line.word(at).is(Class::POSS));
    let phrase = match own {
        Some(own) => Phrase { start: own, end, head: own },
        None => reported(line, end, hi).unwrap_or_else(|| phrases::after(line, end, hi))?,
    };
    let marked = line.word(phrase.end).is_mark(",") || content::opens_quote(line, phrase.end);
    if hit.entry.has_trait("clause_start") && !(at == lo && marked && phrase.end - end <= 8) {
        return None;
    }
    if hit.entry.has_trait("opinion") && !is_opinion(line, phrase.end, hi) {
        return None;
    }
    // "Secondo i vigili del fuoco, …": several, by the article, and commas that part them from what is said; "secondo il programma" not.
    let several = line.hit(phrase.start, |entry| entry.is_a("gram.plural_article")).is_some();
    let parted = several && marked && (at == lo || line.before(at, lo).is_mark(","));
    let definite = parted && !hit.entry.has_trait("clause_start");
    if own.is_none() && hit.entry.has_trait("holder") && !definite && !names_holder(line, phrase.start, phrase.end) {
        return None;
    }
    let opens = at == lo
        || line.before(at, lo).is(Class::THAT.and(Class::BUT).and(Class::AND))
        || at == lo + 1 && line.word(lo).is_mark("\"“")
        || line.before(at, lo).is_mark(":");
    let mut source = Source { end: described_until(line, phrase, own.is_some(), hi), ..Source::of(phrase) };
    let content = if opens {
        let comma = (phrase.end..hi).find(|&index| line.word(index).is_mark(",") && line.word(index).quote.is_none());
        // "According to a report released by the institute, …": a participle describes the source.
        let described = line.word(phrase.end).is(Class::WH) || participle(line, phrase.end);
        let comma = comma.filter(|&comma| described || !content::has_verb(line, phrase.end, comma));
        match comma {
            Some(comma) => {
                let relative = line.word(comma + 1).is(Class::WH);
                let close = (comma + 1..hi).find(|&at| line.word(at).is_mark(",") && line.word(at).quote.is_none());
                let comma = described_as(line, phrase.head, comma, hi)
                    .or_else(|| apposition(line, comma, hi))
                    .or(close.filter(|_| relative))
                    .unwrap_or(comma);
                source.end = comma;
                vec![(comma + 1, content::end(line, comma + 1, hi))]
            }
            None => vec![(phrase.end, content::end(line, phrase.end, hi))],
        }
    } else if own.is_some() && line.word(end).is_word() {
        vec![(end, content::end(line, end, hi))]
    } else {
        around(line, at, lo, hi, &mut source)
    };
    if let Some(own) = own {
        source.end = own + 1;
    }
    let content: Vec<(usize, usize)> = content.into_iter().filter(|&(start, end)| end > start).collect();
    if content.is_empty() {
        return None;
    }
    let next = source.end.max(end);
    Some((found(hit, at, Some(source), content), next))
}

/// "two people briefed on the plan": where a participle behind the phrase has a phrase of its own, that one's end.
fn described_until(line: &Line<'_>, phrase: Phrase, own: bool, hi: usize) -> usize {
    let word = line.word(phrase.end);
    let made =
        !line.drops_subject && (word.past || word.hits.iter().any(|hit| hit.has_tag("participle") || hit.has_tag("gerund")));
    let governed = line.word(phrase.end + 1).is(Class::PREP.and(Class::BY));
    if own || !made || !governed || phrase.end + 2 >= hi {
        return phrase.end;
    }
    let end = phrases::after(line, phrase.end + 2, hi).map_or(phrase.end, |phrase| phrase.end);
    if end >= hi || line.word(end).is_mark(",.;") { end } else { phrase.end }
}

/// "the commander, according to whom …": the relative pronoun stands for the phrase before the comma.
fn relative(line: &Line<'_>, at: usize, lo: usize, hi: usize, hit: LexiconMatch<'_>) -> Option<(Found, usize)> {
    let end = at + hit.len;
    let article = usize::from(line.word(end).is(Class::DET) && line.word(end + 1).is(Class::WH));
    let pronoun = end + article;
    if !line.word(pronoun).is(Class::WH) || hit.entry.has_trait("clause_start") || !line.before(at, lo).is_mark(",") {
        return None;
    }
    let antecedent = phrases::before(line, at - 1, lo)?;
    let stop = content::end(line, pronoun + 1, hi);
    if stop <= pronoun + 1 {
        return None;
    }
    let source = Source { start: pronoun, end: pronoun + 1, head: pronoun, antecedent: Some(antecedent), shared: false };
    Some((found(hit, at, Some(source), vec![(pronoun + 1, stop)]), pronoun + 1))
}

fn found(hit: LexiconMatch<'_>, at: usize, source: Option<Source>, content: Vec<(usize, usize)>) -> Found {
    Found {
        content,
        cue: Some((at, at + hit.len)),
        class: hit.entry.id.to_string(),
        source,
        negated: false,
        silence: false,
        alleges: hit.entry.has_trait("alleges"),
        rule: "attribution.according_to",
        sentence: 0,
        continues: false,
    }
}

/// A preposition with other senses opens a view only before words in quotation marks or a judgement ("…, it is wrong").
fn is_opinion(line: &Line<'_>, from: usize, hi: usize) -> bool {
    let shows =
        (from..hi).find(|&at| line.is_verb(at, from)).is_some_and(|at| line.hit(at, |entry| entry.is_a("show")).is_some());
    if shows {
        return true;
    }
    let quoted = (from..hi).any(|at| content::opens_quote(line, at));
    let verb = (from..hi).find(|&at| line.is_verb(at, from) || line.word(at).is(Class::HAVE));
    // "sarebbe stato giusto".
    let verb = verb.map(|at| at + usize::from(line.word(at).is(Class::BE) && line.word(at + 1).is(Class::BE)));
    quoted
        || verb.is_some_and(|at| {
            line.word(at).is(Class::BE) && !line.word(at + 1).hits.iter().any(|hit| hit.has_tag("participle"))
        })
}

/// "secondo quanto riferito dalla polizia", "secondo quanto ha detto Rossi": the source behind a second cue. `Some(None)`: it names none.
fn reported(line: &Line<'_>, at: usize, hi: usize) -> Option<Option<Phrase>> {
    if !line.drops_subject || !line.word(at).is(Class::QUESTION) {
        return None;
    }
    let stop = (at + 1..hi.min(at + 7)).find(|&at| line.word(at).is_mark(",")).unwrap_or(hi.min(at + 7));
    if let Some(by) = (at + 1..stop).find(|&at| line.word(at).is(Class::BY)) {
        return Some(phrases::after(line, by + 1, hi));
    }
    let verb = (at + 1..stop).find(|&at| line.word(at).is(Class::CUE) || line.word(at).past);
    Some(verb.and_then(|verb| phrases::after(line, verb + 1, hi)))
}

/// A name, a pronoun, a role, an institution or a document can hold a view; "second place" can't.
fn names_holder(line: &Line<'_>, start: usize, end: usize) -> bool {
    let holder =
        Class::PRON.and(Class::ROLE).and(Class::PERSON_NOUN).and(Class::ORG_NOUN).and(Class::DOC_NOUN).and(Class::MANY);
    (start..end).any(|at| line.word(at).is(holder) || (line.word(at).capital && !line.word(at).is(Class::TIME)))
}

/// A participle with a phrase of its own behind a noun.
fn participle(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    let made = word.past || word.hits.iter().any(|hit| hit.has_tag("participle"));
    let phrase = Class::PREP.and(Class::BY).and(Class::TIME).and(Class::ADV).and(Class::OF);
    made && (line.word(at + 1).is(phrase) || line.hit(at + 1, |entry| entry.is_a("date")).is_some())
}

/// "according to the Brandt Institute, a research group, families would pay": an apposition without a verb, and a clause behind it.
fn described_as(line: &Line<'_>, head: usize, comma: usize, hi: usize) -> Option<usize> {
    let first = line.word(comma + 1);
    let role = (comma + 1..hi.min(comma + 8)).any(|at| line.word(at).is(Class::ROLE)) && line.word(head).capital;
    let next = (comma + 1..hi.min(comma + 16)).find(|&at| line.word(at).is_mark(","))?;
    let apposed = first.is(Class::DET) && (!first.is(Class::DEF) || role) && line.word(comma - 1).capital;
    let opens = line.word(next + 1).is(Class::DET.and(Class::POSS).and(Class::PRON)) || line.word(next + 1).capital;
    (apposed && opens && !content::has_verb(line, comma + 1, next) && content::has_verb(line, next + 1, hi)).then_some(next)
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
