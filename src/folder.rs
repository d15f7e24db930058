//! A folder of files, on disk or embedded in the program, read the same way. Knows nothing of what is in them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry};

/// A folder that rule files or sources are read from.
#[derive(Debug, Clone)]
pub enum Folder {
    /// Built into the program; the string is the name shown in messages.
    Embedded(&'static Dir<'static>, &'static str),
    /// On disk.
    Disk(PathBuf),
}

/// A file or folder could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct FolderError {
    /// The path as the user knows it.
    pub path: String,
    /// What the system said.
    pub source: std::io::Error,
}

impl Folder {
    /// How the folder is called in messages.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Folder::Embedded(_, name) => format!("built-in {name}"),
            Folder::Disk(path) => path.display().to_string(),
        }
    }

    /// The path of `relative` as shown in messages (and on disk, where it is there).
    #[must_use]
    pub fn path_of(&self, relative: &str) -> String {
        match self {
            Folder::Embedded(_, name) => format!("{name}/{relative}"),
            Folder::Disk(path) => path.join(relative).display().to_string(),
        }
    }

    /// The path on disk, where the folder is on disk.
    #[must_use]
    pub fn disk_path(&self) -> Option<&Path> {
        match self {
            Folder::Embedded(..) => None,
            Folder::Disk(path) => Some(path),
        }
    }

    /// Names of the sub-folders of `relative` ("" for the folder itself), sorted.
    ///
    /// # Errors
    /// When the folder is not there or can't be listed.
    pub fn folders(&self, relative: &str) -> Result<Vec<String>, FolderError> {
        self.list(relative, true)
    }

    /// Names of the files of `relative` ("" for the folder itself), sorted.
    ///
    /// # Errors
    /// When the folder is not there or can't be listed.
    pub fn files(&self, relative: &str) -> Result<Vec<String>, FolderError> {
        self.list(relative, false)
    }

    /// Whether the file `relative` is there.
    #[must_use]
    pub fn has_file(&self, relative: &str) -> bool {
        match self {
            Folder::Embedded(dir, _) => dir.get_file(relative).is_some(),
            Folder::Disk(path) => path.join(relative).is_file(),
        }
    }

    /// The bytes of the file `relative`.
    ///
    /// # Errors
    /// When it is not there or can't be read.
    pub fn read(&self, relative: &str) -> Result<Cow<'static, [u8]>, FolderError> {
        match self {
            Folder::Embedded(dir, _) => match dir.get_file(relative) {
                Some(file) => Ok(Cow::Borrowed(file.contents())),
                None => Err(self.error(relative, std::io::ErrorKind::NotFound.into())),
            },
            Folder::Disk(path) => {
                std::fs::read(path.join(relative)).map(Cow::Owned).map_err(|source| self.error(relative, source))
            }
        }
    }

    fn list(&self, relative: &str, folders: bool) -> Result<Vec<String>, FolderError> {
        let mut names = match self {
            Folder::Embedded(dir, _) => {
                let dir = if relative.is_empty() { Some(*dir) } else { dir.get_dir(relative) };
                let dir = dir.ok_or_else(|| self.error(relative, std::io::ErrorKind::NotFound.into()))?;
                dir.entries()
                    .iter()
                    .filter(|entry| matches!(entry, DirEntry::Dir(_)) == folders)
                    .filter_map(|entry| entry.path().file_name()?.to_str().map(String::from))
                    .collect::<Vec<_>>()
            }
            Folder::Disk(path) => {
                let entries = std::fs::read_dir(path.join(relative)).map_err(|source| self.error(relative, source))?;
                let mut names = Vec::new();
                for entry in entries {
                    let entry = entry.map_err(|source| self.error(relative, source))?;
                    if entry.path().is_dir() == folders
                        && let Some(name) = entry.file_name().to_str()
                    {
                        names.push(name.to_owned());
                    }
                }
                names
            }
        };
        names.retain(|name| !name.starts_with('.'));
        names.sort();
        Ok(names)
    }

    fn error(&self, relative: &str, source: std::io::Error) -> FolderError {
        FolderError { path: self.path_of(relative), source }
    }
}
