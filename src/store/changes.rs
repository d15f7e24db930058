//! A batch of changes in the making: reads see what was changed before them, and nothing is stored until all of it is. Knows no thread.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sled::IVec;

use super::StoreError;
use super::id::UserKey;
use super::ledger::{LEDGER_KEY, Ledger};
use super::record::{self, Record, unseal_bytes};
use super::tree::{Facts, Kind, Tree};
use super::users;
use super::walk::walk;

/// Changes that are stored together or not at all.
pub struct Changes<'d> {
    db: &'d sled::Db,
    ledger: Ledger,
    overlay: BTreeMap<Vec<u8>, Overlaid>,
    undo: Undo,
}

/// What the overlay holds for a key: a new value, or `None` for a removal.
type Overlaid = Option<Vec<u8>>;

/// What to put back where one of several writers of a batch fails.
#[derive(Default)]
struct Undo {
    ledger: Option<Ledger>,
    /// Keys with what the overlay held for them; the later ones are undone first.
    entries: Vec<(Vec<u8>, Option<Overlaid>)>,
}

impl<'d> Changes<'d> {
    pub(super) fn new(db: &'d sled::Db, ledger: &Ledger) -> Self {
        Self { db, ledger: ledger.clone(), overlay: BTreeMap::new(), undo: Undo::default() }
    }

    /// The record under `key`.
    ///
    /// # Errors
    /// When it can't be read or is damaged.
    pub fn get<R: Record>(&self, key: &R::Key) -> Result<Option<R>, StoreError> {
        let key = record::key(R::TREE, key);
        self.stored(&key)?.map(|value| record::unseal(&key, &value)).transpose()
    }

    /// Stores a record in place of what was there.
    ///
    /// # Errors
    /// When what was there is damaged or can't be read.
    pub fn put<R: Record>(&mut self, key: &R::Key, record: &R) -> Result<(), StoreError> {
        let key = record::key(R::TREE, key);
        let value = record::seal(&key, record);
        self.replace(key, Some(value))
    }

    /// Removes a record; says whether there was one.
    ///
    /// # Errors
    /// When what was there is damaged or can't be read.
    pub fn remove<R: Record>(&mut self, key: &R::Key) -> Result<bool, StoreError> {
        let key = record::key(R::TREE, key);
        let was = self.stored(&key)?.is_some();
        if was {
            self.replace(key, None)?;
        }
        Ok(was)
    }

    /// Every record whose key begins with the fields of `prefix` (`&()` for all), in order of key.
    ///
    /// # Errors
    /// When one can't be read or is damaged.
    pub fn scan<R: Record>(&self, prefix: &impl Serialize) -> Result<Vec<(R::Key, R)>, StoreError> {
        typed(self.stored_from(&record::key(R::TREE, prefix)))
    }

    /// Whether there is a record whose key begins with the fields of `prefix`.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn any<R: Record>(&self, prefix: &impl Serialize) -> Result<bool, StoreError> {
        self.stored_from(&record::key(R::TREE, prefix)).next().transpose().map(|entry| entry.is_some())
    }

    /// Removes every record for which `which` holds; says how many.
    ///
    /// # Errors
    /// When one can't be read or is damaged.
    pub fn remove_where<R: Record>(
        &mut self,
        prefix: &impl Serialize,
        which: impl Fn(&R::Key, &R) -> bool,
    ) -> Result<u64, StoreError> {
        let mut removed = 0;
        for (key, record) in self.scan::<R>(prefix)? {
            if which(&key, &record) {
                removed += u64::from(self.remove::<R>(&key)?);
            }
        }
        Ok(removed)
    }

    /// How many records the tree has.
    #[must_use]
    pub fn count(&self, tree: Tree) -> u64 {
        self.ledger.count(tree)
    }

    /// The stored keys of the records of a tree whose facts are such.
    pub(super) fn having(&self, kind: &Kind, which: impl Fn(&Facts) -> bool) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut found = Vec::new();
        for entry in self.stored_from(&[kind.tree as u8]) {
            let (key, value) = entry?;
            let (body, _) = unseal_bytes(&key, &value).ok_or_else(|| kind.damaged())?;
            let facts = (kind.facts)(&key, body).ok_or_else(|| kind.damaged())?;
            found.extend(which(&facts).then(|| key.to_vec()));
        }
        Ok(found)
    }

    /// The stored keys of the records in which a user is, or anybody; of each one once.
    pub(super) fn with_user(&self, user: Option<UserKey>) -> Result<BTreeSet<Vec<u8>>, StoreError> {
        let mut keys = BTreeSet::new();
        for entry in self.stored_from(&users::entries(user)) {
            keys.extend(users::record(&entry?.0).map(<[u8]>::to_vec));
        }
        Ok(keys)
    }

    /// The body of the record under a stored key.
    pub(super) fn body(&self, kind: &Kind, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(value) = self.stored(key)? else { return Ok(None) };
        let (body, _) = unseal_bytes(key, &value).ok_or_else(|| kind.damaged())?;
        Ok(Some(body.to_vec()))
    }

    /// Removes the record under a stored key.
    pub(super) fn remove_key(&mut self, key: Vec<u8>) -> Result<(), StoreError> {
        self.replace(key, None)
    }

    /// Stores a body that was read from an export or brought to today's version.
    pub(super) fn put_body(&mut self, key: Vec<u8>, body: &[u8]) -> Result<(), StoreError> {
        let value = record::seal_bytes(&key, body);
        self.replace(key, Some(value))
    }

    /// From here on changes can be undone.
    pub(super) fn begin(&mut self) {
        self.undo = Undo { ledger: Some(self.ledger.clone()), entries: Vec::new() };
    }

    /// Undoes what was changed since [`Changes::begin`].
    pub(super) fn undo(&mut self) {
        let undo = std::mem::take(&mut self.undo);
        for (key, before) in undo.entries.into_iter().rev() {
            match before {
                Some(value) => self.overlay.insert(key, value),
                None => self.overlay.remove(&key),
            };
        }
        if let Some(ledger) = undo.ledger {
            self.ledger = ledger;
        }
    }

    /// The batch for sled, with its keys and the ledger that it makes true; `None` where nothing was changed.
    pub(super) fn finish(mut self, schema: u16) -> Option<(sled::Batch, Vec<IVec>, Ledger)> {
        if self.overlay.is_empty() && self.ledger.schema == schema {
            return None;
        }
        self.ledger.schema = schema;
        self.ledger.sequence += 1;
        let mut batch = sled::Batch::default();
        let mut keys = Vec::with_capacity(self.overlay.len());
        for (key, value) in self.overlay {
            let key = IVec::from(key);
            keys.push(key.clone());
            match value {
                Some(value) => batch.insert(key, value),
                None => batch.remove(key),
            }
        }
        batch.insert(LEDGER_KEY, self.ledger.sealed());
        Some((batch, keys, self.ledger))
    }

    fn stored(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        if let Some(value) = self.overlay.get(key) {
            return Ok(value.clone());
        }
        Ok(self.db.get(key).map_err(|error| self.failed(&error))?.map(|value| value.to_vec()))
    }

    /// Keys that begin with `prefix`, with their values, in order: what is stored, and over it what was changed.
    fn stored_from(&self, prefix: &[u8]) -> impl Iterator<Item = Result<(IVec, IVec), StoreError>> {
        let mut stored = walk(self.db, prefix).peekable();
        let prefix = prefix.to_vec();
        let mut changed = self.overlay.range(prefix.clone()..).take_while(move |(key, _)| key.starts_with(&prefix)).peekable();
        std::iter::from_fn(move || {
            loop {
                let order = match (stored.peek(), changed.peek()) {
                    (Some(Ok((key, _))), Some((other, _))) => key.as_ref().cmp(other.as_slice()),
                    (Some(_), _) => Ordering::Less,
                    (None, Some(_)) => Ordering::Greater,
                    (None, None) => return None,
                };
                if order == Ordering::Less {
                    let entry = stored.next()?;
                    return Some(entry.map_err(|error| self.failed(&error)));
                }
                if order == Ordering::Equal {
                    stored.next();
                }
                if let Some((key, Some(value))) = changed.next() {
                    return Some(Ok((key.as_slice().into(), value.as_slice().into())));
                }
            }
        })
    }

    /// Stores or removes a record, and with it its places in the index of users.
    fn replace(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) -> Result<(), StoreError> {
        let old = self.stored(&key)?;
        let users =
            |value: &Option<Vec<u8>>| value.as_ref().map_or_else(|| Ok(BTreeSet::new()), |value| users::in_record(&key, value));
        let (were, are) = (users(&old)?, users(&value)?);
        for entry in were.difference(&are).map(|user| users::entry(*user, &key)) {
            let indexed = self.stored(&entry)?;
            self.set(entry, indexed, None)?;
        }
        for entry in are.into_iter().map(|user| users::entry(user, &key)) {
            if self.stored(&entry)?.is_none() {
                let value = users::value(&entry);
                self.set(entry, None, Some(value))?;
            }
        }
        self.set(key, old, value)
    }

    /// Stores or removes what is under a key in place of `old`, and books it.
    fn set(&mut self, key: Vec<u8>, old: Option<Vec<u8>>, value: Option<Vec<u8>>) -> Result<(), StoreError> {
        let tree = key.first().copied().unwrap_or_default();
        if let Some(old) = old {
            self.ledger.take(tree, share(tree, &key, &old)?);
        }
        if let Some(new) = &value {
            self.ledger.add(tree, share(tree, &key, new)?);
        }
        let before = self.overlay.insert(key.clone(), value);
        self.undo.entries.push((key, before));
        Ok(())
    }

    fn failed(&self, error: &sled::Error) -> StoreError {
        StoreError::failed(std::path::Path::new("store"), error)
    }
}

fn share(tree: u8, key: &[u8], value: &[u8]) -> Result<record::Share, StoreError> {
    unseal_bytes(key, value)
        .map(|(_, share)| share)
        .ok_or(StoreError::Damaged { tree: Tree::name_of(tree).unwrap_or("ledger") })
}

/// Stored keys and values as records.
pub(super) fn typed<R: Record>(
    values: impl Iterator<Item = Result<(IVec, IVec), StoreError>>,
) -> Result<Vec<(R::Key, R)>, StoreError> {
    let mut records = Vec::new();
    for entry in values {
        let (key, value) = entry?;
        let record = record::unseal(&key, &value)?;
        let key = record::read_key::<R>(&key).ok_or(StoreError::Damaged { tree: R::TREE.name() })?;
        records.push((key, record));
    }
    Ok(records)
}
