//! `/settings`: whom a channel is for; managers only. Knows no answer.

use serenity::all::CommandInteraction;

use super::text_option;
use crate::discord::asker::Asker;
use crate::discord::bot::Bot;
use crate::discord::phrases::Words;
use crate::render::discord_markdown::escape;
use crate::store::{Audience, Memory, Scope, Settings, StoreError, Time};

/// Shows or changes the setting of the channel.
pub(in crate::discord) async fn run(bot: &Bot, asker: &Asker, event: &CommandInteraction) {
    let words = bot.words(asker);
    // Discord hides the command from others, but a server may have shown it to them.
    let Some(server) = asker.place.server.filter(|_| asker.manager) else {
        return bot.tell(asker, words.get("settings.managers_only")).await;
    };
    let scope = Scope::Channel { server, channel: asker.place.settings_channel() };
    let wanted = match text_option(event, "channel_is").as_deref() {
        Some("readers") => Some((Some(Audience::Readers), None)),
        Some("newsroom") => Some((Some(Audience::Newsroom), None)),
        Some("off") => Some((None, Some(true))),
        Some("default") => Some((None, None)),
        _ => None,
    };
    let changes = wanted.is_some();
    let (memory, by, at) = (bot.memory.clone(), asker.user, Time(asker.asked_at()));
    let set = tokio::task::spawn_blocking(move || set(&memory, scope, wanted, by, at)).await;
    let text = match set {
        Ok(Ok(settings)) => {
            let what = describe(bot, words, &settings);
            words.text(if changes { "settings.saved" } else { "settings.now" }, &[("what", &what)])
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "a setting could not be read or saved");
            words.text("settings.not_saved", &[("why", &error.to_string())])
        }
        Err(_) => words.get("say.failed"),
    };
    let trouble = bot.memory.trouble().map(|why| format!("\n{}", escape(&why))).unwrap_or_default();
    bot.tell(asker, text + &trouble).await;
}

/// Changes what is set, where a change is wanted; gives what is set then.
fn set(
    memory: &Memory,
    scope: Scope,
    wanted: Option<(Option<Audience>, Option<bool>)>,
    by: u64,
    at: Time,
) -> Result<Settings, StoreError> {
    let store = memory.store()?;
    let mut settings = store.settings_of(scope)?;
    if let Some((audience, off)) = wanted {
        settings.audience = audience;
        settings.off = off;
        store.set_settings(scope, settings.clone(), by, at)?;
    }
    Ok(settings)
}

fn describe(bot: &Bot, words: Words<'_>, settings: &Settings) -> String {
    let audience = |audience| match audience {
        Audience::Readers => words.get("settings.readers"),
        Audience::Newsroom => words.get("settings.newsroom"),
    };
    match settings.audience {
        _ if settings.off == Some(true) => words.get("settings.off"),
        Some(whom) => audience(whom),
        None => words.text("settings.default", &[("what", &audience(bot.live.load().default_audience))]),
    }
}
