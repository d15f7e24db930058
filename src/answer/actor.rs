//! Whether a passage tells who did what is asked for without naming them: "two hikers" for "who found the body?". Knows no intent.

use std::ops::Range;

use super::matching::{self, Term};
use super::scene::{Passage, Scene};
use crate::answer::figures::is_number;
use crate::rules::{LexiconMatch, LocaleRules};
use crate::token::{self, Token, TokenKind};

/// Words before a noun that may belong to it: "the two other local hikers".
const LONGEST_BEFORE: usize = 4;
/// Words of a noun for people: "public prosecutor".
const LONGEST_NOUN: usize = 3;
/// How far behind the verb what is done to may stand: "found the badly burnt body".
const REACH: usize = 5;

/// Words of a status that may stand before its verb: "under house arrest".
const LONGEST_STATE: usize = 3;

/// Classes of words that negate.
const NEGATIONS: [&str; 2] = ["gram.neg", "cue.negation"];

/// Whether people or a body stand directly before the verb of the question, or behind "by" where it is passive, what is asked is done to
/// the same thing, and the passage holds every content word of the question; only within one language, where words are compared as written.
pub(crate) fn acts(scene: &Scene<'_>, passage: Passage) -> bool {
    let Some((sentence, rules)) = Sentence::of(scene, passage) else { return false };
    let bag = matching::bag(sentence.text, sentence.rules);
    match sentence.asked.as_slice() {
        [verb, object, ..] if !verb.strict && sentence.asked.iter().all(|term| bag.holds(term)) => {
            let passive = rules.lexicon.holds_class(&sentence.question, "gram.be");
            (1..sentence.tokens.len()).any(|at| {
                let active = || sentence.is_done_to(at, object) && sentence.has_actor(at, passive);
                let done = || !passive && sentence.was_done(at, object) && sentence.is_done_by_people(at);
                sentence.stands(at, verb) && (active() || done())
            })
        }
        _ => false,
    }
}

/// Whether the passage says of the verb of a question without a negation only that it was not done: "the police have not identified the
/// victim" for "who identified the victim?".
pub(crate) fn denies(scene: &Scene<'_>, passage: Passage) -> bool {
    let Some((sentence, rules)) = Sentence::of(scene, passage) else { return false };
    let asks_negated = NEGATIONS.iter().any(|class| rules.lexicon.holds_class(&sentence.question, class));
    !asks_negated && sentence.has_verb_only(|at| sentence.is_negated(at))
}

/// Whether the passage has the verb of the question only inside the name of a status: "under house arrest" does not tell who arrested
/// anybody.
pub(crate) fn is_only_state(scene: &Scene<'_>, passage: Passage) -> bool {
    Sentence::across(scene, passage).is_some_and(|sentence| sentence.has_verb_only(|at| sentence.is_in_state(at)))
}

/// A passage that is looked at for the words `asked`.
pub(super) struct Sentence<'s> {
    text: &'s str,
    tokens: Vec<Token>,
    pub rules: &'s LocaleRules,
    asked: Vec<Term>,
    question: Vec<Token>,
    question_text: &'s str,
    question_rules: &'s LocaleRules,
}

impl<'s> Sentence<'s> {
    /// The passage and the rules of the question's language; `None` where the passage has another.
    fn of(scene: &Scene<'s>, passage: Passage) -> Option<(Self, &'s LocaleRules)> {
        let rules = scene.question_rules()?;
        let sentence = Self::across(scene, passage).filter(|sentence| sentence.rules.locale.tag == rules.locale.tag)?;
        Some((sentence, rules))
    }

    /// The passage, whatever its language.
    pub fn across(scene: &Scene<'s>, passage: Passage) -> Option<Self> {
        let (rules, source) = (scene.question_rules()?, scene.source_rules(passage.edition)?);
        let text = scene.text(passage);
        let asked = matching::asked_terms(&scene.question.text, rules);
        let question = token::tokenize(&scene.question.text, &rules.locale.clitics);
        Some(Self {
            text,
            tokens: token::tokenize(text, &source.locale.clitics),
            rules: source,
            asked,
            question,
            question_text: &scene.question.text,
            question_rules: rules,
        })
    }

    /// Whether the term, or what means the same in as many words, begins at the token at `at`.
    pub fn stands(&self, at: usize, term: &Term) -> bool {
        let last = at + term.word().split(' ').count() - 1;
        let ends = self.tokens.get(at).zip(self.tokens.get(last));
        let words = ends.and_then(|(first, last)| self.text.get(first.start..last.end));
        words.is_some_and(|words| matching::bag(words, self.rules).holds(term))
    }

    /// Whether the verb of the question stands in the sentence, and only where `wanted` holds.
    fn has_verb_only(&self, wanted: impl Fn(usize) -> bool) -> bool {
        let Some(verb) = self.asked.first().filter(|verb| !verb.strict) else { return false };
        let mut places = (0..self.tokens.len()).filter(|&at| self.stands(at, verb)).peekable();
        places.peek().is_some() && places.all(wanted)
    }

    /// Whether an entry of one of the classes is the token at `at`.
    pub fn is(&self, at: usize, classes: &[&str]) -> bool {
        let one = |found: &LexiconMatch<'_>| found.len == 1 && classes.iter().any(|class| found.entry.is_a(class));
        self.rules.lexicon.at(self.tokens.get(at..).unwrap_or_default()).iter().any(one)
    }

    /// Whether the token at `at` is part of the name of a status, of several words.
    fn is_in_state(&self, at: usize) -> bool {
        let covers = |start: usize| {
            let found = self.rules.lexicon.at(self.tokens.get(start..).unwrap_or_default());
            found.iter().any(|found| found.len > 1 && start + found.len > at && found.entry.is_a("status"))
        };
        (at.saturating_sub(LONGEST_STATE)..=at).any(covers)
    }

    /// Whether the word at `at` is a word of the question, as written.
    fn is_asked(&self, at: usize) -> bool {
        let own = self.tokens.get(at).map(|token| token.folded.as_str());
        self.question.iter().any(|word| Some(word.folded.as_str()) == own)
    }

    pub fn is_mark(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Mark)
    }

    /// Whether `object` follows the verb at `at` with nothing between that parts or negates them: no mark, and no preposition that the
    /// question has not ("found dead near the body").
    fn is_done_to(&self, at: usize, object: &Term) -> bool {
        let parts = |between: usize| {
            let asked = self.is_asked(between);
            // "aveva segnalato degli spari": an article that looks like a preposition.
            let article = between == at + 1 && self.is(between, &["gram.of"]);
            self.is_mark(between) || self.is(between, &NEGATIONS) || (self.is(between, &["gram.prep"]) && !asked && !article)
        };
        let behind = at + 1..self.tokens.len().min(at + 1 + REACH);
        behind.clone().find(|&place| self.stands(place, object)).is_some_and(|place| !(at + 1..place).any(parts))
    }

    /// Whether a noun for people or a body, which the question does not name itself, is the subject of the verb at `at`; with a form of
    /// "be" between them if, and only if, the question has one.
    fn has_actor(&self, at: usize, passive: bool) -> bool {
        let begin = self.verb_begins(at);
        let has_be = (begin..at).any(|place| self.is(place, &["gram.be"]));
        if has_be != passive || self.is_negated(at) {
            return false;
        }
        let lengths = 1..=LONGEST_NOUN.min(begin);
        lengths.map(|len| begin - len).any(|start| self.is_people(start, begin) && self.opens_clause(start))
    }

    /// Whether `object` stands as the subject of the verb at `at`, which is passive: "the suspects were arrested".
    fn was_done(&self, at: usize, object: &Term) -> bool {
        let begin = self.verb_begins(at);
        // "could be arrested" is no arrest.
        let certain = begin.checked_sub(1).is_none_or(|before| !self.is(before, &["gram.modal"]));
        let passive = certain && (begin..at).any(|place| self.is(place, &["gram.be"])) && !self.is_negated(at);
        let before = (begin.saturating_sub(REACH)..begin).rev().take_while(|&place| !self.is_mark(place));
        passive && before.into_iter().any(|place| self.stands(place, object))
    }

    /// Whether the verb at `at` is done by people or a body that the question does not name: "by the two local guards".
    fn is_done_by_people(&self, at: usize) -> bool {
        let Some(by) = (at + 1..=at + 2).find(|&place| self.is(place, &["gram.by"])) else { return false };
        let reach = by + 1..(by + 2 + LONGEST_BEFORE).min(self.tokens.len());
        let noun = |start: usize| (1..=LONGEST_NOUN).any(|len| self.is_people(start, start + len));
        let parts = |place: usize| self.is_mark(place) || self.is(place, &["gram.prep", "gram.conj", "gram.be", "gram.have"]);
        reach.take_while(|&place| !parts(place)).any(noun)
    }

    /// Where the verb at `at` begins with its forms of "be" and "have", negations, adverbs, and what the question has of "can" and "must".
    pub fn verb_begins(&self, at: usize) -> usize {
        let belongs = |&place: &usize| {
            let modal = self.is(place, &["gram.modal"]) && self.is_asked(place);
            modal
                || self.is(place, &["gram.be", "gram.have", "gram.adv"])
                || self.is(place, &NEGATIONS)
                || self.is_adverb(place)
        };
        (0..at).rev().take_while(belongs).last().unwrap_or(at)
    }

    fn is_negated(&self, at: usize) -> bool {
        (self.verb_begins(at)..at).any(|place| self.is(place, &NEGATIONS))
    }

    /// Whether the tokens from `start` to `end` are a noun for people or a body, and not one that the question asks about.
    fn is_people(&self, start: usize, end: usize) -> bool {
        let people = |found: &LexiconMatch<'_>| {
            let entry = found.entry;
            let body = ["person", "organisation"].into_iter().any(|kind| entry.has_trait(kind));
            start + found.len == end && entry.pos == "noun" && (body || entry.is_a("role") || entry.is_a("org"))
        };
        let found = self.rules.lexicon.at(self.tokens.get(start..).unwrap_or_default());
        found.iter().any(people) && !self.asked.iter().any(|term| (start..end).any(|place| self.stands(place, term)))
    }

    /// Whether the noun at `noun` begins a clause with the words that belong to it: behind nothing, a mark, "and", or a verb of saying.
    fn opens_clause(&self, noun: usize) -> bool {
        let opens = |place: usize| match place.checked_sub(1) {
            None => true,
            Some(before) => self.is_mark(before) || self.is(before, &["gram.conj", "say"]),
        };
        let parts = |place: usize| self.is_mark(place) || self.is(place, &["gram.prep", "gram.conj", "gram.be", "gram.have"]);
        let begin = (noun.saturating_sub(LONGEST_BEFORE)..=noun).rev().find(|&place| opens(place));
        begin.is_some_and(|begin| {
            let determined = begin == noun || begin == 0 || self.is_determiner(begin);
            determined && !(begin..noun).any(parts)
        })
    }

    fn is_determiner(&self, at: usize) -> bool {
        let number = self.tokens.get(at).is_some_and(|token| is_number(token, self.rules));
        number || self.is(at, &["gram.det", "gram.poss"])
    }

    pub fn is_adverb(&self, at: usize) -> bool {
        self.has_ending(at, "gram.adverb_ending")
    }

    /// Whether the word at `at` ends as an entry of the concept says.
    pub fn has_ending(&self, at: usize, concept: &str) -> bool {
        let endings = self.rules.lexicon.entries().iter().filter(|entry| entry.id == concept);
        let word = self.word(at).unwrap_or_default();
        endings.flat_map(|entry| &entry.forms).any(|ending| word.ends_with(ending.as_str()))
    }

    /// The question as a sentence of its own.
    pub fn question(&self) -> Sentence<'s> {
        Sentence {
            text: self.question_text,
            tokens: self.question.clone(),
            rules: self.question_rules,
            asked: self.asked.clone(),
            question: self.question.clone(),
            ..*self
        }
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at `at`, folded.
    pub fn word(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).map(|token| token.folded.as_str())
    }

    /// Where the token at `at` begins, in bytes of the sentence.
    pub fn start(&self, at: usize) -> Option<usize> {
        self.tokens.get(at).map(|token| token.start)
    }

    /// The text of the tokens in the range.
    pub fn slice(&self, range: Range<usize>) -> &'s str {
        let ends = self.tokens.get(range.start).zip(range.end.checked_sub(1).and_then(|last| self.tokens.get(last)));
        ends.and_then(|(first, last)| self.text.get(first.start..last.end)).unwrap_or_default()
    }

    pub fn is_capitalised(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_capitalised(self.text))
    }

    /// Whether a word stands at `at` that is of none of the classes.
    pub fn is_plain(&self, at: usize, classes: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word) && !self.is(at, classes)
    }
}
