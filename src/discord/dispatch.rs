//! Sends each event to its handler; a handler stands in a file of its own. Knows no answer.

use serenity::all::{CommandInteraction, Interaction, Message};
use tokio::time::Instant;

use super::asker::Asker;
use super::bot::SharedBot;
use super::command::{about, ask, claim, document, follow, forgetme, gaps, help, privacy, recall, said, sources, who};
use super::commands::CHECK_CLAIM;
use super::{autocomplete, button, mention, settings};

/// An interaction of any kind.
pub(super) async fn interaction(bot: SharedBot, interaction: Interaction, arrived: Instant) {
    match interaction {
        Interaction::Command(event) => {
            let asker = Asker::of_command(&event, arrived);
            command(&bot, &asker, &event).await;
        }
        Interaction::Autocomplete(event) => {
            let asker = Asker::of_command(&event, arrived);
            autocomplete::run(&bot, &asker, &event).await;
        }
        Interaction::Component(event) => {
            let asker = Asker::of_component(&event, arrived);
            if settings::is_ours(&event.data.custom_id) {
                return settings::component(&bot, &asker, &event).await;
            }
            if follow::is_ours(&event.data.custom_id) {
                return follow::component(&bot, &asker, &event).await;
            }
            if is_on(&bot, &asker).await && bot.may_ask(&asker).await {
                if document::is_ours(&event.data.custom_id) {
                    return document::component(&bot, &asker, &event).await;
                }
                button::run(&bot, &asker, &event).await;
            }
        }
        Interaction::Modal(event) => {
            let asker = Asker::of_modal(&event, arrived);
            if settings::is_ours(&event.data.custom_id) {
                return settings::form(&bot, &asker, &event).await;
            }
            bot.tell(&asker, bot.words(&asker).get("say.too_old")).await;
        }
        _ => {}
    }
}

async fn command(bot: &SharedBot, asker: &Asker, event: &CommandInteraction) {
    match event.data.name.as_str() {
        "help" => help::run(bot, asker).await,
        "about" => about::run(bot, asker).await,
        "privacy" => privacy::run(bot, asker).await,
        "forgetme" => forgetme::run(bot, asker).await,
        "settings" => settings::run(bot, asker, event).await,
        "gaps" => gaps::run(bot, asker).await,
        "follow" => follow::run(bot, asker, event).await,
        "recall" => recall::run(bot, asker).await,
        "sources" => sources::run(bot, asker, event).await,
        name => {
            if is_on(bot, asker).await && bot.may_ask(asker).await {
                question(bot, asker, event, name).await;
            }
        }
    }
}

/// The commands that ask the engine: counted, and not where the bot is switched off.
async fn question(bot: &SharedBot, asker: &Asker, event: &CommandInteraction, name: &str) {
    match name {
        "ask" => ask::run(bot, asker, event).await,
        "said" => said::run(bot, asker, event).await,
        "brief" => document::brief(bot, asker, event).await,
        "timeline" => document::timeline(bot, asker, event).await,
        "who" => who::run(bot, asker, event).await,
        CHECK_CLAIM => claim::run(bot, asker, event).await,
        _ => bot.tell(asker, bot.words(asker).get("say.unknown_command")).await,
    }
}

/// Whether the bot is on here; where it is not, the asker is told.
async fn is_on(bot: &SharedBot, asker: &Asker) -> bool {
    let on = bot.audience(&asker.place).is_some();
    if !on {
        bot.tell(asker, bot.words(asker).get("say.switched_off")).await;
    }
    on
}

/// A message that the bot can read.
pub(super) async fn message(bot: SharedBot, message: Message) {
    mention::run(&bot, &message).await;
}
