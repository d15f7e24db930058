//! Passages and their paragraphs, searchable by stem and concept; nobody else sees tantivy. Knows neither questions nor ranking.

mod catalogue;
mod fields;
mod passages;
mod reading;
mod search;
mod words;

pub use catalogue::{Builder, Catalogue, CatalogueError, EditionEntry, Origin, SourceEntry, Taken};
pub use passages::{Asked, AskedWord, Hit, Paragraph, Passage, PassageIndex};
pub use words::{
    BREAK, CAPITAL, Concept, ConceptAt, DATE, DIGITS, FIRST, MONEY, NUMBER, PERCENT, Reader, Reading, STOP, Term, Vocabulary,
    Word, YEAR,
};

/// The index could not be built or searched.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The full-text index refused.
    #[error("the passage index: {0}")]
    Search(Box<dyn std::error::Error + Send + Sync>),
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Search(Box::new(error))
    }
}
