//! Whether a catalogue still is what its folder of sources holds. Knows no question.

use super::{Archive, ArchiveError};
use crate::document::Knowledge;
use crate::index::SourceEntry;

/// How a catalogue stands to its folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// Sources that the catalogue lacks.
    pub new: Vec<String>,
    /// Sources that are not what they were.
    pub changed: Vec<String>,
    /// Sources that are no longer there.
    pub gone: Vec<String>,
}

impl State {
    /// Whether nothing has changed.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }
}

impl Archive {
    /// Reads every source and compares.
    ///
    /// # Errors
    /// A folder or file that can't be read.
    pub fn state(&self) -> Result<State, ArchiveError> {
        let mut state = State::default();
        let mut ids = self.folder.folders("")?;
        ids.retain(|id| self.folder.has_file(&format!("{id}/article.txt")));
        for id in &ids {
            match self.catalogue.source(id) {
                None => state.new.push(id.clone()),
                Some(entry) if !is_same(entry, &Knowledge::stamps(&self.folder, id)?) => state.changed.push(id.clone()),
                Some(_) => {}
            }
        }
        let known = self.catalogue.sources().iter().map(|source| &source.id);
        state.gone = known.filter(|id| ids.binary_search(id).is_err()).cloned().collect();
        Ok(state)
    }
}

/// Whether the editions are those of the catalogue.
fn is_same(entry: &SourceEntry, stamps: &[(u32, crate::document::Stamp)]) -> bool {
    entry.editions.iter().map(|edition| (edition.edition, edition.stamp)).eq(stamps.iter().copied())
}
