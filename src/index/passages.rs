//! Every passage of a knowledge with its words, in memory beside the full-text index. Knows no ranking.

use std::collections::BTreeMap;

use super::IndexError;
use super::reading::Passages;
use super::search::{Search, SearchWriter};
use super::words::{Concept, ConceptAt, Reader, STOP, Term, Vocabulary, Word};
use crate::analysis::Analysis;
use crate::document::{BlockKind, Knowledge, View};
use crate::rules::Rules;
use crate::span::EditionId;

/// One sentence that may be quoted.
#[derive(Debug, Clone)]
pub struct Passage {
    /// Its edition.
    pub edition: EditionId,
    /// Its number in the analysis of that edition.
    pub sentence: u32,
    /// Its paragraph.
    pub paragraph: u32,
    /// What its block is; only running text is evidence.
    pub kind: BlockKind,
    /// Its length in bytes.
    pub bytes: u32,
    pub(super) words: (u32, u32),
    pub(super) concepts: (u32, u32),
}

/// One block of passages.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    /// Its first passage.
    pub first: u32,
    /// One past its last passage.
    pub end: u32,
    /// Words of the heading it stands under.
    pub heading: Vec<Word>,
}

/// All passages of a knowledge, or those that a catalogue found in a larger one.
pub struct PassageIndex {
    pub(super) read: Passages,
    /// Passages of the whole knowledge.
    pub(super) total: u32,
    pub(super) languages: Vec<(String, Vec<EditionId>)>,
    pub(super) found: Found,
    /// Candidates looked at, at most.
    pub(super) most: usize,
}

/// Where hits come from.
pub(super) enum Found {
    /// A full-text index of these very passages.
    Here(Search),
    /// What a catalogue found for these questions.
    Before(Vec<(Wanted, Scores)>),
}

/// The stems and concepts that a question is searched by, sorted, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    pub stems: Vec<String>,
    pub concepts: Vec<String>,
}

/// BM25 scores of passages and of paragraphs, by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Scores {
    pub passages: Vec<(u32, f32)>,
    pub paragraphs: Vec<(u32, f32)>,
}

/// A passage found, by number, with the BM25 scores of its own words and of its paragraph's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The passage.
    pub passage: u32,
    /// BM25 of the passage; 0 where it shares no word with the question.
    pub score: f64,
    /// BM25 of its paragraph; 0 where that is not among the best.
    pub paragraph_score: f64,
}

/// One word of a question.
#[derive(Debug, Clone, Default)]
pub struct AskedWord {
    /// As folded.
    pub folded: String,
    /// Its stem in the language of the sources asked.
    pub stem: String,
    /// The stem's number; `None` where no passage holds it.
    pub term: Option<Term>,
    /// Flags as of [`Word::flags`].
    pub flags: u16,
    /// Inverse document frequency of the stem (natural logarithm).
    pub weight: f64,
    /// Whether it is a name, as far as capitals tell.
    pub is_name: bool,
    /// Concepts that passages hold too, with the number of words that stand for each.
    pub concepts: Vec<(Concept, u16)>,
}

/// A question as the passages of one language see it.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Every word in order, stop words included.
    pub words: Vec<AskedWord>,
    /// Ids of all concepts with their place (index of the first word, number of words), also those that no passage holds.
    pub concepts: Vec<(String, u16, u16)>,
}

impl std::fmt::Debug for PassageIndex {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("PassageIndex").field("passages", &self.read.passages.len()).finish_non_exhaustive()
    }
}

impl PassageIndex {
    /// Indexes every sentence of running text, every heading and every caption.
    ///
    /// # Errors
    /// When the full-text index can't be built.
    pub fn build(knowledge: &Knowledge, analyses: &[Analysis], rules: &Rules) -> Result<Self, IndexError> {
        let bytes = knowledge.editions.iter().map(|edition| edition.text().len()).sum();
        let mut writer = SearchWriter::new(bytes, knowledge.editions.len())?;
        let mut index = Passages::default();
        let mut readers: BTreeMap<&str, Reader<'_>> = BTreeMap::new();
        let mut languages: BTreeMap<&str, Vec<EditionId>> = BTreeMap::new();
        for (edition, analysis) in knowledge.editions.iter().zip(analyses) {
            let language = edition.metadata.language.as_str();
            languages.entry(language).or_default().push(edition.id);
            let reader = readers.entry(language).or_insert_with(|| Reader::new(language, rules));
            index.add_edition(edition, analysis, reader, &mut writer)?;
        }
        index.add_paragraphs(&mut writer)?;
        Ok(Self {
            total: to_u32(index.passages.len()),
            read: index,
            languages: languages.into_iter().map(|(tag, editions)| (tag.to_owned(), editions)).collect(),
            found: Found::Here(writer.finish()?),
            most: usize::MAX,
        })
    }

    /// The passage with that number.
    #[must_use]
    pub fn passage(&self, number: u32) -> Option<&Passage> {
        self.read.passages.get(number as usize)
    }

    /// Every passage, by number.
    #[must_use]
    pub fn passages(&self) -> &[Passage] {
        &self.read.passages
    }

    /// The paragraph with that number.
    #[must_use]
    pub fn paragraph(&self, number: u32) -> Option<&Paragraph> {
        self.read.paragraphs.get(number as usize)
    }

    /// The words of the passage with that number.
    #[must_use]
    pub fn words(&self, number: u32) -> &[Word] {
        let range = self.passage(number).map_or(0..0, |passage| passage.words.0 as usize..passage.words.1 as usize);
        self.read.words.get(range).unwrap_or_default()
    }

    /// The concepts of the passage with that number.
    #[must_use]
    pub fn concepts(&self, number: u32) -> &[ConceptAt] {
        let range = self.passage(number).map_or(0..0, |passage| passage.concepts.0 as usize..passage.concepts.1 as usize);
        self.read.concepts.get(range).unwrap_or_default()
    }

    /// Every stem and concept.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.read.vocabulary
    }

    /// The languages of the editions in `view`.
    #[must_use]
    pub fn languages(&self, view: &View) -> Vec<&str> {
        let before = matches!(self.found, Found::Before(_));
        let in_view = |editions: &[EditionId]| before || editions.iter().any(|&edition| view.holds(edition));
        self.languages.iter().filter(|(_, editions)| in_view(editions)).map(|(tag, _)| tag.as_str()).collect()
    }

    /// Whether the edition is in the language.
    #[must_use]
    pub fn is_in_language(&self, edition: EditionId, language: &str) -> bool {
        self.languages.iter().any(|(tag, editions)| tag == language && editions.contains(&edition))
    }

    /// Reads a question asked in the language `locale` as passages in `language` see it.
    #[must_use]
    pub fn asked(&self, text: &str, locale: &str, language: &str, rules: &Rules) -> Asked {
        let mut reader = Reader::of(rules.language(language), rules.language(locale));
        let reading = reader.read(text);
        let mut asked = Asked::default();
        for (folded, stem, flags) in reader.forms(&reading) {
            let term = self.read.vocabulary.term(stem);
            asked.words.push(AskedWord {
                folded: folded.to_owned(),
                stem: stem.to_owned(),
                term,
                flags,
                weight: self.weight(term),
                is_name: is_name(term, flags, &self.read.vocabulary),
                concepts: Vec::new(),
            });
        }
        for &(id, at, len) in &reading.concepts {
            asked.concepts.push((id.to_owned(), at, len));
            let Some(concept) = self.read.vocabulary.concept(id) else { continue };
            for word in asked.words.iter_mut().skip(at.into()).take(len.into()) {
                word.concepts.push((concept, len));
            }
        }
        asked
    }

    /// Inverse document frequency of a stem over all passages.
    #[must_use]
    pub fn weight(&self, term: Option<Term>) -> f64 {
        let total = f64::from(self.total).max(MIN_PASSAGES);
        let with = f64::from(term.map_or(0, |term| self.read.vocabulary.passages_with(term)));
        (1.0 + (total - with + 0.5) / (with + 0.5)).ln()
    }

    /// The best passages for a question by BM25: their own score and half of their paragraph's.
    ///
    /// Every sentence of the ten best paragraphs is among the hits, whatever words it shares.
    ///
    /// # Errors
    /// When the full-text index can't be read.
    pub fn hits(&self, asked: &Asked, view: &View, limit: usize) -> Result<Vec<Hit>, IndexError> {
        let editions = self.restriction(view);
        if editions.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Vec::new());
        }
        let Scores { passages, paragraphs } = self.scores(&self.wanted(asked), editions.as_deref(), limit)?;
        let mut found: BTreeMap<u32, Hit> = BTreeMap::new();
        for (passage, score) in passages {
            found.insert(passage, Hit { passage, score: score.into(), paragraph_score: 0.0 });
        }
        for (number, score) in paragraphs {
            let Some(paragraph) = self.paragraph(number) else { continue };
            for passage in paragraph.first..paragraph.end {
                let hit = found.entry(passage).or_insert(Hit { passage, score: 0.0, paragraph_score: 0.0 });
                hit.paragraph_score = score.into();
            }
        }
        let mut hits = found.into_values().collect::<Vec<_>>();
        hits.sort_by(|a, b| b.sum().total_cmp(&a.sum()).then(a.passage.cmp(&b.passage)));
        hits.truncate(limit.min(self.most));
        Ok(hits)
    }

    fn scores(&self, wanted: &Wanted, editions: Option<&[u32]>, limit: usize) -> Result<Scores, IndexError> {
        let search = match &self.found {
            Found::Here(search) => search,
            Found::Before(found) => {
                let known = found.iter().find(|(known, _)| known == wanted);
                return Ok(known.map(|(_, scores)| scores.clone()).unwrap_or_default());
            }
        };
        let first = to_u32(self.read.passages.len());
        let paragraphs = search.paragraphs(&wanted.stems, editions, PARAGRAPHS)?.into_iter();
        Ok(Scores {
            passages: search.passages(&wanted.stems, &wanted.concepts, editions, limit)?,
            paragraphs: paragraphs.filter_map(|(document, score)| Some((document.checked_sub(first)?, score))).collect(),
        })
    }

    /// Whether this is what was found for that very question; an index of a whole knowledge answers all.
    #[must_use]
    pub fn has_answered(&self, text: &str, locale: &str, rules: &Rules) -> bool {
        let Found::Before(found) = &self.found else { return true };
        let wanted = |(language, _): &(String, _)| self.wanted(&self.asked(text, locale, language, rules));
        self.languages.iter().all(|language| found.iter().any(|(known, _)| *known == wanted(language)))
    }

    /// What to search by: the words that carry content, else all that are known.
    pub(super) fn wanted(&self, asked: &Asked) -> Wanted {
        let mut stems = content(asked).map(|word| word.stem.clone()).collect::<Vec<_>>();
        if stems.is_empty() {
            stems = asked.words.iter().filter(|word| word.term.is_some()).map(|word| word.stem.clone()).collect();
        }
        stems.sort_unstable();
        stems.dedup();
        let mut concepts = content(asked).flat_map(|word| &word.concepts).collect::<Vec<_>>();
        concepts.sort_unstable();
        concepts.dedup();
        let mut concepts =
            concepts.iter().map(|(concept, _)| self.read.vocabulary.concept_name(*concept).to_owned()).collect::<Vec<_>>();
        // Words that exclude each other find nothing.
        concepts.retain(|id| !id.starts_with("cue."));
        concepts.sort_unstable();
        Wanted { stems, concepts }
    }

    /// Gives each edition another number.
    pub fn renumber(&mut self, number: impl Fn(EditionId) -> EditionId) {
        self.read.passages.iter_mut().for_each(|passage| passage.edition = number(passage.edition));
        self.languages.iter_mut().flat_map(|(_, editions)| editions).for_each(|edition| *edition = number(*edition));
    }

    /// The editions to restrict a search to; `None` where every edition may be read. What was found before was found for a viewer.
    fn restriction(&self, view: &View) -> Option<Vec<u32>> {
        if matches!(self.found, Found::Before(_)) {
            return None;
        }
        let every = self.languages.iter().flat_map(|(_, editions)| editions).all(|&edition| view.holds(edition));
        (!every).then(|| view.editions.iter().map(|edition| edition.0).collect())
    }
}

/// Passages below which a knowledge counts as this large, so that frequencies in one article are not overrated.
const MIN_PASSAGES: f64 = 100.0;
/// Paragraphs whose every sentence is looked at.
pub(super) const PARAGRAPHS: usize = 10;

impl Hit {
    /// What hits are ordered by.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.score + 0.5 * self.paragraph_score
    }
}

fn content(asked: &Asked) -> impl Iterator<Item = &AskedWord> {
    asked.words.iter().filter(|word| word.flags & STOP == 0)
}

fn is_name(term: Option<Term>, flags: u16, vocabulary: &Vocabulary) -> bool {
    use super::words::{CAPITAL, FIRST, NUMBER};
    if flags & (STOP | NUMBER) != 0 {
        return false;
    }
    let mostly = term.is_some_and(|term| vocabulary.is_mostly_capital(term));
    mostly || (flags & CAPITAL != 0 && flags & FIRST == 0)
}

pub(super) fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
