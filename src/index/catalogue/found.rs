//! What a catalogue finds for a question, and the few passages of it as an index in memory that ranks just as a whole one would.
//! Knows no ranking.

use std::collections::{BTreeMap, BTreeSet};

use super::{Catalogue, CatalogueError, Place};
use crate::analysis::Analysis;
use crate::document::Knowledge;
use crate::index::IndexError;
use crate::index::passages::{Found, PARAGRAPHS, PassageIndex, Scores, Wanted};
use crate::index::reading::Passages;
use crate::index::words::{CAPITAL, FIRST, Reader, Vocabulary};
use crate::rules::Rules;
use crate::span::EditionId;

/// The places found for one question, with the words' numbers in the whole catalogue.
pub struct Finding {
    index: PassageIndex,
    found: Vec<Places>,
}

/// What was found for the question as the passages of one language see it.
struct Places {
    wanted: Wanted,
    passages: Vec<(Place, f32)>,
    paragraphs: Vec<(Place, f32)>,
}

impl Catalogue {
    /// The `limit` best passages, and the best paragraphs, for a question asked in the language `locale`; only of editions that are
    /// `visible`, and only of `editions` where given.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn find(
        &self,
        text: &str,
        locale: &str,
        rules: &Rules,
        editions: Option<&[u32]>,
        visible: impl Fn(u32) -> bool,
        limit: usize,
    ) -> Result<Finding, CatalogueError> {
        let mut vocabulary = Vocabulary::told();
        for language in self.languages() {
            self.tell(text, locale, language, rules, &mut vocabulary)?;
        }
        let index = PassageIndex {
            read: Passages { vocabulary, ..Passages::default() },
            total: self.passages(),
            languages: Vec::new(),
            found: Found::Before(Vec::new()),
        };
        let mut found: Vec<Places> = Vec::new();
        for language in self.languages() {
            let wanted = index.wanted(&index.asked(text, locale, language, rules));
            if found.iter().any(|known| known.wanted == wanted) {
                continue;
            }
            let passages = self.search.passages(&wanted, editions, limit, &visible)?;
            let paragraphs = self.search.paragraphs(&wanted, editions, PARAGRAPHS, &visible)?;
            found.push(Places { wanted, passages, paragraphs });
        }
        Ok(Finding { index, found })
    }

    /// Takes the numbers of a question's stems and concepts into the vocabulary.
    fn tell(
        &self,
        text: &str,
        locale: &str,
        language: &str,
        rules: &Rules,
        vocabulary: &mut Vocabulary,
    ) -> Result<(), IndexError> {
        let mut reader = Reader::of(rules.language(language), rules.language(locale));
        let reading = reader.read(text);
        for (_, stem, _) in reader.forms(&reading) {
            if vocabulary.term(stem).is_none()
                && let Some(stats) = self.search.stats(stem)?
            {
                vocabulary.tell(stem, stats);
            }
        }
        for &(id, ..) in &reading.concepts {
            if vocabulary.concept(id).is_none() && self.search.has_concept(id)? {
                vocabulary.intern_concept(id);
            }
        }
        Ok(())
    }
}

impl Finding {
    /// The editions (numbers) of what was found, best first.
    #[must_use]
    pub fn editions(&self) -> Vec<u32> {
        let scored = |places: &Places| places.passages.iter().chain(&places.paragraphs).copied().collect::<Vec<_>>();
        let mut all = self.found.iter().flat_map(scored).collect::<Vec<_>>();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut seen = BTreeSet::new();
        all.into_iter().map(|(place, _)| place.edition).filter(|&edition| seen.insert(edition)).collect()
    }

    /// The passages found, with all others of their paragraphs, of the editions in `numbers` (from the catalogue's number to the one in
    /// `knowledge`).
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn into_index(
        self,
        catalogue: &Catalogue,
        knowledge: &Knowledge,
        analyses: &[Analysis],
        rules: &Rules,
        numbers: &BTreeMap<u32, EditionId>,
    ) -> Result<PassageIndex, CatalogueError> {
        let Self { mut index, found } = self;
        let block = |place: Place| {
            let edition = *numbers.get(&place.edition)?;
            let sentence = analyses.get(edition.0 as usize)?.sentences.get(place.sentence as usize)?;
            Some((edition, sentence.block))
        };
        let places = found.iter().flat_map(|places| places.passages.iter().chain(&places.paragraphs));
        let blocks = places.filter_map(|&(place, _)| block(place)).collect::<BTreeSet<_>>();
        let mut readers: BTreeMap<&str, Reader<'_>> = BTreeMap::new();
        let mut languages: BTreeMap<&str, Vec<EditionId>> = BTreeMap::new();
        for (edition, analysis) in knowledge.editions.iter().zip(analyses) {
            let language = edition.metadata.language.as_str();
            languages.entry(language).or_default().push(edition.id);
            if blocks.range((edition.id, 0)..=(edition.id, u32::MAX)).next().is_none() {
                continue;
            }
            let reader = readers.entry(language).or_insert_with(|| Reader::new(language, rules));
            index.read.add_edition(edition, analysis, reader, |block| blocks.contains(&(edition.id, block)), None)?;
        }
        catalogue.tell_beginnings(&mut index.read)?;
        index.languages = languages.into_iter().map(|(tag, editions)| (tag.to_owned(), editions)).collect();
        let own = numbered(&index.read, numbers);
        let passage = |&(place, score): &(Place, f32)| Some((*own.get(&place)?, score));
        let paragraph = |&(place, score): &(Place, f32)| Some((index.read.passages.get(*own.get(&place)? as usize)?.paragraph, score));
        let scores = |places: Places| {
            let passages = places.passages.iter().filter_map(passage).collect();
            (places.wanted, Scores { passages, paragraphs: places.paragraphs.iter().filter_map(paragraph).collect() })
        };
        index.found = Found::Before(found.into_iter().map(scores).collect());
        Ok(index)
    }
}

impl Catalogue {
    /// Tells how words that begin a passage with a capital are written elsewhere: only for them does that tell anything.
    fn tell_beginnings(&self, read: &mut Passages) -> Result<(), IndexError> {
        let first = read.words.iter().filter(|word| word.is(FIRST) && word.is(CAPITAL)).map(|word| word.term);
        for term in first.collect::<BTreeSet<_>>() {
            let stem = read.vocabulary.name(term).to_owned();
            if read.vocabulary.passages_with(term) == 0
                && let Some(stats) = self.search.stats(&stem)?
            {
                read.vocabulary.tell(&stem, stats);
            }
        }
        Ok(())
    }
}

/// For each place in the catalogue the passage's number.
fn numbered(read: &Passages, numbers: &BTreeMap<u32, EditionId>) -> BTreeMap<Place, u32> {
    let back = numbers.iter().map(|(&number, &edition)| (edition, number)).collect::<BTreeMap<_, _>>();
    let place = |(number, passage): (u32, &crate::index::Passage)| {
        Some((Place { edition: *back.get(&passage.edition)?, sentence: passage.sentence }, number))
    };
    (0..).zip(&read.passages).filter_map(place).collect()
}
