//! Whether the gateway is connected, and since when it is not. Knows no event but these.

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

/// The state of all connections.
#[derive(Debug)]
pub struct Link {
    /// Connections that are down.
    down: Mutex<HashSet<u32>>,
    /// Since when at least one is down; `None` while all are up.
    since: watch::Sender<Option<Instant>>,
    /// How often a session came up.
    ups: watch::Sender<u64>,
    /// Events that came in.
    events: AtomicU64,
}

impl Default for Link {
    fn default() -> Self {
        Self { down: Mutex::default(), since: watch::Sender::new(None), ups: watch::Sender::new(0), events: AtomicU64::new(0) }
    }
}

impl Link {
    /// Begins anew: nothing is connected yet.
    pub fn restart(&self, shards: u32) {
        if let Ok(mut down) = self.down.lock() {
            *down = (0..shards).collect();
        }
        self.since.send_replace(Some(Instant::now()));
    }

    /// A connection is up.
    pub fn up(&self, shard: u32) {
        self.ups.send_modify(|n| *n += 1);
        let all_up = self.down.lock().is_ok_and(|mut down| {
            down.remove(&shard);
            down.is_empty()
        });
        if all_up {
            self.since.send_replace(None);
        }
    }

    /// Something came in.
    pub fn event(&self) {
        self.events.fetch_add(1, Ordering::Relaxed);
    }

    /// How much came in so far.
    pub fn events(&self) -> u64 {
        self.events.load(Ordering::Relaxed)
    }

    /// A connection is lost.
    pub fn lost(&self, shard: u32) {
        let first = self.down.lock().is_ok_and(|mut down| down.insert(shard) && down.len() == 1);
        if first {
            self.since.send_replace(Some(Instant::now()));
        }
    }

    /// Whether all connections are up.
    pub fn is_up(&self) -> bool {
        *self.ups.borrow() > 0 && self.since.borrow().is_none()
    }

    /// How often a session came up so far.
    pub fn ups(&self) -> u64 {
        *self.ups.borrow()
    }

    /// Waits until a connection has been down for this long.
    pub async fn down_for(&self, limit: Duration) {
        let mut since = self.since.subscribe();
        loop {
            let now = *since.borrow_and_update();
            match now {
                Some(begun) if begun.elapsed() >= limit => return,
                Some(begun) => {
                    tokio::select! {
                        () = tokio::time::sleep_until(begun + limit) => {}
                        _ = since.changed() => {}
                    }
                }
                None => {
                    if since.changed().await.is_err() {
                        std::future::pending::<()>().await;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_a_connection_that_stays_down_counts() {
        let link = Link::default();
        link.restart(2);
        link.up(0);
        link.up(1);
        link.lost(1);
        let limit = Duration::from_millis(200);
        let down = |wait: u64| tokio::time::timeout(Duration::from_millis(wait), link.down_for(limit));
        assert!(down(100).await.is_err(), "not yet");
        link.up(1);
        assert!(down(400).await.is_err(), "it came back");
        link.lost(0);
        assert!(down(400).await.is_ok());
    }
}
