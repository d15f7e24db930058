//! `/privacy`: what is kept about whom. Knows no answer.

use crate::discord::asker::Asker;
use crate::discord::bot::Bot;
use crate::discord::message::{Embed, Message};

/// Answers the command.
pub(in crate::discord) async fn run(bot: &Bot, asker: &Asker) {
    let words = bot.words(asker);
    let embed = Embed { title: words.get("privacy.title"), description: words.get("privacy.body"), ..Embed::default() };
    bot.reply(asker, &Message { embeds: vec![embed], private: true, ..Message::default() }).await;
}
