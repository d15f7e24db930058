//! Stops of sources and passages: a file of the data folder that every command reads and only `source suppress` adds to.
//! Knows no sled: whoever answers without opening the store must know of them, too.
//!
//! Each line is a stop or the undoing of one, never changed afterwards, so the file is also the record of who ordered what and when.
//! A stop of a passage keeps its words: these are stopped wherever they stand in an edition of that source.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::id::{EditionHash, Time};
use super::{StoreError, files};

/// A line of the file; stops are numbered by their lines, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Order {
    /// Something must not be quoted.
    Suppress {
        /// When.
        at: Time,
        /// Who, as the command's caller is called.
        by: String,
        /// Id of the source.
        source: String,
        /// The passage; the whole source without one.
        passage: Option<Passage>,
        /// Why.
        reason: String,
    },
    /// A stop is taken back.
    Undo {
        /// When.
        at: Time,
        /// Who.
        by: String,
        /// Number of the stop.
        stop: usize,
        /// Why.
        reason: String,
    },
}

/// A passage of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// The edition it was named in.
    pub edition: EditionHash,
    /// First byte there.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Its words.
    pub words: String,
}

/// A stop that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Its number.
    pub number: usize,
    /// Id of the source.
    pub source: String,
    /// The passage; the whole source without one.
    pub passage: Option<Passage>,
    /// Why.
    pub reason: String,
}

/// The file in a data folder.
#[must_use]
pub fn suppressions_file(folder: &Path) -> PathBuf {
    folder.join("suppressions.jsonl")
}

/// Every order ever given, in order; none where there is no file.
///
/// # Errors
/// When the file can't be read, or a line of it is no order: then nothing may be quoted, for it might be stopped.
pub fn orders(folder: &Path) -> Result<Vec<Order>, StoreError> {
    let path = suppressions_file(folder);
    let mut text = String::new();
    match File::open(&path).and_then(|mut file| file.read_to_string(&mut text)) {
        Ok(_) => read(&path, &text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(StoreError::folder(&path, error)),
    }
}

/// The stops that hold.
///
/// # Errors
/// As [`orders`].
pub fn stops(folder: &Path) -> Result<Vec<Stop>, StoreError> {
    Ok(holding(orders(folder)?))
}

/// Adds an order and returns its number once it is on disk.
///
/// # Errors
/// When the file can't be written, is damaged, or the stop to be undone does not hold.
pub fn order(folder: &Path, order: &Order) -> Result<usize, StoreError> {
    files::make(folder)?;
    let path = suppressions_file(folder);
    let error = |error| StoreError::folder(&path, error);
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(error)?;
    // Several may order at once; each sees the lines before its own.
    file.lock().map_err(error)?;
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(error)?;
    let given = read(&path, &text)?;
    let number = given.len() + 1;
    if let Order::Undo { stop, .. } = order
        && !holding(given).iter().any(|holds| holds.number == *stop)
    {
        return Err(StoreError::Absent { what: format!("stop {stop}") });
    }
    let mut line = serde_json::to_string(order).map_err(|error| StoreError::folder(&path, error))?;
    line.push('\n');
    file.write_all(line.as_bytes()).and_then(|()| file.sync_all()).map_err(error)?;
    Ok(number)
}

fn read(path: &Path, text: &str) -> Result<Vec<Order>, StoreError> {
    let fault = |number: usize, reason: String| StoreError::folder(path, format!("line {}: {reason}", number + 1));
    let mut orders = Vec::new();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let Some(line) = line.strip_suffix('\n') else {
            return Err(fault(number, "is cut short: complete it, or delete it where it was never acknowledged".to_owned()));
        };
        orders.push(serde_json::from_str(line).map_err(|error| fault(number, error.to_string()))?);
    }
    Ok(orders)
}

fn holding(orders: Vec<Order>) -> Vec<Stop> {
    let mut stops: Vec<Stop> = Vec::new();
    for (line, order) in orders.into_iter().enumerate() {
        match order {
            Order::Suppress { source, passage, reason, .. } => {
                stops.push(Stop { number: line + 1, source, passage, reason });
            }
            Order::Undo { stop, .. } => stops.retain(|holds| holds.number != stop),
        }
    }
    stops
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn suppress(source: &str) -> Order {
        let (by, reason) = ("editor".to_owned(), "injunction".to_owned());
        Order::Suppress { at: Time(60), by, source: source.to_owned(), passage: None, reason }
    }

    #[test]
    fn stops_hold_until_they_are_undone_and_all_is_on_record() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(stops(folder.path()).unwrap(), []);
        assert_eq!(order(folder.path(), &suppress("a")).unwrap(), 1);
        assert_eq!(order(folder.path(), &suppress("b")).unwrap(), 2);
        let undo = Order::Undo { at: Time(90), by: "editor".into(), stop: 1, reason: "lifted".into() };
        assert_eq!(order(folder.path(), &undo).unwrap(), 3);
        assert!(matches!(order(folder.path(), &undo), Err(StoreError::Absent { .. })));
        let holding: Vec<_> = stops(folder.path()).unwrap().into_iter().map(|stop| (stop.number, stop.source)).collect();
        assert_eq!(holding, [(2, "b".to_owned())]);
        assert_eq!(orders(folder.path()).unwrap(), [suppress("a"), suppress("b"), undo]);
    }

    #[test]
    fn a_damaged_or_cut_file_is_refused_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        order(folder.path(), &suppress("a")).unwrap();
        order(folder.path(), &suppress("b")).unwrap();
        let path = suppressions_file(folder.path());
        let whole = std::fs::read_to_string(&path).unwrap();
        for damaged in [whole.replacen("suppress", "supress", 1), whole.trim_end().to_owned(), whole.replacen('}', "", 1)] {
            std::fs::write(&path, damaged).unwrap();
            let error = stops(folder.path()).unwrap_err().to_string();
            assert!(error.contains("suppressions.jsonl: line "), "{error}");
            assert!(order(folder.path(), &suppress("c")).is_err());
        }
    }
}
