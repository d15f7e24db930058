//! What a document of the full-text index holds, in memory and on disk alike, and the clauses of a query. Knows no question.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, SchemaBuilder, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager, WhitespaceTokenizer};

const SPACES: &str = "spaces";

/// Weight of a shared concept beside that of a shared stem.
const CONCEPT_WEIGHT: f32 = 0.4;

/// The fields by which passages are found: a passage has stems and concepts, a paragraph its own stems.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub stems: Field,
    pub paragraph: Field,
    pub concepts: Field,
    pub edition: Field,
}

impl Fields {
    pub(super) fn new(schema: &mut SchemaBuilder) -> Self {
        Self {
            stems: schema.add_text_field("stems", words(IndexRecordOption::WithFreqs)),
            paragraph: schema.add_text_field("paragraph", words(IndexRecordOption::WithFreqs)),
            concepts: schema.add_text_field("concepts", words(IndexRecordOption::WithFreqs)),
            edition: schema.add_text_field("edition", words(IndexRecordOption::Basic)),
        }
    }

    /// Passages that hold the stem.
    pub(super) fn stem(&self, stem: &str) -> Asked {
        Asked { term: Term::from_field_text(self.stems, stem), weight: 1.0 }
    }

    /// Passages that hold the concept, which counts less.
    pub(super) fn concept(&self, id: &str) -> Asked {
        Asked { term: Term::from_field_text(self.concepts, id), weight: CONCEPT_WEIGHT }
    }

    /// Paragraphs that hold the stem.
    pub(super) fn paragraph(&self, stem: &str) -> Asked {
        Asked { term: Term::from_field_text(self.paragraph, stem), weight: 1.0 }
    }

    /// The best passages share stems or concepts.
    pub(super) fn passages(&self, stems: &[String], concepts: &[String]) -> Vec<Clause> {
        let concepts = concepts.iter().map(|id| self.concept(id).clause());
        stems.iter().map(|stem| self.stem(stem).clause()).chain(concepts).collect()
    }

    /// The best paragraphs share stems.
    pub(super) fn paragraphs(&self, stems: &[String]) -> Vec<Clause> {
        stems.iter().map(|stem| self.paragraph(stem).clause()).collect()
    }

    /// The clauses as a query, restricted to some editions where given.
    pub(super) fn query(&self, clauses: Vec<Clause>, editions: Option<&[u32]>) -> BooleanQuery {
        let query = BooleanQuery::new(clauses);
        let Some(editions) = editions else { return query };
        let one = |edition: &u32| -> Clause { (Occur::Should, term(self.edition, &edition.to_string())) };
        let of_one = BooleanQuery::new(editions.iter().map(one).collect());
        let filter: Box<dyn Query> = Box::new(ConstScoreQuery::new(Box::new(of_one), 0.0));
        BooleanQuery::new(vec![(Occur::Must, Box::new(query)), (Occur::Must, filter)])
    }
}

/// A part of a query, and whether a document must meet it.
pub(super) type Clause = (Occur, Box<dyn Query>);

/// Something that a question asks for: a word of the index and what it counts beside others.
pub(super) struct Asked {
    term: Term,
    weight: f32,
}

impl Asked {
    /// The word.
    pub(super) fn term(&self) -> &Term {
        &self.term
    }

    /// The documents that hold it.
    pub(super) fn query(&self) -> BoostQuery {
        BoostQuery::new(Box::new(TermQuery::new(self.term.clone(), IndexRecordOption::WithFreqs)), self.weight)
    }

    /// The same as a part of a query that need not be met.
    pub(super) fn clause(&self) -> Clause {
        (Occur::Should, Box::new(self.query()))
    }
}

/// A text of words that are parted by spaces.
pub(super) fn words(record: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(SPACES).set_index_option(record);
    TextOptions::default().set_indexing_options(indexing)
}

/// The way to cut such texts.
pub(super) fn tokenizers() -> TokenizerManager {
    with_spaces(TokenizerManager::new())
}

/// The same with those that the engine wants to be there for a field of numbers.
pub(super) fn disk_tokenizers() -> TokenizerManager {
    with_spaces(TokenizerManager::default())
}

fn with_spaces(tokenizers: TokenizerManager) -> TokenizerManager {
    tokenizers.register(SPACES, TextAnalyzer::from(WhitespaceTokenizer::default()));
    tokenizers
}

/// Documents that hold the word.
pub(super) fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}
