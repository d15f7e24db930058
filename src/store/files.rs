//! Where the store's files lie in the data folder, and how one sled folder takes the place of another without a moment in which a kill
//! loses both. Knows no record.
//!
//! ```text
//! memory/             sled
//! memory.anchor       how far it had come (see `anchor`)
//! memory.new/         being built by a compaction or after damage; complete as soon as memory/ has been moved away
//! memory.before/      what a compaction has replaced, about to be deleted
//! memory.damaged-N/   set aside, for a person to look at and delete
//! lock                taken while the store is open
//! secret              what hashes of users are made with
//! suppressions.jsonl  stops of sources (see `suppressions`)
//! ```

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sled::IVec;

use super::StoreError;

/// Memory that sled may use for what it has read.
const CACHE: u64 = 1 << 20;
/// Records written in one batch when a store is built anew.
const BATCH: usize = 1000;

/// sled's folder.
pub(super) fn memory(folder: &Path) -> PathBuf {
    folder.join("memory")
}

/// The anchor.
pub(super) fn anchor(folder: &Path) -> PathBuf {
    folder.join("memory.anchor")
}

fn new(folder: &Path) -> PathBuf {
    folder.join("memory.new")
}

fn before(folder: &Path) -> PathBuf {
    folder.join("memory.before")
}

/// Makes the data folder, for its owner alone, where it is not there yet.
pub(super) fn make(folder: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| StoreError::folder(folder, error))
}

/// Takes the folder for this process; it is free again when the file is dropped, however the process ends.
pub(super) fn lock(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join("lock");
    let file = fs::OpenOptions::new().write(true).create(true).truncate(false).open(&path);
    let file = file.map_err(|error| StoreError::folder(&path, error))?;
    // A process being started by this one holds every open file for a moment, so one refusal says little.
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
            Err(fs::TryLockError::Error(error)) => return Err(StoreError::folder(&path, error)),
        }
    }
    Err(StoreError::InUse { path: folder.to_owned() })
}

/// How often a taken folder is tried before it is said to be in use, and the pause between.
const LOCK_TRIES: u32 = 10;
const LOCK_PAUSE: Duration = Duration::from_millis(30);

/// Opens a sled folder. Nothing is written behind our back: every flush is asked for.
pub(super) fn open_sled(path: &Path) -> Result<sled::Db, StoreError> {
    let config = sled::Config::new().path(path).cache_capacity(CACHE).flush_every_ms(None);
    config.open().map_err(|error| StoreError::folder(path, error))
}

/// Waits until sled's own threads have let go of the files.
pub(super) fn wait_until_closed(sled: &Path) -> Result<(), StoreError> {
    let path = sled.join("db");
    for _ in 0..1000 {
        match File::open(&path).map(|file| file.try_lock()) {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(_)) => std::thread::sleep(Duration::from_millis(5)),
            Err(error) => return Err(StoreError::folder(&path, error)),
        }
    }
    Err(StoreError::folder(&path, "could not be closed"))
}

/// Builds a sled folder of these entries aside, flushed and closed.
pub(super) fn build(folder: &Path, entries: impl Iterator<Item = Result<(IVec, IVec), StoreError>>) -> Result<(), StoreError> {
    let path = new(folder);
    remove(&path)?;
    let db = open_sled(&path)?;
    let failed = |error| StoreError::failed(&path, error);
    let mut batch = sled::Batch::default();
    let mut waiting = 0;
    for entry in entries {
        let (key, value) = entry?;
        batch.insert(key, value);
        waiting += 1;
        if waiting == BATCH {
            db.apply_batch(std::mem::take(&mut batch)).map_err(failed)?;
            waiting = 0;
        }
    }
    db.apply_batch(batch).map_err(failed)?;
    db.flush().map_err(failed)?;
    drop(db);
    wait_until_closed(&path)
}

/// Puts what was built in place. What was there goes to `aside`, or is deleted.
pub(super) fn swap(folder: &Path, aside: Option<&Path>) -> Result<(), StoreError> {
    let memory = memory(folder);
    let before = before(folder);
    let away = aside.unwrap_or(&before);
    if memory.exists() {
        fs::rename(&memory, away).map_err(|error| StoreError::folder(away, error))?;
    }
    fs::rename(new(folder), &memory).map_err(|error| StoreError::folder(&memory, error))?;
    sync(folder)?;
    remove(&before)
}

/// Ends what a kill has interrupted. Only with the lock in hand.
pub(super) fn finish_interrupted(folder: &Path) -> Result<(), StoreError> {
    if new(folder).exists() && !memory(folder).exists() {
        let (new, memory) = (new(folder), memory(folder));
        fs::rename(new, &memory).map_err(|error| StoreError::folder(&memory, error))?;
    }
    remove(&new(folder))?;
    remove(&before(folder))
}

/// A free name for a damaged store.
pub(super) fn aside(folder: &Path) -> PathBuf {
    (1_u32..).map(|number| folder.join(format!("memory.damaged-{number}"))).find(|path| !path.exists()).unwrap_or_default()
}

/// Damaged stores that were set aside and are still there.
pub(super) fn set_aside(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let damaged = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("memory.damaged-"));
    let mut found: Vec<_> = entries.filter(damaged).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

/// Bytes of all files of a folder.
pub(super) fn size(path: &Path) -> u64 {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(data) if data.is_dir() => size(&entry.path()),
        Ok(data) => data.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

/// Makes renamings in the folder last through a power cut.
pub(super) fn sync(folder: &Path) -> Result<(), StoreError> {
    File::open(folder).and_then(|file| file.sync_all()).map_err(|error| StoreError::folder(folder, error))
}

fn remove(path: &Path) -> Result<(), StoreError> {
    if path.exists() { fs::remove_dir_all(path).map_err(|error| StoreError::folder(path, error)) } else { Ok(()) }
}
