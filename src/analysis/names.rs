//! Finds names in a block: runs of capitals with the small words that join them, parted from the titles before them.
//! Knows neither entities nor statements.

use super::class::Class;
use super::line::Line;
use super::vocabulary::Vocabulary;
use crate::document::BlockKind;
use crate::span::Span;
use crate::token::TokenKind;

/// A name as it stands in the text.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// Its words without title and role.
    pub span: Span,
    /// Folded words, joiners included.
    pub words: Vec<String>,
    /// Role words directly before it.
    pub role: Option<Span>,
    /// What its words and its place tell of it.
    pub class: Class,
    /// Whether only its place at the start of a sentence or in a heading makes it look like a name.
    pub doubtful: bool,
    /// Whether it stands as the name of a group: one word, a plural, behind an article or a number ("the Calders have", "two Calders").
    pub group: bool,
    /// Whether it begins with the name of a people ("German Calders"): what follows is nobody's surname.
    pub of_people: bool,
}

/// All names of a block.
pub(crate) fn find(line: &Line<'_>, vocabulary: &Vocabulary) -> Vec<Name> {
    let mut names = Vec::new();
    if matches!(line.kind, BlockKind::Dateline | BlockKind::Boilerplate) {
        return names;
    }
    let heading = !matches!(line.kind, BlockKind::Paragraph | BlockKind::Caption | BlockKind::Correction | BlockKind::Byline);
    for &(lo, hi) in &line.sentences {
        let mut at = lo;
        while at < hi {
            if !begins(line, at) {
                at += 1;
                continue;
            }
            let end = run_end(line, at, hi);
            split_run(line, at, end, lo, vocabulary, heading, &mut names);
            at = end.max(at + 1);
        }
    }
    names
}

fn begins(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    word.capital && !word.is(Class::PRON.and(Class::TIME)) && !is_grammar(line, at) && !is_month(line, at)
}

/// "May" beside a number or behind "in": a month, where it might be a name.
fn is_month(line: &Line<'_>, at: usize) -> bool {
    let number = |at: usize| line.word(at).kind == TokenKind::Number;
    let before = |at: usize| number(at) || line.word(at).is(Class::IN);
    line.word(at).is(Class::MONTH) && (at.checked_sub(1).is_some_and(before) || number(at + 1))
}

/// Small words that are never part of a name's beginning, however they are written.
fn is_grammar(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    (word.is(Class::FUNCTION) || (word.is(Class::BE.and(Class::DO).and(Class::HAVE)) && !word.is(Class::GIVEN)))
        && !(word.is(Class::ORG.and(Class::GIVEN)) && word.folded.chars().count() > 3)
}

/// One past the last word of the run of capitals that begins at `at`.
fn run_end(line: &Line<'_>, at: usize, hi: usize) -> usize {
    let mut end = at + 1;
    let mut organisation = line.word(at).is(Class::ORG);
    while end < hi {
        let word = line.word(end);
        let touching = word.start == line.word(end - 1).end;
        if carries_capital(line, end) && !word.is(Class::PRON.and(Class::TIME)) {
            organisation |= word.is(Class::ORG);
            end += 1;
        } else if word.is_mark(".")
            && touching
            && is_initial_or_title(line, end - 1)
            && line.word(end + 1).capital
            && end + 1 < hi
        {
            end += 2;
        } else if word.is(Class::GENITIVE) && joins_by_genitive(line, at, end) {
            organisation = true;
            end += 2;
        } else if word.is(Class::JOINER.and(Class::PARTICLE)) {
            let mut next = end + 1;
            while next < hi && next < end + 3 && line.word(next).is(Class::JOINER.and(Class::DET)) && !line.word(next).capital {
                next += 1;
            }
            let particle = word.is(Class::PARTICLE) && next == end + 1;
            let of = organisation && word.is(Class::OF.and(Class::PREP).and(Class::PARTICLE));
            if next < hi && carries_capital(line, next) && !line.word(next).is(Class::TIME) && (particle || of) {
                end = next + 1;
            } else {
                break;
            }
        } else if word.kind == TokenKind::Number
            && end < hi
            && word.folded.len() <= 4
            && organisation
            && line.word(end + 1).capital
            && end + 1 < hi
        {
            end += 1;
        } else {
            break;
        }
    }
    end
}

/// A capital, or a small prefix before one ("al-Amr", "d'Amato").
fn carries_capital(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    word.capital || (word.folded.contains('-') && word.is_word() && line.inner_capital(at))
}

fn is_initial_or_title(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    word.folded.chars().count() == 1 || (word.is(Class::TITLE) && word.folded.chars().count() <= 5)
}

/// "Prosecutor's Office": the institution belongs to the office, not to the name before it.
fn joins_by_genitive(line: &Line<'_>, start: usize, at: usize) -> bool {
    let next = line.word(at + 1);
    let before = line.word(at - 1);
    next.capital && next.is(Class::ORG) && before.is(Class::ROLE.and(Class::PERSON_NOUN)) && !line.word(start).is(Class::TIME)
}

/// Parts a run into what stands before a role, the role, and the name.
fn split_run(
    line: &Line<'_>,
    start: usize,
    end: usize,
    lo: usize,
    vocabulary: &Vocabulary,
    heading: bool,
    names: &mut Vec<Name>,
) {
    let mut from = start;
    if from == lo || line.word(from - 1).quote != line.word(from).quote {
        while from < end && is_opener(line, from, end, vocabulary) {
            from += 1;
        }
    }
    let organisation = (from..end).any(|at| line.word(at).is(Class::ORG) && line.word(at).capital && at > from)
        || (line.word(from).is(Class::ORG) && end > from + 1 && line.word(from + 1).is(Class::OF));
    let mut role: Option<(usize, usize)> = None;
    let mut at = from;
    while at < end {
        match role_at(line, at, end) {
            Some(len) => {
                role = Some((role.map_or(at, |(first, last)| if last == at { first } else { at }), at + len));
                at += len;
            }
            None => at += 1,
        }
    }
    match role {
        Some((first, last)) if last < end && !(organisation && last + 1 < end && line.word(last).is(Class::GENITIVE)) => {
            let described =
                (from..first).all(|at| line.word(at).is(Class::OPENER) || vocabulary.is_small(&line.word(at).folded));
            if first > from && !described {
                push(line, from, first, None, lo, vocabulary, heading, names);
            }
            let first = if described { from } else { first };
            let joined = line.word(last).is(Class::OF.and(Class::JOINER)) && !line.word(last).capital;
            if joined {
                push(line, last + 1, end, None, lo, vocabulary, heading, names);
            } else {
                push(line, last, end, Some(line.span(first, last)), lo, vocabulary, heading, names);
            }
        }
        Some((first, last)) if last == end && !organisation && (from..first).all(|at| line.word(at).is(Class::OPENER)) => {}
        Some((first, last)) if last == end && !organisation && first > from => {
            push(line, from, first, None, lo, vocabulary, heading, names);
        }
        _ => push(line, from, end, small_role_before(line, from, lo), lo, vocabulary, heading, names),
    }
}

/// Length of the role or title that begins at `at`.
fn role_at(line: &Line<'_>, at: usize, end: usize) -> Option<usize> {
    let hit = line.hit(at, |entry| entry.is_a("role") || entry.is_a("title"))?;
    let dotted = line.word(at + hit.len).is_mark(".") && line.word(at + hit.len).start == line.word(at + hit.len - 1).end;
    let short = line.word(at).folded.chars().count() <= 5;
    let len = if dotted && short && at + hit.len < end { hit.len + 1 } else { hit.len };
    (at + len <= end).then_some(len)
}

/// "police officer Marco Malerba", "co-founder Mark Zuckerberg": a role in small letters directly before the name.
fn small_role_before(line: &Line<'_>, from: usize, lo: usize) -> Option<Span> {
    let mut first = from;
    while first > lo && line.word(first - 1).is(Class::ROLE) && !line.word(first - 1).capital {
        first -= 1;
    }
    (first < from && line.word(from - 1).is(Class::TITLE)).then(|| line.span(first, from))
}

/// Whether the word at the start of a sentence is no part of a name.
fn is_opener(line: &Line<'_>, at: usize, end: usize, vocabulary: &Vocabulary) -> bool {
    let word = line.word(at);
    if word.is(Class::GIVEN.and(Class::PLACE)) || vocabulary.is_inner_capital(&word.folded) {
        return false;
    }
    if word.is(Class::OPENER.and(Class::FORMER).and(Class::ADV)) {
        return true;
    }
    let small = vocabulary.is_small(&word.folded);
    if at + 1 < end {
        return small && !word.is(Class::ORG.and(Class::ROLE).and(Class::PEOPLE));
    }
    let known = Class::NOUN.and(Class::VERB).and(Class::PERSON_NOUN).and(Class::ORG_NOUN).and(Class::DOC_NOUN).and(Class::ROLE);
    small || word.is(known.and(Class::PEOPLE).and(Class::CUE))
}

#[allow(clippy::too_many_arguments)]
fn push(
    line: &Line<'_>,
    start: usize,
    end: usize,
    role: Option<Span>,
    lo: usize,
    vocabulary: &Vocabulary,
    heading: bool,
    names: &mut Vec<Name>,
) {
    let mut end = end;
    while end > start
        && (line.word(end - 1).is(Class::JOINER) && !line.word(end - 1).capital || line.word(end - 1).is_mark(".,"))
    {
        end -= 1;
    }
    if end <= start {
        return;
    }
    let words: Vec<String> = (start..end).map(|at| line.word(at).folded.clone()).collect();
    let mut class = Class::default();
    for at in start..end {
        class = class.and(line.word(at).class);
    }
    // Given names tell a person only at the start, places only as the whole.
    if !line.word(start).is(Class::GIVEN) {
        class = Class(class.0 & !(Class::GIVEN.0 | Class::MALE.0 | Class::FEMALE.0));
    }
    let whole_place = line.hit(start, |entry| entry.is_a("place.country") || entry.is_a("place.town"));
    if whole_place.is_none_or(|hit| hit.len != end - start) {
        class = Class(class.0 & !Class::PLACE.0);
    }
    if line.before(start, 0).is(Class::IN) {
        class = class.and(Class::IN);
    }
    if let Some(role) = role {
        class = class.and(Class::TITLE);
        let first = line.index_at(role.start);
        for at in first..start {
            class = class.and(Class(line.word(at).class.0 & (Class::MALE.0 | Class::FEMALE.0)));
        }
    } else {
        class = Class(class.0 & !Class::TITLE.0);
    }
    let alone = end - start == 1;
    let first = line.word(start);
    let unsure = (start == lo || line.before(start, lo).is_mark("\"“«:‘")) && !vocabulary.is_inner_capital(&first.folded);
    let demonym = alone && first.is(Class::PEOPLE) && !first.is(Class::GIVEN);
    if demonym {
        return;
    }
    let known = Class::NOUN.and(Class::VERB).and(Class::PERSON_NOUN).and(Class::ORG_NOUN).and(Class::DOC_NOUN);
    let acts = line.word(end).is(Class::CUE.and(Class::HAVE).and(Class::BE).and(Class::GENITIVE)) && !first.is(known);
    let unsure = unsure && (!acts || vocabulary.is_small(&first.folded));
    // "ANALYST DOUBTS": capitals throughout tell no role from a name.
    let shouted = heading && line.words.iter().filter(|word| word.folded.chars().count() > 1).all(|word| word.shouts);
    let doubtful = (role.is_none() || shouted) && (heading || (unsure && alone && !first.is(Class::GIVEN.and(Class::PLACE))));
    let group = alone && role.is_none() && first.plural == Some(true) && is_counted(line, start);
    let of_people = !alone && role.is_none() && first.is(Class::PEOPLE) && !first.is(Class::GIVEN);
    names.push(Name { span: line.span(start, end), words, role, class, doubtful, group, of_people });
}

/// Whether the word stands behind an article or a number, and before no noun that it would belong to ("the Hughes verdict").
fn is_counted(line: &Line<'_>, at: usize) -> bool {
    let counts = Class::DET.and(Class::MANY);
    let next = line.word(at + 1);
    let joins = Class::FUNCTION.and(Class::AND).and(Class::BE).and(Class::HAVE).and(Class::MODAL).and(Class::DO);
    line.before(at, 0).is(counts) && (next.kind == TokenKind::Mark || next.is(joins) || next.past)
}
