//! Progress on standard error, on a terminal alone, of whatever takes longer than a second. Knows no command.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is quicker shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often a spinner turns.
const TURN: Duration = Duration::from_millis(150);

/// A sign that something is going on; it goes when this is dropped.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    shown: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Says what is being done, once it has taken a second; the number of steps stands behind it, where there are some.
    pub fn of(what: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if !io::stderr().is_terminal() {
            return Self { bar, shown: None };
        }
        let (over, waits) = mpsc::channel::<()>();
        let own = bar.clone();
        let thread = thread::spawn(move || {
            if matches!(waits.recv_timeout(PATIENCE), Err(RecvTimeoutError::Timeout)) {
                if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}  {pos}  {elapsed}") {
                    own.set_style(style);
                }
                own.set_message(what);
                own.set_draw_target(ProgressDrawTarget::stderr());
                own.enable_steady_tick(TURN);
                // The other end is never used: it is dropped when the work is done.
                let _ended = waits.recv();
            }
            own.finish_and_clear();
        });
        Self { bar, shown: Some((over, thread)) }
    }

    /// One step more is done.
    pub fn step(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((over, thread)) = self.shown.take() {
            drop(over);
            let _ended = thread.join();
        }
    }
}
