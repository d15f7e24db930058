//! The full-text index of a catalogue, read where it lies. Knows no question.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tantivy::collector::{DocSetCollector, TopDocs};
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, Occur, Query};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, SchemaBuilder};
use tantivy::{DocAddress, Index, ReloadPolicy, Searcher, Term};

use crate::index::IndexError;
use crate::index::fields::{Fields, disk_tokenizers, term, words};
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
        let stems = wanted.stems.iter().map(|stem| self.count(own.stems, stem));
        let counts =
            stems.chain(wanted.concepts.iter().map(|id| self.count(own.concepts, id))).collect::<Result<Vec<_>, _>>()?;
        self.best(finding(own.passages(&wanted.stems, &wanted.concepts), &counts), editions, limit, visible)
    }

    /// The `limit` best paragraphs that are `visible` by number of their edition.
    pub(super) fn paragraphs(
        &self,
        wanted: &Wanted,
        editions: Option<&[u32]>,
        limit: usize,
        visible: impl Fn(u32) -> bool,
    ) -> Result<Vec<(Place, f32)>, IndexError> {
        let own = &self.fields.own;
        let counts = wanted.stems.iter().map(|stem| self.count(own.paragraph, stem)).collect::<Result<Vec<_>, _>>()?;
        self.best(finding(own.paragraphs(&wanted.stems), &counts), editions, limit, visible)
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
    fn best(
        &self,
        clauses: Vec<(Occur, Box<dyn Query>)>,
        editions: Option<&[u32]>,
        limit: usize,
        visible: impl Fn(u32) -> bool,
    ) -> Result<Vec<(Place, f32)>, IndexError> {
        if clauses.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let query = self.fields.own.query(clauses, editions);
        let mut fetched = limit;
        loop {
            let hits = self.searcher.search(&query, &TopDocs::with_limit(fetched).order_by_score())?;
            let all = hits.len() < fetched;
            let placed = hits.into_iter().filter_map(|(score, address)| Some((self.place(address)?, score)));
            let mut seen = placed.filter(|(place, _)| visible(place.edition)).collect::<Vec<_>>();
            if all || seen.len() >= limit {
                seen.truncate(limit);
                return Ok(seen);
            }
            fetched = fetched.saturating_mul(FURTHER);
        }
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

/// Documents that may be looked at one by one for a question.
const LOOKED_AT: u32 = 5_000;

/// The rarer clauses find a document, all of them score it: whatever ranks high among many documents holds a rare word of the question.
/// Where all are rare, or all frequent, every clause finds. `counts` says how many documents each clause has.
fn finding(clauses: Vec<(Occur, Box<dyn Query>)>, counts: &[u32]) -> Vec<(Occur, Box<dyn Query>)> {
    let mut clauses = clauses.into_iter().zip(counts.iter().copied()).collect::<Vec<_>>();
    clauses.sort_by_key(|&(_, count)| count);
    let mut sum = 0_u32;
    let finders = clauses.iter().take_while(|(_, count)| {
        sum = sum.saturating_add(*count);
        sum <= LOOKED_AT
    });
    let finders = finders.count();
    let finds = clauses.iter().take(finders).any(|&(_, count)| count > 0);
    let scorers = clauses.split_off(if finds { finders } else { clauses.len() });
    let finders = clauses.into_iter().map(|(clause, _)| clause).collect::<Vec<_>>();
    // One by one: a union of frequent words would be counted through, a single one is leapt through.
    scorers.into_iter().fold(finders, |before, (clause, _)| {
        let before: Box<dyn Query> = Box::new(BooleanQuery::new(before));
        vec![(Occur::Must, before), clause]
    })
}

/// How many times as many hits are looked through where too many were not for the viewer.
const FURTHER: usize = 8;
