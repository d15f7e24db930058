//! Loads `knowledge/`: sources, their editions and blocks, byte for byte. Knows no question.

mod block;
mod dateline;
mod knowledge;
mod layout;
mod line;
mod metadata;
mod unit;

pub use block::{Block, BlockKind};
pub use knowledge::{Case, Edition, Knowledge, KnowledgeError, Source, View, Viewer};
pub use metadata::{Metadata, Moment, SourceClass, Visibility};
