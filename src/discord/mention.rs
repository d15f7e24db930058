//! A message that mentions the bot, or a direct message: a question where it is addressed to the bot alone. Knows no answer.

use std::sync::Arc;

use serenity::all::Message as Received;

use super::answering::{self, Query, Reply};
use super::asker::{Place, moment_of};
use super::bot::{Bot, log_failure};
use super::card::one_line;
use super::custom_id::{Action, State};
use super::keeping::{Keep, Spot};
use super::message::{Component, Look, Message};
use crate::store::Time;

/// Answers a message, where it is a question to the bot.
pub(super) async fn run(bot: &Arc<Bot>, received: &Received) {
    let Some(question) = addressed(bot, received) else { return };
    let place = Place {
        server: received.guild_id.map(|id| id.get()),
        channel: received.channel_id.get(),
        parent: bot.threads.parent(received.channel_id.get()),
        direct: received.guild_id.is_none(),
    };
    if bot.audience(&place).is_none() {
        return;
    }
    // In the open nobody is told to slow down: that would be one more message.
    if bot.fairness.take(received.author.id.get(), place.channel, std::time::Instant::now()).is_err() {
        return;
    }
    let Reply { mut message, keep } = if bot.is_private(&place) {
        offer(bot, &place, &question).await.into()
    } else {
        answer(bot, received, &place, question).await
    };
    message.private = false;
    message.reply_to = Some(received.id.get());
    message.nonce = Some(format!("v{}", received.id.get()));
    match bot.sender.post_message(place.channel, &message).await {
        Ok(shown) => {
            if let Some(keep) = keep {
                keep.shown(bot, &spot(received, &place), shown, false);
            }
        }
        Err(error) => {
            log_failure("an answer to a message", &error);
            if error.is_forbidden() {
                tell_in_private(bot, received).await;
            }
        }
    }
}

fn spot(received: &Received, place: &Place) -> Spot {
    Spot {
        server: place.server.unwrap_or_default(),
        channel: place.channel,
        settings: place.settings_channel(),
        user: received.author.id.get(),
        at: asked_at(received),
    }
}

fn asked_at(received: &Received) -> Time {
    Time(moment_of(received.id.get()))
}

/// The question, where the message is one: not a bot's, not for everyone, and for this bot or in a direct message.
fn addressed(bot: &Bot, received: &Received) -> Option<String> {
    if received.author.bot || received.author.system || received.webhook_id.is_some() || received.mention_everyone {
        return None;
    }
    let me = *bot.user.get()?;
    let direct = received.guild_id.is_none();
    let mentioned = received.mentions.iter().any(|user| user.id.get() == me);
    if if direct { !bot.live.load().direct_messages } else { !mentioned } {
        return None;
    }
    let text = received.content.replace(&format!("<@{me}>"), " ").replace(&format!("<@!{me}>"), " ");
    Some(one_line(&text))
}

/// One short reply with a button that opens the answer for the asker alone.
async fn offer(bot: &Arc<Bot>, place: &Place, question: &str) -> Message {
    if question.is_empty() {
        return empty(bot, "en");
    }
    let query = Query { question: question.to_owned(), locale: None, place: place.clone(), previous: None, claim: false };
    // Only the language of the question is taken from the answer; it is not shown here.
    let locale = answering::ask(bot, query).await.map_or_else(|| "en".to_owned(), |answered| answered.locale);
    let words = bot.phrases.of(&locale);
    let state = State { action: Action::Open, number: 0, receipt: String::new(), locale, question: Some(question.to_owned()) };
    let button = Component::Button { label: words.get("button.open"), id: state.encode(), look: Look::Primary };
    Message { content: words.get("say.mention_readers"), components: vec![button], ..Message::default() }
}

/// The answer in place.
async fn answer(bot: &Arc<Bot>, received: &Received, place: &Place, question: String) -> Reply {
    if question.is_empty() {
        return empty(bot, "en").into();
    }
    let now = std::time::Instant::now();
    let (user, channel) = (received.author.id.get(), place.channel);
    let previous = bot.follow_ups.previous(user, channel, now);
    let query = Query { question, locale: None, place: place.clone(), previous, claim: false };
    match answering::ask(bot, query).await {
        Some(answered) => {
            bot.follow_ups.remember(user, channel, answered.question.clone(), now);
            let keep = Keep::of(bot, &answered, asked_at(received), true);
            Reply { message: answered.message(bot, false, 0), keep }
        }
        None => Message { content: bot.phrases.of("en").get("say.failed"), ..Message::default() }.into(),
    }
}

fn empty(bot: &Bot, locale: &str) -> Message {
    let example = bot.examples(locale).first().cloned().unwrap_or_default();
    let content = bot.phrases.of(locale).text("say.empty", &[("example", &crate::render::discord_markdown::escape(&example))]);
    Message { content, ..Message::default() }
}

/// The bot may not write in the channel: the asker is told so in a direct message, if that is allowed.
async fn tell_in_private(bot: &Bot, received: &Received) {
    let text = bot.phrases.of("en").get("say.forbidden");
    let sent = match bot.sender.direct_channel(received.author.id.get()).await {
        Ok(channel) => bot.sender.post_message(channel, &Message { content: text, ..Message::default() }).await,
        Err(error) => Err(error),
    };
    if let Err(error) = sent {
        log_failure("a direct message", &error);
    }
}
