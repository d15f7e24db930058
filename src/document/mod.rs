//! Loads `knowledge/`: sources, their editions and blocks, byte for byte. Knows no question.

mod block;
mod knowledge;
mod metadata;

pub use block::{Block, BlockKind};
pub use knowledge::{Case, CuratedAlias, Edition, Knowledge, KnowledgeError, Source, View, Viewer};
pub use metadata::{Metadata, Moment, SourceClass, Visibility};
