//! Reads rules and sources anew on SIGHUP and when their files change; answers under way keep the state they began with.
//! Knows no file.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::Signal;

use super::bot::SharedBot;
use crate::engine::Snapshot;

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How to read rules and sources anew.
#[derive(Clone)]
pub struct Reload {
    /// Reads everything; the error says what is wrong, and the old state stays.
    pub load: Arc<dyn Fn() -> Result<Arc<Snapshot>, String> + Send + Sync>,
    /// A number that is another one when the files have changed.
    pub stamp: Arc<dyn Fn() -> u64 + Send + Sync>,
}

impl fmt::Debug for Reload {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Reload")
    }
}

/// Runs for ever.
pub(super) async fn keep_fresh(reload: Reload, bot: SharedBot, mut hangup: Signal) {
    let mut seen = stamp(&reload).await;
    loop {
        let asked = tokio::select! {
            _ = hangup.recv() => true,
            () = tokio::time::sleep(LOOK_EVERY) => false,
        };
        let now = stamp(&reload).await;
        // Files that are being written are read once they are the same at two looks.
        if !asked && now == seen {
            continue;
        }
        if !asked && !settled(&reload, now).await {
            continue;
        }
        seen = now;
        let load = reload.load.clone();
        let warmed = bot.clone();
        let work = move || load().inspect(|snapshot| warmed.warm(snapshot));
        let loaded = tokio::task::spawn_blocking(work).await;
        bot.metrics.reloaded(matches!(loaded, Ok(Ok(_))));
        match loaded {
            Ok(Ok(snapshot)) => {
                bot.engine.store(snapshot);
                bot.notices.look();
                tracing::info!("rules and sources are read anew");
            }
            Ok(Err(why)) => tracing::error!("rules and sources could not be read anew; the former ones stay: {why}"),
            Err(_) => tracing::error!("rules and sources could not be read anew; the former ones stay"),
        }
    }
}

async fn settled(reload: &Reload, first: Option<u64>) -> bool {
    tokio::time::sleep(Duration::from_millis(400)).await;
    stamp(reload).await == first
}

async fn stamp(reload: &Reload) -> Option<u64> {
    let stamp = reload.stamp.clone();
    tokio::task::spawn_blocking(move || stamp()).await.ok()
}
