//! Matches a question's words against the patterns of one language and fills the slots. Knows no source but the viewer's names.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::people::{Meaning, People};
use super::types::SlotValue;
use super::words::Words;
use crate::rules::matcher::{Found, Matcher, SlotType};

/// Most words that are matched as one; a longer question is read sentence by sentence.
pub(super) const LONGEST_MATCH: usize = 48;

/// What a pattern made of a question.
#[derive(Debug, Clone, Default)]
pub(super) struct Matched {
    pub intent: String,
    pub rule: String,
    pub score: i32,
    /// The rule of another intent that matched as well; empty where none did.
    pub tied: String,
    pub words: usize,
    pub slots: BTreeMap<String, SlotValue>,
    pub also: Vec<SlotValue>,
    pub repairs: Vec<(Range<usize>, String)>,
    /// Where the first name slot stands, and whether it only points back.
    pub person: Option<(Range<usize>, bool)>,
}

impl Matched {
    /// Score by word: near [`crate::rules::matcher::LITERAL`] where nearly all words stand in the pattern.
    pub fn density(&self) -> f64 {
        f64::from(self.score) / f64::from(u32::try_from(self.words.max(1)).unwrap_or(u32::MAX))
    }
}

/// One question's words with the names in them.
#[derive(Debug)]
pub(super) struct Reader<'r, 'w> {
    pub people: People<'r, 'w>,
    meanings: RefCell<HashMap<(usize, usize), Option<Meaning>>>,
}

impl<'r, 'w> Reader<'r, 'w> {
    pub fn new(people: People<'r, 'w>) -> Self {
        Self { people, meanings: RefCell::default() }
    }

    fn words(&self) -> &'r Words<'w> {
        self.people.words
    }

    /// The best match of all words.
    pub fn best(&self, matcher: &Matcher) -> Option<Matched> {
        let words = self.words();
        if words.len() == 0 || words.len() > LONGEST_MATCH {
            return None;
        }
        let found = matcher.best(&words.ids(matcher), &|kind, range| self.fits(kind, range))?;
        Some(self.filled(&found))
    }

    /// Whether some pattern's literal words alone match better than by chance; the range of its slot `name`.
    pub fn inner(&self, matcher: &Matcher) -> Option<Vec<Range<usize>>> {
        let words = self.words();
        if words.len() < 2 || words.len() > LONGEST_MATCH {
            return None;
        }
        let found = matcher.best(&words.ids(matcher), &|kind, range| self.fits(kind, range))?;
        Some(found.slots.iter().filter(|(slot, _)| slot.name != "_").map(|(_, range)| range.clone()).collect())
    }

    pub fn meaning(&self, range: Range<usize>) -> Option<Meaning> {
        let place = (range.start, range.end);
        if let Some(known) = self.meanings.borrow().get(&place) {
            return known.clone();
        }
        let meaning = self.people.meaning(range);
        self.meanings.borrow_mut().insert(place, meaning.clone());
        meaning
    }

    fn fits(&self, kind: &SlotType, range: Range<usize>) -> Option<i32> {
        let len = i32::try_from(range.len()).unwrap_or(0);
        let words = self.words();
        // Whom or what a phrase means is told within one sentence.
        let last = range.end.saturating_sub(1);
        let broken = (range.start..last).any(|at| words.get(at).is_some_and(|word| word.ends));
        if broken && matches!(kind, SlotType::Name | SlotType::Role) {
            return None;
        }
        let quotes = range.clone().filter(|&at| words.get(at).is_some_and(|word| word.quoted)).count();
        match kind {
            SlotType::Words => Some(len),
            SlotType::Phrase if quotes == range.len() => Some(12 * len),
            SlotType::Phrase => Some(if quotes > 0 { 3 * len } else { len }),
            SlotType::Name => match self.meaning(range.clone()) {
                Some(meaning) => Some(meaning.score),
                None => self.may_mean_somebody(&range, quotes).then_some(len),
            },
            SlotType::Role => {
                let meaning = self.meaning(range).filter(|meaning| meaning.role.is_some() && meaning.values.len() == 1)?;
                let whole = !matches!(meaning.values.first(), Some(SlotValue::UnknownName(_)));
                // Before a name's own score for the same words: "the foreign minister" asks for a holder.
                whole.then_some(7 * len + 1)
            }
            SlotType::Number => (range.len() == 1 && words.get(range.start)?.is_number()).then_some(8),
            SlotType::Concept(class) => {
                let (_, length) = words.concept_at(range.start, class)?;
                (length == range.len()).then_some(9 * len)
            }
            SlotType::Holding(class) => {
                let holds =
                    range.clone().any(|at| words.concept_at(at, class).is_some_and(|(_, length)| at + length <= range.end));
                (quotes == 0 && holds).then_some(4 * len)
            }
        }
    }

    /// Words that may describe somebody: a content word, behind articles alone, and no known name, quotation, question word or form of "be".
    fn may_mean_somebody(&self, range: &Range<usize>, quotes: usize) -> bool {
        let words = self.words();
        let reading = &words.language.templates.reading;
        let asks = range.clone().any(|at| words.is_in(at, &reading.never_names));
        let anyone = words.is_in(range.start, &reading.indefinite);
        // "what can often be predicted?"
        let has_verb = range.clone().any(|at| words.class_at(at, "gram.be").is_some_and(|found| found.len == 1));
        let article = |at: usize| words.is_in(at, &reading.determiners);
        let (first, last) = (range.clone().find(|&at| !article(at)), range.end.saturating_sub(1));
        let content = first.is_some_and(|first| !words.is_stop_word(first) && !self.is_empty_word(first));
        // "who are the meetings open to?"
        let breaks_off = words.is_stop_word(last);
        quotes == 0
            && !breaks_off
            && range.len() <= 6
            && !asks
            && !anyone
            && !has_verb
            && content
            && self.people.spots_in(range).is_empty()
    }

    fn filled(&self, found: &Found<'_>) -> Matched {
        let mut matched = Matched {
            intent: found.template.intent.to_string(),
            rule: found.template.id.to_string(),
            score: found.score,
            tied: found.tied.map(|other| other.id.to_string()).unwrap_or_default(),
            words: self.words().len(),
            ..Matched::default()
        };
        for (slot, range) in &found.slots {
            if slot.name != "_" {
                self.fill(&slot.name, &slot.kind, range.clone(), &mut matched);
            }
        }
        matched
    }

    fn fill(&self, name: &str, kind: &SlotType, range: Range<usize>, matched: &mut Matched) {
        let words = self.words();
        let plain = || SlotValue::Words(words.slice(range.clone()).to_owned());
        let value = match kind {
            SlotType::Name | SlotType::Role => return self.fill_name(name, kind, range, matched),
            SlotType::Phrase => {
                let quoted = range.clone().find(|&at| words.get(at).is_some_and(|word| word.quoted));
                if let Some(at) = quoted
                    && range.len() > 1
                {
                    let rest = range.clone().filter(|other| *other != at).map(|at| words.slice(at..at + 1)).collect::<Vec<_>>();
                    matched.slots.entry("topic".to_owned()).or_insert(SlotValue::Words(rest.join(" ")));
                }
                quoted.map_or_else(plain, |at| SlotValue::Words(words.slice(at..at + 1).to_owned()))
            }
            SlotType::Concept(class) | SlotType::Holding(class) => {
                range.clone().find_map(|at| words.concept_at(at, class)).map_or_else(plain, |(id, _)| SlotValue::Concept(id))
            }
            SlotType::Words | SlotType::Number => {
                let content = range.clone().any(|at| !self.is_empty_word(at));
                if !content && name == "topic" {
                    return;
                }
                match self.meaning(range.clone()) {
                    Some(meaning) if meaning.repairs.is_empty() && meaning.values.len() == 1 && !meaning.pronoun => {
                        let named = matches!(meaning.values.first(), Some(SlotValue::Entity(_) | SlotValue::Ambiguous(_)));
                        if named && meaning.role.is_none() {
                            meaning.values.into_iter().next().unwrap_or_else(plain)
                        } else {
                            plain()
                        }
                    }
                    _ => plain(),
                }
            }
        };
        matched.slots.insert(name.to_owned(), value);
    }

    fn fill_name(&self, name: &str, kind: &SlotType, range: Range<usize>, matched: &mut Matched) {
        let words = self.words();
        let text = || SlotValue::Words(words.slice(range.clone()).to_owned());
        let Some(meaning) = self.meaning(range.clone()) else {
            matched.slots.insert(name.to_owned(), text());
            return;
        };
        if let Some(role) = &meaning.role {
            matched.slots.insert("role".to_owned(), text());
            matched.slots.insert("role_concept".to_owned(), SlotValue::Concept(role.clone()));
        }
        if let Some(owner) = meaning.owner {
            matched.slots.insert("owner".to_owned(), owner);
        }
        matched.repairs.extend(meaning.repairs);
        let mut values = meaning.values.into_iter();
        let first = values.next().unwrap_or_else(text);
        if *kind == SlotType::Role {
            if matches!(first, SlotValue::Entity(_)) {
                matched.slots.insert("person".to_owned(), first);
            }
            return;
        }
        if matched.person.is_none() {
            matched.person = Some((range, meaning.pronoun));
        }
        matched.slots.insert(name.to_owned(), first);
        matched.also.extend(values);
    }

    /// A word without content: it fills no topic.
    pub fn is_empty_word(&self, at: usize) -> bool {
        let words = self.words();
        let reading = &words.language.templates.reading;
        words.is_stop_word(at)
            || words.is_in(at, &reading.empty)
            || words.is_in(at, &reading.pronouns)
            || words.is_in(at, &reading.determiners)
            || words.is_in(at, &reading.of)
            || words.get(at).is_none_or(|word| !word.quoted && word.bare.starts_with('\''))
    }
}
