//! All sources of a `knowledge/` folder with their editions. Knows no question.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
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
        Self { id, source: 0, number: 1, metadata, sha256, blocks, text }
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
        let case = if folder.has_file("case.toml") {
            fault::parse(&folder.path_of("case.toml"), &read_text(folder, "case.toml")?)?
        } else {
            Case::default()
        };
        let mut knowledge =
            Self { origin: folder.name(), case, sources: Vec::new(), editions: Vec::new(), suppressed: Vec::new() };
        let mut layouts = Layouts { rules, by_language: BTreeMap::new() };
        for name in folder.folders("")? {
            if folder.has_file(&format!("{name}/article.txt")) {
                knowledge.add_source(folder, &name, &mut layouts)?;
            }
        }
        if knowledge.sources.is_empty() {
            return Err(KnowledgeError::Empty { path: folder.name() });
        }
        Ok(knowledge)
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

    fn add_source(&mut self, folder: &Folder, name: &str, layouts: &mut Layouts<'_>) -> Result<(), KnowledgeError> {
        let mut places = vec![(1, name.to_owned())];
        let later = format!("{name}/editions");
        let mut numbers: Vec<u32> =
            folder.folders(&later).unwrap_or_default().iter().filter_map(|number| number.parse().ok()).collect();
        numbers.sort_unstable();
        places.extend(numbers.into_iter().map(|number| (number, format!("{later}/{number}"))));
        let mut source = Source { id: name.to_owned(), editions: Vec::new() };
        for (number, place) in places {
            let path = format!("{place}/source.toml");
            let metadata: Metadata = fault::parse(&folder.path_of(&path), &read_text(folder, &path)?)?;
            let text = read_text(folder, &format!("{place}/article.txt"))?;
            if u32::try_from(text.len()).is_err() {
                return Err(KnowledgeError::TooLarge { path: folder.path_of(&format!("{place}/article.txt")) });
            }
            let id = EditionId(u32::try_from(self.editions.len()).unwrap_or(u32::MAX));
            let layout = layouts.of(&metadata.language);
            let mut edition = Edition::new(id, metadata, text, layout);
            edition.source = self.sources.len();
            edition.number = number;
            source.editions.push(id);
            self.editions.push(edition);
        }
        self.sources.push(source);
        Ok(())
    }
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

/// Who looks at the knowledge, and as of when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Viewer {
    /// Only this source.
    pub source: Option<String>,
    /// Only editions valid at this date.
    pub as_of: Option<jiff::civil::Date>,
    /// Today, from the caller's clock: an embargo ends on it; without it no embargo ever ends.
    pub today: Option<jiff::civil::Date>,
    /// Whether the viewer has newsroom rights.
    pub newsroom: bool,
    /// Only these sources (ids), where somebody has chosen some.
    pub only: Option<Vec<String>>,
    /// Sources (ids) that must not be quoted in this place.
    pub without: Vec<String>,
}

/// What a viewer may read: the newest valid edition of each source that is there for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// One edition for each visible source, in source order.
    pub editions: Vec<EditionId>,
    /// Sources (indices) under embargo or suppressed, told only to viewers with newsroom rights; empty for others.
    pub withheld: Vec<usize>,
    /// Whether sources were visible but none had an edition valid at the as-of date.
    pub not_yet: bool,
}

impl View {
    /// Whether the edition may be read.
    #[must_use]
    pub fn holds(&self, edition: EditionId) -> bool {
        self.editions.contains(&edition)
    }
}

impl Knowledge {
    /// What `viewer` may read.
    #[must_use]
    pub fn view(&self, viewer: &Viewer) -> View {
        let mut view = View::default();
        let mut some_visible = false;
        for (number, source) in self.sources.iter().enumerate() {
            let chosen = viewer.only.as_ref().is_none_or(|only| only.contains(&source.id));
            if !chosen || viewer.source.as_ref().is_some_and(|wanted| *wanted != source.id) {
                continue;
            }
            let editions = || source.editions.iter().filter_map(|&id| self.edition(id));
            // The latest edition's data decide who may know of the source.
            let Some(head) = editions().next_back() else { continue };
            if head.metadata.visibility == super::Visibility::Newsroom && !viewer.newsroom {
                continue;
            }
            let embargoed = |edition: &Edition| {
                let end = edition.metadata.not_before.as_ref();
                end.is_some_and(|end| viewer.today.is_none_or(|today| today < end.date()))
            };
            let open = editions().filter(|edition| !embargoed(edition) && !self.is_stopped(edition)).collect::<Vec<_>>();
            if open.is_empty() || viewer.without.contains(&source.id) {
                if viewer.newsroom {
                    view.withheld.push(number);
                }
                continue;
            }
            some_visible = true;
            let valid = |edition: &&Edition| match viewer.as_of {
                None => true,
                Some(day) => edition.valid_from().is_some_and(|from| from.date() <= day),
            };
            if let Some(edition) = open.into_iter().rfind(valid) {
                view.editions.push(edition.id);
            }
        }
        view.not_yet = some_visible && view.editions.is_empty();
        view
    }
}

fn read_text(folder: &Folder, path: &str) -> Result<String, KnowledgeError> {
    String::from_utf8(folder.read(path)?.into_owned())
        .map_err(|error| KnowledgeError::NotUtf8 { path: folder.path_of(path), offset: error.utf8_error().valid_up_to() })
}
