//! How a record lies in sled: under its tree's number, with a checksum and a version. Knows no particular record.
//!
//! Key: one byte of tree, then the typed key. Value: eight bytes of SHA-256 over key and the rest, one byte of version, the record.
//! Keys and records are [postcard](https://postcard.jamesmunns.com/wire-format); the concatenation of the first fields of a key is a
//! prefix of it, so that "all of a server" can be scanned.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::StoreError;
use super::id::{Id, Time, UserKey};
use super::tree::Tree;

/// Bytes of the checksum before each record.
const SUM: usize = 8;

/// A kind of record; each has a tree to itself.
pub trait Record: Serialize + DeserializeOwned {
    /// Where it is kept.
    const TREE: Tree;
    /// Version of its form on disk; goes up when a field comes, goes or changes.
    const VERSION: u8;
    /// Whether a user's mark can be in it; then [`Record::part`] takes it out.
    const PERSONAL: bool = false;
    /// What it is kept under.
    type Key: Serialize + DeserializeOwned + Ord;

    /// The server whose departure or wish takes the record with it.
    fn server(&self, _key: &Self::Key) -> Option<Id> {
        None
    }

    /// When it was last of use; the sweep goes by it. `None` for what is kept until somebody removes it.
    fn last_used(&self, _key: &Self::Key) -> Option<Time> {
        None
    }

    /// Takes the users for whom `who` holds out of the record; only asked of personal ones.
    fn part(&mut self, _key: &Self::Key, _who: &dyn Fn(UserKey) -> bool) -> Parting {
        Parting::Untouched
    }

    /// Reads a form of an earlier version; `None` where there never was such a one.
    fn older(_version: u8, _bytes: &[u8]) -> Option<Self> {
        None
    }
}

/// What is left of a record when a user is taken out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parting {
    /// The user is not in it.
    Untouched,
    /// The rest of it stays.
    Stays,
    /// It goes.
    Goes,
}

/// A key and a body, or a key and a sealed value, as bytes.
pub(super) type Stored = (Vec<u8>, Vec<u8>);

/// What a sealed record adds to its tree's sum: equal bytes, equal share; order does not matter.
pub(super) type Share = u128;

/// The bytes of a key, or of its first fields.
pub(super) fn key<K: Serialize>(tree: Tree, key: &K) -> Vec<u8> {
    // Numbers, strings and tuples of them always serialise; an empty key would only be found missing.
    postcard::to_extend(key, vec![tree as u8]).unwrap_or_default()
}

/// The typed key of stored bytes.
pub(super) fn read_key<R: Record>(bytes: &[u8]) -> Option<R::Key> {
    postcard::from_bytes(bytes.get(1..)?).ok()
}

/// The value that is stored for `record` under `key`.
pub(super) fn seal<R: Record>(key: &[u8], record: &R) -> Vec<u8> {
    seal_bytes(key, &body(record))
}

/// A record with its version.
pub(super) fn body<R: Record>(record: &R) -> Vec<u8> {
    postcard::to_extend(record, vec![R::VERSION]).unwrap_or_default()
}

/// Puts the checksum before a body.
pub(super) fn seal_bytes(key: &[u8], body: &[u8]) -> Vec<u8> {
    let mut sealed = digest(key, body).get(..SUM).unwrap_or_default().to_vec();
    sealed.extend_from_slice(body);
    sealed
}

/// The body of a stored value and its share in the tree's sum; `None` where it is damaged.
pub(super) fn unseal_bytes<'v>(key: &[u8], value: &'v [u8]) -> Option<(&'v [u8], Share)> {
    let (head, body) = value.split_at_checked(SUM)?;
    let digest = digest(key, body);
    let (sum, rest) = digest.split_at(SUM);
    let share = rest.get(..16).and_then(|bytes| <[u8; 16]>::try_from(bytes).ok()).map(u128::from_be_bytes)?;
    (head == sum).then_some((body, share))
}

/// The record of a stored value.
pub(super) fn unseal<R: Record>(key: &[u8], value: &[u8]) -> Result<R, StoreError> {
    let (body, _) = unseal_bytes(key, value).ok_or(StoreError::Damaged { tree: R::TREE.name() })?;
    decode(body).ok_or(StoreError::Damaged { tree: R::TREE.name() })
}

/// The record of a body in whichever version it was written.
pub(super) fn decode<R: Record>(body: &[u8]) -> Option<R> {
    let (&version, bytes) = body.split_first()?;
    if version == R::VERSION { postcard::from_bytes(bytes).ok() } else { R::older(version, bytes) }
}

fn digest(key: &[u8], body: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update((key.len() as u64).to_be_bytes());
    hash.update(key);
    hash.update(body);
    hash.finalize().into()
}
