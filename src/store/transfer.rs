//! The store as JSON lines, and back. Knows no surface.
//!
//! The first line is `{"memory":2,"secret":"…"}`: the schema, and a mark by which a folder knows its own hashes of users. Each other
//! line is `{"tree":"…","key":…,"value":…}`.

use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ledger::SCHEMA;
use super::record::Parting;
use super::tree::Tree;
use super::{Store, StoreError};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    memory: u16,
    secret: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    tree: String,
    key: Value,
    value: Value,
}

/// What an import has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Imported {
    /// Records written.
    pub records: u64,
    /// Records left out, or written without a user's mark, because the export came from another data folder, whose hashes mean nothing
    /// here and could never be forgotten.
    pub without_user: u64,
}

impl Store {
    /// Writes every record as a line; the order is that of trees and keys.
    ///
    /// # Errors
    /// When the store can't be read or `out` can't be written.
    pub fn export(&self, out: &mut dyn Write) -> Result<u64, StoreError> {
        let head = Head { memory: SCHEMA, secret: self.secret.mark() };
        self.line(out, &head)?;
        let mut records = 0;
        self.each_record(|kind, key, body| {
            let (key, value) = (kind.to_json)(key, body).ok_or_else(|| kind.damaged())?;
            records += 1;
            self.line(out, &Line { tree: kind.tree.name().to_owned(), key, value })
        })?;
        Ok(records)
    }

    fn line(&self, out: &mut dyn Write, line: &impl Serialize) -> Result<(), StoreError> {
        let text = serde_json::to_string(line).map_err(io::Error::from);
        let written = text.and_then(|text| writeln!(out, "{text}"));
        written.map_err(|error| StoreError::Folder { path: "export".into(), reason: error.to_string() })
    }

    /// Reads an export; records of the same key are replaced. All of it is written, or nothing.
    ///
    /// # Errors
    /// The first line that can't be used.
    pub fn import(&self, lines: impl BufRead) -> Result<Imported, StoreError> {
        let fault = |line: usize, reason: String| StoreError::Import { line: line + 1, reason };
        let mut records = Vec::new();
        let mut done = Imported::default();
        let mut own = None;
        for (number, line) in lines.lines().enumerate() {
            let line = line.map_err(|error| fault(number, error.to_string()))?;
            let Some(own) = own else {
                let head: Head = serde_json::from_str(&line).map_err(|_| {
                    fault(number, format!("expected {{\"memory\":{SCHEMA},\"secret\":\"…\"}}, as `data export` writes it"))
                })?;
                if head.memory > SCHEMA {
                    return Err(fault(number, format!("schema {} is later than this program's {SCHEMA}", head.memory)));
                }
                own = Some(head.secret == self.secret.mark());
                continue;
            };
            if line.trim().is_empty() {
                continue;
            }
            let line: Line = serde_json::from_str(&line).map_err(|error| fault(number, error.to_string()))?;
            let kind = Tree::kind_called(&line.tree).ok_or_else(|| {
                let known: Vec<_> = Tree::all().map(Tree::name).collect();
                fault(number, format!("`{}` is no tree; there are {}", line.tree, known.join(", ")))
            })?;
            let (key, mut body) = (kind.from_json)(line.key, line.value).map_err(|reason| fault(number, reason))?;
            if !own {
                let (parting, rest) = (kind.part)(&key, &body, &|_| true).unwrap_or((Parting::Untouched, None));
                done.without_user += u64::from(parting != Parting::Untouched);
                if parting == Parting::Goes {
                    continue;
                }
                body = rest.unwrap_or(body);
            }
            records.push((key, body));
        }
        if own.is_none() {
            return Err(fault(0, "the file is empty".to_owned()));
        }
        done.records = records.len() as u64;
        self.write(move |changes| {
            for (key, body) in records {
                changes.put_body(key, &body)?;
            }
            Ok(())
        })?;
        Ok(done)
    }
}
