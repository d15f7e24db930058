//! `/about`: what the bot is. Knows no answer.

use crate::discord::asker::Asker;
use crate::discord::bot::Bot;
use crate::discord::message::{Embed, Message};

/// Answers the command.
pub(in crate::discord) async fn run(bot: &Bot, asker: &Asker) {
    let words = bot.words(asker);
    let snapshot = bot.engine.load_full();
    let count = snapshot.knowledge.view(&bot.viewer(&asker.place)).editions.len().to_string();
    let footer = words.text("about.version", &[("version", env!("CARGO_PKG_VERSION")), ("n", &count)]);
    let embed = Embed { title: words.get("about.title"), description: words.get("about.body"), footer, ..Embed::default() };
    bot.reply(asker, &Message { embeds: vec![embed], private: true, ..Message::default() }).await;
}
