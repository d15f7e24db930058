//! What happens to what is kept for a server that has removed the bot. Knows no Discord but that servers have numbers.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::changes::Changes;
use super::id::{Id, Time};
use super::record::Record;
use super::tree::{KINDS, Tree};
use super::{Store, StoreError, receipts};

/// A server that has removed the bot, under its number; version 1 has the field below.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) left: Time,
}

impl Record for Entry {
    const TREE: Tree = Tree::Servers;
    const VERSION: u8 = 1;
    type Key = Id;

    fn server(&self, key: &Self::Key) -> Option<Id> {
        Some(*key)
    }
}

impl Store {
    /// Notes that the bot was removed from a server: the sweep deletes what is kept for it after the days of grace. Returns once it
    /// is on disk.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn server_left(&self, server: u64, now: Time) -> Result<(), StoreError> {
        self.write(move |changes| match changes.get::<Entry>(&Id(server))? {
            Some(_) => Ok(()),
            None => changes.put(&Id(server), &Entry { left: now }),
        })
    }

    /// Notes that the bot is (again) in a server, whose data then stays. Returns once it is on disk; at once where nothing is noted.
    ///
    /// # Errors
    /// When the store can't be read or written.
    pub fn server_joined(&self, server: u64) -> Result<(), StoreError> {
        if self.get::<Entry>(&Id(server))?.is_none() {
            return Ok(());
        }
        self.write(move |changes| changes.remove::<Entry>(&Id(server)).map(|_| ()))
    }

    /// Every server for which something is kept, without those already noted as left.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn servers(&self) -> Result<BTreeSet<u64>, StoreError> {
        let left: BTreeSet<_> = self.scan::<Entry>(&())?.into_iter().map(|(server, _)| server).collect();
        let mut servers = BTreeSet::new();
        self.each_record(|kind, key, body| {
            let facts = (kind.facts)(key, body).ok_or_else(|| kind.damaged())?;
            servers.extend(facts.server.filter(|server| server.0 != 0 && !left.contains(server)).map(|server| server.0));
            Ok(())
        })?;
        Ok(servers)
    }

    /// Whether the bot was removed from a server whose data is still there.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn has_left(&self, server: u64) -> Result<bool, StoreError> {
        Ok(self.get::<Entry>(&Id(server))?.is_some())
    }

    /// Deletes everything kept for a server and returns, once it is on disk, how many records that were.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn forget_server(&self, server: u64) -> Result<u64, StoreError> {
        self.write(move |changes| changes.forget_server(Id(server)))
    }
}

impl Changes<'_> {
    pub(super) fn forget_server(&mut self, server: Id) -> Result<u64, StoreError> {
        let mut removed = 0;
        let mut shown = BTreeSet::new();
        for kind in &KINDS {
            for key in self.having(kind, |facts| facts.server == Some(server))? {
                shown.extend(receipts::shown(&key));
                self.remove_key(key)?;
                removed += 1;
            }
        }
        Ok(removed + self.remove_unshown(shown)?)
    }
}
