//! Notices a connection that has ended without the library noticing: after a close frame without a code it reads on for ever, without
//! ever waiting, until the next heartbeat fails. Knows no event.
//!
//! The thread that reads on may be the one that also keeps the runtime's timers and sockets, so that nothing in the runtime can notice
//! it: hence a thread beside it.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use serenity::all::{OnlineStatus, ShardManager};
use tokio::runtime::{Handle, RuntimeMetrics};
use tokio::sync::Notify;

use super::bot::SharedBot;

/// How often is looked.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// So many looks in a row must find the same.
const LOOKS: u32 = 3;

/// The thread beside the runtime; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Watch {
    noticed: Arc<Notify>,
    _end: mpsc::Sender<()>,
}

impl Watch {
    /// Watches these connections. Where the system gives no thread, nothing is noticed, as without it.
    pub(super) fn start(bot: &SharedBot, shards: &Arc<ShardManager>) -> Self {
        let (end, ended) = mpsc::channel();
        let noticed = Arc::new(Notify::new());
        let metrics = Handle::current().metrics();
        let (bot, shards, told) = (bot.clone(), shards.clone(), noticed.clone());
        let work = move || {
            let mut seen = Seen { parks: parks(&metrics), events: bot.link.events(), times: 0 };
            while ended.recv_timeout(LOOK_EVERY) == Err(RecvTimeoutError::Timeout) {
                if seen.look(parks(&metrics), bot.link.events(), bot.under_way.is_idle()) {
                    // The library gives up a connection on which it can't send.
                    for runner in shards.runners.blocking_lock().values() {
                        runner.runner_tx.set_presence(None, OnlineStatus::Online);
                    }
                    told.notify_one();
                    return;
                }
            }
        };
        if let Err(error) = std::thread::Builder::new().name("watch".to_owned()).spawn(work) {
            tracing::warn!(%error, "connections that end without a word are noticed late");
        }
        Self { noticed, _end: end }
    }

    /// Waits until that has happened.
    pub(super) async fn noticed(&self) {
        self.noticed.notified().await;
    }
}

/// What was seen at the last look.
struct Seen {
    parks: Vec<u64>,
    events: u64,
    times: u32,
}

impl Seen {
    /// Whether a thread has been at one task all the time, although nothing came in and no answer is under way.
    fn look(&mut self, parks: Vec<u64>, events: u64, idle: bool) -> bool {
        // An even number of parks and unparks: the thread is at work; the same one as before: it has not rested since.
        let busy = self.parks.iter().zip(&parks).any(|(before, now)| before == now && now.is_multiple_of(2));
        let quiet = self.events == events && idle;
        self.times = if busy && quiet { self.times + 1 } else { 0 };
        (self.parks, self.events) = (parks, events);
        self.times >= LOOKS
    }
}

fn parks(metrics: &RuntimeMetrics) -> Vec<u64> {
    (0..metrics.num_workers()).map(|worker| metrics.worker_park_unpark_count(worker)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_thread_that_never_rests_while_nothing_happens_is_noticed() {
        let mut seen = Seen { parks: vec![7, 4], events: 0, times: 0 };
        assert!(!(1..LOOKS).any(|_| seen.look(vec![9, 4], 0, true)), "a short time is no proof");
        assert!(seen.look(vec![9, 4], 0, true));
        let mut seen = Seen { parks: vec![7, 4], events: 0, times: 0 };
        assert!(!(1..10).any(|events| seen.look(vec![7, 4], events, true)), "something comes in");
        assert!(!(0..10).any(|_| seen.look(vec![7, 4], 10, false)), "answers are under way");
        assert!(!(0..10).any(|n| seen.look(vec![7, 4 + 2 * n], 10, true)), "it rests in between; the other one sleeps");
    }
}
