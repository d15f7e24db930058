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

/// Bytes before the key of the record in the key of an entry: the tree, the mark.
const HEAD: usize = 1 + size_of::<UserKey>();

/// The users in a stored record.
///
/// # Errors
/// When it is damaged.
pub(super) fn in_record(key: &[u8], sealed: &[u8]) -> Result<BTreeSet<UserKey>, StoreError> {
    let Some(kind) = Tree::kind_under(key).filter(|kind| kind.personal) else { return Ok(BTreeSet::new()) };
    let (body, _) = unseal_bytes(key, sealed).ok_or_else(|| kind.damaged())?;
    let users = RefCell::new(BTreeSet::new());
    // Whoever is asked about is in it.
    let note = |user| {
        users.borrow_mut().insert(user);
        false
    };
    (kind.part)(key, body, &note).ok_or_else(|| kind.damaged())?;
    Ok(users.into_inner())
}

/// The key under which it stands that `user` is in the record of `key`.
pub(super) fn entry(user: UserKey, key: &[u8]) -> Vec<u8> {
    [&entries(Some(user)), key].concat()
}

/// The value of such an entry.
pub(super) fn value(entry: &[u8]) -> Vec<u8> {
    seal_bytes(entry, &[])
}

/// What the keys of all entries of a user, or of everybody, begin with.
pub(super) fn entries(user: Option<UserKey>) -> Vec<u8> {
    let mark = user.as_ref().map_or(&[][..], |user| &user.0);
    [&[Tree::Users as u8], mark].concat()
}

/// The key of the record that an entry is about.
pub(super) fn record(entry: &[u8]) -> Option<&[u8]> {
    entry.get(HEAD..)
}
