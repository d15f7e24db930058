//! Adds a source, or a later edition of one, to a `knowledge/` folder: written aside, then renamed. Knows no question.

use std::path::{Path, PathBuf};

use super::metadata::Metadata;

/// A source could not be added. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// The text is not UTF-8.
    #[error("not UTF-8: the bytes from {offset} on are no character; save the file as UTF-8")]
    NotUtf8 {
        /// First offending byte.
        offset: usize,
    },
    /// The text is larger than a span can point into.
    #[error("larger than 4 GiB")]
    TooLarge,
    /// Not usable as a folder's name.
    #[error("`{id}` is no id of a source: use lower-case letters, digits and hyphens, such as `{suggestion}`")]
    BadId {
        /// What was given.
        id: String,
        /// What could be given instead.
        suggestion: String,
    },
    /// The newest edition has the same bytes.
    #[error("`{id}` has this text already as edition {edition}")]
    Unchanged {
        /// The source.
        id: String,
        /// The edition.
        edition: u32,
    },
    /// The data can't be written as TOML.
    #[error("source.toml can't be written: {0}")]
    Metadata(#[from] toml::ser::Error),
    /// The file system refused.
    #[error("{path}: {source}")]
    File {
        /// Which file or folder.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
}

/// What was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The source.
    pub id: String,
    /// Number of the edition, from 1.
    pub edition: u32,
    /// The folder that was written.
    pub path: PathBuf,
}

/// An id made of a title: "The ferry: one year on" becomes "the-ferry-one-year-on".
#[must_use]
pub fn id_of_title(title: &str) -> String {
    let bare = crate::token::fold_bare(title);
    let words = bare.split(|ch: char| !ch.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id = words.take(8).collect::<Vec<_>>().join("-");
    if id.is_empty() { "source".to_owned() } else { id }
}

/// Adds `bytes` as a new source of `folder`, or as the next edition where the source `id` is there already.
///
/// The text is stored byte for byte. Both files are written into a hidden folder and renamed into place at once, so that a
/// program that reads meanwhile sees all of it or nothing.
///
/// # Errors
/// As [`AddError`] says; the folder is then as it was.
pub fn add_source(folder: &Path, id: &str, metadata: &Metadata, bytes: &[u8]) -> Result<Added, AddError> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(AddError::TooLarge);
    }
    std::str::from_utf8(bytes).map_err(|error| AddError::NotUtf8 { offset: error.valid_up_to() })?;
    let usable = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit() || ch == '-';
    if id.is_empty() || id.starts_with('-') || !id.chars().all(usable) {
        return Err(AddError::BadId { id: id.to_owned(), suggestion: id_of_title(id) });
    }
    let data = toml::to_string(metadata)?;
    let home = folder.join(id);
    if !home.join("article.txt").exists() {
        make(folder)?;
        place(folder, &home, &data, bytes)?;
        return Ok(Added { id: id.to_owned(), edition: 1, path: home });
    }
    let editions = home.join("editions");
    let newest = newest_edition(&editions)?;
    let current = if newest == 1 { home.clone() } else { editions.join(newest.to_string()) };
    let text = current.join("article.txt");
    if std::fs::read(&text).map_err(|source| failed(&text, source))? == bytes {
        return Err(AddError::Unchanged { id: id.to_owned(), edition: newest });
    }
    make(&editions)?;
    let path = editions.join((newest + 1).to_string());
    place(&editions, &path, &data, bytes)?;
    Ok(Added { id: id.to_owned(), edition: newest + 1, path })
}

/// Number of the newest edition: 1 where there is no later one.
fn newest_edition(editions: &Path) -> Result<u32, AddError> {
    if !editions.exists() {
        return Ok(1);
    }
    let entries = std::fs::read_dir(editions).map_err(|source| failed(editions, source))?;
    let numbers = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    Ok(numbers.max().unwrap_or(1).max(1))
}

fn place(beside: &Path, target: &Path, data: &str, bytes: &[u8]) -> Result<(), AddError> {
    let aside = tempfile::Builder::new().prefix(".adding-").tempdir_in(beside).map_err(|source| failed(beside, source))?;
    for (name, content) in [("article.txt", bytes), ("source.toml", data.as_bytes())] {
        let path = aside.path().join(name);
        std::fs::write(&path, content).map_err(|source| failed(&path, source))?;
    }
    // A temporary folder is closed to others; knowledge need not be.
    readable(aside.path());
    std::fs::rename(aside.path(), target).map_err(|source| failed(target, source))
}

#[cfg(unix)]
fn readable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    // Where it can't be changed the folder stays as it is: readable to its owner.
    let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755));
}

#[cfg(not(unix))]
fn readable(_: &Path) {}

fn make(folder: &Path) -> Result<(), AddError> {
    std::fs::create_dir_all(folder).map_err(|source| failed(folder, source))
}

fn failed(path: &Path, source: std::io::Error) -> AddError {
    AddError::File { path: path.display().to_string(), source }
}
