//! Whether the words of a topic or phrase stand in a passage: by stem, by concept across languages, by name or number.

use std::collections::HashSet;

use crate::rules::{LexiconMatch, LocaleRules, Text};
use crate::token::{self, Token, TokenKind};

/// One content word of a question's topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// The word, folded.
    folded: String,
    /// Its stem in the question's language.
    stem: String,
    /// Concepts of the lexicon that it, or the phrase begun by it, stands for.
    concepts: Vec<Text>,
    /// Whether it must be there: a number, or a name as far as writing shows one.
    pub strict: bool,
}

impl Term {
    /// The word, folded.
    pub(crate) fn word(&self) -> &str {
        &self.folded
    }

    /// Whether it is a role of people.
    pub(crate) fn means_role(&self) -> bool {
        self.concepts.iter().any(|concept| concept.starts_with("role."))
    }

    /// Whether it stands for a concept under one of the classes.
    pub(crate) fn is_under(&self, classes: &[&str]) -> bool {
        let head = |concept: &Text| concept.split('.').next().is_some_and(|head| classes.contains(&head));
        self.concepts.iter().any(head)
    }

    /// Whether it stands for the concept or one under it.
    pub(crate) fn means_under(&self, class: &str) -> bool {
        self.concepts.iter().any(|own| is_under(own, class))
    }

    /// The same, standing only for what is under one of the classes.
    pub(crate) fn only(mut self, classes: &[&str]) -> Self {
        self.concepts.retain(|own| classes.iter().any(|class| is_under(own, class)));
        self
    }

    /// Whether it stands for the concept.
    pub(crate) fn means(&self, concept: &str) -> bool {
        self.concepts.iter().any(|own| own == concept)
    }
}

/// Whether a concept is `class` or lies under it.
pub(crate) fn is_under(concept: &str, class: &str) -> bool {
    concept.strip_prefix(class).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The words of a passage, ready for look-ups.
#[derive(Debug, Default)]
pub(crate) struct Bag {
    words: HashSet<String>,
    stems: HashSet<String>,
    concepts: HashSet<Text>,
}

/// The content words of `text`, a part of a question in the language of `rules`.
pub(crate) fn terms(text: &str, rules: &LocaleRules) -> Vec<Term> {
    terms_without(text, rules, |_, _, _| false)
}

/// The same of a part that does not begin the question: a capital at its beginning shows a name, too.
pub(crate) fn topic_terms(topic: &str, rules: &LocaleRules) -> Vec<Term> {
    let mut terms = terms(topic, rules);
    let tokens = token::tokenize(topic, &rules.locale.clitics);
    let first = tokens.first().filter(|first| first.is_capitalised(topic));
    if let (Some(first), Some(term)) = (first, terms.first_mut()) {
        term.strict |= term.folded == first.folded;
    }
    terms
}

/// The content words of a whole question: without the words that ask ("how many") and those that say nothing ("happened").
pub(crate) fn asked_terms(question: &str, rules: &LocaleRules) -> Vec<Term> {
    terms_without(question, rules, |token, found, longest| {
        let alone = longest == 1;
        let is_a = |class: &str| found.iter().any(|found| found.len == longest && found.entry.is_a(class));
        // Tenses say nothing of the matter ("sono state", "will"), nor do "takes place", and people in general: four suspects are four people.
        let asks =
            is_a("asks") || is_a("date.past") || is_a("gram.light") || is_a("thing.people") || (alone && is_a("gram.modal"));
        asks || alone && rules.templates.reading.empty.contains(&token.folded)
    })
}

/// The content words of `text`; those that `skip` holds for, with the entries of the lexicon that begin there and the length of the
/// longest, are left out.
fn terms_without(text: &str, rules: &LocaleRules, skip: impl Fn(&Token, &[LexiconMatch<'_>], usize) -> bool) -> Vec<Term> {
    let tokens = token::tokenize(text, &rules.locale.clitics);
    let mut terms = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let found = rules.lexicon.at(tokens.get(at..).unwrap_or_default());
        let longest = found.first().map_or(1, |found| found.len);
        let genitive = found.iter().any(|found| found.len == 1 && found.entry.is_a("gram.genitive"));
        let is_content = token.kind != TokenKind::Mark && !genitive && !rules.locale.is_stop_word(&token.folded);
        let skipped = skip(token, &found, longest);
        if !skipped && (longest > 1 || is_content) {
            let full = found.iter().filter(|found| found.len == longest && has_content(&found.entry.id));
            let concepts = full.map(|found| found.entry.id.clone()).collect::<Vec<_>>();
            // "filed a complaint" is not met by "files" alone.
            if longest > 1 && !concepts.is_empty() && token.kind == TokenKind::Word {
                let words = tokens.iter().skip(at).take(longest).map(|token| token.folded.as_str()).collect::<Vec<_>>();
                let (phrase, strict) = (words.join(" "), token.is_capitalised(text) && at > 0);
                terms.push(Term { stem: phrase.clone(), folded: phrase, concepts, strict });
                at += longest;
                continue;
            }
            let strict = token.kind == TokenKind::Number || (token.is_capitalised(text) && at > 0);
            let stem = rules.locale.stem(&token.folded).into_owned();
            terms.push(Term { folded: token.folded.clone(), stem, concepts, strict });
        }
        at += longest.max(1);
    }
    terms
}

/// Classes of the lexicon that describe a word's part in a sentence or question, its kind ("court" and "council" are institutions, "complaint" and "boast" utterances), or the side of
/// a contrast that it is on ("husband" and "son" are male), and not what it means.
const FORM: [&str; 18] = [
    "gram",
    "asks",
    "cue",
    "contrast",
    "moment",
    "age",
    "state",
    "pronoun",
    "poss",
    "hedge",
    "kind",
    "org",
    "group",
    "verdict",
    "measure",
    "unit",
    "noun",
    "utterance",
];

/// Whether two words of the concept mean the same.
fn has_content(id: &str) -> bool {
    let class = id.split('.').next().unwrap_or(id);
    !FORM.contains(&class)
}

/// The words of `text`, a passage in the language of `rules`.
pub(crate) fn bag(text: &str, rules: &LocaleRules) -> Bag {
    let tokens = token::tokenize(text, &rules.locale.clitics);
    let mut bag = Bag::default();
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == TokenKind::Mark {
            continue;
        }
        bag.stems.insert(rules.locale.stem(&token.folded).into_owned());
        bag.words.insert(token.folded.clone());
        let found = rules.lexicon.at(tokens.get(at..).unwrap_or_default());
        bag.concepts.extend(found.iter().map(|found| &found.entry.id).filter(|id| has_content(id)).cloned());
    }
    bag
}

/// Letters with which words of one family begin alike, at least; half of a longer word.
const KIN: usize = 4;

impl Bag {
    /// Whether the term is in the passage.
    pub(crate) fn holds(&self, term: &Term) -> bool {
        self.words.contains(&term.folded)
            || self.stems.contains(&term.stem)
            || term.concepts.iter().any(|concept| self.concepts.contains(concept))
    }

    /// Whether the term, or a word of the same beginning ("founded", "foundation"), is in the passage.
    pub(crate) fn holds_kin(&self, term: &Term) -> bool {
        let least = KIN.max(term.folded.chars().count() / 2);
        let start = || term.folded.chars().take(least);
        self.holds(term) || (start().count() == least && self.words.iter().any(|word| word.chars().take(least).eq(start())))
    }

    /// Takes over the words of another passage.
    pub(crate) fn extend(&mut self, other: Bag) {
        self.words.extend(other.words);
        self.stems.extend(other.stems);
        self.concepts.extend(other.concepts);
    }
}

/// Whether the passage is about the topic: every strict term is there, and at least half of the others.
pub(crate) fn is_about(bag: &Bag, topic: &[Term]) -> bool {
    let (strict, loose): (Vec<&Term>, Vec<&Term>) = topic.iter().partition(|term| term.strict);
    let held = loose.iter().filter(|term| bag.holds(term)).count();
    strict.iter().all(|term| bag.holds(term)) && held * 2 >= loose.len()
}

/// The share of the terms that the passage holds; 1 for no terms.
pub(crate) fn coverage(bag: &Bag, terms: &[Term]) -> f64 {
    if terms.is_empty() {
        return 1.0;
    }
    let held = terms.iter().filter(|term| bag.holds(term)).count();
    #[allow(clippy::cast_precision_loss)] // a question has a few hundred words at most
    let share = held as f64 / terms.len() as f64;
    share
}

/// Whether the words of `phrase` stand in `text` one after the other, whatever the marks between them.
pub(crate) fn holds_phrase(text: &str, phrase: &str, rules: &LocaleRules) -> bool {
    let words = |text: &str| {
        let tokens = token::tokenize(text, &rules.locale.clitics);
        tokens.into_iter().filter(|token: &Token| token.kind != TokenKind::Mark).map(|token| token.folded).collect::<Vec<_>>()
    };
    let (text, phrase) = (words(text), words(phrase));
    !phrase.is_empty() && text.windows(phrase.len()).any(|window| window == phrase.as_slice())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::rules::Rules;

    #[test]
    fn a_phrase_is_not_met_by_its_first_word_alone() {
        let rules = Rules::embedded().unwrap();
        let english = rules.language("en").unwrap();
        let wanted = terms("filed a complaint", english);
        assert!(!wanted.is_empty());
        assert!(wanted.iter().all(|term| bag("She filed a complaint.", english).holds(term)));
        assert!(!wanted.iter().all(|term| bag("He boasted of the files.", english).holds(term)));
    }

    #[test]
    fn the_side_of_a_contrast_is_no_meaning() {
        let rules = Rules::embedded().unwrap();
        let english = rules.language("en").unwrap();
        let son = bag("Larsen's son", english);
        assert!(terms("son", english).iter().all(|term| son.holds(term)));
        assert!(terms("husband", english).iter().all(|term| !son.holds(term)));
    }
}
