//! `/settings`: whom a channel is for; managers only. Knows no answer.

use serenity::all::CommandInteraction;

use super::text_option;
use crate::discord::asker::Asker;
use crate::discord::bot::Bot;
use crate::discord::phrases::Words;
use crate::store::{Audience, ChannelSetting};

/// Shows or changes the setting of the channel.
pub(in crate::discord) async fn run(bot: &Bot, asker: &Asker, event: &CommandInteraction) {
    let words = bot.words(asker);
    // Discord hides the command from others, but a server may have shown it to them.
    let Some(server) = asker.place.server.filter(|_| asker.manager) else {
        return bot.tell(asker, words.get("settings.managers_only")).await;
    };
    let channel = asker.place.channel;
    let wanted = match text_option(event, "channel_is").as_deref() {
        Some("readers") => Some(Some(ChannelSetting::For(Audience::Readers))),
        Some("newsroom") => Some(Some(ChannelSetting::For(Audience::Newsroom))),
        Some("off") => Some(Some(ChannelSetting::Off)),
        Some("default") => Some(None),
        _ => None,
    };
    let saved = match wanted {
        None => None,
        Some(setting) => match bot.store.set_channel(server, channel, setting) {
            Ok(()) => Some("settings.saved"),
            Err(error) => {
                tracing::error!(%error, "a setting could not be saved");
                return bot.tell(asker, words.text("settings.not_saved", &[("why", &error.to_string())])).await;
            }
        },
    };
    let what = describe(bot, words, bot.store.channel(server, channel).ok().flatten());
    bot.tell(asker, words.text(saved.unwrap_or("settings.now"), &[("what", &what)])).await;
}

fn describe(bot: &Bot, words: Words<'_>, setting: Option<ChannelSetting>) -> String {
    let audience = |audience| match audience {
        Audience::Readers => words.get("settings.readers"),
        Audience::Newsroom => words.get("settings.newsroom"),
    };
    match setting {
        Some(ChannelSetting::For(whom)) => audience(whom),
        Some(ChannelSetting::Off) => words.get("settings.off"),
        None => words.text("settings.default", &[("what", &audience(bot.config.default_audience))]),
    }
}
