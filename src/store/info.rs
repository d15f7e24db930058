//! What is in the store, for the person who runs it. Knows no surface.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ledger::SCHEMA;
use super::tree::Tree;
use super::{Store, StoreError};

/// An overview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    /// The data folder.
    pub folder: String,
    /// Schema of the store.
    pub schema: u16,
    /// Bytes on disk.
    pub bytes: u64,
    /// Records, by tree.
    pub records: BTreeMap<String, u64>,
    /// Writes dropped since the start because too many were waiting.
    pub dropped: u64,
    /// Damage found at this start.
    pub damage: Option<String>,
    /// Why nothing more is written.
    pub failure: Option<String>,
    /// Damaged stores that were set aside and still lie in the folder.
    pub set_aside: Vec<String>,
}

impl Store {
    /// An overview of the store.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn info(&self) -> Result<Info, StoreError> {
        let records = match self.failure() {
            None => {
                self.write(|changes| Ok(Tree::all().map(|tree| (tree.name().to_owned(), changes.count(tree))).collect()))?
            }
            Some(_) => BTreeMap::new(),
        };
        Ok(Info {
            folder: self.folder().display().to_string(),
            schema: SCHEMA,
            bytes: self.size(),
            records,
            dropped: self.dropped(),
            damage: self.damage().map(ToString::to_string),
            failure: self.failure().map(str::to_owned),
            set_aside: self.set_aside().iter().map(|path| path.display().to_string()).collect(),
        })
    }
}
