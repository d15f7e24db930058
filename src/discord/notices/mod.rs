//! Tells channels what has changed: new sentences to those that follow, and a reply to answers whose passages are gone. Each once and
//! only once, over kills and restarts. Knows no single command.

mod follows;
mod recalls;
mod write;

pub(super) use recalls::candidates;
pub(super) use write::{fate_parts, link, part_of};

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::Notify;

use super::asker::Place;
use super::bot::{Bot, log_failure};
use super::keeping::{self, on_store};
use super::message::Message;
use super::sender::SendError;
use crate::store::{Begun, Delivery, Store, StoreError};

/// How often is looked without an occasion: an embargo ends by the calendar, and a channel may be open again.
const LOOK_EVERY: Duration = Duration::from_secs(30 * 60);

/// Wakes the one task that looks for what is to be told.
#[derive(Debug, Default)]
pub struct Notices(Notify);

impl Notices {
    /// Something may have changed.
    pub fn look(&self) {
        self.0.notify_one();
    }
}

/// A message to a channel. All its deliveries are told by it.
#[derive(Debug)]
struct Notice {
    deliveries: Vec<Delivery>,
    message: Message,
}

/// Runs for ever; begins once the gateway is ready.
pub(super) async fn run(bot: Arc<Bot>) {
    bot.notices.0.notified().await;
    loop {
        if let Err(error) = round(&bot).await {
            tracing::error!(%error, "channels could not be told what has changed");
        }
        let _occasion = tokio::time::timeout(LOOK_EVERY, bot.notices.0.notified()).await;
    }
}

/// The place of a channel, as its settings hold.
fn place(bot: &Bot, server: u64, channel: u64) -> Place {
    Place { server: Some(server), channel, parent: bot.threads.parent(channel), direct: false }
}

async fn round(bot: &Arc<Bot>) -> Result<(), StoreError> {
    if bot.memory.store().is_err() {
        return Ok(());
    }
    settle(bot).await?;
    let shared = bot.clone();
    let work = move || -> Result<Vec<Notice>, StoreError> {
        let mut notices = follows::due(&shared)?;
        notices.extend(recalls::due(&shared)?);
        Ok(notices)
    };
    let notices = tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Closed))?;
    for notice in notices {
        send(bot, notice).await?;
    }
    Ok(())
}

/// What was begun before a kill and is in its channel is closed: it must not go out again.
async fn settle(bot: &Arc<Bot>) -> Result<(), StoreError> {
    let now = keeping::today(bot.today);
    let mut read: Option<(u64, Vec<Value>)> = None;
    let unsent = on_store(bot, Store::unsent).await?;
    for delivery in &unsent {
        let channel = delivery.channel.0;
        if read.as_ref().is_none_or(|(known, _)| *known != channel) {
            match bot.sender.recent_messages(channel).await {
                Ok(messages) => read = Some((channel, messages)),
                Err(error) if error.is_gone() => {
                    let delivery = delivery.clone();
                    on_store(bot, move |store| store.give_up(&delivery, now)).await?;
                    continue;
                }
                Err(error) => {
                    log_failure("a look for an earlier notice", &error);
                    continue;
                }
            }
        }
        let mark = write::mark(delivery);
        let own = |message: &&Value| {
            let author = message.pointer("/author/id").and_then(Value::as_str).and_then(|id| id.parse::<u64>().ok());
            author.is_some() && author == bot.user.get().copied()
        };
        let holds = |message: &&Value| {
            let footer = message.pointer("/embeds/0/footer/text").and_then(Value::as_str);
            footer.is_some_and(|footer| footer.contains(&mark))
        };
        let messages = read.iter().flat_map(|(_, messages)| messages);
        let found = messages.filter(own).find(holds).and_then(|message| message.get("id")?.as_str()?.parse::<u64>().ok());
        if let Some(message) = found {
            let told: Vec<_> = unsent.iter().filter(|other| delivery.goes_with(other)).cloned().collect();
            on_store(bot, move |store| store.sent_together(&told, message, now)).await?;
        }
    }
    Ok(())
}

async fn send(bot: &Arc<Bot>, notice: Notice) -> Result<(), StoreError> {
    let Notice { deliveries, mut message } = notice;
    let Some(first) = deliveries.first() else { return Ok(()) };
    let (now, channel) = (keeping::today(bot.today), first.channel.0);
    let begun = {
        let deliveries = deliveries.clone();
        on_store(bot, move |store| store.begin_together(&deliveries, now)).await?
    };
    let nonce = match begun {
        Begun::Done { .. } => return Ok(()),
        Begun::Send { nonce } | Begun::Again { nonce, .. } => nonce,
    };
    message.nonce = Some(format!("n{nonce}"));
    let sent = match bot.sender.post_message(channel, &message).await {
        Ok(id) => id,
        // The channel, or the server, is gone for good.
        Err(error) if error.is_gone() => 0,
        Err(error) => {
            log_failure("a notice", &error);
            if matches!(error, SendError::Refused { .. }) {
                tracing::warn!(channel, "the notice is tried again later; see to it that the bot may write there");
            }
            return Ok(());
        }
    };
    on_store(bot, move |store| store.sent_together(&deliveries, sent, now)).await
}
