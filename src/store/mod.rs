//! What is kept between starts, in sled: settings, receipts, gaps, follows. Nobody else sees sled; it knows no Discord and no clock.
//!
//! - What was acknowledged is on disk: `Store::write` returns after the flush. Nothing that answers a question waits for it.
//! - Every record carries a checksum, every tree a count and a sum of hashes (`ledger`), and a file beside sled says how far the
//!   store had come (`anchor`). All of it is checked at opening; a damaged store is set aside and [`Store::damage`] says so.
//! - Users are kept as keyed hashes ([`UserKey`]); the secret lies in the data folder and never leaves it.
//! - [`Memory`] is what a bot holds: with a store, or without one and the reason why.

mod anchor;
mod audit;
mod changes;
mod damage;
mod deliveries;
mod error;
mod feedback;
mod files;
mod follows;
mod forget;
mod gaps;
mod id;
mod info;
mod ledger;
mod memory;
mod opening;
mod receipts;
mod record;
mod secret;
mod servers;
mod settings;
mod suppressions;
mod sweep;
mod transfer;
mod tree;
mod users;
mod walk;
mod writer;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, RwLock};

use serde::Serialize;

pub use audit::{Change, ChangeKind};
pub use damage::{Damage, Fault};
pub use deliveries::{Begun, Delivery, Occasion};
pub use error::StoreError;
pub use feedback::{Complaint, Complaints};
pub use follows::{Follow, Followed};
pub use forget::Forgotten;
pub use gaps::{Gap, Refused, form};
pub use id::{EditionHash, Id, Time, UserKey};
pub use info::Info;
pub use memory::Memory;
pub use receipts::{KeptEdition, KeptReceipt, KeptSpan, Showing};
pub use settings::{Audience, Confidence, Scope, Settings};
pub use suppressions::{Order, Passage, Stop, order, orders, stops, suppressions_file};
pub use sweep::{Retention, Swept};
pub use transfer::Imported;
pub use tree::Tree;
pub use writer::Compacted;

use changes::Changes;
use record::Record;
use secret::Secret;
use tree::Kind;
use writer::{Shared, Writer};

/// The store; one process at a time has it open. It is closed in good order when dropped.
#[derive(Debug)]
pub struct Store {
    // Order matters: the writer ends before the lock is given back.
    writer: Writer,
    shared: Arc<Shared>,
    secret: Secret,
    damage: Option<Damage>,
    _lock: File,
}

impl Store {
    /// Opens the store in `folder` (made where it is missing) and checks every record in it.
    ///
    /// A damaged store is set aside and replaced by what is whole of it: see [`Store::damage`].
    ///
    /// # Errors
    /// When another process has it, the folder can't be written, or a later version of the program wrote it.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        files::make(folder)?;
        let lock = files::lock(folder)?;
        let (secret, new_secret) = Secret::load(folder)?;
        let opened = opening::open(folder)?;
        let old_schema = opened.ledger.schema < ledger::SCHEMA;
        let shared = Arc::new(Shared {
            folder: folder.to_owned(),
            db: RwLock::new(Some(opened.db)),
            failed: OnceLock::new(),
            dropped: AtomicU64::new(0),
        });
        let writer = Writer::start(Arc::clone(&shared), opened.anchor, opened.ledger)?;
        let store = Self { writer, shared, secret, damage: opened.damage, _lock: lock };
        if old_schema {
            store.migrate()?;
        }
        if new_secret {
            store.forget_everybody()?;
        }
        Ok(store)
    }

    /// Whether something is kept in `folder`; looks without opening or making anything.
    #[must_use]
    pub fn is_in(folder: &Path) -> bool {
        files::memory(folder).is_dir()
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.shared.folder
    }

    /// What was found broken when the store was opened; to be said loudly.
    #[must_use]
    pub fn damage(&self) -> Option<&Damage> {
        self.damage.as_ref()
    }

    /// Damaged stores that were set aside and still lie in the data folder.
    #[must_use]
    pub fn set_aside(&self) -> Vec<PathBuf> {
        files::set_aside(&self.shared.folder)
    }

    /// Why nothing more is written (a full disk, say); `None` while all is well.
    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        self.shared.failed.get().map(String::as_str)
    }

    /// Writes that were dropped since the start because too many were waiting.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.shared.dropped.load(Ordering::Relaxed)
    }

    /// Bytes on disk.
    #[must_use]
    pub fn size(&self) -> u64 {
        files::size(&files::memory(&self.shared.folder))
    }

    /// The keyed hash of a user's number.
    #[must_use]
    pub fn user(&self, number: u64) -> UserKey {
        self.secret.user(number)
    }

    /// The keyed hash of a question's text, so that equal questions are known as such and none can be read back.
    #[must_use]
    pub fn question(&self, text: &str) -> String {
        self.secret.text(text)
    }

    /// Writes the store anew without what was deleted or replaced, so that the disk holds no trace of it.
    ///
    /// # Errors
    /// When the disk has no room for a second copy, or fails.
    pub fn compact(&self) -> Result<Compacted, StoreError> {
        self.writer.compact()
    }

    /// Waits until everything that was queued before is on disk.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn flush(&self) -> Result<(), StoreError> {
        self.writer.write(|_| Ok(()))
    }

    pub(crate) fn get<R: Record>(&self, key: &R::Key) -> Result<Option<R>, StoreError> {
        let key = record::key(R::TREE, key);
        self.shared.read(|db| {
            let value = db.get(&key).map_err(|error| self.shared.error(error))?;
            value.map(|value| record::unseal(&key, &value)).transpose()
        })
    }

    pub(crate) fn scan<R: Record>(&self, prefix: &impl Serialize) -> Result<Vec<(R::Key, R)>, StoreError> {
        let prefix = record::key(R::TREE, prefix);
        self.shared.read(|db| changes::typed(self.shared.walk(db, &prefix)))
    }

    /// What `take` takes of each record of [`Store::scan`]; the rest is not kept in memory.
    pub(crate) fn scan_for<R: Record, T>(
        &self,
        prefix: &impl Serialize,
        take: impl Fn(R::Key, R) -> Option<T>,
    ) -> Result<Vec<T>, StoreError> {
        let prefix = record::key(R::TREE, prefix);
        self.shared.read(|db| {
            let mut found = Vec::new();
            for entry in self.shared.walk(db, &prefix) {
                let (key, value) = entry?;
                let record: R = record::unseal(&key, &value)?;
                let key = record::read_key::<R>(&key).ok_or(StoreError::Damaged { tree: R::TREE.name() })?;
                found.extend(take(key, record));
            }
            Ok(found)
        })
    }

    /// Gives every record of every tree to `take`, with its kind, stored key and body, in order of tree and key.
    fn each_record(
        &self,
        mut take: impl FnMut(&'static Kind, &[u8], &[u8]) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.shared.read(|db| {
            for entry in self.shared.walk(db, &[]) {
                let (key, value) = entry?;
                let Some(kind) = Tree::kind_under(&key) else { continue };
                let (body, _) = record::unseal_bytes(&key, &value).ok_or_else(|| kind.damaged())?;
                take(kind, &key, body)?;
            }
            Ok(())
        })
    }

    /// Changes records together and returns once they are on disk. Blocks the thread: not for the task of an event loop.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Changes<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.writer.write(work)
    }

    /// Queues a change and returns at once; when too many wait it is dropped, counted and said in the log.
    pub(crate) fn later(&self, work: impl FnOnce(&mut Changes<'_>) -> Result<(), StoreError> + Send + 'static) {
        if let Err(error) = self.writer.later(work) {
            writer::count_dropped(&self.shared);
            tracing::warn!(%error, "a write to the memory was dropped");
        }
    }

    /// Brings every record to today's version.
    fn migrate(&self) -> Result<(), StoreError> {
        let mut records = Vec::new();
        self.each_record(|kind, key, body| {
            let today = (kind.upgrade)(body).ok_or_else(|| kind.damaged())?;
            // Whatever users are in it come into their index with it.
            if today != body || kind.personal {
                records.push((key.to_vec(), today));
            }
            Ok(())
        })?;
        self.write(move |changes| records.into_iter().try_for_each(|(key, body)| changes.put_body(key, &body)))
    }
}
