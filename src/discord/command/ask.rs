//! `/ask`: a question in plain words. Knows no answer.

use serenity::all::CommandInteraction;

use super::text_option;
use crate::discord::answering;
use crate::discord::asker::Asker;
use crate::discord::bot::SharedBot;
use crate::discord::drawing;

/// Answers the command.
pub(in crate::discord) async fn run(bot: &SharedBot, asker: &Asker, event: &CommandInteraction) {
    let question = text_option(event, "question").unwrap_or_default();
    answering::respond(bot, asker, &question, drawing::wanted(event)).await;
}
