//! What can go wrong with the memory, each with what its message needs. Knows no surface.

use std::path::{Path, PathBuf};

/// Why the store can't be opened, read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another process has it.
    #[error("{}: in use by another verbatim; stop that one, or give this one its own --data folder", path.display())]
    InUse {
        /// The data folder.
        path: PathBuf,
    },
    /// The folder or a file in it can't be read or written.
    #[error("{}: {reason}", path.display())]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Written by a later version of the program.
    #[error("{}: written by a later version of verbatim (schema {found}; this one knows {known}): update this one", path.display())]
    Newer {
        /// The data folder.
        path: PathBuf,
        /// Schema found.
        found: u16,
        /// Newest schema known.
        known: u16,
    },
    /// A record does not agree with its checksum.
    #[error("a record of `{tree}` is damaged; restart the program: it sets the damaged store aside and keeps what is whole")]
    Damaged {
        /// Name of the tree.
        tree: &'static str,
    },
    /// A read or write failed; from then on the store takes no more writes.
    #[error("{}: the memory failed: {reason}", path.display())]
    Failed {
        /// The data folder.
        path: PathBuf,
        /// What was said.
        reason: String,
    },
    /// The writer has stopped.
    #[error("the memory is closed")]
    Closed,
    /// More writes are waiting than the queue holds.
    #[error("the memory is busy: more writes are waiting than it can take")]
    Busy,
    /// A line of an import can't be used; nothing of it was written.
    #[error("line {line}: {reason}")]
    Import {
        /// From 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no such thing in the store.
    #[error("{what} is not in the memory")]
    Absent {
        /// What was looked for.
        what: String,
    },
}

impl StoreError {
    pub(super) fn folder(path: &Path, error: impl std::fmt::Display) -> Self {
        Self::Folder { path: path.to_owned(), reason: error.to_string() }
    }

    pub(super) fn failed(path: &Path, error: impl std::fmt::Display) -> Self {
        Self::Failed { path: path.to_owned(), reason: error.to_string() }
    }
}
