//! Records with a checksum, and a count beside them: sled opens a damaged file without an error and with records missing.

use sha2::{Digest, Sha256};
use sled::transaction::{ConflictableTransactionError, TransactionError};

use super::StoreError;

/// Where the count of a tree stands; no record's key is empty.
const COUNT: &[u8] = b"";
/// Bytes of the checksum before each record.
const SUM: usize = 8;

/// A fault of the kept data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// Fewer records than were written.
    #[error("{tree}: {found} of {expected} records are left; restore the data folder from a copy, or set the channels again")]
    Missing {
        /// Which tree.
        tree: String,
        /// How many there are.
        found: u64,
        /// How many there were.
        expected: u64,
    },
    /// Records whose bytes have changed; they are not used.
    #[error("{tree}: {count} records are broken and not used")]
    Broken {
        /// Which tree.
        tree: String,
        /// How many.
        count: u64,
    },
}

/// Counts the records, verifies each, and compares with the count that was kept.
pub(super) fn check(tree: &sled::Tree, name: &str) -> Result<Vec<Damage>, StoreError> {
    let mut found = 0;
    let mut broken = 0;
    for entry in tree.iter() {
        let (key, value) = entry?;
        if key.as_ref() == COUNT {
            continue;
        }
        found += 1;
        broken += u64::from(unseal(&key, &value).is_none());
    }
    let expected = count_of(tree.get(COUNT)?.as_deref());
    let mut damage = Vec::new();
    if found < expected {
        damage.push(Damage::Missing { tree: name.to_owned(), found, expected });
    }
    if broken > 0 {
        damage.push(Damage::Broken { tree: name.to_owned(), count: broken });
    }
    Ok(damage)
}

/// The record's content; `None` where there is none or it is broken.
pub(super) fn read(tree: &sled::Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(tree.get(key)?.and_then(|value| unseal(key, &value).map(<[u8]>::to_vec)))
}

/// Writes or, with `None`, removes a record, and keeps the count; returns once it is on disk.
pub(super) fn write(tree: &sled::Tree, key: &[u8], content: Option<&[u8]>) -> Result<(), StoreError> {
    let sealed = content.map(|content| seal(key, content));
    tree.transaction(|tx| {
        let before = match &sealed {
            Some(value) => tx.insert(key, value.as_slice())?,
            None => tx.remove(key)?,
        };
        let count = count_of(tx.get(COUNT)?.as_deref());
        let count = match (before.is_some(), sealed.is_some()) {
            (false, true) => count + 1,
            (true, false) => count.saturating_sub(1),
            _ => count,
        };
        tx.insert(COUNT, &count.to_be_bytes())?;
        Ok::<(), ConflictableTransactionError<()>>(())
    })
    .map_err(|error| match error {
        TransactionError::Storage(error) => StoreError::Failed(error),
        TransactionError::Abort(()) => StoreError::Failed(sled::Error::Unsupported("aborted".to_owned())),
    })?;
    tree.flush()?;
    Ok(())
}

fn count_of(bytes: Option<&[u8]>) -> u64 {
    bytes.and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_be_bytes)
}

fn seal(key: &[u8], content: &[u8]) -> Vec<u8> {
    let mut sealed = sum(key, content).to_vec();
    sealed.extend_from_slice(content);
    sealed
}

fn unseal<'v>(key: &[u8], value: &'v [u8]) -> Option<&'v [u8]> {
    let (head, content) = value.split_at_checked(SUM)?;
    (head == sum(key, content).as_slice()).then_some(content)
}

fn sum(key: &[u8], content: &[u8]) -> [u8; SUM] {
    let mut hash = Sha256::new();
    hash.update(key);
    hash.update(content);
    let full = hash.finalize();
    let mut short = [0; SUM];
    for (to, from) in short.iter_mut().zip(full) {
        *to = from;
    }
    short
}
