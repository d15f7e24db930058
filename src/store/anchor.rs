//! A small file beside sled's folder that says how far the store had come. Knows no record.
//!
//! What was acknowledged is in sled and flushed first, then booked here: so a store that is behind its anchor has lost something,
//! even where sled, after a cut tail, opens it at an earlier and in itself sound state. At a clean end the file also holds a digest
//! of sled's files, so that a change to any byte of them is noticed.
//!
//! Two slots are written in turn, far enough apart that no torn write and no small damage takes both.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::StoreError;
use super::ledger::Ledger;
use super::record::{seal_bytes, unseal_bytes};

/// Distance of the two slots.
const APART: usize = 4096;
/// Bytes of a slot.
const SLOT: usize = 128;

/// How far the store had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// Number of this writing of the anchor; the higher one is the newer.
    turn: u64,
    /// Number of the last batch.
    pub sequence: u64,
    /// Records of all trees.
    pub count: u64,
    /// One number for all that is in them.
    pub sum: u128,
    /// Digest of sled's files, where the store was closed in good order.
    pub files: Option<[u8; 32]>,
}

/// The open file.
#[derive(Debug)]
pub(super) struct Anchor {
    path: PathBuf,
    file: Option<File>,
    turn: u64,
}

/// What was found in the file at opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// The newest mark.
    pub mark: Option<Mark>,
    /// Whether the file was there and a slot of it could not be read.
    pub broken: bool,
}

impl Anchor {
    /// Opens the file, where there is one, and reads what it holds.
    pub fn open(path: &Path) -> Result<(Self, Found), StoreError> {
        let error = |error| StoreError::folder(path, error);
        let mut anchor = Self { path: path.to_owned(), file: None, turn: 0 };
        let mut file = match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) => file,
            Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok((anchor, Found { mark: None, broken: false })),
            Err(fault) => return Err(error(fault)),
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(error)?;
        let slots = [0, APART].map(|at| bytes.get(at..at + SLOT).and_then(|slot| read_slot(at, slot)));
        let mark = slots.iter().flatten().copied().max_by_key(|mark| mark.turn);
        let stray = bytes.iter().enumerate().any(|(at, byte)| *byte != 0 && at % APART >= SLOT);
        let broken = stray || bytes.len() != APART + SLOT || slots.iter().any(Option::is_none);
        if let Some(mark) = mark {
            anchor.file = Some(file);
            anchor.turn = mark.turn;
        }
        Ok((anchor, Found { mark, broken }))
    }

    /// Books the state of `ledger`; returns once it is on disk.
    pub fn book(&mut self, ledger: &Ledger, files: Option<[u8; 32]>) -> Result<(), StoreError> {
        let error = |error| StoreError::folder(&self.path, error);
        self.turn += 1;
        let mark = Mark { turn: self.turn, sequence: ledger.sequence, count: ledger.total(), sum: ledger.sum(), files };
        let at = if self.turn.is_multiple_of(2) { 0 } else { APART };
        match &mut self.file {
            Some(file) => {
                file.seek(SeekFrom::Start(at as u64)).and_then(|_| file.write_all(&slot(at, &mark))).map_err(error)?;
                file.sync_data().map_err(error)
            }
            // The first time both slots are written aside and put in place at once, so that no half file is ever there.
            none => {
                let aside = self.path.with_extension("new");
                let mut bytes = slot(0, &mark);
                bytes.resize(APART, 0);
                bytes.extend(slot(APART, &mark));
                let mut file = File::create(&aside).map_err(error)?;
                file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(error)?;
                std::fs::rename(&aside, &self.path).map_err(error)?;
                *none = Some(file);
                Ok(())
            }
        }
    }

    /// Forgets the file, which was moved away.
    pub fn begin_anew(&mut self) {
        self.file = None;
    }
}

fn slot(at: usize, mark: &Mark) -> Vec<u8> {
    let mut slot = seal_bytes(&at.to_be_bytes(), &postcard::to_allocvec(mark).unwrap_or_default());
    slot.insert(0, u8::try_from(slot.len()).unwrap_or(u8::MAX));
    slot.resize(SLOT, 0);
    slot
}

fn read_slot(at: usize, slot: &[u8]) -> Option<Mark> {
    let (&length, rest) = slot.split_first()?;
    let (sealed, padding) = rest.split_at_checked(usize::from(length))?;
    let (body, _) = unseal_bytes(&at.to_be_bytes(), sealed)?;
    let mark = postcard::from_bytes(body).ok()?;
    padding.iter().all(|byte| *byte == 0).then_some(mark)
}

/// Digest of every file below `folder`: names, lengths, bytes.
pub(super) fn digest_of(folder: &Path) -> Result<[u8; 32], StoreError> {
    let mut files = Vec::new();
    list(folder, &mut files)?;
    files.sort();
    let mut hash = Sha256::new();
    for path in files {
        let error = |error| StoreError::folder(&path, error);
        let name = path.strip_prefix(folder).unwrap_or(&path).as_os_str().as_encoded_bytes();
        let mut file = File::open(&path).map_err(error)?;
        hash.update((name.len() as u64).to_be_bytes());
        hash.update(name);
        hash.update(file.metadata().map_err(error)?.len().to_be_bytes());
        std::io::copy(&mut file, &mut hash).map_err(error)?;
    }
    Ok(hash.finalize().into())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), StoreError> {
    let error = |error| StoreError::folder(folder, error);
    for entry in std::fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn any_damaged_byte_of_the_file_is_noticed_and_one_slot_survives() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("anchor");
        let (mut anchor, found) = Anchor::open(&path).unwrap();
        assert_eq!(found, Found { mark: None, broken: false });
        let mut ledger = Ledger::new();
        for sequence in 1..=3 {
            ledger.sequence = sequence;
            ledger.add(1, u128::from(sequence));
            anchor.book(&ledger, None).unwrap();
            let (_, found) = Anchor::open(&path).unwrap();
            assert_eq!(found.mark.map(|mark| (mark.sequence, mark.count)), Some((sequence, sequence)));
            assert!(!found.broken);
        }
        let whole = std::fs::read(&path).unwrap();
        for at in (0..whole.len()).filter(|at| at % APART < SLOT || at % 97 == 0) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            std::fs::write(&path, &bytes).unwrap();
            let (_, found) = Anchor::open(&path).unwrap();
            assert!(found.broken, "byte {at}");
            assert!(found.mark.is_some_and(|mark| mark.sequence >= 2), "byte {at}");
        }
        for length in (0..whole.len()).step_by(61).chain([SLOT, whole.len() - 1]) {
            std::fs::write(&path, &whole[..length]).unwrap();
            assert!(Anchor::open(&path).unwrap().1.broken, "cut to {length}");
        }
    }
}
