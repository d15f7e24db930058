//! Forgets a user, and shows that it did. Knows no surface.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::changes::Changes;
use super::id::UserKey;
use super::record::Parting;
use super::tree::{KINDS, Kind};
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

/// Who is forgotten.
#[derive(Clone, Copy)]
enum Who {
    One(UserKey),
    Everybody,
}

impl Who {
    fn is(self, user: UserKey) -> bool {
        match self {
            Who::One(own) => own == user,
            Who::Everybody => true,
        }
    }

    /// Whether stored bytes may have such a user's mark in them: a user's hash lies in them as it is.
    fn may_be_in(self, stored: &[u8]) -> bool {
        match self {
            Who::One(UserKey(mark)) => stored.windows(mark.len()).any(|bytes| bytes == mark),
            Who::Everybody => true,
        }
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
        self.write(move |changes| changes.forget(Who::One(user)))
    }

    /// Deletes every record and mark of any user: with a new secret none of them could be found again.
    pub(super) fn forget_everybody(&self) -> Result<Forgotten, StoreError> {
        self.write(|changes| changes.forget(Who::Everybody))
    }
}

impl Changes<'_> {
    fn forget(&mut self, who: Who) -> Result<Forgotten, StoreError> {
        let mut forgotten = Forgotten { deleted: BTreeMap::new(), unmarked: BTreeMap::new(), left: 0 };
        let mut shown = BTreeSet::new();
        for kind in KINDS.iter().filter(|kind| kind.personal) {
            let name = || kind.tree.name().to_owned();
            for (key, rest) in self.marked(kind, who)? {
                if let Some(rest) = rest {
                    self.put_body(key, &rest)?;
                    *forgotten.unmarked.entry(name()).or_default() += 1;
                } else {
                    shown.extend(receipts::shown(&key));
                    self.remove_key(key)?;
                    *forgotten.deleted.entry(name()).or_default() += 1;
                }
            }
        }
        let receipts = self.remove_unshown(shown)?;
        if receipts > 0 {
            *forgotten.deleted.entry("receipts".to_owned()).or_default() += receipts;
        }
        for kind in KINDS.iter().filter(|kind| kind.personal) {
            forgotten.left += self.marked(kind, who)?.len() as u64;
        }
        Ok(forgotten)
    }

    /// Every record of a tree with a mark of the users: its key, and the body that stays of it, if any.
    fn marked(&self, kind: &Kind, who: Who) -> Result<Vec<(Vec<u8>, Option<Vec<u8>>)>, StoreError> {
        let may_be = |key: &[u8], value: &[u8]| who.may_be_in(key) || who.may_be_in(value);
        self.select(kind.tree, may_be, |key, body| {
            let (parting, rest) =
                (kind.part)(key, body, &|user| who.is(user)).ok_or(StoreError::Damaged { tree: kind.tree.name() })?;
            Ok((parting != Parting::Untouched).then(|| (key.to_vec(), rest)))
        })
    }
}
