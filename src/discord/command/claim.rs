//! "Check this claim" on a message: are these words in the sources, and said by whom. Knows no answer.

use serenity::all::CommandInteraction;

use crate::discord::answering;
use crate::discord::asker::Asker;
use crate::discord::bot::SharedBot;
use crate::discord::card::one_line;

/// Answers the command.
pub(in crate::discord) async fn run(bot: &SharedBot, asker: &Asker, event: &CommandInteraction) {
    let text = event.data.resolved.messages.values().next().map(|message| one_line(&message.content)).unwrap_or_default();
    if text.is_empty() {
        return bot.tell(asker, bot.words(asker).get("say.nothing_to_check")).await;
    }
    answering::respond_to_claim(bot, asker, text).await;
}
