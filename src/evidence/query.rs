//! A question prepared for retrieval: its words as the passages of one language see them. Knows no ranking.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::features::is_under;
use crate::index::{Asked, Concept, PassageIndex, STOP, Term, Word};
use crate::question::{AnswerKind, Question};
use crate::rules::Rules;

/// What retrieval needs of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// Its text.
    pub text: String,
    /// Its language.
    pub locale: String,
    /// The kind of answer asked for.
    pub kind: AnswerKind,
}

impl Query {
    /// The query of an understood question.
    #[must_use]
    pub fn new(question: &Question) -> Self {
        Self { text: question.text.clone(), locale: question.locale.clone(), kind: question.kind }
    }

    /// The query of a text of which nothing is understood.
    #[must_use]
    pub fn of_text(text: &str, locale: &str) -> Self {
        Self { text: text.to_owned(), locale: locale.to_owned(), kind: AnswerKind::Any }
    }
}

/// A query as the passages of one language see it.
pub struct Asking<'i> {
    /// Its words and concepts.
    pub asked: Asked,
    /// Indices of the words that carry content.
    pub content: Vec<usize>,
    /// The kind of answer asked for.
    pub kind: AnswerKind,
    index: &'i PassageIndex,
    trigrams: Vec<Vec<[u8; 3]>>,
    letters: Letters,
    likeness: RefCell<FxHashMap<Term, Box<[f64]>>>,
    paragraphs: RefCell<FxHashMap<u32, Rc<[bool]>>>,
}

/// Concept classes that tell what a question asks for, and the kind each stands for.
const KINDS: [(&str, AnswerKind); 7] = [
    ("asks.number", AnswerKind::Number),
    ("asks.money", AnswerKind::Money),
    ("asks.date", AnswerKind::Date),
    ("asks.place", AnswerKind::Place),
    ("asks.reason", AnswerKind::Reason),
    ("asks.organisation", AnswerKind::Organisation),
    ("asks.person", AnswerKind::Person),
];

/// Words read of a question: longer ones are cut, so that no question is slow.
const LONGEST: usize = 60;

impl<'i> Asking<'i> {
    /// Reads `query` for the passages in `language`.
    #[must_use]
    pub fn new(query: &Query, index: &'i PassageIndex, language: &str, rules: &Rules) -> Self {
        let mut asked = index.asked(&query.text, &query.locale, language, rules);
        asked.words.truncate(LONGEST);
        let asks = |place: usize| {
            let holds = |&(_, at, len): &(&String, u16, u16)| (usize::from(at)..usize::from(at + len)).contains(&place);
            asked.concepts.iter().map(|(id, at, len)| (id, *at, *len)).filter(holds).any(|(id, ..)| is_under(id, "asks"))
        };
        let wanted = |(place, word): (usize, &crate::index::AskedWord)| {
            let content = word.flags & STOP == 0 && !asks(place);
            content.then_some(place)
        };
        let mut content = asked.words.iter().enumerate().filter_map(wanted).collect::<Vec<_>>();
        if content.is_empty() {
            content = (0..asked.words.len()).collect();
        }
        let named = |class: &str| asked.concepts.iter().any(|(id, ..)| is_under(id, class));
        let kind = KINDS.iter().find(|(class, _)| named(class)).map_or(query.kind, |&(_, kind)| kind);
        let trigrams = asked.words.iter().map(|word| trigrams(&word.stem)).collect();
        let letters = Letters::of(&asked);
        Self { asked, content, kind, index, trigrams, letters, likeness: RefCell::default(), paragraphs: RefCell::default() }
    }

    /// Numbers of the concepts that the word stands for, alone or in a phrase.
    #[must_use]
    pub fn concepts_of(&self, word: usize) -> Vec<Concept> {
        let own = self.asked.words.get(word).map(|word| word.concepts.as_slice()).unwrap_or_default();
        let concepts = own.iter().map(|&(concept, _)| concept);
        concepts.filter(|&concept| is_topic(self.index.vocabulary().concept_name(concept))).collect()
    }

    /// Whether the question holds a concept under `class`.
    #[must_use]
    pub fn has_class(&self, class: &str) -> bool {
        self.asked.concepts.iter().any(|(id, ..)| is_under(id, class))
    }

    /// For each content word, whether the paragraph of that number or its heading has it.
    #[must_use]
    pub fn in_paragraph(&self, number: u32) -> Rc<[bool]> {
        let mut known = self.paragraphs.borrow_mut();
        let look = || {
            let term = |&word: &usize| self.asked.words.get(word).and_then(|word| word.term);
            let terms = self.content.iter().map(term).collect::<Vec<_>>();
            let mut has = vec![false; terms.len()];
            let Some(paragraph) = self.index.paragraph(number) else { return has.into() };
            let sentences = (paragraph.first..paragraph.end).flat_map(|at| self.index.words(at));
            for own in sentences.chain(&paragraph.heading) {
                let met = terms.iter().zip(&mut has).filter(|(term, _)| **term == Some(own.term));
                met.for_each(|(_, has)| *has = true);
            }
            has.into()
        };
        Rc::clone(known.entry(number).or_insert_with(look))
    }

    /// For each content word, how alike it is to the most alike of `words`: Dice's coefficient over the character trigrams of the stems.
    #[must_use]
    pub fn alike(&self, words: &[Word]) -> Vec<f64> {
        let mut known = self.likeness.borrow_mut();
        let mut best = vec![0.0; self.content.len()];
        for other in words.iter().filter(|other| !other.is(STOP)) {
            let likeness = known.entry(other.term).or_insert_with(|| self.likeness_of(other.term));
            best.iter_mut().zip(likeness.iter()).for_each(|(best, &own)| *best = f64::max(*best, own));
        }
        best
    }

    /// Share of the question's runs of letters that stand in `words`, one after the other.
    #[must_use]
    pub fn letters_in(&self, words: &[Word]) -> f64 {
        self.letters.share(words.iter().map(|word| self.index.vocabulary().name(word.term)))
    }

    fn likeness_of(&self, term: Term) -> Box<[f64]> {
        let name = self.index.vocabulary().name(term);
        let grams = if name.len() < 3 { Vec::new() } else { trigrams(name) };
        let like = |own: &Vec<[u8; 3]>| if own.len() > 1 && !grams.is_empty() { dice(own, &grams) } else { 0.0 };
        self.content.iter().map(|&word| self.trigrams.get(word).map_or(0.0, like)).collect()
    }
}

/// The runs of four letters of a question's stems, written one after the other with a space between, each weighing what its words weigh.
/// They meet where words are written together, inflected or derived otherwise, and where the same words stand side by side.
#[derive(Debug, Default)]
struct Letters {
    /// Number and weight of each run.
    runs: FxHashMap<u32, (usize, f64)>,
    total: f64,
}

impl Letters {
    fn of(asked: &Asked) -> Self {
        let mut weights = vec![0.0];
        for word in &asked.words {
            weights.extend(std::iter::repeat_n(word.weight, word.stem.len() + 1));
        }
        let mut runs: FxHashMap<u32, (usize, f64)> = FxHashMap::default();
        for (run, weights) in runs_of_letters(asked.words.iter().map(|word| word.stem.as_str())).zip(weights.windows(4)) {
            let weight = weights.iter().sum::<f64>() / 4.0;
            let number = runs.len();
            let known = runs.entry(run).or_insert((number, 0.0));
            known.1 = f64::max(known.1, weight);
        }
        let total = runs.values().map(|&(_, weight)| weight).sum();
        Self { runs, total }
    }

    fn share<'w>(&self, words: impl Iterator<Item = &'w str>) -> f64 {
        let mut met = vec![false; self.runs.len()];
        let mut sum = 0.0;
        for (number, weight) in runs_of_letters(words).filter_map(|run| self.runs.get(&run)) {
            if let Some(met) = met.get_mut(*number).filter(|met| !**met) {
                *met = true;
                sum += weight;
            }
        }
        if self.total > 0.0 { sum / self.total } else { 0.0 }
    }
}

/// Every four bytes in a row of the words with a space before, between and behind them.
fn runs_of_letters<'w>(words: impl Iterator<Item = &'w str>) -> impl Iterator<Item = u32> {
    let bytes = std::iter::once(b' ').chain(words.flat_map(|word| word.bytes().chain(std::iter::once(b' '))));
    let window = bytes.scan(0_u32, |window, byte| {
        *window = *window << 8 | u32::from(byte);
        Some(*window)
    });
    window.skip(3)
}

/// Whether a concept is about a thing: marks that only steer the reading (what is asked, cues, contrasts) are not.
fn is_topic(id: &str) -> bool {
    !["asks", "cue", "contrast", "measure", "unit"].iter().any(|class| is_under(id, class))
}

fn trigrams(word: &str) -> Vec<[u8; 3]> {
    let padded = [b"^", word.as_bytes(), b"$"].concat();
    padded.windows(3).filter_map(|window| window.try_into().ok()).collect()
}

fn dice(one: &[[u8; 3]], other: &[[u8; 3]]) -> f64 {
    let shared = one.iter().filter(|gram| other.contains(gram)).count();
    2.0 * shared as f64 / (one.len() + other.len()) as f64
}
