//! Whose saying it is: the subject of a cue, before it, behind it, or shared with the verb before. Knows no content.

use crate::analysis::class::Class;
use crate::analysis::enumeration;
use crate::analysis::line::Line;
use crate::analysis::phrases::{self, Phrase};

/// The words that name the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Source {
    /// First word of the source phrase, apposition included.
    pub start: usize,
    /// One past its last word.
    pub end: usize,
    /// Its head.
    pub head: usize,
    /// The phrase a relative pronoun stands for.
    pub antecedent: Option<Phrase>,
    /// Whether another verb's subject is taken over.
    pub shared: bool,
}

impl Source {
    pub(crate) fn of(phrase: Phrase) -> Self {
        Self { start: phrase.start, end: phrase.end, head: phrase.head, antecedent: None, shared: false }
    }
}

/// The subject of the verb group that begins at `verb`.
pub(crate) fn before(line: &Line<'_>, verb: usize, lo: usize) -> Option<Source> {
    subject(line, verb, lo, 0)
}

/// The subject of a verb of saying: never a phrase that a preposition governs ("Ai cronisti ha detto").
pub(crate) fn speaker_before(line: &Line<'_>, verb: usize, lo: usize) -> Option<Source> {
    let governs = Class::PREP.and(Class::OF).and(Class::DET);
    let adverb = Class::ADV.and(Class::OPENER);
    let noun = Class::NOUN.and(Class::GIVEN).and(Class::PRON).and(Class::MANY).and(Class::ROLE).and(Class::PERSON_NOUN);
    before(line, verb, lo).filter(|source| {
        // "Poi svela: …": a word that opens the sentence, however it is written.
        if line.drops_subject
            && source.start == lo
            && source.end == lo + 1
            && line.word(lo).is(adverb)
            && !line.word(lo).is(noun)
        {
            return false;
        }
        let opening = source.start > lo && (lo..source.start).all(|at| line.word(at).is(governs));
        source.antecedent.is_some() || !opening
    })
}

fn subject(line: &Line<'_>, verb: usize, lo: usize, depth: u8) -> Option<Source> {
    let mut edge = phrases::strip_right(line, verb, lo);
    while edge > lo && phrases::is_adverb(line, edge - 1) && !line.word(edge - 1).is(Class::AND.and(Class::BUT)) {
        edge -= 1;
    }
    edge = before_time(line, edge, lo);
    if edge <= lo || depth > 3 {
        return None;
    }
    let previous = line.word(edge - 1);
    if previous.is(Class::WH) || (previous.is(Class::THAT) && previous.is(Class::WH)) {
        let mut end = edge - 1;
        if line.before(end, lo).is_mark(",") {
            end -= 1;
        }
        let person = line.hit(edge - 1, |entry| entry.is_a("gram.who")).is_some();
        let antecedent = nearest(line, phrases::before(line, end, lo)?, person);
        return Some(Source { start: edge - 1, end: edge, head: edge - 1, antecedent: Some(antecedent), shared: false });
    }
    // "C'è chi avverte che …": somebody, and nobody named before.
    if line.hit(edge - 1, |entry| entry.is_a("gram.whoever")).is_some() {
        let asked = edge > lo + 1 && line.is_verb(edge - 2, lo) && !line.word(edge - 2).is(Class::BE);
        if asked {
            return None;
        }
        return Some(Source { start: edge - 1, end: edge, head: edge - 1, antecedent: None, shared: false });
    }
    let quoted_comma = previous.quote.is_some() && edge >= 2 && previous.is_mark("\"”»") && line.word(edge - 2).is_mark(",");
    if quoted_comma {
        return parenthesis(line, edge, lo);
    }
    if previous.is_mark(",)—–") || (previous.is_mark("-") && edge - 1 > lo) {
        return parenthesis(line, edge, lo).or_else(|| coordinated(line, edge - 1, lo, depth));
    }
    if previous.is(Class::AND.and(Class::BUT)) {
        return coordinated(line, edge - 1, lo, depth);
    }
    if previous.is(Class::TO) && !previous.is(Class::PREP) {
        return None;
    }
    let Some(phrase) = phrases::before(line, edge, lo) else { return described(line, edge, lo) };
    // "who at the end attacked the team": a phrase between the relative pronoun and its verb.
    let opened = phrase.start >= lo + 3 && line.word(phrase.start - 1).is(Class::PREP) && line.drops_subject;
    if opened && line.word(phrase.start - 2).is(Class::WH) && line.word(phrase.start - 3).is_mark(",") {
        let at = phrase.start - 2;
        let antecedent = nearest(line, phrases::before(line, at - 1, lo)?, false);
        return Some(Source { start: at, end: at + 1, head: at, antecedent: Some(antecedent), shared: false });
    }
    if let Some(relative) = relative_clause(line, phrase, lo) {
        return Some(relative);
    }
    if let Some(found) = reduced_relative(line, phrase, lo).or_else(|| governed(line, phrase, lo)) {
        return Some(found);
    }
    if is_predicate(line, phrase, lo) {
        return of_clause(line, edge, lo);
    }
    if let Some(somebody) = somebody(line, phrase, lo) {
        return Some(somebody);
    }
    let phrase = opened_by_preposition(line, phrase, lo).unwrap_or(phrase);
    Some(Source { start: apposed_start(line, phrase, lo), ..Source::of(phrase) })
}

/// "because the talks were private said": what a form of "be" tells of something else is no subject.
fn is_predicate(line: &Line<'_>, phrase: Phrase, lo: usize) -> bool {
    let bare = phrase.start == phrase.head && phrase.end == phrase.head + 1 && !line.word(phrase.head).capital;
    bare && !line.drops_subject && line.before(phrase.start, lo).is(Class::BE) && !line.word(phrase.head).is(Class::PRON)
}

/// "An official who spoke because the talks were private said": whom the relative clause before `edge` describes.
fn of_clause(line: &Line<'_>, edge: usize, lo: usize) -> Option<Source> {
    let pronoun = (lo + 1..edge).rev().find(|&at| line.hit(at, |entry| entry.is_a("gram.who")).is_some())?;
    let told = (lo..pronoun).any(|at| line.is_verb(at, lo) || line.word(at).quote.is_some());
    let described = if told { None } else { phrases::before(line, pronoun, lo) };
    described.map(|found| Source { end: edge, ..Source::of(found) })
}

/// "Someone in the crowd shouted": the pronoun, and not where they were.
fn somebody(line: &Line<'_>, phrase: Phrase, lo: usize) -> Option<Source> {
    let preposition = phrase.start.checked_sub(1).filter(|&at| at > lo && line.word(at).is(Class::PREP.and(Class::OF)))?;
    let open = |at: usize| line.hit(at, |entry| entry.is_a("pron") && entry.has_trait("open")).is_some();
    let pronoun = preposition.checked_sub(1).filter(|&at| at >= lo && open(at))?;
    Some(Source { start: pronoun, end: phrase.end, head: pronoun, antecedent: None, shared: false })
}

/// "A call with a lawyer, who said": the person behind a preposition, where the head is none. `person`: the pronoun stands for persons
/// alone ("the objections of shopkeepers who say").
fn nearest(line: &Line<'_>, phrase: Phrase, person: bool) -> Phrase {
    let known = Class::ROLE.and(Class::PERSON_NOUN);
    let is_person = |at: usize| line.word(at).is(known) || line.word(at).capital;
    if is_person(phrase.head) {
        return phrase;
    }
    let split = (phrase.head + 1..phrase.end)
        .rev()
        .find(|&at| line.word(at).is(Class::PREP) && (person || !line.word(at).is(Class::OF)));
    let several = |at: usize| person && line.word(at).plural == Some(true);
    match split.and_then(|at| phrases::after(line, at + 1, phrase.end)) {
        Some(inner) if (is_person(inner.head) || several(inner.head)) && inner.end == phrase.end => inner,
        _ => phrase,
    }
}

/// "who in 2021 called": the time between a relative pronoun and its verb.
fn before_time(line: &Line<'_>, edge: usize, lo: usize) -> usize {
    let number = edge.checked_sub(3).filter(|&at| at >= lo && line.word(at).is(Class::WH));
    let timed = |at: usize| line.word(at).is(Class::PREP) && line.word(at + 1).kind == crate::token::TokenKind::Number;
    number.filter(|&at| timed(at + 1)).map_or(edge, |at| at + 1)
}

/// "Malaysia's Prime Minister, Najib Razak said": the role before the comma belongs to the name behind it.
fn apposed_start(line: &Line<'_>, phrase: Phrase, lo: usize) -> usize {
    let comma = line.before(phrase.start, lo).is_mark(",");
    let name = (phrase.start..phrase.end)
        .all(|at| line.word(at).capital || line.word(at).is_mark(".") || line.word(at).is(Class::PARTICLE));
    if !(comma && name) || phrase.start < lo + 2 {
        return phrase.start;
    }
    match phrases::before(line, phrase.start - 1, lo) {
        Some(role)
            if line.word(role.head).is(Class::ROLE.and(Class::PERSON_NOUN))
                && !line.before(role.start, lo).is(Class::PREP.and(Class::AND)) =>
        {
            role.start
        }
        _ => phrase.start,
    }
}

/// "In London police said": a phrase that a preposition opens is no subject, what follows its name or date is.
fn opened_by_preposition(line: &Line<'_>, phrase: Phrase, lo: usize) -> Option<Phrase> {
    let before = line.before(phrase.start, lo);
    if !before.is(Class::PREP.and(Class::OF)) {
        return None;
    }
    let split = (phrase.start + 1..phrase.end)
        .find(|&at| (line.word(at - 1).capital && !line.word(at).capital) || line.word(at - 1).is(Class::TIME))?;
    Some(Phrase { start: split, ..phrase })
}

/// "Jeff Rathke, the spokesman, said": the phrase before the comma, with what stands between the commas.
fn parenthesis(line: &Line<'_>, edge: usize, lo: usize) -> Option<Source> {
    let close = edge - 1;
    if line.word(close).is_mark(")") {
        let open = (lo..close).rev().find(|&at| line.word(at).is_mark("("))?;
        let phrase = phrases::before(line, open, lo)?;
        return Some(Source { end: close + 1, ..Source::of(phrase) });
    }
    let mark = if line.word(close).quote.is_some() { ",".to_owned() } else { line.word(close).folded.clone() };
    let mut at = close;
    for _ in 0..4 {
        let open = (lo..at).rev().find(|&index| line.word(index).is_mark(&mark) && line.word(index).quote.is_none())?;
        let first = open + 1;
        let inside = line.word(first);
        let conjunct = inside.is(Class::AND.and(Class::BUT));
        let relative = (first..close).find(|&index| line.word(index).is(Class::WH)).unwrap_or(close);
        // "the director, delegated by the board, has said": where endings tell, a participle alone makes no clause.
        let bare = |index: usize| {
            let group = phrases::group(line, index, lo);
            line.drops_subject && line.word(index).past && !(group.be || group.have)
        };
        let clause = (first..relative).any(|index| line.is_verb(index, lo) && !bare(index))
            && !inside.is(Class::WH.and(Class::SUB))
            && inside.kind != crate::token::TokenKind::Number
            && line.hit(first, |entry| entry.is_a("gram.who")).is_none()
            && !participle(line, first);
        // "Ada Roe, a nurse on her way home from a shift, said".
        let noun_phrase = inside.is(Class::DET) && open > lo && line.word(open - 1).capital;
        let clause = clause && !noun_phrase;
        if !conjunct
            && !clause
            && open > lo
            && line.word(open - 1).is_word()
            && line.word(open - 1).quote.is_none()
            && let Some(phrase) = phrases::before(line, open, lo)
        {
            let listed = enumeration::people(line, phrase, lo).first().map_or(phrase.start, |person| person.start);
            let left = line.before(listed, lo);
            let free =
                listed == lo || left.is(Class::THAT.and(Class::BUT).and(Class::AS).and(Class::SUB)) || left.is_mark("\"”»");
            let tail = (left.is_mark(",") && !adjunct(line, lo, listed)) || left.is(Class::AND);
            if free || !tail || line.word(phrase.head).capital && !line.word(first).capital {
                return Some(Source { end: close, start: listed, ..Source::of(phrase) });
            }
        }
        if clause && !conjunct {
            return None;
        }
        at = open;
    }
    None
}

/// Whether the sentence opens with a phrase that is no subject: "In response, …", "On Tuesday, …", "Meanwhile, …".
fn adjunct(line: &Line<'_>, lo: usize, end: usize) -> bool {
    let first = line.word(lo);
    let opens = Class::PREP.and(Class::SUB).and(Class::ADV).and(Class::OPENER).and(Class::TIME).and(Class::BUT).and(Class::OF);
    let gerund = first.hits.iter().any(|hit| hit.has_tag("gerund"));
    let commas = (lo..end).filter(|&at| line.word(at).is_mark(",")).count();
    commas == 1 && (first.is(opens) || first.manner || gerund)
}

fn participle(line: &Line<'_>, at: usize) -> bool {
    line.word(at).hits.iter().any(|hit| hit.has_tag("participle") || hit.has_tag("gerund"))
}

/// "He left the room and said": the subject of the verb before, of a verb of saying first.
fn coordinated(line: &Line<'_>, before: usize, lo: usize, depth: u8) -> Option<Source> {
    let finite = |at: &usize| line.word(*at).quote.is_none() && line.is_verb(*at, lo) && !is_nonfinite(line, *at, lo);
    let shared = |earlier: usize| {
        let group = phrases::group(line, earlier, lo);
        let source = subject(line, group.start, lo, depth + 1)?;
        fits(line, earlier, &source, lo).then_some(Source { shared: true, ..source })
    };
    // "said her party backed the idea, and said": a verb that tells words, before one that only judges.
    let tells =
        |&at: &usize| line.hit(at, |entry| super::is_speech(entry) && (entry.has_trait("clause") || entry.has_trait("as")));
    let cue = (lo..before).rev().filter(finite).find(|at| tells(at).is_some()).and_then(shared);
    cue.or_else(|| (lo..before).rev().filter(finite).take(4).find_map(shared))
}

/// Whether a phrase can be the subject of the verb at `verb`: a bare noun in the singular can't ("job cuts"), and where endings
/// tell, number agrees ("the Pacific trade").
pub(super) fn fits(line: &Line<'_>, verb: usize, source: &Source, lo: usize) -> bool {
    if source.antecedent.is_some() {
        return true;
    }
    let head = line.word(source.head);
    let plural = head.is(Class::MANY) || head.hits.iter().any(|hit| hit.entry.pos == "noun" && hit.has_tag("plural"));
    let known = Class::PRON.and(Class::ROLE).and(Class::PERSON_NOUN).and(Class::ORG_NOUN).and(Class::DOC_NOUN);
    let opened = Class::DET.and(Class::POSS).and(Class::GENITIVE);
    let number = crate::token::TokenKind::Number;
    let named = head.capital
        || plural
        || head.is(known)
        || head.plural == Some(true)
        || (source.start..=source.head).any(|at| line.word(at).is(opened) || line.word(at).kind == number);
    let group = phrases::group(line, verb, lo);
    let bare = !(group.be || group.have || group.modal || line.before(verb, lo).is(Class::DO));
    let word = line.word(verb);
    let only =
        |tag: &str| word.is(Class::VERB) && word.hits.iter().filter(|hit| hit.entry.pos == "verb").all(|hit| hit.tags == tag);
    let joined = (source.start..source.end).any(|at| line.word(at).is(Class::AND));
    let agrees = match head.plural {
        Some(ending) if bare && only("base") => ending || plural || joined || head.is(Class::PRON.and(Class::ORG_NOUN)),
        Some(true) if bare && only("third") => head.capital || !plural,
        _ => true,
    };
    named && agrees
}

/// Infinitives, and gerunds and participles without an auxiliary.
fn is_nonfinite(line: &Line<'_>, at: usize, lo: usize) -> bool {
    let group = phrases::group(line, at, lo);
    if group.infinitive {
        return true;
    }
    let word = line.word(at);
    let only =
        |tag: &str| !word.hits.is_empty() && word.hits.iter().filter(|hit| hit.entry.pos == "verb").all(|hit| hit.has_tag(tag));
    only("gerund") && !group.be
}

/// "The man who killed her neighbour said": behind a relative clause the subject stands before the pronoun.
fn relative_clause(line: &Line<'_>, phrase: Phrase, lo: usize) -> Option<Source> {
    let relative = Class::WH.and(Class::THAT);
    let unknown = |at: usize| {
        let told =
            line.word(at).is_word() && at > lo + 1 && line.word(at - 1).is(relative) && phrases::nominal(line, at - 2, lo);
        // Whatever stands behind "who" and before an object is its verb, known or not.
        told && (line.drops_subject || line.hit(at - 1, |entry| entry.is_a("gram.who")).is_some())
    };
    let verb = phrase.start.checked_sub(1).filter(|&at| at > lo && (line.is_verb(at, lo) || unknown(at)))?;
    if line.hit(verb, |entry| crate::analysis::class::is_cue(entry) && !entry.has_trait("thought")).is_some() {
        return None;
    }
    let group = phrases::group(line, verb, lo);
    let pronoun = group.start.checked_sub(1).filter(|&at| at > lo && line.word(at).is(Class::WH.and(Class::THAT)))?;
    let end = if line.word(pronoun - 1).is_mark(",") { pronoun - 1 } else { pronoun };
    phrases::before(line, end, lo).map(|found| Source { end: phrase.end, ..Source::of(found) })
}

/// "A letter seen by the News says": the participle and its agent describe the subject.
fn reduced_relative(line: &Line<'_>, phrase: Phrase, lo: usize) -> Option<Source> {
    if !line.before(phrase.start, lo).is(Class::BY) || phrase.start < lo + 3 {
        return None;
    }
    // "A poll released Friday by the university".
    let mut participle = phrase.start - 2;
    while participle > lo + 1
        && (line.word(participle).is(Class::TIME.and(Class::ADV)) || line.hit(participle, |entry| entry.is_a("date")).is_some())
    {
        participle -= 1;
    }
    let word = line.word(participle);
    let made = word.past || word.hits.iter().any(|hit| hit.has_tag("participle"));
    if !made || phrases::group(line, participle, lo).be {
        return None;
    }
    phrases::before(line, participle, lo).map(|found| Source { end: phrase.end, ..Source::of(found) })
}

/// "A former aide who worked on the campaign recalled", "Officials briefed on the plan say": a phrase that a preposition governs is no
/// subject; it belongs to what describes the subject.
fn governed(line: &Line<'_>, phrase: Phrase, lo: usize) -> Option<Source> {
    let preposition = phrase.start.checked_sub(1).filter(|&at| at > lo + 1 && !line.drops_subject)?;
    let to = line.word(preposition).is(Class::TO) && !line.word(phrase.start).is(Class::VERB);
    if !(line.word(preposition).is(Class::PREP.and(Class::OF)) || to) {
        return None;
    }
    let mut verb = preposition - 1;
    while verb > lo + 1 && (phrases::is_adverb(line, verb) || line.word(verb).is(Class::PREP.and(Class::TIME))) {
        verb -= 1;
    }
    let word = line.word(verb);
    let tagged = |tag: &str| word.hits.iter().any(|hit| hit.entry.pos == "verb" && hit.has_tag(tag));
    let described = word.past || tagged("participle") || tagged("gerund");
    if !(described || line.is_verb(verb, lo)) || word.quote.is_some() {
        return None;
    }
    let group = phrases::group(line, verb, lo);
    let pronoun = line.before(group.start, lo);
    let contact = pronoun.is(Class::PRON) && group.start > lo + 1 && phrases::nominal(line, group.start - 2, lo);
    let subject = if contact {
        // "The company she founded in Paris said".
        phrases::before(line, group.start - 1, lo)?
    } else if pronoun.is(Class::WH) && group.start > lo + 1 {
        let comma = usize::from(line.before(group.start - 1, lo).is_mark(","));
        nearest(line, phrases::before(line, group.start - 1 - comma, lo)?, false)
    } else if described && !(group.be || group.have || group.modal || group.infinitive) && group.start == verb {
        let subject = phrases::before(line, verb, lo)?;
        if line.word(subject.head).is(Class::PRON) || line.before(subject.start, lo).is(Class::PREP.and(Class::OF)) {
            return None;
        }
        subject
    } else {
        return None;
    };
    Some(Source { end: phrase.end, ..Source::of(subject) })
}

/// Where the clause that a relative pronoun's verb opens gives way to the verb of the phrase it describes: "who asked not to be named
/// *said*".
pub(crate) fn resumed(line: &Line<'_>, antecedent: Phrase, start: usize, end: usize, lo: usize) -> Option<usize> {
    let resumes = |at: usize| {
        let verb = line.word(at).is(Class::CUE) && line.word(at).quote.is_none() && line.is_verb(at, lo);
        let group = phrases::group(line, at, lo);
        let subject = if verb && !group.infinitive { described(line, group.start, lo) } else { None };
        subject.is_some_and(|subject| subject.start == antecedent.start).then_some(group.start)
    };
    (start + 1..end).find_map(resumes)
}

/// "Many of those who voted said": a relative clause that ends with its verb.
fn described(line: &Line<'_>, edge: usize, lo: usize) -> Option<Source> {
    let verb = edge.checked_sub(1).filter(|&at| at > lo && line.word(at).is_word() && line.is_verb(at, lo))?;
    let mut group = phrases::group(line, verb, lo);
    let mut cue = line.word(verb).is(Class::CUE);
    let to = usize::from(!group.infinitive && line.before(group.start, lo).is(Class::TO));
    if group.infinitive || to > 0 {
        // "A passenger who asked not to be named said".
        let opens = group.start - to;
        let negated = usize::from(line.before(opens, lo).is(Class::NEG));
        let asked = opens.checked_sub(1 + negated).filter(|&at| at > lo && line.is_verb(at, lo))?;
        (group, cue) = (phrases::group(line, asked, lo), false);
    }
    let pronoun = group.start.checked_sub(1).filter(|&at| at > lo && line.word(at).is(Class::WH) && !cue)?;
    let subject = nearest(line, phrases::before(line, pronoun, lo)?, false);
    Some(Source { end: edge, ..Source::of(subject) })
}

/// The source behind a cue that may have those spoken to, or an occasion, before it: "ha spiegato agli analisti la direttrice".
pub(crate) fn behind(line: &Line<'_>, at: usize, hi: usize, impersonal: bool) -> Option<Source> {
    if !line.drops_subject {
        return after(line, at, hi);
    }
    let mut at = at;
    for _ in 0..3 {
        let word = line.word(at);
        let document =
            phrases::after(line, at + 1, hi).filter(|phrase| line.word(phrase.head).is(Class::DOC_NOUN.and(Class::ORG_NOUN)));
        if word.is(Class::BY) || (impersonal && word.is(Class::PREP) && document.is_some()) {
            let phrase = phrases::after(line, at + 1, hi)?;
            return Some(Source { end: apposition_end(line, phrase.end, hi), ..Source::of(phrase) });
        }
        if phrases::is_adverb(line, at) || word.is(Class::TIME) {
            at += 1;
            continue;
        }
        if !word.is(Class::PREP) || word.is(Class::OF) {
            break;
        }
        let phrase = phrases::after(line, at + 1, hi)?;
        // "in aula Ada Rossi": the name begins behind what is written small.
        let name = (phrase.start + 1..phrase.end)
            .find(|&at| line.word(at).capital && !line.word(at - 1).capital && !line.word(at - 1).is(Class::PREP));
        at = name.unwrap_or(phrase.end);
    }
    after(line, at, hi).filter(|_| !impersonal && (line.word(at).capital || super::may_be_source(line, at)))
}

/// The source behind an inverted cue ("said Ada Roe, a lawyer"), up to the end of its apposition.
pub(crate) fn after(line: &Line<'_>, at: usize, hi: usize) -> Option<Source> {
    let first = line.word(at);
    let objects = Class::THAT.and(Class::TO).and(Class::SUB);
    if first.is(objects) && !first.is(Class::DET) || (first.is(Class::PRON) && first.is(Class::SELF)) {
        return None;
    }
    if first.is(Class::TIME) {
        return if at + 1 < hi { after(line, at + 1, hi) } else { None };
    }
    let phrase = phrases::after(line, at, hi)?;
    Some(Source { end: apposition_end(line, phrase.end, hi), ..Source::of(phrase) })
}

/// Where an apposition after `end` stops, if one begins there and runs to the end of the sentence or to a comma.
pub(crate) fn apposition_end(line: &Line<'_>, end: usize, hi: usize) -> usize {
    if !line.word(end).is_mark(",") || end + 1 >= hi {
        return end;
    }
    let first = line.word(end + 1);
    let opens = (first.is(Class::DET)
        || first.is(Class::ROLE)
        || first.is(Class::WH)
        || first.capital
        || first.is(Class::FORMER)
        || first.kind == crate::token::TokenKind::Number)
        && first.quote.is_none();
    if !opens {
        return end;
    }
    let stop = (end + 1..hi).find(|&at| {
        let word = line.word(at);
        word.quote.is_some() || word.is_mark(",;.:—") && !(word.is_mark(".") && line.word(at + 1).start == word.end)
    });
    let stop = stop.unwrap_or(hi);
    let wide = stop - end > 24;
    if wide { end } else { stop }
}
