//! The button that asks the desk about a refused question, and the note that the desk gets. Knows no answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::answering::{self, Query};
use super::asker::{Asker, Place};
use super::bot::{Bot, log_failure};
use super::keeping::Spot;
use super::message::{Embed, Message};
use crate::render::discord_markdown::{block_quote, escape};
use crate::store::{Audience, Refused};

/// For so long the desk is not told again of the same thing: it is only counted.
const QUIET: Duration = Duration::from_secs(60 * 60);
/// More than this many are not remembered.
const REMEMBERED: usize = 10_000;

/// What the desks were told lately; in memory only.
#[derive(Debug, Default)]
pub struct Told {
    last: Mutex<HashMap<(u64, Refused), Instant>>,
}

impl Told {
    /// Whether a server's desk is to be told now; then it counts as told.
    fn take(&self, server: u64, refused: &Refused, now: Instant) -> bool {
        let Ok(mut last) = self.last.lock() else { return false };
        if last.len() >= REMEMBERED {
            last.retain(|_, when| now.duration_since(*when) < QUIET);
        }
        let key = (server, refused.clone());
        let quiet = last.get(&key).is_some_and(|when| now.duration_since(*when) < QUIET);
        if !quiet && last.len() < REMEMBERED {
            last.insert(key, now);
        }
        !quiet
    }
}

/// Counts that the desk is asked, tells it where it has a channel, and the asker that this was done.
pub(super) async fn ask(bot: &Arc<Bot>, asker: &Asker, question: String, locale: &str) {
    let work = async {
        let words = bot.words(asker);
        let locale = Some(locale.to_owned()).filter(|locale| !locale.is_empty());
        let query = Query { question: question.clone(), locale, place: asker.place.clone(), previous: None, claim: false };
        let refused = answering::ask(bot, query).await?.refused;
        let (Some(refused), Some(server), Ok(store)) = (refused, asker.place.server, bot.memory.store()) else {
            return Some(Message::private(words.get("desk.not_needed")).into());
        };
        store.note_desk_asked(server, refused.clone(), Spot::of(asker).at);
        let told = tell(bot, asker, server, &refused, &question).await;
        Some(Message::private(words.get(if told { "desk.told" } else { "desk.counted" })).into())
    };
    answering::deliver(bot, asker, true, work).await;
}

/// Tells the desk; `false` where it has no channel, or one that may not know of this.
async fn tell(bot: &Bot, asker: &Asker, server: u64, refused: &Refused, question: &str) -> bool {
    let settings = bot.settings(&asker.place);
    let Some(desk) = settings.desk else { return false };
    let place = Place { server: Some(server), channel: desk.0, parent: bot.threads.parent(desk.0), direct: false };
    if refused.is_for_newsrooms() && bot.audience(&place) != Some(Audience::Newsroom) {
        return false;
    }
    if !bot.desk.take(server, refused, Instant::now()) {
        return true;
    }
    let locale = bot.settings(&place).locale.or_else(|| asker.server_locale.clone()).unwrap_or_default();
    let words = bot.phrases.of(&locale);
    // The asker's own words only where the server's managers have chosen to see them.
    let what = if settings.log_questions == Some(true) { block_quote(question) } else { escape(&refused.form) };
    let source = words.text("desk.asked_in", &[("channel", &format!("<#{}>", asker.place.channel))]);
    let embed = Embed {
        title: words.get("desk.title"),
        description: format!("{what}\n-# {} · {source}", escape(&format!("[{}]", refused.reason))),
        ..Embed::default()
    };
    let nonce = Some(format!("d{}", asker.id));
    let sent = bot.sender.post_message(desk.0, &Message { embeds: vec![embed], nonce, ..Message::default() }).await;
    sent.inspect_err(|error| log_failure("a question to the desk", error)).is_ok()
}
