//! Forgets a user, and shows that it did. Knows no surface.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::changes::Changes;
use super::id::UserKey;
use super::receipts::Showing;
use super::record::Parting;
use super::tree::KINDS;
use super::{Store, StoreError};

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

impl Store {
    /// Deletes every record of a user and their mark in all others, then looks for what is left. Returns once it is on disk; what sled
    /// still holds in replaced pages goes with the next [`Store::compact`].
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn forget_user(&self, number: u64) -> Result<Forgotten, StoreError> {
        let user = self.user(number);
        self.write(move |changes| changes.forget(&move |other| other == user))
    }

    /// Deletes every record and mark of any user: with a new secret none of them could be found again.
    pub(super) fn forget_everybody(&self) -> Result<Forgotten, StoreError> {
        self.write(|changes| changes.forget(&|_| true))
    }
}

impl Changes<'_> {
    fn forget(&mut self, who: &dyn Fn(UserKey) -> bool) -> Result<Forgotten, StoreError> {
        let showings = self.scan::<Showing>(&())?.into_iter();
        let shown: BTreeSet<_> =
            showings.filter(|(_, showing)| showing.asker.is_some_and(who)).map(|((receipt, ..), _)| receipt).collect();
        let mut forgotten = Forgotten { deleted: BTreeMap::new(), unmarked: BTreeMap::new(), left: 0 };
        for kind in &KINDS {
            let name = kind.tree.name();
            for (key, body) in self.bodies(kind.tree)? {
                let (parting, rest) = (kind.part)(&key, &body, who).ok_or(StoreError::Damaged { tree: name })?;
                match parting {
                    Parting::Untouched => {}
                    Parting::Stays => {
                        self.put_body(key, &rest)?;
                        *forgotten.unmarked.entry(name.to_owned()).or_default() += 1;
                    }
                    Parting::Goes => {
                        self.remove_key(key)?;
                        *forgotten.deleted.entry(name.to_owned()).or_default() += 1;
                    }
                }
            }
        }
        let receipts = self.remove_unshown(shown)?;
        if receipts > 0 {
            *forgotten.deleted.entry("receipts".to_owned()).or_default() += receipts;
        }
        for kind in &KINDS {
            for (key, body) in self.bodies(kind.tree)? {
                let parting = (kind.part)(&key, &body, who).map(|(parting, _)| parting);
                forgotten.left += u64::from(parting != Some(Parting::Untouched));
            }
        }
        Ok(forgotten)
    }
}
