//! From a question's text to what is asked: language, wrapping, spelling, pattern, follow-up. Knows no rendering.

use std::ops::Range;

use super::clean::clean;
use super::known::Known;
use super::names::Names;
use super::people::{People, value_of};
use super::reader::{LONGEST_MATCH, Matched, Reader};
use super::sound::nearest_word;
use super::types::{AnswerKind, Intent, Question, SlotValue, TimeWord};
use super::words::{Word, Words};
use crate::document::View;
use crate::rules::{LocaleRules, Rules};
use crate::token::{self, TokenKind};

/// Who asks, and what they may see.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Rules of every language.
    pub rules: &'a Rules,
    /// Names of every edition.
    pub names: &'a Names,
    /// The editions that the asker may read: names of others do not exist.
    pub view: &'a View,
    /// The asker's language; the question's own goes before it.
    pub locale: Option<&'a str>,
    /// The question that this one may follow up.
    pub previous: Option<&'a str>,
}

/// A pattern must match this well by word to be taken for a sentence of a longer text.
const SURE: f64 = 2.5;

/// Most sentences of a long text that are tried.
const MOST_SENTENCES: usize = 12;

/// Understands one question. Never fails: what no pattern matches is a free question.
#[must_use]
pub fn understand(text: &str, ask: &Asking<'_>) -> Question {
    let cleaned = clean(text);
    let known = Known::new(ask.names, ask.view);
    let mut best: Option<Read> = None;
    for tag in languages(&cleaned, ask) {
        let Some(language) = ask.rules.language(&tag) else { continue };
        let read = read(&cleaned, language, ask, &known);
        let sure = read.sure;
        if best.as_ref().is_none_or(|best| read.sure > best.sure) {
            best = Some(read);
        }
        if sure >= SURE {
            break;
        }
    }
    best.map_or_else(|| Question { text: cleaned, rule: "none".to_owned(), ..Question::default() }, |read| read.question)
}

/// A question as the rule files of one language alone understand it, with the name of the file that matched.
pub(super) struct Asked {
    pub question: Question,
    pub intent: String,
    /// The rule of another intent that matched as well; empty where none did.
    pub tied: String,
}

/// Understands a question in the language `tag`, for checking that language's examples.
pub(super) fn ask_in(text: &str, tag: &str, ask: &Asking<'_>) -> Option<Asked> {
    let known = Known::new(ask.names, ask.view);
    let Read { question, tied, .. } = read(&clean(text), ask.rules.language(tag)?, ask, &known);
    let file = question.rule.split(['/', '.']).nth(1).unwrap_or("free").to_owned();
    // Which intent a status turns out to be is decided behind the patterns.
    let decided = question.intent != Intent::Free && question.intent.id() != file;
    let intent = if decided { question.intent.id().to_owned() } else { file };
    Some(Asked { question, intent, tied })
}

/// The languages to try, most likely first: by stop words, then the asker's, then all others where nothing tells.
pub(super) fn languages(text: &str, ask: &Asking<'_>) -> Vec<String> {
    likely_languages(text, ask.rules, ask.locale)
}

/// The languages that a question may be in, most likely first: by its stop words, then the asker's.
#[must_use]
pub fn likely_languages(text: &str, rules: &Rules, asker: Option<&str>) -> Vec<String> {
    let words = token::tokenize(text, &token::Clitics::default());
    let words = words.iter().filter(|word| word.kind == TokenKind::Word).take(80).collect::<Vec<_>>();
    let mut votes = Vec::new();
    for locale in rules.locales() {
        let joined =
            |word: &str| word.split('\'').any(|part| locale.is_stop_word(part) || locale.is_stop_word(&format!("{part}'")));
        let count = words.iter().filter(|word| locale.is_stop_word(&word.folded) || joined(&word.folded)).count();
        let asker =
            asker.is_some_and(|own| own.eq_ignore_ascii_case(&locale.tag) || own.split(['-', '_']).next() == Some(&locale.tag));
        votes.push((count, asker, locale.tag.clone()));
    }
    votes.sort_by_key(|vote| std::cmp::Reverse((vote.0, vote.1)));
    let most = votes.first().map_or(0, |vote| vote.0);
    // A language far behind is not tried: its files need not be read.
    votes.into_iter().filter(|vote| vote.0 * 2 >= most).map(|vote| vote.2).collect()
}

struct Read {
    question: Question,
    sure: f64,
    tied: String,
}

fn read(cleaned: &str, language: &LocaleRules, ask: &Asking<'_>, known: &Known<'_>) -> Read {
    let all = Words::new(cleaned, language);
    let mut question = Question {
        text: cleaned.to_owned(),
        locale: language.locale.tag.clone(),
        rule: "free".to_owned(),
        ..Question::default()
    };
    if all.len() == 0 || all.list.iter().all(|word| word.bare.is_empty()) {
        question.intent = Intent::TooVague;
        question.rule = "empty".to_owned();
        return Read { question, sure: 0.0, tied: String::new() };
    }
    let spelt = with_spelling(&all);
    if let Some(previous) = ask.previous
        && let Some(read) = follow_up(&spelt, previous, language, ask, known)
    {
        return read;
    }
    let (words, matched) = best_reading(&spelt, known);
    let people = People::new(&words, known);
    let reader = Reader::new(people);
    let mut matched = matched.unwrap_or_default();
    let sure = if matched.rule.is_empty() { 0.0 } else { matched.density() };
    if let Some((range, true)) = matched.person.clone()
        && let Some(previous) = ask.previous
        && let Some(value) = person_of(previous, ask)
    {
        if let SlotValue::Entity(name) = &value {
            matched.repairs.push((range, name.clone()));
        }
        matched.slots.insert("person".to_owned(), value);
    }
    question.text = words.slice(0..words.len()).to_owned();
    let tied = std::mem::take(&mut matched.tied);
    fill(&mut question, matched, &reader, language, ask);
    Read { question, sure, tied }
}

/// Everything but the text, the language and the refusal of an empty question.
fn fill(question: &mut Question, matched: Matched, reader: &Reader<'_, '_>, language: &LocaleRules, ask: &Asking<'_>) {
    let words = reader.people.words;
    question.time = time_word(words);
    if !matched.rule.is_empty() {
        question.rule.clone_from(&matched.rule);
    }
    question.intent = Intent::of_id(&matched.intent).unwrap_or_default();
    question.slots = matched.slots;
    question.also = matched.also;
    let person = matched.person.as_ref().map_or(0..0, |(range, _)| range.clone());
    complete(question, words, &person, ask);
    // A name and nothing else asks who it is.
    if question.intent == Intent::Free
        && let [spot] = reader.people.spots.as_slice()
        && spot.range.len() == words.len()
    {
        question.intent = Intent::WhoIs;
        question.slots.insert("person".to_owned(), value_of(&spot.names));
    }
    let declared = ask.rules.intents().get(question.intent.id()).and_then(|intent| intent.kind.as_deref());
    let kind = declared.map(str::to_owned).or_else(|| reader.best(&language.templates.kinds).map(|kind| kind.intent));
    question.kind = kind.as_deref().and_then(AnswerKind::of_id).unwrap_or_default();
    let mut repairs = matched.repairs;
    question.named = named(reader, question, &mut repairs);
    if question.intent == Intent::Free && is_without_content(reader) {
        question.intent = Intent::TooVague;
    }
    question.read_as = read_as(words, &repairs);
}

/// Slots that follow from the words whichever pattern matched.
fn complete(question: &mut Question, words: &Words<'_>, skip: &Range<usize>, ask: &Asking<'_>) {
    let slots = &mut question.slots;
    let mut set = |name: &str, id: Option<String>| {
        if let Some(id) = id {
            slots.entry(name.to_owned()).or_insert(SlotValue::Concept(id));
        }
    };
    match question.intent {
        Intent::Status | Intent::Verdict => set("status", words.concept("status", skip)),
        Intent::Denials => set("act", words.concept("deny", skip).or_else(|| Some("comment".to_owned()))),
        Intent::SourceDate => set("date", words.concept("source", skip)),
        Intent::RoleHolder => {
            let role = slots.remove("post").or_else(|| {
                slots.remove("thing").map(|_| SlotValue::Words(words.slice(1.min(words.len())..words.len()).to_owned()))
            });
            if let Some(role) = role {
                slots.entry("role".to_owned()).or_insert(role);
            }
        }
        _ => {}
    }
    // "who is the mayor" asks for a holder, not for a person known by that name.
    if question.intent == Intent::WhoIs && question.slots.contains_key("role") {
        question.intent = Intent::RoleHolder;
    }
    // A status that only a verdict gives asks for a verdict, whichever pattern matched.
    if let Some(SlotValue::Concept(status)) = question.slots.get("status")
        && question.intent == Intent::Status
        && ask.rules.intents().get(Intent::Verdict.id()).is_some_and(|intent| intent.concepts.contains(status))
    {
        question.intent = Intent::Verdict;
    }
}

/// Every name in the question: those of slots as they were read there, and all others that are known.
fn named(reader: &Reader<'_, '_>, question: &Question, repairs: &mut Vec<(Range<usize>, String)>) -> Vec<SlotValue> {
    let mut named = Vec::new();
    let mut add = |value: SlotValue| {
        if !named.contains(&value) {
            named.push(value);
        }
    };
    let of_slot = |value: &&SlotValue| !matches!(value, SlotValue::Words(_) | SlotValue::Concept(_));
    question.slots.values().filter(of_slot).chain(question.also.iter().filter(of_slot)).for_each(|value| add(value.clone()));
    let ambiguous = named_by_slots(question);
    for spot in &reader.people.spots {
        let value = value_of(&spot.names);
        let told = matches!(&value, SlotValue::Ambiguous(names) if names.iter().any(|name| ambiguous.contains(name)));
        if !told {
            add(value);
        }
    }
    if question.intent == Intent::Free {
        for (value, repair) in reader.people.strangers() {
            repairs.extend(repair);
            add(value);
        }
    }
    named
}

fn named_by_slots(question: &Question) -> Vec<String> {
    let entity = |value: &SlotValue| if let SlotValue::Entity(name) = value { Some(name.clone()) } else { None };
    question.slots.values().chain(&question.also).filter_map(entity).collect()
}

fn is_without_content(reader: &Reader<'_, '_>) -> bool {
    let words = reader.people.words;
    reader.people.spots.is_empty() && (0..words.len()).all(|at| reader.is_empty_word(at))
}

/// The best reading of the words: as they are, without wrapping, one sentence of them, with function words repaired.
fn best_reading<'w>(all: &Words<'w>, known: &Known<'_>) -> (Words<'w>, Option<Matched>) {
    let (mut words, mut matched) = unwrapped_reading(all.with(all.list.clone()), known);
    let density = |matched: &Option<Matched>| matched.as_ref().map_or(0.0, Matched::density);
    if density(&matched) < SURE && all.list.iter().rev().skip(1).any(|word| word.ends) {
        for sentence in all.list.split_inclusive(|word| word.ends).take(MOST_SENTENCES) {
            let (own, found) = unwrapped_reading(all.with(sentence.to_vec()), known);
            if density(&found) > density(&matched).max(SURE) {
                (words, matched) = (own, found);
            }
        }
    }
    if let Some(repaired) = with_repaired_words(&words, known) {
        let (own, found) = unwrapped_reading(repaired, known);
        if density(&found) > density(&matched) + 0.5 {
            (words, matched) = (own, found);
        }
    }
    (words, matched)
}

/// The better of the words as they are and the words without wrapping.
fn unwrapped_reading<'w>(words: Words<'w>, known: &Known<'_>) -> (Words<'w>, Option<Matched>) {
    if words.len() > LONGEST_MATCH {
        return (words, None);
    }
    let templates = &words.language.templates;
    let reader = Reader::new(People::new(&words, known));
    let matched = reader.best(&templates.asks);
    let mut inner = without_wrapping(&reader);
    for _ in 0..5 {
        let Some(shorter) = inner.as_ref().and_then(|inner| without_wrapping(&Reader::new(People::new(inner, known)))) else {
            break;
        };
        inner = Some(shorter);
    }
    let Some(inner) = inner else { return (words, matched) };
    let own = Reader::new(People::new(&inner, known)).best(&templates.asks);
    let density = |matched: &Option<Matched>| matched.as_ref().map_or(0.0, Matched::density);
    if density(&own) > density(&matched) || matched.is_none() { (inner, own) } else { (words, matched) }
}

/// The words inside of what wraps them ("tell me …"); `None` where nothing does.
fn without_wrapping<'w>(reader: &Reader<'_, 'w>) -> Option<Words<'w>> {
    let words = reader.people.words;
    let ranges = reader.inner(&words.language.templates.wrapping)?;
    let kept = ranges.into_iter().flatten().filter_map(|at| words.get(at).cloned()).collect::<Vec<_>>();
    (!kept.is_empty() && kept.len() < words.len()).then(|| words.with(kept))
}

/// The same with frequent misspellings of the language read as what is meant.
fn with_spelling<'w>(all: &Words<'w>) -> Words<'w> {
    let spelling = &all.language.templates.reading.spelling;
    let mut list: Vec<Word> = Vec::with_capacity(all.len());
    let mut at = 0;
    while let Some(word) = all.get(at) {
        let fits = |wrong: &str| {
            let mut len = 0;
            let holds = wrong.split(' ').all(|part| {
                let same = all.get(at + len).is_some_and(|word| !word.quoted && word.token.folded == part);
                len += 1;
                same
            });
            holds.then_some(len)
        };
        let found = if word.quoted { None } else { spelling.iter().find_map(|(wrong, right)| Some((fits(wrong)?, right))) };
        match found {
            Some((len, right)) => {
                let tokens = token::tokenize(right, &all.language.locale.clitics);
                let last = all.get(at + len - 1).unwrap_or(word);
                for (number, part) in tokens.iter().enumerate() {
                    // The first part stands for what was written, the others behind it have no place of their own.
                    let (start, end) =
                        if number == 0 { (word.token.start, last.token.end) } else { (last.token.end, last.token.end) };
                    let read = part.text(right).to_owned();
                    let token = token::Token { start, end, kind: part.kind, folded: part.folded.clone() };
                    let ends = last.ends && number + 1 == tokens.len();
                    list.push(Word { bare: token::fold_bare(&read), token, quoted: false, ends, repaired: Some(read) });
                }
                at += len;
            }
            None => {
                list.push(word.clone());
                at += 1;
            }
        }
    }
    all.with(list)
}

/// The same with unknown words read as the nearest word of the patterns; `None` where there is none.
fn with_repaired_words<'w>(words: &Words<'w>, known: &Known<'_>) -> Option<Words<'w>> {
    if words.len() > LONGEST_MATCH {
        return None;
    }
    let matcher = &words.language.templates.asks;
    let people = People::new(words, known);
    let mut list = words.list.clone();
    let mut repaired = 0;
    for (at, word) in list.iter_mut().enumerate() {
        let named = people.spots.iter().any(|spot| spot.range.contains(&at));
        let plain = named || word.quoted || word.repaired.is_some() || word.is_number() || words.is_stop_word(at);
        if plain || matcher.knows(&word.token.folded) || !words.lexicon(at).is_empty() || repaired >= 6 {
            continue;
        }
        if known.text_holds(&word.bare) == Some(true) {
            continue;
        }
        if let Some(near) = nearest_word(&word.bare, matcher.vocabulary()) {
            word.repaired = Some(near.to_owned());
            repaired += 1;
        }
    }
    (repaired > 0).then(|| words.with(list))
}

/// The question as it was read, where a word was misspelt or a name completed.
fn read_as(words: &Words<'_>, repairs: &[(Range<usize>, String)]) -> Option<String> {
    let spelt = words.list.iter().any(|word| word.repaired.is_some());
    if repairs.is_empty() && !spelt {
        return None;
    }
    let mut out = String::new();
    let mut end = words.list.first()?.token.start;
    for (at, word) in words.list.iter().enumerate() {
        let inside = repairs.iter().find(|(range, _)| range.contains(&at));
        let between = words.text.get(end..word.token.start).unwrap_or_default();
        match inside {
            Some((range, name)) if range.start == at => {
                out.push_str(between);
                out.push_str(name);
            }
            Some(_) => {}
            None => {
                out.push_str(between);
                if word.token.start == word.token.end && !out.ends_with(['\'', '’']) && !word.bare.starts_with('\'') {
                    out.push(' ');
                }
                out.push_str(word.repaired.as_deref().unwrap_or_else(|| word.token.text(words.text)));
            }
        }
        end = word.token.end.max(end);
    }
    if words.list.last().is_some_and(|word| word.quoted) {
        out.push_str(words.text.get(end..).and_then(|rest| rest.chars().next()).map(String::from).unwrap_or_default().as_str());
    }
    Some(format!("{}?", out.trim_end_matches(['?', '!', '.', ' '])))
}

fn time_word(words: &Words<'_>) -> Option<TimeWord> {
    let reading = &words.language.templates.reading;
    let future = |at: usize| {
        words.is_in(at, &reading.future)
            || words.get(at).is_some_and(|word| {
                let folded = &word.token.folded;
                folded.chars().count() > 4 && reading.future_endings.iter().any(|ending| folded.ends_with(ending.as_str()))
            })
    };
    let mut places = 0..words.len();
    if places.clone().any(future) {
        Some(TimeWord::Future)
    } else if places.clone().any(|at| words.is_in(at, &reading.latest)) {
        Some(TimeWord::Latest)
    } else {
        places.any(|at| words.is_in(at, &reading.now)).then_some(TimeWord::Now)
    }
}

/// "and Crosetto?" read with the question before it.
fn follow_up(words: &Words<'_>, previous: &str, language: &LocaleRules, ask: &Asking<'_>, known: &Known<'_>) -> Option<Read> {
    let reader = Reader::new(People::new(words, known));
    let matched = reader.best(&language.templates.follow_ups)?;
    let before = clean(previous);
    let base = Words::new(&before, ask.rules.language(languages(&before, ask).first()?)?);
    let alone = Asking { previous: None, ..*ask };
    let (old, old_match) = best_reading(&with_spelling(&base), known);
    let range = old_match.and_then(|found| found.person).map(|(range, _)| range).or_else(|| {
        let people = People::new(&old, known);
        people.spots.first().map(|spot| spot.range.clone())
    })?;
    let name = match matched.slots.get("person")? {
        SlotValue::Entity(name) | SlotValue::UnknownName(name) | SlotValue::Words(name) => name.clone(),
        // The shared name as it was written: which one is meant is asked next.
        SlotValue::Ambiguous(_) => words.slice(matched.person.clone()?.0).to_owned(),
        SlotValue::Concept(_) => return None,
    };
    let mut text = String::new();
    let (start, end) = (old.get(range.start)?.token.start, old.get(range.end.checked_sub(1)?)?.token.end);
    text.push_str(before.get(..start)?);
    text.push_str(&name);
    text.push_str(before.get(end..)?);
    let mut question = understand(&text, &alone);
    let asked = question.read_as.take().unwrap_or_else(|| format!("{}?", question.text.trim_end_matches(['?', '!', '.', ' '])));
    question.read_as = Some(asked);
    Some(Read { question, sure: f64::from(crate::rules::matcher::LITERAL), tied: String::new() })
}

/// The person that the question before asked for.
fn person_of(previous: &str, ask: &Asking<'_>) -> Option<SlotValue> {
    let question = understand(previous, &Asking { previous: None, ..*ask });
    question.slots.get("person").or(question.named.first()).cloned().filter(|value| matches!(value, SlotValue::Entity(_)))
}
