//! The directory of a catalogue: every source and edition, where its analysis stands, and what decides who may read it. Knows no words.

use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::CatalogueError;
use crate::document::{Access, Edition, Stamp};

/// Form of the files; another one is built anew.
pub(super) const FORMAT: u32 = 2;

/// What a catalogue was made of and with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The folder of sources.
    pub folder: String,
    /// The version of the rules.
    pub rules: [u8; 8],
    /// What `case.toml` says, for names that an editor has joined.
    pub case: Stamp,
}

/// All sources.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Table {
    pub origin: Origin,
    /// Sources by id.
    pub sources: Vec<SourceEntry>,
    /// The number that the next edition gets.
    pub next: u32,
    /// Languages of the sources, sorted.
    pub languages: Vec<String>,
    /// Every other file beside this one, with its length in bytes.
    pub files: Vec<(String, u64)>,
}

/// One source.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SourceEntry {
    /// Its id.
    pub id: String,
    /// Its editions, oldest first.
    pub editions: Vec<EditionEntry>,
}

/// One edition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EditionEntry {
    /// Its number in the catalogue.
    pub number: u32,
    /// Its number in the source, from 1.
    pub edition: u32,
    /// What tells its text and data from any other.
    pub stamp: Stamp,
    /// Passages in it.
    pub passages: u32,
    /// Its language.
    pub language: String,
    newsroom: bool,
    not_before: u32,
    valid_from: u64,
    pub(super) pack: u32,
    pub(super) offset: u64,
    pub(super) length: u32,
    pub(super) checksum: u32,
}

impl EditionEntry {
    pub(super) fn new(edition: &Edition, number: u32) -> Self {
        let access = edition.access();
        let moment = edition.valid_from().map(|moment| moment.local());
        let time = moment.map_or(0, |at| i64::from(at.hour()) * 10_000 + i64::from(at.minute()) * 100 + i64::from(at.second()));
        Self {
            number,
            edition: edition.number,
            stamp: edition.stamp,
            passages: 0,
            language: edition.metadata.language.clone(),
            newsroom: access.newsroom,
            not_before: written(access.not_before),
            valid_from: u64::from(written(access.valid_from)) * 1_000_000 + u64::try_from(time).unwrap_or(0),
            pack: 0,
            offset: 0,
            length: 0,
            checksum: 0,
        }
    }

    /// What decides who may read it, a stop apart.
    #[must_use]
    pub fn access(&self) -> Access {
        Access {
            newsroom: self.newsroom,
            not_before: read(self.not_before),
            valid_from: read(u32::try_from(self.valid_from / 1_000_000).unwrap_or(0)),
            stopped: false,
        }
    }

    /// From when it is valid, as a number that grows with time; 0 where that is not known.
    #[must_use]
    pub fn age(&self) -> u64 {
        self.valid_from
    }
}

/// 2024-11-03 as 20241103; 0 where there is no date, or one before the year 1.
fn written(date: Option<Date>) -> u32 {
    let number = date.map_or(0, |date| i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day()));
    u32::try_from(number).unwrap_or(0)
}

fn read(number: u32) -> Option<Date> {
    let part = |number: u32| i8::try_from(number % 100).ok();
    Date::new(i16::try_from(number / 10_000).ok()?, part(number / 100)?, part(number)?).ok().filter(|_| number > 0)
}

impl Table {
    /// The directory as bytes: form, checksum, data.
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, postcard::Error> {
        let data = postcard::to_stdvec(self)?;
        let mut bytes = FORMAT.to_le_bytes().to_vec();
        bytes.extend(crc32fast::hash(&data).to_le_bytes());
        bytes.extend(data);
        Ok(bytes)
    }

    /// Reads the directory in the file `path`.
    pub(super) fn read(path: &Path) -> Result<Self, CatalogueError> {
        let bytes = std::fs::read(path).map_err(|error| CatalogueError::file(path, error))?;
        let damaged = || CatalogueError::damaged(path);
        let (form, rest) = bytes.split_first_chunk::<4>().ok_or_else(damaged)?;
        let (checksum, data) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
        if u32::from_le_bytes(*form) != FORMAT {
            return Err(CatalogueError::OtherForm);
        }
        if u32::from_le_bytes(*checksum) != crc32fast::hash(data) {
            return Err(damaged());
        }
        postcard::from_bytes(data).map_err(|_| damaged())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_back() {
        for date in ["2024-11-03", "0001-01-01", "9999-12-31"] {
            let date = date.parse::<Date>().ok();
            assert!(date.is_some());
            assert_eq!(read(written(date)), date);
        }
        assert_eq!(read(written(None)), None);
    }
}
