//! The real program as a child process: started against the double, watched, signalled, ended.

use super::{Double, TOKEN};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A running `verbatim discord`; killed when dropped.
pub struct Bot {
    child: Child,
    log: Arc<Mutex<String>>,
    data: Option<TempDir>,
}

/// How a bot is to be started.
#[derive(Default)]
pub struct Start<'a> {
    pub args: &'a [&'a str],
    pub env: &'a [(&'a str, &'a str)],
    pub data: Option<TempDir>,
}

impl Bot {
    /// Starts the program with its token and the double's address.
    pub fn start(double: &Double) -> Self {
        Self::start_with(double, Start::default())
    }

    pub fn start_with(double: &Double, start: Start<'_>) -> Self {
        Self::start_at(&double.base, start)
    }

    pub fn start_at(base: &str, start: Start<'_>) -> Self {
        let data = start.data.unwrap_or_else(|| tempfile::tempdir().unwrap());
        // Another build of the program can be measured: VERBATIM_BIN=target/release/verbatim.
        let program = std::env::var("VERBATIM_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_verbatim").to_owned());
        let mut command = Command::new(program);
        command.arg("--data").arg(data.path()).arg("discord").args(start.args);
        command.env("DISCORD_TOKEN", TOKEN).env("VERBATIM_DISCORD_API", base).env("RUST_LOG", "debug");
        for name in
            ["DISCORD_TOKEN_FILE", "VERBATIM_DEFAULT_AUDIENCE", "VERBATIM_CONFIG", "VERBATIM_KNOWLEDGE", "VERBATIM_LOG_FORMAT"]
        {
            command.env_remove(name);
        }
        // Many bots run at a time.
        command.env("VERBATIM_LISTEN", "off");
        for (name, value) in start.env {
            if value.is_empty() {
                command.env_remove(name)
            } else {
                command.env(name, value)
            };
        }
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        collect(child.stdout.take().unwrap(), log.clone());
        collect(child.stderr.take().unwrap(), log.clone());
        Self { child, log, data: Some(data) }
    }

    /// All that it printed so far, on both streams.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Where its health is served, for one that was started with `VERBATIM_LISTEN=127.0.0.1:0`.
    pub async fn health(&self) -> std::net::SocketAddr {
        const SAID: &str = "health and metrics at http://";
        assert!(self.says(SAID, super::PATIENCE).await, "{}", self.log());
        let log = self.log();
        let rest = log.split_once(SAID).unwrap().1;
        rest.split(|c: char| c.is_whitespace() || c == '"').next().unwrap().parse().unwrap()
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let done = Command::new("kill").arg(format!("-{name}")).arg(self.pid().to_string()).status().unwrap();
        assert!(done.success());
    }

    /// Waits for its end; `None` when it still runs after `limit`.
    pub async fn exit(&mut self, limit: Duration) -> Option<ExitStatus> {
        let end = Instant::now() + limit;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                tokio::time::sleep(Duration::from_millis(50)).await;
                return Some(status);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        None
    }

    /// Waits until its output contains `text`.
    pub async fn says(&self, text: &str, limit: Duration) -> bool {
        let end = Instant::now() + limit;
        while Instant::now() < end {
            if self.log.lock().unwrap().contains(text) {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        false
    }

    /// Its data folder.
    pub fn data(&self) -> &std::path::Path {
        self.data.as_ref().unwrap().path()
    }

    /// Kills it at once and hands over its data folder.
    pub fn kill(mut self) -> TempDir {
        let _gone = self.child.kill();
        let _status = self.child.wait();
        self.data.take().unwrap()
    }

    /// Resident memory in KiB.
    pub fn resident_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let line = status.lines().find(|l| l.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Processor time used so far, in clock ticks (hundredths of a second).
    pub fn cpu_ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid())).unwrap();
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _status = self.child.wait();
    }
}

fn collect(stream: impl Read + Send + 'static, log: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let mut log = log.lock().unwrap();
            log.push_str(&line);
            log.push('\n');
        }
    });
}
