//! Forgets a user, and shows that it did. Knows no surface.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::changes::Changes;
use super::id::UserKey;
use super::record::Parting;
use super::tree::Tree;
use super::{Store, StoreError, receipts};

/// What was done for a user who asked to be forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forgotten {
    /// Records deleted, by tree.
    pub deleted: BTreeMap<String, u64>,
    /// Records in which only the user's mark was deleted, by tree.
    pub unmarked: BTreeMap<String, u64>,
    /// Records that still hold the user's mark, looked for afterwards: 0.
    pub left: u64,
}

impl Forgotten {
    /// Whether there was anything to delete.
    #[must_use]
    pub fn changed_something(&self) -> bool {
        !self.deleted.is_empty() || !self.unmarked.is_empty()
    }
}

impl Store {
    /// Deletes every record of a user and their mark in all others, then looks for what is left. Returns once it is on disk; what sled
    /// still holds in replaced pages goes with the next [`Store::compact`].
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn forget_user(&self, number: u64) -> Result<Forgotten, StoreError> {
        let user = self.user(number);
        self.write(move |changes| changes.forget(Some(user)))
    }

    /// Deletes every record and mark of any user: with a new secret none of them could be found again.
    pub(super) fn forget_everybody(&self) -> Result<Forgotten, StoreError> {
        self.write(|changes| changes.forget(None))
    }
}

impl Changes<'_> {
    /// Takes a user, or everybody, out of every record.
    fn forget(&mut self, user: Option<UserKey>) -> Result<Forgotten, StoreError> {
        let who = |other: UserKey| user.is_none_or(|own| own == other);
        let mut forgotten = Forgotten { deleted: BTreeMap::new(), unmarked: BTreeMap::new(), left: 0 };
        let mut shown = BTreeSet::new();
        for key in self.with_user(user)? {
            let Some(kind) = Tree::kind_under(&key) else { continue };
            let Some(body) = self.body(kind, &key)? else { continue };
            let (parting, rest) = (kind.part)(&key, &body, &who).ok_or_else(|| kind.damaged())?;
            let counts = match (parting, rest) {
                (Parting::Untouched, _) => continue,
                (_, Some(rest)) => {
                    self.put_body(key, &rest)?;
                    &mut forgotten.unmarked
                }
                (_, None) => {
                    shown.extend(receipts::shown(&key));
                    self.remove_key(key)?;
                    &mut forgotten.deleted
                }
            };
            *counts.entry(kind.tree.name().to_owned()).or_default() += 1;
        }
        let receipts = self.remove_unshown(shown)?;
        if receipts > 0 {
            *forgotten.deleted.entry(Tree::Receipts.name().to_owned()).or_default() += receipts;
        }
        forgotten.left = self.with_user(user)?.len() as u64;
        Ok(forgotten)
    }
}
