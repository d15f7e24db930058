//! Who changed what, and when. Knows no Discord.

use serde::{Deserialize, Serialize};

use super::changes::Changes;
use super::id::{Id, Time, UserKey};
use super::record::{Parting, Record};
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

/// The record, under server, time and a number within that second; version 1 is [`Change`] as above.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Entry(pub(super) Change);

impl Record for Entry {
    const TREE: Tree = Tree::Audit;
    const VERSION: u8 = 1;
    const PERSONAL: bool = true;
    type Key = (Id, Time, u32);

    fn server(&self, key: &Self::Key) -> Option<Id> {
        Some(key.0)
    }

    fn last_used(&self, key: &Self::Key) -> Option<Time> {
        Some(key.1)
    }

    fn part(&mut self, _key: &Self::Key, who: &dyn Fn(UserKey) -> bool) -> Parting {
        if self.0.by.is_some_and(who) {
            self.0.by = None;
            return Parting::Stays;
        }
        Parting::Untouched
    }
}

impl Changes<'_> {
    /// Writes a change into the trail of a server.
    pub(super) fn note(&mut self, server: Id, change: Change) -> Result<(), StoreError> {
        let at = change.at;
        let last = self.scan::<Entry>(&(server, at))?.into_iter().map(|((.., number), _)| number).max();
        self.put(&(server, at, last.map_or(0, |last| last + 1)), &Entry(change))
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
