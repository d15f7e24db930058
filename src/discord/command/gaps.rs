//! `/gaps`: what was asked in vain, and what readers say of answers; managers only. Knows no answer.

use crate::discord::asker::Asker;
use crate::discord::bot::Bot;
use crate::discord::feedback::COMPLAINTS;
use crate::discord::message::{Embed, Message};
use crate::discord::phrases::Words;
use crate::render::discord_markdown::escape;
use crate::store::{Complaints, Gap, StoreError};

/// Characters of each of the two lists; together they stay within what Discord shows.
const ROOM: usize = 2_700;
/// Texts shown with one gap.
const TEXTS: usize = 3;

/// Answers the command.
pub(in crate::discord) async fn run(bot: &Bot, asker: &Asker) {
    let words = bot.words(asker);
    let Some(server) = asker.place.server.filter(|_| asker.manager) else {
        return bot.tell(asker, words.get("settings.managers_only")).await;
    };
    let (memory, newsroom) = (bot.memory.clone(), bot.options(&asker.place).newsroom);
    let read = move || -> Result<(Vec<Gap>, Vec<Complaints>), StoreError> {
        let store = memory.store()?;
        store.flush()?;
        Ok((store.gaps(Some(server), newsroom)?, store.complaints(Some(server))?))
    };
    let message = match tokio::task::spawn_blocking(read).await.unwrap_or(Err(StoreError::Closed)) {
        Ok((gaps, complaints)) => {
            let gaps = embed(words, "gaps.title", "gaps.none", gaps.iter().map(|gap| gap_line(gap, words)));
            let lines = complaints.iter().map(|line| complaint_line(line, words));
            let complaints = embed(words, "feedback.title", "feedback.none", lines);
            Message { embeds: vec![gaps, complaints], private: true, ..Message::default() }
        }
        Err(error) => Message::private(words.text("gaps.unreadable", &[("why", &escape(&error.to_string()))])),
    };
    bot.reply(asker, &message).await;
}

fn gap_line(gap: &Gap, words: Words<'_>) -> String {
    let mut line = format!("**{}×** {}\n-# {}", gap.count, escape(&gap.form), escape(&format!("[{}]", gap.reason)));
    if gap.asked_desk > 0 {
        line.push_str(&format!(" · {}", words.text("gaps.desk", &[("n", &gap.asked_desk.to_string())])));
    }
    line.push_str(&format!(" · <t:{}:d>", gap.last.0));
    for text in gap.texts.iter().take(TEXTS) {
        let text: String = text.chars().take(160).collect();
        line.push_str(&format!("\n-# “{}”", escape(&text)));
    }
    line
}

fn complaint_line(line: &Complaints, words: Words<'_>) -> String {
    let counts = COMPLAINTS.iter().filter_map(|(complaint, name)| {
        let count = line.counts.get(complaint)?;
        Some(format!("{} {count}", words.get(&format!("feedback.{name}"))))
    });
    let counts = counts.collect::<Vec<_>>().join(" · ");
    format!("**{}** {}\n-# <t:{}:d>", escape(&line.receipt), escape(&counts), line.last.0)
}

/// Whole lines of a list, as many as fit.
fn embed(words: Words<'_>, title: &str, none: &str, lines: impl Iterator<Item = String>) -> Embed {
    let mut description = String::new();
    let mut left = 0;
    for line in lines {
        if left > 0 || description.chars().count() + line.chars().count() > ROOM {
            left += 1;
            continue;
        }
        description.push_str(&line);
        description.push('\n');
    }
    if left > 0 {
        description.push_str(&words.text("gaps.more", &[("n", &left.to_string())]));
    }
    if description.is_empty() {
        description = words.get(none);
    }
    Embed { title: words.get(title), description, ..Embed::default() }
}
