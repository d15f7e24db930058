//! The full-text index of a knowledge in memory. Knows no question.

use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::schema::Schema;
use tantivy::{Index, IndexSettings, Searcher, SingleSegmentIndexWriter, TantivyDocument};

use super::IndexError;
use super::fields::{Clause, Fields, tokenizers};

/// Memory that the writer may plan with; its hash table is sized by it, so a small one makes a small index quick to build.
const SMALL_BUDGET: usize = 1_000_000;
const LARGE_BUDGET: usize = 50_000_000;

/// Builds a [`Search`]; documents are numbered in the order in which they are added.
pub(super) struct SearchWriter {
    writer: SingleSegmentIndexWriter,
    fields: Fields,
    is_one: bool,
}

/// What a search hit: document number and score.
pub(super) type Hit = (u32, f32);

/// A finished index.
pub(super) struct Search {
    searcher: Searcher,
    fields: Fields,
}

impl SearchWriter {
    /// An empty index in memory for texts of about `bytes` bytes in `editions` editions.
    pub(super) fn new(bytes: usize, editions: usize) -> Result<Self, IndexError> {
        let mut schema = Schema::builder();
        let fields = Fields::new(&mut schema);
        let budget = if bytes < SMALL_BUDGET { SMALL_BUDGET } else { LARGE_BUDGET };
        let builder = Index::builder().schema(schema.build()).settings(IndexSettings::default()).tokenizers(tokenizers());
        let writer = builder.single_segment_index_writer(RamDirectory::create(), budget)?;
        Ok(Self { writer, fields, is_one: editions == 1 })
    }

    /// Adds a passage.
    pub(super) fn add_passage(&mut self, stems: &str, concepts: &str, edition: u32) -> Result<(), IndexError> {
        let mut document = TantivyDocument::new();
        document.add_text(self.fields.stems, stems);
        if !concepts.is_empty() {
            document.add_text(self.fields.concepts, concepts);
        }
        self.add(document, edition)
    }

    /// Adds a paragraph.
    pub(super) fn add_paragraph(&mut self, stems: &str, edition: u32) -> Result<(), IndexError> {
        let mut document = TantivyDocument::new();
        document.add_text(self.fields.paragraph, stems);
        self.add(document, edition)
    }

    fn add(&mut self, mut document: TantivyDocument, edition: u32) -> Result<(), IndexError> {
        // A search is restricted to some editions of several, never to the only one.
        if !self.is_one {
            document.add_text(self.fields.edition, edition.to_string());
        }
        Ok(self.writer.add_document(document)?)
    }

    /// Closes the index for writing and opens it for searching.
    pub(super) fn finish(self) -> Result<Search, IndexError> {
        let index = self.writer.finalize()?;
        let reader = index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?;
        Ok(Search { searcher: reader.searcher(), fields: self.fields })
    }
}

impl Search {
    /// The `limit` best passages by BM25 of stems and concepts; only those of `editions` where given.
    pub(super) fn passages(
        &self,
        stems: &[String],
        concepts: &[String],
        editions: Option<&[u32]>,
        limit: usize,
    ) -> Result<Vec<Hit>, IndexError> {
        self.run(self.fields.passages(stems, concepts), editions, limit)
    }

    /// The `limit` best paragraphs by BM25 of stems.
    pub(super) fn paragraphs(&self, stems: &[String], editions: Option<&[u32]>, limit: usize) -> Result<Vec<Hit>, IndexError> {
        self.run(self.fields.paragraphs(stems), editions, limit)
    }

    fn run(&self, clauses: Vec<Clause>, editions: Option<&[u32]>, limit: usize) -> Result<Vec<Hit>, IndexError> {
        if clauses.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let query = self.fields.query(clauses, editions);
        let hits = self.searcher.search(&query, &TopDocs::with_limit(limit).order_by_score())?;
        Ok(hits.into_iter().map(|(score, address)| (address.doc_id, score)).collect())
    }
}
