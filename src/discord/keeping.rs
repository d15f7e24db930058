//! What the bot leaves to the memory: receipts and gaps after an answer, the daily sweep, a person's wish to be forgotten.
//! Nothing here is waited for by an answer. Knows no single command.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;

use super::answering::Answered;
use super::asker::Asker;
use super::bot::Bot;
use super::live::SharedLive;
use crate::document::Knowledge;
use crate::ops::{Control, Metrics};
use crate::receipt::Receipt;
use crate::store::{Forgotten, Id, KeptReceipt, Memory, Refused, Showing, Store, StoreError, Time};

/// How often what is old is looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// What is kept of an answer once it is shown.
#[derive(Debug)]
pub(super) struct Keep {
    id: String,
    receipt: KeptReceipt,
    /// The question, where it was refused and is counted.
    refused: Option<(Refused, String)>,
}

/// Work on the store, off the event loop.
pub(super) async fn on_store<T: Send + 'static>(
    bot: &Bot,
    work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let memory = bot.memory.clone();
    tokio::task::spawn_blocking(move || work(memory.store()?)).await.unwrap_or(Err(StoreError::Closed))
}

/// Where and to whom something is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// The server; 0 for direct messages.
    pub server: u64,
    /// The channel.
    pub channel: u64,
    /// The channel whose settings hold there.
    pub settings: u64,
    /// Who asked.
    pub user: u64,
    /// When.
    pub at: Time,
}

impl Spot {
    /// Where somebody asks.
    pub(super) fn of(asker: &Asker) -> Self {
        let place = &asker.place;
        Self {
            server: place.server.unwrap_or_default(),
            channel: place.channel,
            settings: place.settings_channel(),
            user: asker.user,
            at: Time(asker.asked_at()),
        }
    }
}

impl Keep {
    /// What is kept of an answer; a refusal is counted only where it answers a question, not where a button shows it again.
    pub(super) fn of(bot: &Bot, answered: &Answered, at: Time, counts: bool) -> Option<Self> {
        let (receipt, rules) = (&answered.whole_receipt, answered.rules_version.clone());
        let kept = Self::of_document(bot, receipt, &answered.snapshot.knowledge, &answered.question, rules, at)?;
        let refused = answered.refused.clone().filter(|_| counts).map(|refused| (refused, answered.question.clone()));
        Some(Self { refused, ..kept })
    }

    /// What is kept of a document: a briefing, a timeline.
    pub(super) fn of_document(
        bot: &Bot,
        receipt: &Receipt,
        knowledge: &Knowledge,
        asked: &str,
        rules: String,
        at: Time,
    ) -> Option<Self> {
        let question = bot.memory.store().ok()?.question(asked);
        let kept = KeptReceipt::of(receipt, knowledge, question, rules, at);
        let kept = kept.inspect_err(|error| tracing::warn!(%error, "a receipt could not be kept")).ok()?;
        Some(Self { id: receipt.id().to_owned(), receipt: kept, refused: None })
    }

    /// Queues it: shown in `message`, or privately in reply to that interaction.
    pub(super) fn shown(self, bot: &Bot, spot: &Spot, message: u64, private: bool) {
        let Ok(store) = bot.memory.store() else { return };
        let asker = Some(store.user(spot.user));
        let (server, channel) = (Id(spot.server), Id(spot.channel));
        store.keep_receipt(
            &self.id,
            self.receipt,
            Showing { server, channel, message: Id(message), private, asker, at: spot.at },
        );
        if let Some((refused, question)) = self.refused {
            store.note_gap(spot.server, spot.settings, spot.user, refused, &question, spot.at);
        }
    }
}

/// Deletes everything of a person; what may be left of it in pages that the store no longer uses is cleared later.
pub(super) async fn forget(bot: &Bot, user: u64) -> Result<Forgotten, StoreError> {
    let memory = bot.memory.clone();
    let work = move || memory.store()?.forget_user(user);
    let forgotten = tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Closed));
    if forgotten.as_ref().is_ok_and(Forgotten::changed_something) {
        bot.compaction.want();
    }
    forgotten.inspect_err(|_| bot.metrics.store_error())
}

/// Opens the door for the operator's requests; without it they work only while the bot is down.
pub(super) fn control(memory: &Memory) -> Option<Control> {
    let Memory::Present(store) = memory else { return None };
    Control::open(Arc::clone(store)).inspect_err(|error| tracing::warn!(%error, "no requests while the bot runs")).ok()
}

/// The beginning of today, which is as much of the clock as the memory needs where no event tells the time.
pub(super) fn today(today: fn() -> jiff::civil::Date) -> Time {
    TimeZone::UTC.to_timestamp(today().at(0, 0, 0, 0)).map_or(Time(0), Into::into)
}

/// Deletes what was kept long enough, once a day, for ever.
pub(super) async fn sweep_daily(memory: Memory, clock: fn() -> jiff::civil::Date, live: SharedLive, metrics: Arc<Metrics>) {
    loop {
        let (memory, metrics, retention) = (memory.clone(), metrics.clone(), live.load().retention);
        let work = move || match memory.store().and_then(|store| store.sweep(today(clock), retention)) {
            Ok(swept) => tracing::info!(?swept, "what was kept long enough is deleted"),
            Err(error) => {
                metrics.store_error();
                tracing::warn!(%error, "what is old could not be deleted");
            }
        };
        // A sweep that failed is tried again a day later.
        let _done = tokio::task::spawn_blocking(work).await;
        tokio::time::sleep(SWEEP_EVERY).await;
    }
}

/// Notes that a server has removed the bot, or has it (again): what is kept for it is deleted some days after.
pub(super) async fn server(bot: &Bot, server: u64, left: bool) {
    let (memory, now) = (bot.memory.clone(), today(bot.today));
    let work = move || {
        let store = memory.store()?;
        if left { store.server_left(server, now) } else { store.server_joined(server) }
    };
    match tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Closed)) {
        Ok(()) if left => {
            let days = bot.live.load().retention.left_servers;
            tracing::info!("removed from a server; what was kept for it is deleted in {days} days");
        }
        Ok(()) => {}
        // Without a memory there is nothing to delete.
        Err(_) if matches!(bot.memory, Memory::Absent(_)) => {}
        Err(error) => {
            bot.metrics.store_error();
            tracing::error!(%error, "it could not be noted that a server has the bot, or no longer has it");
        }
    }
}

/// Notes which servers have removed the bot while it was away: `present` are those of this connection that still have it.
pub(super) async fn servers(bot: &Bot, shard: u32, shards: u32, present: BTreeSet<u64>) {
    let (memory, now) = (bot.memory.clone(), today(bot.today));
    let work = move || -> Result<usize, StoreError> {
        let store = memory.store()?;
        let ours = |server: u64| (server >> 22) % u64::from(shards.max(1)) == u64::from(shard);
        let gone = store.servers()?.into_iter().filter(|&server| ours(server) && !present.contains(&server));
        let gone = gone.collect::<Vec<_>>();
        gone.iter().try_for_each(|&server| store.server_left(server, now))?;
        present.iter().try_for_each(|&server| store.server_joined(server))?;
        Ok(gone.len())
    };
    match tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Closed)) {
        Ok(0) => {}
        Ok(count) => {
            tracing::info!(servers = count, "some servers no longer have the bot; what was kept for them will be deleted")
        }
        Err(_) if matches!(bot.memory, Memory::Absent(_)) => {}
        Err(error) => {
            bot.metrics.store_error();
            tracing::error!(%error, "it could not be noted which servers have the bot");
        }
    }
}
