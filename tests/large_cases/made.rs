//! Archives of small folders, made for a test and gone with it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use verbatim::archive::{self, Archive, ArchiveError, Built, Stop};
use verbatim::document::Knowledge;
use verbatim::engine::Snapshot;
use verbatim::folder::Folder;
use verbatim::receipt::RulesVersion;
use verbatim::rules::Rules;

/// A folder of sources that may be changed, with its index.
pub struct Made {
    pub rules: Arc<Rules>,
    pub version: RulesVersion,
    pub place: tempfile::TempDir,
}

impl Made {
    /// A copy of a folder under the repository.
    pub fn of(folder: &str) -> Self {
        let rules = Arc::new(Rules::embedded().unwrap());
        let version = RulesVersion::of(&rules).unwrap();
        let place = tempfile::tempdir().unwrap();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &place.path().join("knowledge"));
        Self { rules, version, place }
    }

    pub fn folder(&self) -> PathBuf {
        self.place.path().join("knowledge")
    }

    pub fn home(&self) -> PathBuf {
        self.place.path().join("index")
    }

    pub fn build(&self) -> Result<Built, ArchiveError> {
        archive::build(&self.home(), &self.folder(), &self.rules, self.version, false, |_| {})
    }

    pub fn open(&self, stops: &[Stop]) -> Result<Option<Archive>, ArchiveError> {
        Archive::open(&self.home(), &self.folder(), self.version, stops.to_vec())
    }

    /// What answers from disk.
    pub fn on_disk(&self, stops: &[Stop]) -> Arc<Snapshot> {
        Arc::new(Snapshot::of_archive(self.rules.clone(), self.open(stops).unwrap().unwrap()))
    }

    /// What answers from memory.
    pub fn in_memory(&self, stops: &[Stop]) -> Arc<Snapshot> {
        let mut knowledge = Knowledge::load(&Folder::Disk(self.folder()), &self.rules).unwrap();
        for stop in stops {
            knowledge.suppress(&stop.source, stop.words.as_deref());
        }
        Arc::new(Snapshot::new(self.rules.clone(), knowledge))
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}
