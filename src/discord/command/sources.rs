//! `/sources`: where answers come from, as far as the asker may know. Knows no answer.

use crate::discord::asker::Asker;
use crate::discord::bot::Bot;
use crate::discord::message::{Embed, Message};
use crate::render;
use crate::render::discord_card::DESCRIPTION;
use crate::render::discord_markdown::escape;
use crate::render::frame::source_lines;

/// Answers the command.
pub(in crate::discord) async fn run(bot: &Bot, asker: &Asker) {
    let words = bot.words(asker);
    let snapshot = bot.engine.load_full();
    let view = snapshot.knowledge.view(&bot.viewer(&asker.place));
    let mut description = String::new();
    let mut shown = 0;
    let locale = bot.locale(asker);
    for source in source_lines(&view.editions, &snapshot, render::words::Words::of(&snapshot.rules, &locale)) {
        let page = source.url.map(|url| format!("\n-# {}", escape(&url))).unwrap_or_default();
        let line = format!("**{}**\n-# {}{page}\n", escape(&source.title), escape(&source.dates));
        if description.chars().count() + line.chars().count() > DESCRIPTION - 100 {
            break;
        }
        description.push_str(&line);
        shown += 1;
    }
    let left = view.editions.len() - shown;
    if left > 0 {
        description.push_str(&words.text("say.dropped_sources", &[("n", &left.to_string())]));
    }
    if description.is_empty() {
        description = words.get("sources.none");
    }
    let embed = Embed { title: words.get("sources.title"), description, ..Embed::default() };
    bot.reply(asker, &Message { embeds: vec![embed], private: true, ..Message::default() }).await;
}
