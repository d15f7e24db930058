//! A catalogue: analyses and full-text index of a large knowledge, kept on disk and read by range. Knows neither questions as people
//! write them nor ranking.

mod build;
mod found;
mod paragraph;
mod search;
mod table;

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

pub use build::{Builder, Taken};
pub use table::{EditionEntry, Origin, SourceEntry};

use self::paragraph::Stored;
use self::search::DiskSearch;
use self::table::Table;
use super::IndexError;
use crate::analysis::Analysis;
use crate::span::EditionId;

/// The file that names the build in force.
const CURRENT: &str = "current";
/// Names of builds begin so.
const BUILD: &str = "build-";
/// In a build: the directory.
const TABLE: &str = "table";
/// In a build: the full-text index.
const WORDS: &str = "words";
/// In a build: names of files of analyses begin so.
const PACK: &str = "analyses-";
/// In a build: names of files of paragraphs begin so.
const PASSAGES: &str = "passages-";

/// Longest record of a paragraph in bytes: a length beyond it is damage, and nothing to reserve memory for.
const LONGEST_RECORD: u32 = 1 << 30;
/// Bytes before a record: its length and its checksum.
const HEAD: u64 = 8;

/// A catalogue could not be built, opened or read.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A file can't be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not as it was written.
    #[error("{path}: damaged")]
    Damaged {
        /// The file.
        path: String,
    },
    /// Written in another form than this program's.
    #[error("the index is of another version of the program")]
    OtherForm,
    /// Another program is building it.
    #[error("{path}: another process is building the index")]
    Busy {
        /// The folder.
        path: String,
    },
    /// The full-text index refused.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl CatalogueError {
    fn file(path: &Path, source: std::io::Error) -> Self {
        Self::File { path: path.display().to_string(), source }
    }

    fn damaged(path: &Path) -> Self {
        Self::Damaged { path: path.display().to_string() }
    }
}

/// An open catalogue. What is built anew meanwhile changes nothing in it.
pub struct Catalogue {
    folder: PathBuf,
    table: Table,
    search: DiskSearch,
    packs: Vec<(String, File)>,
    /// For each edition's number, in order: its source and its place among the source's editions.
    places: Vec<(u32, u32, u32)>,
    passages: u32,
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Catalogue").field("folder", &self.folder).field("passages", &self.passages).finish_non_exhaustive()
    }
}

impl Catalogue {
    /// Opens the catalogue kept in `home`; `None` where there is none. Reads its directory, and nothing of texts and analyses.
    ///
    /// # Errors
    /// A file that can't be read, is damaged, shorter or longer than it was, or of another form.
    pub fn open(home: &Path) -> Result<Option<Self>, CatalogueError> {
        let Some(mut folder) = current(home)? else { return Ok(None) };
        loop {
            let opened = Self::open_build(folder.clone());
            // A build that came into force meanwhile has cleared away the one that was being opened.
            match current(home)? {
                Some(now) if opened.is_err() && now != folder => folder = now,
                _ => return opened.map(Some),
            }
        }
    }

    fn open_build(folder: PathBuf) -> Result<Self, CatalogueError> {
        let table = Table::read(&folder.join(TABLE))?;
        let mut packs = Vec::new();
        for (name, length) in &table.files {
            let path = folder.join(name);
            let found = std::fs::metadata(&path).map_err(|error| CatalogueError::file(&path, error))?.len();
            if found != *length {
                return Err(CatalogueError::damaged(&path));
            }
            if name.starts_with(PACK) || name.starts_with(PASSAGES) {
                packs.push((name.clone(), File::open(&path).map_err(|error| CatalogueError::file(&path, error))?));
            }
        }
        let search = DiskSearch::open(&folder.join(WORDS))?;
        let mut places = Vec::new();
        let mut passages = 0_u32;
        for (source, entry) in (0..).zip(&table.sources) {
            for (at, edition) in (0..).zip(&entry.editions) {
                places.push((edition.number, source, at));
                passages = passages.saturating_add(edition.passages);
            }
        }
        places.sort_unstable();
        Ok(Self { folder, table, search, packs, places, passages })
    }

    /// What it was made of and with.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.table.origin
    }

    /// Every source, by id.
    #[must_use]
    pub fn sources(&self) -> &[SourceEntry] {
        &self.table.sources
    }

    /// The source with that id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&SourceEntry> {
        let at = self.table.sources.binary_search_by(|source| source.id.as_str().cmp(id)).ok()?;
        self.table.sources.get(at)
    }

    /// The source of an edition, and the edition.
    #[must_use]
    pub fn edition(&self, number: u32) -> Option<(&SourceEntry, &EditionEntry)> {
        let at = self.places.binary_search_by_key(&number, |place| place.0).ok()?;
        let &(_, source, edition) = self.places.get(at)?;
        let source = self.table.sources.get(source as usize)?;
        Some((source, source.editions.get(edition as usize)?))
    }

    /// Languages of the sources, sorted.
    #[must_use]
    pub fn languages(&self) -> &[String] {
        &self.table.languages
    }

    /// Passages of all editions.
    #[must_use]
    pub fn passages(&self) -> u32 {
        self.passages
    }

    /// Bytes on disk.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.table.files.iter().map(|(_, length)| length).sum()
    }

    /// The analysis of an edition, under the number `as_edition`.
    ///
    /// # Errors
    /// When it can't be read or is damaged.
    pub fn analysis(&self, entry: &EditionEntry, as_edition: EditionId) -> Result<Analysis, CatalogueError> {
        let pack = format!("{PACK}{}", entry.pack);
        let bytes = self.bytes_at(&pack, entry.offset, entry.length, entry.checksum)?;
        let analysis: Analysis = postcard::from_bytes(&bytes).map_err(|_| self.damaged(&pack))?;
        Ok(analysis.of_edition(as_edition))
    }

    /// Hands the record of a paragraph to `take`; says how long it is, its head apart.
    fn paragraph(&self, pack: &str, at: u64, take: impl FnOnce(&Stored<'_>)) -> Result<u32, CatalogueError> {
        let mut head = [0; 8];
        self.read_at(pack, &mut head, at)?;
        let [a, b, c, d, checksum @ ..] = head;
        let length = u32::from_le_bytes([a, b, c, d]);
        if length > LONGEST_RECORD {
            return Err(self.damaged(pack));
        }
        let bytes = self.bytes_at(pack, at + HEAD, length, u32::from_le_bytes(checksum))?;
        take(&postcard::from_bytes(&bytes).map_err(|_| self.damaged(pack))?);
        Ok(length)
    }

    /// Bytes of a pack, checked.
    fn bytes_at(&self, pack: &str, offset: u64, length: u32, checksum: u32) -> Result<Vec<u8>, CatalogueError> {
        let mut bytes = vec![0; length as usize];
        self.read_at(pack, &mut bytes, offset)?;
        if crc32fast::hash(&bytes) == checksum { Ok(bytes) } else { Err(self.damaged(pack)) }
    }

    fn read_at(&self, pack: &str, bytes: &mut [u8], offset: u64) -> Result<(), CatalogueError> {
        let (_, file) = self.packs.iter().find(|(name, _)| name == pack).ok_or_else(|| self.damaged(pack))?;
        file.read_exact_at(bytes, offset).map_err(|error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => self.damaged(pack),
            _ => CatalogueError::file(&self.folder.join(pack), error),
        })
    }

    fn damaged(&self, pack: &str) -> CatalogueError {
        CatalogueError::damaged(&self.folder.join(pack))
    }

    /// The place of an edition in the order of sources and their editions.
    fn order(&self, number: u32) -> (u32, u32) {
        let at = self.places.binary_search_by_key(&number, |place| place.0).ok();
        at.and_then(|at| self.places.get(at)).map_or((u32::MAX, u32::MAX), |&(_, source, edition)| (source, edition))
    }

    /// Reads every analysis and every file of the full-text index: what is damaged is told.
    ///
    /// # Errors
    /// The first damage.
    pub fn verify(&self) -> Result<(), CatalogueError> {
        for edition in self.table.sources.iter().flat_map(|source| &source.editions) {
            self.analysis(edition, EditionId(0))?;
        }
        for (name, length) in self.table.files.iter().filter(|(name, _)| name.starts_with(PASSAGES)) {
            let mut at = 0;
            while at < *length {
                at += HEAD + u64::from(self.paragraph(name, at, |_| ())?);
            }
        }
        match self.search.damaged()?.into_iter().next() {
            Some(file) => Err(CatalogueError::damaged(&self.folder.join(WORDS).join(file))),
            None => Ok(()),
        }
    }

    /// Whether a passage or a heading holds the stem.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn has_word(&self, stem: &str) -> Result<bool, CatalogueError> {
        Ok(self.search.stats(stem)?.is_some())
    }

    /// Whom a key of a name may mean, each in a form for [`Catalogue::editions_naming`]; at most `most`.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn bearers(&self, key: &str, most: usize) -> Result<Vec<String>, CatalogueError> {
        Ok(self.search.bearers(key, most)?)
    }

    /// Calls `each` with every key of one word that begins with `prefix`.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn name_words(&self, prefix: &str, each: impl FnMut(&str)) -> Result<(), CatalogueError> {
        Ok(self.search.name_words(prefix, each)?)
    }

    /// The editions (numbers) that name somebody of each group.
    ///
    /// # Errors
    /// When the index can't be read.
    pub fn editions_naming(&self, groups: &[&[String]]) -> Result<Vec<u32>, CatalogueError> {
        Ok(self.search.editions_naming(groups)?)
    }
}

/// The folder of the build in force.
fn current(home: &Path) -> Result<Option<PathBuf>, CatalogueError> {
    let path = home.join(CURRENT);
    let name = match std::fs::read_to_string(&path) {
        Ok(name) => name,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(CatalogueError::file(&path, error)),
    };
    let number = name.trim_end().strip_prefix(BUILD).and_then(|number| number.parse::<u32>().ok());
    number.map(|number| Some(home.join(format!("{BUILD}{number}")))).ok_or_else(|| CatalogueError::damaged(&path))
}
