//! What a catalogue finds for a question, as an index in memory that ranks just as one of the whole knowledge would. Knows no ranking.

use std::collections::{BTreeMap, BTreeSet};

use super::search::Place;
use super::{Catalogue, CatalogueError, PASSAGES};
use crate::index::IndexError;
use crate::index::passages::{Found, PARAGRAPHS, PassageIndex, Scores, Wanted};
use crate::index::reading::Passages;
use crate::index::words::{CAPITAL, FIRST, Reader, Vocabulary};
use crate::rules::Rules;
use crate::span::EditionId;

/// What was found for the question as the passages of one language see it.
struct Places {
    wanted: Wanted,
    passages: Vec<(Place, f32)>,
    paragraphs: Vec<(Place, f32)>,
}

impl Catalogue {
    /// The `limit` best passages, and the best paragraphs, for a question asked in the language `locale`; only of editions that are
    /// `visible`, and only of `editions` where given. Editions have their numbers in the catalogue.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn find(
        &self,
        text: &str,
        locale: &str,
        rules: &Rules,
        editions: Option<&[u32]>,
        visible: impl Fn(u32) -> bool + Sync,
        limit: usize,
    ) -> Result<PassageIndex, CatalogueError> {
        let mut vocabulary = Vocabulary::told();
        for language in self.languages() {
            self.tell(text, locale, language, rules, &mut vocabulary)?;
        }
        let mut index = PassageIndex {
            read: Passages { vocabulary, ..Passages::default() },
            total: self.passages(),
            languages: Vec::new(),
            found: Found::Before(Vec::new()),
            most: self.search.most(),
        };
        let mut found: Vec<Places> = Vec::new();
        for language in self.languages() {
            let wanted = index.wanted(&index.asked(text, locale, language, rules));
            if found.iter().any(|known| known.wanted == wanted) {
                continue;
            }
            let (passages, paragraphs) = std::thread::scope(|scope| {
                let paragraphs = scope.spawn(|| self.search.paragraphs(&wanted, editions, PARAGRAPHS, &visible));
                let passages = self.search.passages(&wanted, editions, limit, &visible);
                (passages, paragraphs.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            });
            let (passages, paragraphs) = (passages?, paragraphs?);
            found.push(Places { wanted, passages, paragraphs });
        }
        self.take_in(&found, &mut index)?;
        Ok(index)
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

    /// Reads the paragraphs found, in the order of the sources, and notes the scores of their passages.
    fn take_in(&self, found: &[Places], index: &mut PassageIndex) -> Result<(), CatalogueError> {
        let places = found.iter().flat_map(|places| places.passages.iter().chain(&places.paragraphs));
        let paragraphs =
            places.map(|(place, _)| (self.order(place.edition), place.record, place.edition)).collect::<BTreeSet<_>>();
        let mut languages: BTreeMap<&str, BTreeSet<EditionId>> = BTreeMap::new();
        for (_, record, edition) in paragraphs {
            let Some((_, entry)) = self.edition(edition) else { continue };
            languages.entry(entry.language.as_str()).or_default().insert(EditionId(edition));
            let pack = format!("{PASSAGES}{}", entry.pack);
            self.paragraph(&pack, record, |stored| stored.add_to(EditionId(edition), &mut index.read))?;
        }
        self.tell_beginnings(&mut index.read)?;
        let all = self.languages().iter().map(|tag| (tag.clone(), languages.remove(tag.as_str()).unwrap_or_default()));
        index.languages = all.map(|(tag, editions)| (tag, editions.into_iter().collect())).collect();
        let place = |(number, passage): (u32, &crate::index::Passage)| ((passage.edition.0, passage.sentence), number);
        let own = (0..).zip(&index.read.passages).map(place).collect::<BTreeMap<_, _>>();
        let number = |place: &Place| own.get(&(place.edition, place.sentence)).copied();
        let passage = |(place, score): &(Place, f32)| Some((number(place)?, *score));
        let paragraph =
            |(place, score): &(Place, f32)| Some((index.read.passages.get(number(place)? as usize)?.paragraph, *score));
        let scores = |places: &Places| {
            let passages = places.passages.iter().filter_map(passage).collect();
            let scores = Scores { passages, paragraphs: places.paragraphs.iter().filter_map(paragraph).collect() };
            (places.wanted.clone(), scores)
        };
        index.found = Found::Before(found.iter().map(scores).collect());
        Ok(())
    }

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
