//! Loads `knowledge/`: sources, their editions and blocks, byte for byte. Knows no question.

mod add;
mod block;
mod checksum;
mod dateline;
mod diff;
mod knowledge;
mod layout;
mod line;
mod metadata;
mod suppression;
mod unit;
mod view;

pub use add::{AddError, Added, add_source, id_of_title};
pub use block::{Block, BlockKind};
pub use checksum::{CHECKSUM_FILE, Checksum, Mismatch};
pub use diff::{Change, diff};
pub use knowledge::{Case, CuratedAlias, Edition, Knowledge, KnowledgeError, Source, Stamp};
pub use metadata::{Metadata, Moment, SourceClass, Visibility};
pub use view::{Access, Shown, View, Viewer};
