//! A knowledge too large for memory: of a catalogue on disk, the few editions that one question needs. Knows no gates and no surface.

mod build;
mod names;
mod part;
mod state;

use std::path::{Path, PathBuf};

use crate::document::{Access, Case, Knowledge, KnowledgeError, Shown, Viewer};
use crate::folder::{Folder, FolderError};
use crate::index::{Catalogue, CatalogueError, Origin, SourceEntry};
use crate::receipt::RulesVersion;

pub use build::{Built, Step, build};
pub use part::{Part, Wish};
pub use state::State;

/// An archive could not be built, opened or asked.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The catalogue.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// A source can't be loaded.
    #[error(transparent)]
    Knowledge(#[from] KnowledgeError),
    /// A folder can't be listed.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The catalogue was made with other rules.
    #[error("the index was made with other rules")]
    OtherRules,
    /// The catalogue is of another folder.
    #[error("the index is of the sources in {folder}")]
    OtherFolder {
        /// Which.
        folder: String,
    },
    /// What editors say of names has changed.
    #[error("case.toml has changed since the index was made")]
    OtherCase,
    /// A source is no longer what it was.
    #[error("the source `{id}` has changed since the index was made")]
    Changed {
        /// The source.
        id: String,
    },
}

/// A stop: a source, or these words of it, must not be quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The source's id.
    pub source: String,
    /// The words; all of it where there are none.
    pub words: Option<String>,
}

/// An open catalogue with its folder of sources.
#[derive(Debug)]
pub struct Archive {
    catalogue: Catalogue,
    folder: Folder,
    case: Case,
    stops: Vec<Stop>,
    /// Numbers of all editions, newest first.
    by_age: Vec<u32>,
    /// Sources (indices) with an embargo that may not have ended.
    embargoed: Vec<usize>,
}

impl Archive {
    /// Opens the catalogue kept in `home` for the sources in `folder`; `None` where there is none.
    ///
    /// # Errors
    /// A damaged catalogue, or one that was made of another folder or with other rules.
    pub fn open(home: &Path, folder: &Path, rules: RulesVersion, stops: Vec<Stop>) -> Result<Option<Self>, ArchiveError> {
        let Some(catalogue) = Catalogue::open(home)? else { return Ok(None) };
        let wanted = origin(folder, rules)?;
        let found = catalogue.origin();
        if found.folder != wanted.folder {
            return Err(ArchiveError::OtherFolder { folder: found.folder.clone() });
        }
        if found.rules != wanted.rules {
            return Err(ArchiveError::OtherRules);
        }
        if found.case != wanted.case {
            return Err(ArchiveError::OtherCase);
        }
        let folder = Folder::Disk(folder.to_owned());
        let case = Knowledge::case(&folder)?;
        let editions = || catalogue.sources().iter().flat_map(|source| &source.editions);
        let mut by_age = editions().map(|edition| (std::cmp::Reverse(edition.age()), edition.number)).collect::<Vec<_>>();
        by_age.sort_by_key(|&(age, _)| age);
        let is_embargoed = |source: &SourceEntry| source.editions.iter().any(|edition| edition.access().not_before.is_some());
        let embargoed = catalogue.sources().iter().enumerate().filter(|(_, source)| is_embargoed(source)).map(|(at, _)| at);
        let (embargoed, by_age) = (embargoed.collect(), by_age.into_iter().map(|(_, number)| number).collect());
        Ok(Some(Self { catalogue, folder, case, stops, by_age, embargoed }))
    }

    /// What is on disk.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// What `case.toml` says.
    #[must_use]
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// Where the sources are, for messages.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// What a source is to a viewer.
    #[must_use]
    pub fn shown(&self, source: &SourceEntry, viewer: &Viewer) -> Shown {
        let stopped = self.stops.iter().any(|stop| stop.words.is_none() && stop.source == source.id);
        let access = source.editions.iter().map(|edition| Access { stopped, ..edition.access() });
        viewer.shown(&source.id, &access.collect::<Vec<_>>())
    }

    /// The sources that the viewer reads or, with newsroom rights, may know to be withheld.
    pub fn sources<'a>(&'a self, viewer: &'a Viewer) -> impl Iterator<Item = &'a SourceEntry> {
        let known = |source: &&SourceEntry| matches!(self.shown(source, viewer), Shown::Edition(_) | Shown::Withheld);
        self.catalogue.sources().iter().filter(known)
    }

    /// The sources that the viewer reads.
    pub fn read_by<'a>(&'a self, viewer: &'a Viewer) -> impl Iterator<Item = &'a SourceEntry> {
        self.catalogue.sources().iter().filter(|source| matches!(self.shown(source, viewer), Shown::Edition(_)))
    }

    /// Whether the viewer reads the edition with that number.
    fn reads(&self, viewer: &Viewer, number: u32) -> bool {
        let Some((source, edition)) = self.catalogue.edition(number) else { return false };
        match self.shown(source, viewer) {
            Shown::Edition(at) => source.editions.get(at).is_some_and(|shown| shown.number == edition.number),
            _ => false,
        }
    }
}

/// The folder in which the catalogue of a folder of sources is kept, in the folder of the program's data.
#[must_use]
pub fn home(data: &Path, folder: &Path) -> PathBuf {
    data.join("index").join(format!("{:08x}", crc32fast::hash(name_of(folder).as_bytes())))
}

/// What a catalogue of the folder is made of and with.
fn origin(folder: &Path, rules: RulesVersion) -> Result<Origin, ArchiveError> {
    let case = Knowledge::stamp_of_case(&Folder::Disk(folder.to_owned()))?;
    Ok(Origin { folder: name_of(folder), rules: rules.bytes(), case })
}

/// The folder's whole name.
fn name_of(folder: &Path) -> String {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned()).display().to_string()
}
