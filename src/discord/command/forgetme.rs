//! `/forgetme`: deletes what is kept about the asker, and says how much that was. Knows no answer.

use crate::discord::answering;
use crate::discord::asker::Asker;
use crate::discord::bot::Bot;
use crate::discord::keeping;
use crate::discord::message::Message;
use crate::store::Memory;

/// Answers the command.
pub(in crate::discord) async fn run(bot: &Bot, asker: &Asker) {
    bot.follow_ups.forget(asker.user);
    // Where the store is being written anew, this waits: then Discord is told first that the reply will come.
    answering::deliver(bot, asker, true, async { Some(Message::private(forgotten(bot, asker).await).into()) }).await;
}

async fn forgotten(bot: &Bot, asker: &Asker) -> String {
    let words = bot.words(asker);
    match (&bot.memory, keeping::forget(bot, asker.user).await) {
        (_, Ok(forgotten)) => {
            let count = |counts: &std::collections::BTreeMap<String, u64>| counts.values().sum::<u64>().to_string();
            let (deleted, unmarked) = (count(&forgotten.deleted), count(&forgotten.unmarked));
            let left = forgotten.left.to_string();
            words.text("privacy.forgotten", &[("deleted", &deleted), ("unmarked", &unmarked), ("left", &left)])
        }
        (Memory::Absent(_), Err(_)) => words.text("privacy.forgotten", &[("deleted", "0"), ("unmarked", "0"), ("left", "0")]),
        (Memory::Present(_), Err(error)) => {
            tracing::error!(%error, "a person could not be forgotten");
            words.get("privacy.not_forgotten")
        }
    }
}
