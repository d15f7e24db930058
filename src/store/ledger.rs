//! What should be in the store: for each tree how many records, and the sum of their hashes. Knows no particular record.
//!
//! sled opens a damaged file without an error and with records missing, changed back or gone altogether. The ledger is one record,
//! changed in the same atomic batch as the records it speaks of; a sum of hashes modulo 2^128 is enough here, for it stands against
//! accidents, not against somebody who can write into the folder.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::record::{Share, seal_bytes, unseal_bytes};
use super::tree::Tree;

/// Where the ledger stands; no tree has the number 0.
pub(super) const LEDGER_KEY: &[u8] = &[0];

/// Schema of the whole store. Later ones are refused, earlier ones migrated.
pub(super) const SCHEMA: u16 = 2;

/// The last schema without the index of users.
pub(super) const WITHOUT_USERS: u16 = 1;

/// What is said of one tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Line {
    /// Records.
    pub count: u64,
    /// Sum of their shares.
    pub sum: Share,
}

/// What is said of all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ledger {
    /// Form of the store.
    pub schema: u16,
    /// Number of the last batch written.
    pub sequence: u64,
    /// By number of tree.
    pub trees: BTreeMap<u8, Line>,
}

impl Ledger {
    /// The ledger of an empty store.
    pub fn new() -> Self {
        Self { schema: SCHEMA, sequence: 0, trees: BTreeMap::new() }
    }

    pub fn read(value: &[u8]) -> Option<Self> {
        let (body, _) = unseal_bytes(LEDGER_KEY, value)?;
        postcard::from_bytes(body).ok()
    }

    pub fn sealed(&self) -> Vec<u8> {
        seal_bytes(LEDGER_KEY, &postcard::to_allocvec(self).unwrap_or_default())
    }

    /// Books a record in.
    pub fn add(&mut self, tree: u8, share: Share) {
        let line = self.trees.entry(tree).or_default();
        line.count = line.count.saturating_add(1);
        line.sum = line.sum.wrapping_add(share);
    }

    /// Books a record out.
    pub fn take(&mut self, tree: u8, share: Share) {
        let Some(line) = self.trees.get_mut(&tree) else { return };
        line.count = line.count.saturating_sub(1);
        line.sum = line.sum.wrapping_sub(share);
        if *line == Line::default() {
            self.trees.remove(&tree);
        }
    }

    /// How many records the tree should have.
    pub fn count(&self, tree: Tree) -> u64 {
        self.trees.get(&(tree as u8)).map_or(0, |line| line.count)
    }

    /// Records of all trees, without the index that is made of them.
    pub fn total(&self) -> u64 {
        let records = self.trees.iter().filter(|(tree, _)| **tree != Tree::Users as u8);
        records.map(|(_, line)| line.count).sum()
    }

    /// One number for the content of all trees.
    pub fn sum(&self) -> Share {
        self.trees.iter().fold(0, |sum: Share, (tree, line)| sum.wrapping_mul(31).wrapping_add(line.sum ^ Share::from(*tree)))
    }
}
