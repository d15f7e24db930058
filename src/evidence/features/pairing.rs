//! A question held against one passage: which words are met, where, and how closely. Knows no weights.

use crate::evidence::query::Asking;
use crate::index::{ConceptAt, Hit, PassageIndex, Word};

/// How one content word of the question meets the passage.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Meeting {
    /// Index of the word in the question.
    pub word: usize,
    /// Its weight (inverse document frequency).
    pub weight: f64,
    /// Its place in the passage, where the same stem stands there.
    pub here: Option<usize>,
    /// Where it is not here: how alike the most alike word here is (0 to 1, character trigrams).
    pub alike: f64,
    /// Where it is not here: the place of a word here that stands for the same concept.
    pub concept: Option<usize>,
    /// Whether the sentence before has it.
    pub before: bool,
    /// Whether the sentence after has it.
    pub after: bool,
    /// Whether the paragraph or its heading has it.
    pub paragraph: bool,
}

/// From here on (trigrams of the stems) words count as alike.
const ALIKE: f64 = 0.45;

impl Meeting {
    /// Whether a word here is alike.
    #[must_use]
    pub fn is_alike(&self) -> bool {
        self.alike >= ALIKE
    }

    /// Whether the word is here in any way: by its stem, by a word alike, or by one for the same concept.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.here.is_some() || self.is_alike() || self.concept.is_some()
    }
}

/// A question and a passage.
pub struct Pairing<'a> {
    /// The question.
    pub asking: &'a Asking<'a>,
    /// All passages.
    pub index: &'a PassageIndex,
    /// The passage and its BM25 scores.
    pub hit: Hit,
    /// Its words.
    pub words: &'a [Word],
    /// Its concepts.
    pub concepts: &'a [ConceptAt],
    /// One for each content word of the question.
    pub meetings: Vec<Meeting>,
    /// Sum of the weights.
    pub total: f64,
}

impl<'a> Pairing<'a> {
    /// Holds `asking` against the passage of `hit`.
    #[must_use]
    pub fn new(asking: &'a Asking<'a>, index: &'a PassageIndex, hit: Hit) -> Self {
        let number = hit.passage;
        let words = index.words(number);
        let concepts = index.concepts(number);
        let paragraph = index.passage(number).map(|passage| passage.paragraph);
        let bounds = paragraph.and_then(|paragraph| index.paragraph(paragraph));
        let (first, end) = bounds.map_or((number, number + 1), |paragraph| (paragraph.first, paragraph.end));
        let neighbour = |at: Option<u32>| at.filter(|at| (first..end).contains(at)).map_or(&[][..], |at| index.words(at));
        let before = neighbour(number.checked_sub(1));
        let after = neighbour(number.checked_add(1));
        let likeness = asking.alike(words);
        let around = asking.in_paragraph(paragraph.unwrap_or_default());
        let meet = |(at, &word): (usize, &usize)| {
            let asked = asking.asked.words.get(word)?;
            let here = asked.term.and_then(|term| words.iter().position(|own| own.term == term));
            let is_among = |words: &[Word]| asked.term.is_some_and(|term| words.iter().any(|own| own.term == term));
            let concept = if here.is_some() { None } else { same_concept(asking, word, concepts) };
            let alike = if here.is_some() { 0.0 } else { likeness.get(at).copied().unwrap_or_default() };
            Some(Meeting {
                word,
                weight: asked.weight,
                here,
                alike,
                concept,
                before: is_among(before),
                after: is_among(after),
                paragraph: around.get(at).copied().unwrap_or_default(),
            })
        };
        let meetings = asking.content.iter().enumerate().filter_map(meet).collect::<Vec<_>>();
        let total = meetings.iter().map(|meeting| meeting.weight).sum::<f64>().max(1e-9);
        Self { asking, index, hit, words, concepts, meetings, total }
    }

    /// Share of the question's weight whose meeting satisfies `wanted`.
    pub fn share(&self, wanted: impl Fn(&Meeting) -> bool) -> f64 {
        self.meetings.iter().filter(|meeting| wanted(meeting)).map(|meeting| meeting.weight).sum::<f64>() / self.total
    }

    /// Whether the passage holds a concept whose id is `class` or lies under it.
    #[must_use]
    pub fn has_class(&self, class: &str) -> bool {
        self.places_of(class).next().is_some()
    }

    /// Places of the concepts under `class`.
    pub fn places_of(&self, class: &str) -> impl Iterator<Item = usize> {
        let is_a = move |concept: &ConceptAt| is_under(self.index.vocabulary().concept_name(concept.concept), class);
        self.concepts.iter().filter(move |concept| is_a(concept)).map(|concept| concept.at.into())
    }

    /// Whether a word of the passage is no word of the question.
    #[must_use]
    pub fn is_new(&self, word: &Word) -> bool {
        !self.asking.asked.words.iter().any(|asked| asked.term == Some(word.term))
    }

    /// Places of the question's words in the passage, in order of the question.
    #[must_use]
    pub fn places(&self) -> Vec<usize> {
        self.meetings.iter().filter_map(|meeting| meeting.here).collect()
    }
}

/// Whether `id` is `class` or lies under it.
pub fn is_under(id: &str, class: &str) -> bool {
    id.strip_prefix(class).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn same_concept(asking: &Asking<'_>, word: usize, concepts: &[ConceptAt]) -> Option<usize> {
    let wanted = asking.concepts_of(word);
    concepts.iter().find(|own| wanted.contains(&own.concept)).map(|own| own.at.into())
}
