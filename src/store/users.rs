//! The index of users: under each user's mark the records that it is in, so that forgetting somebody reads those and no others. Knows no
//! particular record.
//!
//! It is kept by [`Changes`](super::changes::Changes) with every record that is stored or removed, and can be made anew from the records.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::StoreError;
use super::id::UserKey;
use super::record::{seal_bytes, unseal_bytes};
use super::tree::Tree;

/// The users in a stored record.
///
/// # Errors
/// When it is damaged.
pub(super) fn in_record(key: &[u8], sealed: &[u8]) -> Result<BTreeSet<UserKey>, StoreError> {
    let Some(kind) = Tree::kind_of(key.first().copied().unwrap_or_default()).filter(|kind| kind.personal) else {
        return Ok(BTreeSet::new());
    };
    let damaged = || StoreError::Damaged { tree: kind.tree.name() };
    let (body, _) = unseal_bytes(key, sealed).ok_or_else(damaged)?;
    let users = RefCell::new(BTreeSet::new());
    // Whoever is asked about is in it.
    let note = |user| {
        users.borrow_mut().insert(user);
        false
    };
    (kind.part)(key, body, &note).ok_or_else(damaged)?;
    Ok(users.into_inner())
}

/// The key under which it stands that `user` is in the record of `key`.
pub(super) fn entry(user: UserKey, key: &[u8]) -> Vec<u8> {
    [&of(user), key].concat()
}

/// The value of such an entry.
pub(super) fn value(entry: &[u8]) -> Vec<u8> {
    seal_bytes(entry, &[])
}

/// What the keys of all entries of a user begin with.
pub(super) fn of(user: UserKey) -> Vec<u8> {
    [&of_everybody(), &user.0[..]].concat()
}

/// What the keys of all entries begin with.
pub(super) fn of_everybody() -> [u8; 1] {
    [Tree::Users as u8]
}

/// The key of the record that an entry is about.
pub(super) fn record(entry: &[u8]) -> Option<&[u8]> {
    entry.get(of(UserKey([0; 16])).len()..)
}
