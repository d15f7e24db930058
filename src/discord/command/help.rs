//! `/help`: what can be asked, with examples to press. Knows no answer.

use crate::discord::asker::Asker;
use crate::discord::bot::Bot;
use crate::discord::card;
use crate::discord::message::{Embed, Message};

/// Answers the command.
pub(in crate::discord) async fn run(bot: &Bot, asker: &Asker) {
    let words = bot.words(asker);
    let lines = [words.get("help.body"), words.get("help.commands"), words.get("help.follow_up")];
    let embed = Embed { title: words.get("help.title"), description: lines.join("\n\n"), ..Embed::default() };
    let locale = bot.locale(asker);
    let components = bot.examples(&locale).iter().take(5).filter_map(|example| card::ask(example, &locale)).collect();
    bot.reply(asker, &Message { embeds: vec![embed], components, private: true, ..Message::default() }).await;
}
