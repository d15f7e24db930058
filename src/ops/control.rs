//! The door of a process that holds the store: a Unix socket in the data folder, for its owner alone. Knows no particular request.
//!
//! One request a connection, as a line of JSON, with further lines after it where it needs them. The reply is lines of output, each
//! behind a space, then `=` and the result as JSON, or `!` and what went wrong.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::data::{OpsError, Request};
use crate::store::Store;

/// Where the socket of a data folder is.
#[must_use]
pub fn socket(folder: &Path) -> PathBuf {
    folder.join("control").join("socket")
}

/// The open door; it is shut when this is dropped.
#[derive(Debug)]
pub struct Control {
    #[cfg(unix)]
    _door: unix::Door,
}

impl Control {
    /// Opens the door of the store that this process holds.
    ///
    /// # Errors
    /// When the socket can't be made; the store itself is not the worse for it.
    #[cfg(unix)]
    pub fn open(store: Arc<Store>) -> Result<Self, OpsError> {
        Ok(Self { _door: unix::Door::open(store)? })
    }

    /// There are no such sockets here.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(unix))]
    pub fn open(store: Arc<Store>) -> Result<Self, OpsError> {
        Err(OpsError::Control { path: socket(store.folder()), reason: "this system has no Unix sockets".to_owned() })
    }
}

/// Has the process that holds the store do a request; `None` where no door is open.
#[cfg(unix)]
pub(super) fn ask(
    folder: &Path,
    request: &Request,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<Option<Value>, OpsError> {
    unix::ask(folder, request, input, out)
}

/// There are no such sockets here.
#[cfg(not(unix))]
pub(super) fn ask(_: &Path, _: &Request, _: &mut dyn BufRead, _: &mut dyn Write) -> Result<Option<Value>, OpsError> {
    Ok(None)
}

#[cfg(unix)]
mod unix {
    use std::fs::{self, DirBuilder, File};
    use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Write};
    use std::net::Shutdown;
    use std::os::fd::AsRawFd;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::path::{Path, PathBuf};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread::JoinHandle;
    use std::time::Duration;

    use serde_json::Value;

    use super::{OpsError, Request, socket};
    use crate::ops::data;
    use crate::store::Store;

    /// A connection that asks nothing for so long is closed.
    const GREETING: Duration = Duration::from_secs(2);
    /// One that says or takes nothing more for so long is closed, too.
    const PATIENCE: Duration = Duration::from_secs(10);
    /// A holder may need so long for what it is asked, such as a compaction.
    const WORK: Duration = Duration::from_secs(600);
    /// What fits into the address of a Unix socket everywhere.
    const LONGEST: usize = 100;

    /// The thread that listens.
    #[derive(Debug)]
    pub struct Door {
        path: PathBuf,
        shut: Arc<AtomicBool>,
        thread: Option<JoinHandle<()>>,
    }

    impl Door {
        pub fn open(store: Arc<Store>) -> Result<Self, OpsError> {
            let path = socket(store.folder());
            let fault = |error: io::Error| OpsError::Control { path: path.clone(), reason: error.to_string() };
            let room = path.parent().unwrap_or(&path);
            // A room that only its owner can enter comes first: so there is no moment in which others could connect.
            match DirBuilder::new().mode(0o700).create(room) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(fault(error)),
                _ => fs::set_permissions(room, fs::Permissions::from_mode(0o700)).map_err(fault)?,
            }
            // Whoever holds the store may clear away what a killed process has left.
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(fault(error)),
                _ => {}
            }
            let listener = at(&path, |path| UnixListener::bind(path)).map_err(fault)?;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).map_err(fault)?;
            let shut = Arc::new(AtomicBool::new(false));
            let told = Arc::clone(&shut);
            let thread = std::thread::Builder::new().name("control".to_owned());
            let thread = thread.spawn(move || listen(&listener, &store, &told)).map_err(fault)?;
            Ok(Self { path, shut, thread: Some(thread) })
        }
    }

    impl Drop for Door {
        fn drop(&mut self) {
            self.shut.store(true, Ordering::SeqCst);
            // The thread waits for a connection: this is one.
            let woken = at(&self.path, |path| UnixStream::connect(path)).is_ok();
            if let Some(thread) = self.thread.take().filter(|_| woken) {
                let _ = thread.join();
            }
            let _ = fs::remove_file(&self.path);
        }
    }

    /// Serves each connection on a thread of its own, so that a silent one keeps nobody out; ends when all have ended.
    fn listen(listener: &UnixListener, store: &Store, shut: &AtomicBool) {
        std::thread::scope(|scope| {
            for connection in listener.incoming() {
                if shut.load(Ordering::SeqCst) {
                    return;
                }
                let served = move || {
                    if let Err(error) = connection.and_then(|connection| serve(&connection, store)) {
                        tracing::warn!(%error, "a request through the control socket was broken off");
                    }
                };
                let thread = std::thread::Builder::new().name("control-request".to_owned()).spawn_scoped(scope, served);
                if let Err(error) = thread {
                    tracing::warn!(%error, "a request through the control socket was not served");
                }
            }
        });
    }

    fn serve(connection: &UnixStream, store: &Store) -> io::Result<()> {
        connection.set_read_timeout(Some(GREETING))?;
        connection.set_write_timeout(Some(PATIENCE))?;
        let mut input = BufReader::new(connection);
        let mut line = String::new();
        input.read_line(&mut line)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        let mut out = Lines { to: BufWriter::new(connection), begun: false };
        let result = match serde_json::from_str::<Request>(&line) {
            Ok(request) => data::answer(store, request, input, &mut out).map_err(|error| error.to_string()),
            Err(error) => Err(format!("the request is not understood ({error}): is this the same version of verbatim?")),
        };
        match result {
            Ok(value) => writeln!(out.to, "={value}")?,
            Err(reason) => writeln!(out.to, "!{}", reason.replace('\n', " "))?,
        }
        out.to.flush()
    }

    /// Puts a space before every line.
    struct Lines<W> {
        to: W,
        begun: bool,
    }

    impl<W: Write> Write for Lines<W> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            for part in bytes.split_inclusive(|byte| *byte == b'\n') {
                if !self.begun {
                    self.to.write_all(b" ")?;
                }
                self.to.write_all(part)?;
                self.begun = !part.ends_with(b"\n");
            }
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            self.to.flush()
        }
    }

    pub fn ask(
        folder: &Path,
        request: &Request,
        input: &mut dyn BufRead,
        out: &mut dyn Write,
    ) -> Result<Option<Value>, OpsError> {
        let path = socket(folder);
        let fault = |reason: String| OpsError::Control { path: path.clone(), reason };
        let said = |error: io::Error| fault(error.to_string());
        let connection = match at(&path, |path| UnixStream::connect(path)) {
            Ok(connection) => connection,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => return Ok(None),
            Err(error) => return Err(said(error)),
        };
        connection.set_read_timeout(Some(WORK)).map_err(said)?;
        let mut to = BufWriter::new(&connection);
        let request = serde_json::to_string(request).map_err(|error| fault(error.to_string()))?;
        writeln!(to, "{request}").and_then(|()| io::copy(input, &mut to)).and_then(|_| to.flush()).map_err(said)?;
        connection.shutdown(Shutdown::Write).map_err(said)?;
        for line in BufReader::new(&connection).lines() {
            let line = line.map_err(said)?;
            if let Some(output) = line.strip_prefix(' ') {
                writeln!(out, "{output}")?;
            } else if let Some(result) = line.strip_prefix('=') {
                return serde_json::from_str(result).map(Some).map_err(|error| fault(error.to_string()));
            } else {
                return Err(fault(line.strip_prefix('!').unwrap_or(&line).to_owned()));
            }
        }
        Err(fault("the process that holds the store ended before it was done".to_owned()))
    }

    /// Uses the address of a socket, by way of its open folder where the path is too long for one.
    fn at<T>(path: &Path, work: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
        let (Some(room), Some(name)) = (path.parent(), path.file_name()) else { return work(path) };
        if path.as_os_str().as_bytes().len() <= LONGEST || !cfg!(target_os = "linux") {
            return work(path);
        }
        let room = File::open(room)?;
        work(&Path::new("/proc/self/fd").join(room.as_raw_fd().to_string()).join(name))
    }
}
