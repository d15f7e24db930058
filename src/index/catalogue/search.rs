//! The full-text index of a catalogue, read where it lies. Knows no question.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tantivy::collector::{DocSetCollector, TopDocs};
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, EnableScoring, Occur, Query};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, SchemaBuilder};
use tantivy::{DocAddress, DocSet, Index, ReloadPolicy, Searcher, Term};

use crate::index::IndexError;
use crate::index::fields::{Asked, Fields, disk_tokenizers, term, words};
use crate::index::passages::Wanted;
use crate::index::words::WordStats;

/// What parts a key from whom it may mean, in a word of the field `names`.
const BEARER: char = '>';

/// The fields of a document on disk.
#[derive(Debug, Clone, Copy)]
pub(super) struct DiskFields {
    pub own: Fields,
    /// Stems that a passage writes with a capital inside the sentence.
    pub capital: Field,
    /// Stems that a passage writes with a capital at the beginning alone.
    pub first: Field,
    /// In an edition's first paragraph: every key by which a name of the edition is known, with its bearer.
    pub names: Field,
    /// There too: the keys of one word.
    pub name_words: Field,
    /// Edition and sentence of a [`Place`] as one number.
    pub place: Field,
    /// Where the record of its paragraph begins.
    pub record: Field,
}

/// Where a document stands: number of the edition, and of the sentence (of a paragraph: its first).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The edition's number in the catalogue.
    pub edition: u32,
    /// The sentence's number in the analysis.
    pub sentence: u32,
    /// Where the record of its paragraph begins.
    pub record: u64,
}

impl Place {
    pub(super) fn to_number(self) -> u64 {
        u64::from(self.edition) << 32 | u64::from(self.sentence)
    }

    #[expect(clippy::cast_possible_truncation, reason = "the two halves")]
    fn of_numbers(place: u64, record: u64) -> Self {
        Self { edition: (place >> 32) as u32, sentence: place as u32, record }
    }
}

impl DiskFields {
    pub(super) fn schema() -> (Schema, Self) {
        let mut schema = SchemaBuilder::new();
        let own = Fields::new(&mut schema);
        let mut basic = |name: &str| schema.add_text_field(name, words(IndexRecordOption::Basic));
        let (capital, first, names, name_words) = (basic("capital"), basic("first"), basic("names"), basic("name_words"));
        let (place, record) = (schema.add_u64_field("place", FAST), schema.add_u64_field("record", FAST));
        (schema.build(), Self { own, capital, first, names, name_words, place, record })
    }
}

/// A key and its bearer as one word.
pub(super) fn name_word(key: &str, bearer: &str) -> String {
    format!("{}{BEARER}{}", one_word(key), one_word(bearer))
}

fn one_word(key: &str) -> String {
    key.replace(' ', "_")
}

/// A document with its score.
type Scored = (f32, DocAddress);

/// The index.
pub(super) struct DiskSearch {
    searcher: Searcher,
    fields: DiskFields,
    places: Vec<(Column<u64>, Column<u64>)>,
}

impl DiskSearch {
    /// Opens the index in `folder`.
    pub(super) fn open(folder: &Path) -> Result<Self, IndexError> {
        let mut index = Index::open_in_dir(folder)?;
        index.set_tokenizers(disk_tokenizers());
        let (schema, fields) = DiskFields::schema();
        if index.schema() != schema {
            return Err(tantivy::TantivyError::SchemaError("another schema".to_owned()).into());
        }
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher: Searcher = reader.searcher();
        let mut places = Vec::new();
        for segment in searcher.segment_readers() {
            let numbers = segment.fast_fields();
            places.push((numbers.u64("place")?, numbers.u64("record")?));
        }
        Ok(Self { searcher, fields, places })
    }

    /// The `limit` best passages that are `visible` by number of their edition.
    pub(super) fn passages(
        &self,
        wanted: &Wanted,
        editions: Option<&[u32]>,
        limit: usize,
        visible: impl Fn(u32) -> bool,
    ) -> Result<Vec<(Place, f32)>, IndexError> {
        let own = &self.fields.own;
        let stems = wanted.stems.iter().map(|stem| own.stem(stem)).collect();
        let concepts = wanted.concepts.iter().map(|id| own.concept(id)).collect();
        self.found(stems, concepts, editions, limit, visible)
    }

    /// The `limit` best paragraphs that are `visible` by number of their edition.
    pub(super) fn paragraphs(
        &self,
        wanted: &Wanted,
        editions: Option<&[u32]>,
        limit: usize,
        visible: impl Fn(u32) -> bool,
    ) -> Result<Vec<(Place, f32)>, IndexError> {
        let stems = wanted.stems.iter().map(|stem| self.fields.own.paragraph(stem)).collect();
        self.found(stems, Vec::new(), editions, limit, visible)
    }

    /// Candidates that can be looked at in time.
    pub(super) fn most(&self) -> usize {
        if self.is_quick() { usize::MAX } else { FEW }
    }

    fn is_quick(&self) -> bool {
        self.searcher.num_docs() <= QUICK
    }

    fn found(
        &self,
        stems: Vec<Asked>,
        concepts: Vec<Asked>,
        editions: Option<&[u32]>,
        limit: usize,
        visible: impl Fn(u32) -> bool,
    ) -> Result<Vec<(Place, f32)>, IndexError> {
        let hits = match self.is_quick() {
            true => self.best(stems.iter().chain(&concepts), editions, limit, visible)?,
            false => self.by_telling(stems, concepts, editions, limit, visible)?,
        };
        Ok(hits.into_iter().filter_map(|(score, address)| Some((self.place(address)?, score))).collect())
    }

    /// Of the documents that are best by the stems that tell one document from another those that score best by everything. Almost every
    /// document of a large index holds some common word or concept, and to search by all takes ten times as long.
    fn by_telling(
        &self,
        stems: Vec<Asked>,
        concepts: Vec<Asked>,
        editions: Option<&[u32]>,
        limit: usize,
        visible: impl Fn(u32) -> bool,
    ) -> Result<Vec<Scored>, IndexError> {
        let limit = limit.min(FEW);
        let ahead = limit.saturating_mul(AHEAD);
        let (mut finding, common) = self.split(stems)?;
        let mut hits = self.best(&finding, editions, ahead, &visible)?;
        let mut scoring = common;
        if hits.len() < limit {
            let (telling, common) = self.split(concepts)?;
            finding.extend(scoring.into_iter().chain(telling));
            hits = self.best(&finding, editions, ahead, &visible)?;
            scoring = common;
        } else {
            scoring.extend(concepts);
        }
        hits.sort_by_key(|&(_, address)| address);
        for asked in &scoring {
            self.score(asked, &mut hits)?;
        }
        hits.sort_by(|(a, at), (b, other)| b.total_cmp(a).then(at.cmp(other)));
        hits.truncate(limit);
        Ok(hits)
    }

    /// In how many passages a stem occurs and how it is written; `None` where no passage and no heading holds it.
    pub(super) fn stats(&self, stem: &str) -> Result<Option<WordStats>, IndexError> {
        let own = &self.fields.own;
        let stats = WordStats {
            passages: self.count(own.stems, stem)?,
            capital: self.count(self.fields.capital, stem)?,
            first: self.count(self.fields.first, stem)?,
        };
        let known = stats.passages > 0 || self.count(own.paragraph, stem)? > 0;
        Ok(known.then_some(stats))
    }

    /// Whether any passage holds the concept.
    pub(super) fn has_concept(&self, id: &str) -> Result<bool, IndexError> {
        Ok(self.count(self.fields.own.concepts, id)? > 0)
    }

    /// Whom a key may mean: at most `most` words of the field `names`.
    pub(super) fn bearers(&self, key: &str, most: usize) -> Result<Vec<String>, IndexError> {
        let mut found = Vec::new();
        let prefix = format!("{}{BEARER}", one_word(key));
        self.each_word(self.fields.names, &prefix, |word| {
            if !found.iter().any(|known| known == word) {
                found.push(word.to_owned());
            }
            if found.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(found)
    }

    /// Every key of one word that begins with `prefix`.
    pub(super) fn name_words(&self, prefix: &str, mut each: impl FnMut(&str)) -> Result<(), IndexError> {
        self.each_word(self.fields.name_words, prefix, |word| {
            each(word);
            ControlFlow::Continue(())
        })
    }

    /// The editions (by number) that hold one of the words of the field `names` of each group.
    pub(super) fn editions_naming(&self, groups: &[&[String]]) -> Result<Vec<u32>, IndexError> {
        let any = |group: &&[String]| -> (Occur, Box<dyn Query>) {
            let words = group.iter().map(|word| (Occur::Should, term(self.fields.names, word))).collect();
            (Occur::Must, Box::new(BooleanQuery::new(words)))
        };
        let found = self.searcher.search(&BooleanQuery::new(groups.iter().map(any).collect()), &DocSetCollector)?;
        let mut editions =
            found.into_iter().filter_map(|address| self.place(address)).map(|place| place.edition).collect::<Vec<_>>();
        editions.sort_unstable();
        editions.dedup();
        Ok(editions)
    }

    /// Files whose checksum is not what it was.
    pub(super) fn damaged(&self) -> Result<Vec<PathBuf>, IndexError> {
        Ok(self.searcher.index().validate_checksum()?.into_iter().collect())
    }

    /// Looks again for more where some of the best are not for the viewer.
    fn best<'q>(
        &self,
        clauses: impl IntoIterator<Item = &'q Asked>,
        editions: Option<&[u32]>,
        limit: usize,
        visible: impl Fn(u32) -> bool,
    ) -> Result<Vec<Scored>, IndexError> {
        let clauses = clauses.into_iter().map(Asked::clause).collect::<Vec<_>>();
        if clauses.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let query = self.fields.own.query(clauses, editions);
        let mut fetched = limit;
        loop {
            let mut hits = self.searcher.search(&query, &TopDocs::with_limit(fetched).order_by_score())?;
            let all = hits.len() < fetched;
            hits.retain(|(_, address)| self.place(*address).is_some_and(|place| visible(place.edition)));
            if all || hits.len() >= limit {
                hits.truncate(limit);
                return Ok(hits);
            }
            fetched = fetched.saturating_mul(FURTHER);
        }
    }

    /// Adds to each hit what it scores by `asked`; they are sorted by address.
    fn score(&self, asked: &Asked, hits: &mut [Scored]) -> Result<(), IndexError> {
        let weight = asked.query().weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
        for of_segment in hits.chunk_by_mut(|(_, one), (_, other)| one.segment_ord == other.segment_ord) {
            let Some((_, DocAddress { segment_ord, .. })) = of_segment.first() else { continue };
            let mut scorer = weight.scorer(self.searcher.segment_reader(*segment_ord), 1.0)?;
            for (score, address) in of_segment {
                let is_before = scorer.doc() < address.doc_id;
                let reached = if is_before { scorer.seek(address.doc_id) } else { scorer.doc() };
                if reached == address.doc_id {
                    *score += scorer.score();
                }
            }
        }
        Ok(())
    }

    /// Those that few enough documents hold to tell one from another, and the others.
    fn split(&self, all: Vec<Asked>) -> Result<(Vec<Asked>, Vec<Asked>), IndexError> {
        let (mut telling, mut common) = (Vec::new(), Vec::new());
        for asked in all {
            let few = self.searcher.doc_freq(asked.term())?.saturating_mul(COMMON_PART) <= self.searcher.num_docs();
            if few { telling.push(asked) } else { common.push(asked) }
        }
        Ok((telling, common))
    }

    fn place(&self, address: DocAddress) -> Option<Place> {
        let (places, records) = self.places.get(address.segment_ord as usize)?;
        Some(Place::of_numbers(places.first(address.doc_id)?, records.first(address.doc_id)?))
    }

    fn count(&self, field: Field, text: &str) -> Result<u32, IndexError> {
        let count = self.searcher.doc_freq(&Term::from_field_text(field, text))?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    fn each_word(&self, field: Field, prefix: &str, mut each: impl FnMut(&str) -> ControlFlow<()>) -> Result<(), IndexError> {
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut words = index.terms().range().ge(prefix.as_bytes()).into_stream().map_err(tantivy::TantivyError::from)?;
            while words.advance() {
                let Ok(word) = std::str::from_utf8(words.key()) else { continue };
                if !word.starts_with(prefix) || each(word).is_break() {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// Documents up to which searching by everything is quick enough.
const QUICK: u64 = 100_000;
/// Documents that are wanted at most of a larger index, and candidates: each costs the reading of its paragraph.
const FEW: usize = 40;
/// How many times as many documents are found by what tells as are wanted, of which the rest chooses.
const AHEAD: usize = 4;
/// A stem or concept that more than one document in so many holds is common.
const COMMON_PART: u64 = 10;
/// How many times as many hits are looked through where too many were not for the viewer.
const FURTHER: usize = 8;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use tantivy::TantivyDocument;

    use super::*;

    /// Passage n (of 400) holds the word "all", "word3" if three divides it, and so on; every second one the concept "even", every 50th
    /// "rare".
    fn index(folder: &Path) -> DiskSearch {
        let (schema, fields) = DiskFields::schema();
        let builder = Index::builder().schema(schema).tokenizers(disk_tokenizers());
        let index = builder.create_in_dir(folder).expect("create");
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 20_000_000).expect("writer");
        for number in 1..=400_u32 {
            let mut document = TantivyDocument::new();
            let words = (2..=20).filter(|step| number % step == 0).map(|step| format!("word{step}"));
            document.add_text(fields.own.stems, ["all".to_owned()].into_iter().chain(words).collect::<Vec<_>>().join(" "));
            if number % 2 == 0 {
                document.add_text(fields.own.concepts, if number % 50 == 0 { "even rare" } else { "even" });
            }
            document.add_u64(fields.place, Place { edition: number % 5, sentence: number, record: 0 }.to_number());
            document.add_u64(fields.record, 0);
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("committed");
        DiskSearch::open(folder).expect("opened")
    }

    /// The `limit` best with their scores, by what tells and by everything.
    fn both(search: &DiskSearch, stems: &[&str], concepts: &[&str], limit: usize) -> [Vec<(u32, f32)>; 2] {
        let own = &search.fields.own;
        let stems = || stems.iter().map(|stem| own.stem(stem)).collect::<Vec<_>>();
        let concepts = || concepts.iter().map(|id| own.concept(id)).collect::<Vec<_>>();
        let visible = |edition: u32| edition != 3;
        let by_telling = search.by_telling(stems(), concepts(), None, limit, visible).unwrap();
        let by_all = search.best(stems().iter().chain(&concepts()), None, 400, visible).unwrap();
        [by_telling, by_all].map(|hits| {
            hits.into_iter().map(|(score, address)| (search.place(address).unwrap().sentence, score)).collect::<Vec<_>>()
        })
    }

    #[test]
    fn the_best_are_found_with_the_scores_that_everything_gives() {
        let folder = tempfile::tempdir().unwrap();
        let search = index(folder.path());
        for (stems, concepts, limit) in [
            (["all", "word20"].as_slice(), ["even", "rare"].as_slice(), 10),
            (&["word3", "word4", "word20"], &["even"], 10),
            (&["word19", "word17", "word2"], &["rare"], 20),
        ] {
            let [found, all] = both(&search, stems, concepts, limit);
            assert_eq!(found.len(), limit, "{stems:?}");
            for &(sentence, score) in &found {
                let (_, among_all) = all.iter().find(|(other, _)| *other == sentence).expect("among all");
                assert!((score - among_all).abs() < 1e-4, "{stems:?} {sentence}: {score} {among_all}");
                assert_ne!(sentence % 5, 3, "for the viewer");
            }
            assert!((found[0].1 - all[0].1).abs() < 1e-4, "{stems:?}: {:?} {:?}", found[0], all[0]);
        }
    }

    #[test]
    fn without_a_known_stem_concepts_that_tell_find() {
        let folder = tempfile::tempdir().unwrap();
        let search = index(folder.path());
        let [found, _] = both(&search, &["unknown"], &["even", "rare"], 10);
        let sentences = found.into_iter().map(|(sentence, _)| sentence).collect::<Vec<_>>();
        assert_eq!(sentences, [50, 100, 150, 200, 250, 300, 350, 400]);
    }

    #[test]
    fn in_chosen_editions_alone() {
        let folder = tempfile::tempdir().unwrap();
        let search = index(folder.path());
        let stems = || vec![search.fields.own.stem("all")];
        assert!(search.by_telling(stems(), Vec::new(), Some(&[77]), 10, |_| true).unwrap().is_empty());
    }
}
