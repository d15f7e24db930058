//! The one thread that writes: it gathers what is waiting, stores it as one batch, flushes, books it in the anchor, and only then
//! acknowledges. Nobody who answers a question waits for it. Knows no particular record.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::thread::JoinHandle;

use serde::{Deserialize, Serialize};
use sled::IVec;

use super::anchor::{self, Anchor};
use super::changes::Changes;
use super::ledger::{Ledger, SCHEMA};
use super::walk::{self, walk};
use super::{StoreError, files};

/// Writes that may wait; further ones that nobody waits for are dropped and counted.
const QUEUE: usize = 4096;
/// Writes stored in one batch.
const BATCH: usize = 512;

type Reply = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
type Job = Box<dyn FnOnce(&mut Changes<'_>) -> (Result<(), StoreError>, Reply) + Send>;

enum Task {
    Change(Job),
    Compact(SyncSender<Result<Compacted, StoreError>>),
}

/// What a compaction did to the size on disk, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compacted {
    /// Before.
    pub before: u64,
    /// After.
    pub after: u64,
}

/// What readers and the writer share.
#[derive(Debug)]
pub(super) struct Shared {
    pub folder: PathBuf,
    /// Empty only while the store is compacted or closed.
    pub db: RwLock<Option<sled::Db>>,
    /// Why nothing more is written.
    pub failed: OnceLock<String>,
    /// Writes dropped for want of room in the queue.
    pub dropped: AtomicU64,
}

impl Shared {
    /// Reads from the database.
    pub fn read<T>(&self, read: impl FnOnce(&sled::Db) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let db = self.db.read().unwrap_or_else(PoisonError::into_inner);
        // sled answers some damage with a panic; it must not take the program with it.
        let result = catch_unwind(AssertUnwindSafe(|| read(db.as_ref().ok_or(StoreError::Closed)?)));
        result.unwrap_or_else(|_| Err(self.error("sled stopped at a damaged place")))
    }

    /// Keys that begin with `prefix`, with their values.
    pub fn walk(&self, db: &sled::Db, prefix: &[u8]) -> impl Iterator<Item = Result<(IVec, IVec), StoreError>> {
        walk(db, prefix).map(|entry| entry.map_err(|error| self.error(error)))
    }

    pub fn error(&self, reason: impl std::fmt::Display) -> StoreError {
        StoreError::failed(&self.folder, reason)
    }
}

/// The queue to the thread, and the thread.
#[derive(Debug)]
pub(super) struct Writer {
    shared: Arc<Shared>,
    queue: Option<SyncSender<Task>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub fn start(shared: Arc<Shared>, anchor: Anchor, ledger: Ledger) -> Result<Self, StoreError> {
        let (queue, tasks) = sync_channel(QUEUE);
        let path = shared.folder.clone();
        let mut desk = Desk { shared: Arc::clone(&shared), anchor, ledger };
        let thread = std::thread::Builder::new().name("memory".to_owned()).spawn(move || desk.work(&tasks));
        let thread = thread.map_err(|error| StoreError::failed(&path, error))?;
        Ok(Self { shared, queue: Some(queue), thread: Some(thread) })
    }

    /// Stores what `work` changes and returns once it is on disk; blocks the calling thread meanwhile.
    pub fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Changes<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (done, wait) = sync_channel(1);
        let job: Job = Box::new(move |changes| {
            let result = work(changes);
            let verdict = result.as_ref().map(|_| ()).map_err(Clone::clone);
            let reply: Reply = Box::new(move |stored| {
                // Nobody listens any more: the write stands all the same.
                let _ = done.send(stored.and(result));
            });
            (verdict, reply)
        });
        let queue = self.queue.as_ref().ok_or(StoreError::Closed)?;
        queue.send(Task::Change(job)).map_err(|_| self.stopped())?;
        wait.recv().map_err(|_| self.stopped())?
    }

    /// Puts a write in the queue and returns at once.
    pub fn later(
        &self,
        work: impl FnOnce(&mut Changes<'_>) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), StoreError> {
        let job: Job = Box::new(move |changes| {
            let result = work(changes);
            if let Err(error) = &result {
                tracing::warn!(%error, "a write to the memory failed");
            }
            (result, Box::new(|_| ()))
        });
        let queue = self.queue.as_ref().ok_or(StoreError::Closed)?;
        queue.try_send(Task::Change(job)).map_err(|error| match error {
            TrySendError::Full(_) => StoreError::Busy,
            TrySendError::Disconnected(_) => self.stopped(),
        })
    }

    /// Writes the store anew without what was deleted or replaced.
    pub fn compact(&self) -> Result<Compacted, StoreError> {
        let (done, wait) = sync_channel(1);
        let queue = self.queue.as_ref().ok_or(StoreError::Closed)?;
        queue.send(Task::Compact(done)).map_err(|_| self.stopped())?;
        wait.recv().map_err(|_| self.stopped())?
    }

    /// Why nobody answered: the failure after which nothing more is written, else that the memory is closed.
    fn stopped(&self) -> StoreError {
        self.shared.failed.get().map_or(StoreError::Closed, |reason| self.shared.error(reason))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Desk {
    shared: Arc<Shared>,
    anchor: Anchor,
    ledger: Ledger,
}

impl Desk {
    fn work(&mut self, tasks: &Receiver<Task>) {
        while let Ok(first) = tasks.recv() {
            let mut next = Some(first);
            let mut jobs = Vec::new();
            while let Some(Task::Change(job)) = next {
                jobs.push(job);
                next = if jobs.len() < BATCH { tasks.try_recv().ok() } else { None };
            }
            if !jobs.is_empty() {
                self.store(jobs);
            }
            if let Some(Task::Compact(done)) = next {
                let result = self.compact();
                if let Err(error) = &result {
                    self.fail(error);
                }
                let _ = done.send(result);
            }
        }
        self.close();
    }

    fn store(&mut self, jobs: Vec<Job>) {
        let mut replies = Vec::new();
        let mut jobs = jobs.into_iter();
        let shared = Arc::clone(&self.shared);
        let written = match shared.failed.get() {
            Some(reason) => Err(shared.error(reason)),
            None => shared.read(|db| self.store_in(db, &mut jobs, &mut replies)),
        };
        let stored = written.as_ref().map(|_| ()).map_err(Clone::clone);
        if let Err(error) = &stored {
            self.fail(error);
        }
        // A job that was never run drops its reply only now: whoever waits for it finds the failure noted.
        drop(jobs);
        for reply in replies {
            reply(stored.clone());
        }
        // What can't be read is on disk all the same; whoever needs it is told.
        let _ = written.and_then(|keys| shared.read(|db| walk::let_go(db, &keys).map_err(|error| shared.error(error))));
    }

    /// Stores what the jobs change; gives the keys of it.
    fn store_in(
        &mut self,
        db: &sled::Db,
        jobs: &mut std::vec::IntoIter<Job>,
        replies: &mut Vec<Reply>,
    ) -> Result<Vec<IVec>, StoreError> {
        let mut changes = Changes::new(db, &self.ledger);
        for job in jobs {
            changes.begin();
            let (verdict, reply) = job(&mut changes);
            match verdict {
                Ok(()) => replies.push(reply),
                Err(error) => {
                    changes.undo();
                    reply(Err(error));
                }
            }
        }
        let Some((batch, keys, ledger)) = changes.finish(SCHEMA) else { return Ok(Vec::new()) };
        db.apply_batch(batch).map_err(|error| self.shared.error(error))?;
        db.flush().map_err(|error| self.shared.error(error))?;
        self.anchor.book(&ledger, None)?;
        self.ledger = ledger;
        Ok(keys)
    }

    fn fail(&self, error: &StoreError) {
        let reason = match error {
            StoreError::Failed { reason, .. } => reason.clone(),
            error => error.to_string(),
        };
        if self.shared.failed.set(reason).is_ok() {
            tracing::error!(%error, "the memory takes no more writes");
        }
    }

    fn compact(&mut self) -> Result<Compacted, StoreError> {
        if let Some(reason) = self.shared.failed.get() {
            return Err(self.shared.error(reason));
        }
        let shared = Arc::clone(&self.shared);
        let before = files::size(&files::memory(&shared.folder));
        shared.read(|db| files::build(&shared.folder, shared.walk(db, &[])))?;
        let mut slot = shared.db.write().unwrap_or_else(PoisonError::into_inner);
        drop(slot.take());
        files::wait_until_closed(&files::memory(&shared.folder))?;
        files::swap(&shared.folder, None)?;
        *slot = Some(files::open_sled(&files::memory(&shared.folder))?);
        self.anchor.book(&self.ledger, None)?;
        Ok(Compacted { before, after: files::size(&files::memory(&shared.folder)) })
    }

    /// Closes sled and notes what its files are then.
    fn close(&mut self) {
        let db = self.shared.db.write().unwrap_or_else(PoisonError::into_inner).take();
        let flushed = catch_unwind(AssertUnwindSafe(|| {
            let flushed = db.as_ref().is_some_and(|db| db.flush().is_ok());
            drop(db);
            flushed
        }));
        let sound = flushed.unwrap_or_default() && self.shared.failed.get().is_none();
        if sound && files::wait_until_closed(&files::memory(&self.shared.folder)).is_ok() {
            let digest = anchor::digest_of(&files::memory(&self.shared.folder));
            // Without the digest the next opening still checks every record.
            let booked = digest.and_then(|digest| self.anchor.book(&self.ledger, Some(digest)));
            if let Err(error) = booked {
                tracing::warn!(%error, "the memory was closed without a note of its files");
            }
        }
    }
}

/// Counts a write that was dropped.
pub(super) fn count_dropped(shared: &Shared) {
    shared.dropped.fetch_add(1, Ordering::Relaxed);
}
