//! The full-text index over passages and paragraphs: the only file that speaks to tantivy. Knows no question.

use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};
use tantivy::{Index, IndexSettings, Searcher, SingleSegmentIndexWriter, TantivyDocument, Term};

use super::IndexError;

/// Memory that the writer may plan with; its hash table is sized by it, so a small one makes a small index quick to build.
const SMALL_BUDGET: usize = 1_000_000;
const LARGE_BUDGET: usize = 50_000_000;
const SPACES: &str = "spaces";

/// The fields of a document: a passage has stems and concepts, a paragraph its own stems.
#[derive(Debug, Clone, Copy)]
struct Fields {
    stems: Field,
    paragraph: Field,
    concepts: Field,
    edition: Field,
}

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

/// A term with its weight.
pub(super) type Weighted<'t> = (&'t str, f32);

impl SearchWriter {
    /// An empty index in memory for texts of about `bytes` bytes in `editions` editions.
    pub(super) fn new(bytes: usize, editions: usize) -> Result<Self, IndexError> {
        let mut schema = Schema::builder();
        let options = |record| {
            let indexing = TextFieldIndexing::default().set_tokenizer(SPACES).set_index_option(record);
            TextOptions::default().set_indexing_options(indexing)
        };
        let fields = Fields {
            stems: schema.add_text_field("stems", options(IndexRecordOption::WithFreqs)),
            paragraph: schema.add_text_field("paragraph", options(IndexRecordOption::WithFreqs)),
            concepts: schema.add_text_field("concepts", options(IndexRecordOption::WithFreqs)),
            edition: schema.add_text_field("edition", options(IndexRecordOption::Basic)),
        };
        let tokenizers = tantivy::tokenizer::TokenizerManager::new();
        tokenizers.register(SPACES, TextAnalyzer::from(WhitespaceTokenizer::default()));
        let budget = if bytes < SMALL_BUDGET { SMALL_BUDGET } else { LARGE_BUDGET };
        let builder = Index::builder().schema(schema.build()).settings(IndexSettings::default()).tokenizers(tokenizers);
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
        keep_large_blocks();
        let index = self.writer.finalize()?;
        let reader = index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?;
        Ok(Search { searcher: reader.searcher(), fields: self.fields })
    }
}

impl Search {
    /// The `limit` best passages by BM25 of stems and concepts; only those of `editions` where given.
    pub(super) fn passages(
        &self,
        stems: &[Weighted<'_>],
        concepts: &[Weighted<'_>],
        editions: Option<&[u32]>,
        limit: usize,
    ) -> Result<Vec<Hit>, IndexError> {
        let mut clauses = Vec::with_capacity(stems.len() + concepts.len());
        clauses.extend(stems.iter().map(|&(stem, weight)| scored(self.fields.stems, stem, weight)));
        clauses.extend(concepts.iter().map(|&(concept, weight)| scored(self.fields.concepts, concept, weight)));
        self.run(clauses, editions, limit)
    }

    /// The `limit` best paragraphs by BM25 of stems.
    pub(super) fn paragraphs(
        &self,
        stems: &[Weighted<'_>],
        editions: Option<&[u32]>,
        limit: usize,
    ) -> Result<Vec<Hit>, IndexError> {
        let clauses = stems.iter().map(|&(stem, weight)| scored(self.fields.paragraph, stem, weight)).collect();
        self.run(clauses, editions, limit)
    }

    fn run(
        &self,
        clauses: Vec<(Occur, Box<dyn Query>)>,
        editions: Option<&[u32]>,
        limit: usize,
    ) -> Result<Vec<Hit>, IndexError> {
        if clauses.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let mut query = BooleanQuery::new(clauses);
        if let Some(editions) = editions {
            let one = |edition: &u32| scored(self.fields.edition, &edition.to_string(), 1.0);
            let any = BooleanQuery::new(editions.iter().map(one).collect());
            let filter: Box<dyn Query> = Box::new(ConstScoreQuery::new(Box::new(any), 0.0));
            query = BooleanQuery::new(vec![(Occur::Must, Box::new(query)), (Occur::Must, filter)]);
        }
        let hits = self.searcher.search(&query, &TopDocs::with_limit(limit).order_by_score())?;
        Ok(hits.into_iter().map(|(score, address)| (address.doc_id, score)).collect())
    }
}

/// Lets the allocator keep blocks of a megabyte: each dictionary of terms is written with a table of that size, and to get it anew from
/// the system each time costs more than to fill it. (glibc learns from the first large block that is given back.)
fn keep_large_blocks() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(1 << 20)));
}

fn scored(field: Field, text: &str, weight: f32) -> (Occur, Box<dyn Query>) {
    let query: Box<dyn Query> = Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs));
    #[expect(clippy::float_cmp, reason = "1 is written as 1")]
    let query = if weight == 1.0 { query } else { Box::new(BoostQuery::new(query, weight)) };
    (Occur::Should, query)
}
