//! The requests of `data` and `gaps`: done on the store itself where it is free, else by the process that has it. Knows no terminal.

use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::control;
use crate::store::{Change, Compacted, Complaints, Forgotten, Gap, Imported, Info, Retention, Store, StoreError, Swept, Time};

/// What can be asked of the memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// An overview.
    Info,
    /// Every record, as JSON lines.
    Export,
    /// The reverse; the lines follow the request.
    Import,
    /// Write the store anew without what was deleted.
    Compact,
    /// Forget a user, and compact.
    Forget {
        /// The user's number.
        user: u64,
    },
    /// What was asked in vain.
    Gaps {
        /// Of one server.
        server: Option<u64>,
        /// Whether withheld sources may be spoken of.
        newsroom: bool,
    },
    /// What readers say of answers.
    Complaints {
        /// Of one server.
        server: Option<u64>,
    },
    /// Who changed what.
    Trail {
        /// Of which server.
        server: u64,
    },
    /// Delete what was kept long enough.
    Sweep {
        /// Now.
        now: Time,
        /// For how long what is kept.
        retention: Retention,
    },
}

/// Why a request was not done.
#[derive(Debug, thiserror::Error)]
pub enum OpsError {
    /// The store says so.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no store, and asking does not make one.
    #[error("{}: nothing is kept here; give the bot's data folder with --data", path.display())]
    Nothing {
        /// The folder.
        path: PathBuf,
    },
    /// The process that has the store did not do it.
    #[error("{}: {reason}", path.display())]
    Control {
        /// Its socket.
        path: PathBuf,
        /// What it said, or what went wrong.
        reason: String,
    },
    /// Input or output failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Does a request on a store; what has many lines goes to `out`, the result is returned.
///
/// # Errors
/// When the store or `out` fails.
pub fn answer(store: &Store, request: Request, input: impl BufRead, out: &mut dyn Write) -> Result<Value, StoreError> {
    // What waits to be written is part of the answer; where the disk has failed, what is there is told all the same.
    if let Err(error) = store.flush() {
        tracing::warn!(%error, "what waits can't be written");
    }
    match request {
        Request::Info => json(store.info()?),
        Request::Export => json(store.export(out)?),
        Request::Import => json(store.import(input)?),
        Request::Compact => json(store.compact()?),
        Request::Forget { user } => {
            let forgotten = store.forget_user(user)?;
            store.compact()?;
            json(forgotten)
        }
        Request::Gaps { server, newsroom } => json(store.gaps(server, newsroom)?),
        Request::Complaints { server } => json(store.complaints(server)?),
        Request::Trail { server } => json(store.audit(server)?),
        Request::Sweep { now, retention } => json(store.sweep(now, retention)?),
    }
}

fn json(result: impl Serialize) -> Result<Value, StoreError> {
    serde_json::to_value(result).map_err(|error| StoreError::Folder { path: "result".into(), reason: error.to_string() })
}

/// Does a request on the store of `folder`, or has the process do it that holds it.
fn ask<T: DeserializeOwned>(
    folder: &Path,
    request: Request,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<T, OpsError> {
    if request != Request::Import && !Store::is_in(folder) {
        return Err(OpsError::Nothing { path: folder.to_owned() });
    }
    let value = match Store::open(folder) {
        Ok(store) => answer(&store, request, input, out)?,
        Err(StoreError::InUse { path }) => control::ask(folder, &request, input, out)?.ok_or(StoreError::InUse { path })?,
        Err(error) => return Err(error.into()),
    };
    serde_json::from_value(value).map_err(|error| OpsError::Io(error.into()))
}

fn plain<T: DeserializeOwned>(folder: &Path, request: Request) -> Result<T, OpsError> {
    ask(folder, request, &mut io::empty(), &mut io::sink())
}

/// `data info`: an overview of what is kept.
///
/// # Errors
/// As all of these: no store there, or it can't be opened, or its holder can't be reached.
pub fn info(folder: &Path) -> Result<Info, OpsError> {
    plain(folder, Request::Info)
}

/// `data export`: every record as a JSON line; returns how many.
///
/// # Errors
/// As [`info`], or when `out` can't be written.
pub fn export(folder: &Path, out: &mut dyn Write) -> Result<u64, OpsError> {
    ask(folder, Request::Export, &mut io::empty(), out)
}

/// `data import`: takes an export in; all of it or nothing. Makes the store where there is none.
///
/// # Errors
/// As [`info`], or the first line that can't be used.
pub fn import(folder: &Path, input: &mut dyn Read) -> Result<Imported, OpsError> {
    ask(folder, Request::Import, &mut io::BufReader::new(input), &mut io::sink())
}

/// `data compact`: writes the store anew without what was deleted or replaced.
///
/// # Errors
/// As [`info`].
pub fn compact(folder: &Path) -> Result<Compacted, OpsError> {
    plain(folder, Request::Compact)
}

/// `data forget USER`: deletes every record and mark of a user, and compacts, so that the disk holds none either.
///
/// # Errors
/// As [`info`].
pub fn forget(folder: &Path, user: u64) -> Result<Forgotten, OpsError> {
    plain(folder, Request::Forget { user })
}

/// `gaps`: what was asked in vain, of one server or all; the operator may know of withheld sources.
///
/// # Errors
/// As [`info`].
pub fn gaps(folder: &Path, server: Option<u64>) -> Result<Vec<Gap>, OpsError> {
    plain(folder, Request::Gaps { server, newsroom: true })
}

/// What readers say of answers, of one server or all.
///
/// # Errors
/// As [`info`].
pub fn complaints(folder: &Path, server: Option<u64>) -> Result<Vec<Complaints>, OpsError> {
    plain(folder, Request::Complaints { server })
}

/// Who changed what in a server.
///
/// # Errors
/// As [`info`].
pub fn trail(folder: &Path, server: u64) -> Result<Vec<Change>, OpsError> {
    plain(folder, Request::Trail { server })
}

/// Deletes what was kept long enough.
///
/// # Errors
/// As [`info`].
pub fn sweep(folder: &Path, now: Time, retention: Retention) -> Result<Swept, OpsError> {
    plain(folder, Request::Sweep { now, retention })
}
