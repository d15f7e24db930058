//! `/privacy`: what is kept about whom. Knows no answer.

use crate::discord::asker::Asker;
use crate::discord::bot::Bot;
use crate::discord::message::{Embed, Message};

/// Answers the command.
pub(in crate::discord) async fn run(bot: &Bot, asker: &Asker) {
    let words = bot.words(asker);
    let kept = bot.live.load().retention;
    let days = [kept.questions, kept.receipts, kept.gaps, kept.audit, kept.left_servers].map(|days| days.to_string());
    let names = ["questions", "receipts", "gaps", "audit", "left"];
    let places: Vec<(&str, &str)> = names.into_iter().zip(days.iter().map(String::as_str)).collect();
    let description = words.text("privacy.body", &places);
    let embed = Embed { title: words.get("privacy.title"), description, ..Embed::default() };
    bot.reply(asker, &Message { embeds: vec![embed], private: true, ..Message::default() }).await;
}
