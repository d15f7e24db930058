//! Builds a catalogue aside and puts it in force by exchanging one small file; what has not changed is taken over. Knows no question.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument, Term};

use super::paragraph::Stored;
use super::search::{DiskFields, Place, name_word};
use super::table::{EditionEntry, Origin, SourceEntry, Table};
use super::{BUILD, CURRENT, Catalogue, CatalogueError, PACK, PASSAGES, TABLE, WORDS, current};
use crate::analysis::Analysis;
use crate::document::Edition;
use crate::index::IndexError;
use crate::index::fields::disk_tokenizers;
use crate::index::reading::{ReadParagraph, join, paragraphs};
use crate::index::words::{Reader, Written};
use crate::rules::Rules;

/// Memory of the writer of the full-text index.
const BUDGET: usize = 200_000_000;
/// Words that a reader may remember before it begins anew.
const REMEMBERED: usize = 200_000;

/// An edition to be taken in, with every key by which it names somebody and whom that key may mean.
pub struct Taken<'e> {
    /// The edition.
    pub edition: &'e Edition,
    /// Its analysis.
    pub analysis: &'e Analysis,
    /// Keys with their bearers.
    pub names: &'e [(String, String)],
}

/// A catalogue that is being built; dropped before its end, it leaves nothing in force.
pub struct Builder<'r> {
    home: PathBuf,
    folder: PathBuf,
    _lock: File,
    rules: &'r Rules,
    readers: BTreeMap<String, Reader<'r>>,
    writer: IndexWriter,
    fields: DiskFields,
    table: Table,
    before: Option<Catalogue>,
    kept: BTreeSet<u32>,
    number: u32,
    analyses: Pack,
    passages: Pack,
}

/// A file that records are added to.
struct Pack {
    path: PathBuf,
    file: BufWriter<File>,
    offset: u64,
}

impl Pack {
    fn create(path: PathBuf) -> Result<Self, CatalogueError> {
        let file = File::create(&path).map_err(|error| CatalogueError::file(&path, error))?;
        Ok(Self { path, file: BufWriter::new(file), offset: 0 })
    }

    /// Adds bytes and says where they begin.
    fn add(&mut self, bytes: &[u8]) -> Result<u64, CatalogueError> {
        self.file.write_all(bytes).map_err(|error| CatalogueError::file(&self.path, error))?;
        let at = self.offset;
        self.offset += bytes.len() as u64;
        Ok(at)
    }

    /// Adds a value behind its length and checksum, and says where that begins.
    fn add_record(&mut self, value: &impl Serialize) -> Result<u64, CatalogueError> {
        let bytes = self.to_bytes(value)?;
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let at = self.add(&length.to_le_bytes())?;
        self.add(&crc32fast::hash(&bytes).to_le_bytes())?;
        self.add(&bytes)?;
        Ok(at)
    }

    fn to_bytes(&self, value: &impl Serialize) -> Result<Vec<u8>, CatalogueError> {
        postcard::to_stdvec(value).map_err(|error| CatalogueError::file(&self.path, std::io::Error::other(error)))
    }

    fn finish(self) -> Result<(), CatalogueError> {
        let file = self.file.into_inner().map_err(|error| CatalogueError::file(&self.path, error.into_error()))?;
        file.sync_all().map_err(|error| CatalogueError::file(&self.path, error))
    }
}

impl<'r> Builder<'r> {
    /// Begins a catalogue in `home`; with a former one of the same origin its unchanged sources can be kept, unless all is wanted `anew`.
    ///
    /// # Errors
    /// A folder that can't be written, or another process that builds.
    pub fn begin(home: &Path, origin: Origin, rules: &'r Rules, anew: bool) -> Result<Self, CatalogueError> {
        make_folder(home)?;
        let lock = lock(home)?;
        let in_force = current(home).ok().flatten();
        let number = clear(home, in_force.as_deref())?;
        // What can't be opened, or was made otherwise, is not built upon.
        let before = if anew { None } else { Catalogue::open(home).ok().flatten().filter(|old| *old.origin() == origin) };
        let folder = home.join(format!("{BUILD}{number}"));
        let words = folder.join(WORDS);
        make_folder(&words)?;
        let (schema, fields) = DiskFields::schema();
        let index = match &before {
            Some(before) => {
                take_over(before, &folder)?;
                let mut index = Index::open_in_dir(&words).map_err(IndexError::from)?;
                index.set_tokenizers(disk_tokenizers());
                index
            }
            None => {
                let builder = Index::builder().schema(schema).settings(IndexSettings::default()).tokenizers(disk_tokenizers());
                builder.create_in_dir(&words).map_err(IndexError::from)?
            }
        };
        // One thread: the same sources give the same index.
        let writer = index.writer_with_num_threads(1, BUDGET).map_err(IndexError::from)?;
        let analyses = Pack::create(folder.join(format!("{PACK}{number}")))?;
        let passages = Pack::create(folder.join(format!("{PASSAGES}{number}")))?;
        let next = before.as_ref().map_or(0, |before| before.table.next);
        let table = Table { origin, sources: Vec::new(), next, languages: Vec::new(), files: Vec::new() };
        Ok(Self {
            home: home.to_owned(),
            folder,
            _lock: lock,
            rules,
            readers: BTreeMap::new(),
            writer,
            fields,
            table,
            before,
            kept: BTreeSet::new(),
            number,
            analyses,
            passages,
        })
    }

    /// The source as the former catalogue has it.
    #[must_use]
    pub fn before(&self, id: &str) -> Option<&SourceEntry> {
        self.before.as_ref()?.source(id)
    }

    /// How many sources of the former catalogue are not among `ids` (sorted).
    #[must_use]
    pub fn gone(&self, ids: &[String]) -> usize {
        let before = self.before.iter().flat_map(|before| &before.table.sources);
        before.filter(|source| ids.binary_search(&source.id).is_err()).count()
    }

    /// Takes a source over from the former catalogue.
    pub fn keep(&mut self, id: &str) {
        let Some(entry) = self.before(id).cloned() else { return };
        self.kept.extend(entry.editions.iter().map(|edition| edition.number));
        self.table.sources.push(entry);
    }

    /// Takes in a source with all its editions, oldest first.
    ///
    /// # Errors
    /// When a file can't be written.
    pub fn add(&mut self, id: &str, editions: &[Taken<'_>]) -> Result<(), CatalogueError> {
        let mut source = SourceEntry { id: id.to_owned(), editions: Vec::new() };
        for taken in editions {
            let mut entry = EditionEntry::new(taken.edition, self.table.next);
            self.table.next = self.table.next.saturating_add(1);
            self.write_analysis(taken.analysis, &mut entry)?;
            entry.passages = self.index(taken, entry.number)?;
            source.editions.push(entry);
        }
        self.table.sources.push(source);
        Ok(())
    }

    fn write_analysis(&mut self, analysis: &Analysis, entry: &mut EditionEntry) -> Result<(), CatalogueError> {
        let bytes = self.analyses.to_bytes(analysis)?;
        entry.pack = self.number;
        entry.offset = self.analyses.add(&bytes)?;
        entry.length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        entry.checksum = crc32fast::hash(&bytes);
        Ok(())
    }

    /// Adds the edition's passages and paragraphs to the full-text index; says how many passages.
    fn index(&mut self, taken: &Taken<'_>, number: u32) -> Result<u32, CatalogueError> {
        let language = &taken.edition.metadata.language;
        if self.readers.get(language).is_some_and(|reader| reader.remembered() > REMEMBERED) {
            self.readers.remove(language);
        }
        let rules = self.rules;
        let reader = self.readers.entry(language.clone()).or_insert_with(|| Reader::new(language, rules));
        let read = paragraphs(taken.edition, taken.analysis, reader);
        let mut count = 0;
        for (at, paragraph) in read.iter().enumerate() {
            let record = self.passages.add_record(&Stored::of(paragraph, reader))?;
            let place = Place { edition: number, sentence: 0, record };
            for document in passages(paragraph, reader, &self.fields, place) {
                self.writer.add_document(document).map_err(IndexError::from)?;
                count += 1;
            }
            let mut document = whole(paragraph, reader, &self.fields, place);
            if at == 0 {
                add_names(&mut document, &self.fields, taken.names);
            }
            self.writer.add_document(document).map_err(IndexError::from)?;
        }
        Ok(count)
    }

    /// Writes everything down and puts it in force. Says how many bytes it takes.
    ///
    /// # Errors
    /// When a file can't be written; then the former catalogue stays in force.
    pub fn finish(mut self) -> Result<u64, CatalogueError> {
        let gone = self.before.iter().flat_map(|before| &before.table.sources).flat_map(|source| &source.editions);
        for edition in gone.filter(|edition| !self.kept.contains(&edition.number)) {
            self.writer.delete_term(Term::from_field_text(self.fields.own.edition, &edition.number.to_string()));
        }
        self.writer.commit().map_err(IndexError::from)?;
        if self.before.is_none() {
            let segments = self.writer.index().searchable_segment_ids().map_err(IndexError::from)?;
            if segments.len() > 1 {
                self.writer.merge(&segments).wait().map_err(IndexError::from)?;
            }
        }
        self.writer.garbage_collect_files().wait().map_err(IndexError::from)?;
        self.writer.wait_merging_threads().map_err(IndexError::from)?;
        self.analyses.finish()?;
        self.passages.finish()?;
        self.table.sources.sort_by(|a, b| a.id.cmp(&b.id));
        let editions = || self.table.sources.iter().flat_map(|source| &source.editions);
        let languages = editions().map(|edition| edition.language.clone()).collect::<BTreeSet<_>>();
        let packs = editions().flat_map(|edition| [PACK, PASSAGES].map(|prefix| format!("{prefix}{}", edition.pack)));
        let packs = packs.collect::<BTreeSet<_>>();
        self.table.languages = languages.into_iter().collect();
        self.table.files = files(&self.folder, &packs)?;
        let bytes = self.table.to_bytes().map_err(|error| CatalogueError::file(&self.folder, std::io::Error::other(error)))?;
        write_new(&self.folder.join(TABLE), &bytes)?;
        sync_folder(&self.folder.join(WORDS))?;
        sync_folder(&self.folder)?;
        put_in_force(&self.home, &self.folder)?;
        clear(&self.home, Some(&self.folder))?;
        Ok(self.table.files.iter().map(|(_, length)| length).sum())
    }
}

/// One document for each passage of the paragraph.
fn passages<'p>(
    paragraph: &'p ReadParagraph<'_>,
    reader: &'p Reader<'_>,
    fields: &'p DiskFields,
    place: Place,
) -> impl Iterator<Item = TantivyDocument> + 'p {
    paragraph.passages.iter().map(move |passage| {
        let mut document = begun(fields, Place { sentence: passage.sentence, ..place });
        let stems = || reader.forms(&passage.reading).map(|(_, stem, flags)| (stem, Written::of(flags)));
        document.add_text(fields.own.stems, join(stems().map(|(stem, _)| stem)));
        let concepts = join(passage.reading.concepts.iter().map(|&(id, ..)| id));
        if !concepts.is_empty() {
            document.add_text(fields.own.concepts, concepts);
        }
        let mut written: BTreeMap<&str, Written> = BTreeMap::new();
        for (stem, way) in stems() {
            let known = written.entry(stem).or_insert(way);
            *known = way.max(*known);
        }
        for (field, way) in [(fields.capital, Written::Capital), (fields.first, Written::First)] {
            let stems = join(written.iter().filter(|&(_, own)| *own == way).map(|(&stem, _)| stem));
            if !stems.is_empty() {
                document.add_text(field, stems);
            }
        }
        document
    })
}

/// The document of the paragraph, with its heading.
fn whole(paragraph: &ReadParagraph<'_>, reader: &Reader<'_>, fields: &DiskFields, place: Place) -> TantivyDocument {
    let first = paragraph.passages.first().map_or(0, |passage| passage.sentence);
    let mut document = begun(fields, Place { sentence: first, ..place });
    let readings = paragraph.heading.iter().chain(paragraph.passages.iter().map(|passage| &passage.reading));
    document.add_text(fields.own.paragraph, join(readings.flat_map(|reading| reader.forms(reading).map(|(_, stem, _)| stem))));
    document
}

fn begun(fields: &DiskFields, place: Place) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_u64(fields.place, place.to_number());
    document.add_u64(fields.record, place.record);
    document.add_text(fields.own.edition, place.edition.to_string());
    document
}

fn add_names(document: &mut TantivyDocument, fields: &DiskFields, names: &[(String, String)]) {
    for (key, bearer) in names {
        document.add_text(fields.names, name_word(key, bearer));
        if !key.contains(' ') {
            document.add_text(fields.name_words, key);
        }
    }
}

fn make_folder(path: &Path) -> Result<(), CatalogueError> {
    fs::create_dir_all(path).map_err(|error| CatalogueError::file(path, error))
}

/// Holds the folder for one builder alone, as long as the file is open.
fn lock(home: &Path) -> Result<File, CatalogueError> {
    let path = home.join("lock");
    let file = File::create(&path).map_err(|error| CatalogueError::file(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(CatalogueError::Busy { path: home.display().to_string() }),
        Err(fs::TryLockError::Error(error)) => Err(CatalogueError::file(&path, error)),
    }
}

/// Removes what builds that never came into force, or no longer are, have left; says the number of the next.
fn clear(home: &Path, in_force: Option<&Path>) -> Result<u32, CatalogueError> {
    let mut last = 0;
    for entry in fs::read_dir(home).map_err(|error| CatalogueError::file(home, error))?.flatten() {
        let name = entry.file_name();
        let Some(number) = name.to_str().and_then(|name| name.strip_prefix(BUILD)?.parse::<u32>().ok()) else { continue };
        last = last.max(number);
        if in_force != Some(&entry.path()) {
            fs::remove_dir_all(entry.path()).map_err(|error| CatalogueError::file(&entry.path(), error))?;
        }
    }
    Ok(last.saturating_add(1))
}

/// Gives the new build the former one's files. They are never changed, so a link does; the index's own lists are copied.
fn take_over(before: &Catalogue, folder: &Path) -> Result<(), CatalogueError> {
    for (name, _) in &before.table.files {
        let (from, to) = (before.folder.join(name), folder.join(name));
        let is_list = name.ends_with(".json");
        if is_list || fs::hard_link(&from, &to).is_err() {
            fs::copy(&from, &to).map_err(|error| CatalogueError::file(&to, error))?;
        }
    }
    Ok(())
}

/// The files of a finished build with their lengths; packs that hold nothing any longer are removed.
fn files(folder: &Path, packs: &BTreeSet<String>) -> Result<Vec<(String, u64)>, CatalogueError> {
    let mut files = Vec::new();
    for (inside, prefix) in [(folder.to_owned(), String::new()), (folder.join(WORDS), format!("{WORDS}/"))] {
        for entry in fs::read_dir(&inside).map_err(|error| CatalogueError::file(&inside, error))?.flatten() {
            let data = entry.metadata().map_err(|error| CatalogueError::file(&entry.path(), error))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !data.is_file() || name.starts_with(".tantivy") {
                continue;
            }
            if (name.starts_with(PACK) || name.starts_with(PASSAGES)) && !packs.contains(&name) {
                fs::remove_file(entry.path()).map_err(|error| CatalogueError::file(&entry.path(), error))?;
                continue;
            }
            files.push((format!("{prefix}{name}"), data.len()));
        }
    }
    files.sort();
    Ok(files)
}

fn put_in_force(home: &Path, folder: &Path) -> Result<(), CatalogueError> {
    let path = home.join(CURRENT);
    let error = |error| CatalogueError::file(&path, error);
    let mut aside = tempfile::NamedTempFile::new_in(home).map_err(error)?;
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    aside.write_all(format!("{name}\n").as_bytes()).map_err(error)?;
    aside.as_file().sync_all().map_err(error)?;
    aside.persist(&path).map_err(|failed| error(failed.error))?;
    sync_folder(home)
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), CatalogueError> {
    let error = |error| CatalogueError::file(path, error);
    let mut file = File::create(path).map_err(error)?;
    file.write_all(bytes).map_err(error)?;
    file.sync_all().map_err(error)
}

fn sync_folder(path: &Path) -> Result<(), CatalogueError> {
    File::open(path).and_then(|folder| folder.sync_all()).map_err(|error| CatalogueError::file(path, error))
}
