//! What the bot leaves to the memory: receipts and gaps after an answer, the daily sweep, a person's wish to be forgotten.
//! Nothing here is waited for by an answer. Knows no single command.

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;

use super::answering::Answered;
use super::asker::Asker;
use super::bot::Bot;
use super::live::SharedLive;
use crate::ops::{Control, Metrics};
use crate::store::{Forgotten, Id, KeptReceipt, Memory, Refused, Showing, StoreError, Time};

/// How often what is old is looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// Queues the receipt of an answer to an interaction and, where it was a refusal, counts it.
pub(super) fn note(bot: &Bot, asker: &Asker, answered: &Answered, private: bool) {
    let Ok(store) = bot.memory.store() else { return };
    let now = Time(asker.asked_at());
    let (server, channel) = (asker.place.server.unwrap_or_default(), asker.place.channel);
    let (question, rules) = (store.question(&answered.question), answered.rules_version.clone());
    match KeptReceipt::of(&answered.whole_receipt, &answered.snapshot.knowledge, question, rules, now) {
        Ok(kept) => {
            let asker_key = Some(store.user(asker.user));
            // The answer to an interaction has a message only Discord knows: its interaction stands for it.
            let (server, channel, message) = (Id(server), Id(channel), Id(asker.id));
            let showing = Showing { server, channel, message, private, asker: asker_key, at: now };
            store.keep_receipt(&answered.receipt, kept, showing);
        }
        Err(error) => {
            bot.metrics.store_error();
            tracing::warn!(%error, "a receipt could not be kept");
        }
    }
    if let Some(refused) = Refused::of(&answered.answer) {
        store.note_gap(server, channel, asker.user, refused, &answered.question, now);
    }
}

/// Deletes everything of a person.
pub(super) async fn forget(bot: &Bot, user: u64) -> Result<Forgotten, StoreError> {
    let memory = bot.memory.clone();
    let work = move || memory.store()?.forget_user(user);
    let forgotten = tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Closed));
    forgotten.inspect_err(|_| bot.metrics.store_error())
}

/// Clears what was deleted from the pages that the store no longer uses; nobody waits for it.
pub(super) fn compact(bot: &Bot) {
    let memory = bot.memory.clone();
    tokio::task::spawn_blocking(move || {
        if let Err(error) = memory.store().and_then(|store| store.compact()) {
            tracing::warn!(%error, "the memory could not be compacted; `verbatim data compact` does it later");
        }
    });
}

/// Opens the door for the operator's requests; without it they work only while the bot is down.
pub(super) fn control(memory: &Memory) -> Option<Control> {
    let Memory::Present(store) = memory else { return None };
    Control::open(Arc::clone(store)).inspect_err(|error| tracing::warn!(%error, "no requests while the bot runs")).ok()
}

/// Deletes what was kept long enough, once a day, for ever.
pub(super) async fn sweep_daily(memory: Memory, today: fn() -> jiff::civil::Date, live: SharedLive, metrics: Arc<Metrics>) {
    loop {
        let (memory, metrics, retention) = (memory.clone(), metrics.clone(), live.load().retention);
        let work = move || {
            let Ok(midnight) = TimeZone::UTC.to_timestamp(today().at(0, 0, 0, 0)) else { return };
            match memory.store().and_then(|store| store.sweep(midnight.into(), retention)) {
                Ok(swept) => tracing::info!(?swept, "what was kept long enough is deleted"),
                Err(error) => {
                    metrics.store_error();
                    tracing::warn!(%error, "what is old could not be deleted");
                }
            }
        };
        // A sweep that failed is tried again a day later.
        let _done = tokio::task::spawn_blocking(work).await;
        tokio::time::sleep(SWEEP_EVERY).await;
    }
}
