//! Who changed what, and when. Knows no Discord.

use serde::{Deserialize, Serialize};

use super::changes::Changes;
use super::id::{Id, Time, UserKey};
use super::record::Record;
use super::tree::Tree;
use super::{Store, StoreError};

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When.
    pub at: Time,
    /// Who; `None` where that person asked to be forgotten, or the program itself did it.
    pub by: Option<UserKey>,
    /// What.
    pub what: ChangeKind,
}

/// What was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A setting.
    Setting {
        /// The channel; 0 for the whole server.
        channel: Id,
        /// Name of the field.
        field: String,
        /// Old value, as JSON.
        from: String,
        /// New value, as JSON.
        to: String,
    },
    /// A channel follows something.
    Follow {
        /// The channel.
        channel: Id,
        /// What it follows.
        what: String,
    },
    /// A channel no longer follows something.
    Unfollow {
        /// The channel.
        channel: Id,
        /// What it followed.
        what: String,
    },
}

/// The record, under server and running number; version 1 is [`Change`] as above.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Entry(pub(super) Change);

impl Record for Entry {
    const TREE: Tree = Tree::Audit;
    const VERSION: u8 = 1;
    type Key = (Id, u64);
}

impl Changes<'_> {
    /// Writes a change into the trail of a server.
    pub(super) fn note(&mut self, server: Id, change: Change) -> Result<(), StoreError> {
        let last = self.scan::<Entry>(&(server,))?.into_iter().map(|((_, number), _)| number).max();
        self.put(&(server, last.map_or(0, |last| last + 1)), &Entry(change))
    }
}

impl Store {
    /// The trail of a server, oldest first.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn audit(&self, server: u64) -> Result<Vec<Change>, StoreError> {
        let mut entries = self.scan::<Entry>(&(Id(server),))?;
        entries.sort_by_key(|(key, _)| *key);
        Ok(entries.into_iter().map(|(_, entry)| entry.0).collect())
    }
}
