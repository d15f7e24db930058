//! All sources of a `knowledge/` folder with their editions. Knows no question.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::block::Block;
use super::layout::Layout;
use super::metadata::{Metadata, Moment};
use crate::folder::{Folder, FolderError};
use crate::locale::Locale;
use crate::rules::Rules;
use crate::rules::fault::{self, Fault};
use crate::span::{EditionId, Span};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/knowledge");

/// Knowledge could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum KnowledgeError {
    /// A folder or file can't be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A data file is at fault.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// A text is not UTF-8.
    #[error("{path}: not UTF-8: the bytes from {offset} on are no character; save the file as UTF-8")]
    NotUtf8 {
        /// The file.
        path: String,
        /// First offending byte.
        offset: usize,
    },
    /// A text is larger than a span can point into.
    #[error("{path}: larger than 4 GiB")]
    TooLarge {
        /// The file.
        path: String,
    },
    /// A folder without any source.
    #[error(
        "{path}: no source was found; a source is a folder with article.txt and source.toml (see `verbatim source add --help`)"
    )]
    Empty {
        /// The folder.
        path: String,
    },
}

/// What `case.toml` says; all of it optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Case {
    /// Name of the case.
    pub name: Option<String>,
    /// Default language of answers.
    pub language: Option<String>,
    /// Example questions by language.
    pub examples: BTreeMap<String, Vec<String>>,
    /// Names that an editor says are one.
    #[serde(rename = "alias")]
    pub aliases: Vec<CuratedAlias>,
}

/// Names that an editor says are one person or organisation, across sources.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CuratedAlias {
    /// The fullest name.
    pub name: String,
    /// Its other names.
    pub also: Vec<String>,
    /// The sources in which this holds; all where empty.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Editions for whose sake another thread is begun.
const LEAST_SHARE: usize = 4;

/// One source: an article in all its editions.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its folder's name.
    pub id: String,
    /// Its editions, oldest first.
    pub editions: Vec<EditionId>,
}

/// One edition of a source: the text byte for byte, and what is known about it.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its number in this snapshot.
    pub id: EditionId,
    /// Index into [`Knowledge::sources`].
    pub source: usize,
    /// Number of the edition, from 1.
    pub number: u32,
    /// `source.toml`.
    pub metadata: Metadata,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// What tells this text with these data from any other.
    pub stamp: Stamp,
    /// Blocks in text order.
    pub blocks: Vec<Block>,
    text: String,
}

impl Edition {
    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words at `span`; empty where it points elsewhere.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        if span.edition == self.id { self.text.get(span.range()).unwrap_or_default() } else { "" }
    }

    /// The moment from which the edition is valid: its update, else its publication.
    #[must_use]
    pub fn valid_from(&self) -> Option<&Moment> {
        self.metadata.updated.as_ref().or(self.metadata.published.as_ref())
    }

    /// An edition of a text that stands in no folder (for `inspect --batch` and tests), with the locale of its language.
    #[must_use]
    pub fn of_text(id: EditionId, metadata: Metadata, text: String, locale: Option<&Locale>) -> Self {
        Self::new(id, metadata, text, &Layout::new(locale))
    }

    fn new(id: EditionId, metadata: Metadata, text: String, layout: &Layout) -> Self {
        let sha256 = data_encoding::HEXLOWER.encode(&Sha256::digest(text.as_bytes()));
        let blocks = layout.blocks(id, &text, &metadata);
        Self { id, source: 0, number: 1, metadata, sha256, stamp: Stamp::default(), blocks, text }
    }
}

/// SHA-256 over the text and the `source.toml` of an edition; all zero for a text that stands in no folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stamp([u8; 32]);

impl Stamp {
    fn of(text: &[u8], data: &[u8]) -> Self {
        let length = (data.len() as u64).to_le_bytes();
        Self(Sha256::new().chain_update(length).chain_update(data).chain_update(text).finalize().into())
    }
}

/// All sources of a case.
#[derive(Debug, Clone)]
pub struct Knowledge {
    /// Where it was loaded from, for messages.
    pub origin: String,
    /// `case.toml`.
    pub case: Case,
    /// Sources, by id.
    pub sources: Vec<Source>,
    /// Every edition; an [`EditionId`] is an index into it.
    pub editions: Vec<Edition>,
    /// Places that must not be quoted.
    pub(super) suppressed: Vec<Span>,
}

impl Knowledge {
    /// The case built into the program.
    ///
    /// # Errors
    /// As [`Knowledge::load`].
    pub fn embedded(rules: &Rules) -> Result<Self, KnowledgeError> {
        Self::load(&Folder::Embedded(&EMBEDDED, "knowledge"), rules)
    }

    /// Loads every source of `folder`; the blocks are told by the `locale.toml` of each source's language.
    ///
    /// # Errors
    /// A folder or file that can't be read, broken UTF-8, a fault in a data file, or no source at all.
    pub fn load(folder: &Folder, rules: &Rules) -> Result<Self, KnowledgeError> {
        let case = Self::case(folder)?;
        let names = folder.folders("")?;
        let ids = names.iter().filter(|name| folder.has_file(&format!("{name}/article.txt")));
        let knowledge = Self::load_sources(folder, case, ids.map(String::as_str), rules)?;
        if knowledge.sources.is_empty() {
            return Err(KnowledgeError::Empty { path: folder.name() });
        }
        Ok(knowledge)
    }

    /// A knowledge of nothing yet.
    #[must_use]
    pub fn without_sources(origin: String, case: Case) -> Self {
        Self { origin, case, sources: Vec::new(), editions: Vec::new(), suppressed: Vec::new() }
    }

    /// What `case.toml` of `folder` says.
    ///
    /// # Errors
    /// A file that can't be read, or a fault in it.
    pub fn case(folder: &Folder) -> Result<Case, KnowledgeError> {
        if !folder.has_file("case.toml") {
            return Ok(Case::default());
        }
        Ok(fault::parse(&folder.path_of("case.toml"), &read_text(folder, "case.toml")?)?)
    }

    /// The stamp of `case.toml`.
    ///
    /// # Errors
    /// A file that can't be read.
    pub fn stamp_of_case(folder: &Folder) -> Result<Stamp, FolderError> {
        let data = if folder.has_file("case.toml") { folder.read("case.toml")? } else { [].as_slice().into() };
        Ok(Stamp::of(&[], &data))
    }

    /// Loads these sources of `folder` alone, in the order given.
    ///
    /// # Errors
    /// As [`Knowledge::load`]; none of them is no error.
    pub fn load_sources<'i>(
        folder: &Folder,
        case: Case,
        ids: impl IntoIterator<Item = &'i str>,
        rules: &Rules,
    ) -> Result<Self, KnowledgeError> {
        let mut knowledge = Self::without_sources(folder.name(), case);
        let mut places = Vec::new();
        for id in ids {
            let source = knowledge.sources.len();
            let first = places.len();
            places.extend(self::places(folder, id).into_iter().map(|(number, path)| Place { source, number, path }));
            let editions = (first..places.len()).map(edition_id).collect();
            knowledge.sources.push(Source { id: id.to_owned(), editions });
        }
        knowledge.editions = read_editions(folder, &places, rules)?;
        Ok(knowledge)
    }

    /// Number and stamp of each edition of a source, without reading more out of them.
    ///
    /// # Errors
    /// A file that can't be read.
    pub fn stamps(folder: &Folder, id: &str) -> Result<Vec<(u32, Stamp)>, FolderError> {
        let stamp = |(number, place): (u32, String)| {
            let (text, data) = (folder.read(&format!("{place}/article.txt"))?, folder.read(&format!("{place}/source.toml"))?);
            Ok((number, Stamp::of(&text, &data)))
        };
        places(folder, id).into_iter().map(stamp).collect()
    }

    /// The edition with that number.
    #[must_use]
    pub fn edition(&self, id: EditionId) -> Option<&Edition> {
        self.editions.get(id.0 as usize)
    }

    /// The words at `span`; empty where it points nowhere.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.edition(span.edition).map_or("", |edition| edition.slice(span))
    }

    /// The source an edition belongs to.
    #[must_use]
    pub fn source_of(&self, id: EditionId) -> Option<&Source> {
        self.sources.get(self.edition(id)?.source)
    }
}

/// Where an edition stands.
struct Place {
    source: usize,
    number: u32,
    path: String,
}

fn edition_id(index: usize) -> EditionId {
    EditionId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// The editions at these places, read on all processors where there are several; of several faults the first.
fn read_editions(folder: &Folder, places: &[Place], rules: &Rules) -> Result<Vec<Edition>, KnowledgeError> {
    let read = |(first, places): (usize, &[Place])| {
        let mut layouts = Layouts { rules, by_language: BTreeMap::new() };
        let ids = (first..).map(edition_id);
        ids.zip(places).map(|(id, place)| read_edition(folder, id, place, &mut layouts)).collect::<Result<Vec<_>, _>>()
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = places.len().div_ceil(threads).max(LEAST_SHARE);
    if places.len() <= share {
        return read((0, places));
    }
    let parts = std::thread::scope(|scope| {
        let shares = (0..).step_by(share).zip(places.chunks(share));
        let started = shares.map(|part| scope.spawn(move || read(part))).collect::<Vec<_>>();
        let ended = started.into_iter().map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        ended.collect::<Result<Vec<_>, _>>()
    })?;
    Ok(parts.into_iter().flatten().collect())
}

fn read_edition(folder: &Folder, id: EditionId, place: &Place, layouts: &mut Layouts<'_>) -> Result<Edition, KnowledgeError> {
    let path = format!("{}/source.toml", place.path);
    let data = read_text(folder, &path)?;
    let metadata: Metadata = fault::parse(&folder.path_of(&path), &data)?;
    let path = format!("{}/article.txt", place.path);
    let text = read_text(folder, &path)?;
    if u32::try_from(text.len()).is_err() {
        return Err(KnowledgeError::TooLarge { path: folder.path_of(&path) });
    }
    let layout = layouts.of(&metadata.language);
    let stamp = Stamp::of(text.as_bytes(), data.as_bytes());
    Ok(Edition { source: place.source, number: place.number, stamp, ..Edition::new(id, metadata, text, layout) })
}

/// The layout words of each language, made once for all sources.
struct Layouts<'r> {
    rules: &'r Rules,
    by_language: BTreeMap<String, Layout>,
}

impl Layouts<'_> {
    fn of(&mut self, language: &str) -> &Layout {
        let rules = self.rules;
        self.by_language.entry(language.to_owned()).or_insert_with(|| Layout::new(rules.locale(language)))
    }
}

/// The folder of each edition of a source, with its number.
fn places(folder: &Folder, id: &str) -> Vec<(u32, String)> {
    let later = format!("{id}/editions");
    let mut numbers: Vec<u32> =
        folder.folders(&later).unwrap_or_default().iter().filter_map(|number| number.parse().ok()).collect();
    numbers.sort_unstable();
    let mut places = vec![(1, id.to_owned())];
    places.extend(numbers.into_iter().map(|number| (number, format!("{later}/{number}"))));
    places
}

fn read_text(folder: &Folder, path: &str) -> Result<String, KnowledgeError> {
    String::from_utf8(folder.read(path)?.into_owned())
        .map_err(|error| KnowledgeError::NotUtf8 { path: folder.path_of(path), offset: error.utf8_error().valid_up_to() })
}
