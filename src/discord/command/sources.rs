//! `/sources`: where answers come from, as far as the asker may know. Knows no answer.

use crate::discord::asker::Asker;
use crate::discord::bot::Bot;
use crate::discord::frame;
use crate::discord::message::{Embed, Message};
use crate::render::discord_card::DESCRIPTION;
use crate::render::discord_markdown::escape;

/// Answers the command.
pub(in crate::discord) async fn run(bot: &Bot, asker: &Asker) {
    let words = bot.words(asker);
    let snapshot = bot.engine.load_full();
    let view = snapshot.knowledge.view(&bot.viewer(&asker.place));
    let mut description = String::new();
    let mut shown = 0;
    for &edition in &view.editions {
        let Some(line) = frame::source_line(&snapshot, edition, words) else { continue };
        let line = format!("- {}\n", escape(&line));
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
