//! Sends each event to its handler; a handler stands in a file of its own. Knows no answer.

use serenity::all::{CommandInteraction, Interaction, Message};
use tokio::time::Instant;

use super::asker::Asker;
use super::bot::SharedBot;
use super::command::{about, forgetme, help, privacy, settings};

/// An interaction of any kind.
pub(super) async fn interaction(bot: SharedBot, interaction: Interaction, arrived: Instant) {
    match interaction {
        Interaction::Command(event) => {
            let asker = Asker::of_command(&event, arrived);
            command(&bot, &asker, &event).await;
        }
        Interaction::Modal(event) => {
            // The program opens no forms; one can only be of an older version.
            let asker = Asker::of_modal(&event, arrived);
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
        _ => bot.tell(asker, bot.words(asker).get("say.unknown_command")).await,
    }
}

/// A message that the bot can read.
pub(super) async fn message(_bot: SharedBot, _message: Message) {}
