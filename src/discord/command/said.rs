//! `/said`: what a person said, about a topic or at all. Knows no answer.

use serenity::all::CommandInteraction;

use super::text_option;
use crate::discord::answering;
use crate::discord::asker::Asker;
use crate::discord::bot::SharedBot;
use crate::discord::drawing;

/// Answers the command.
pub(in crate::discord) async fn run(bot: &SharedBot, asker: &Asker, event: &CommandInteraction) {
    let person = text_option(event, "person").unwrap_or_default();
    let words = bot.words(asker);
    let question = match text_option(event, "topic") {
        Some(topic) => words.text("question.said_about", &[("person", &person), ("topic", &topic)]),
        None => words.text("question.said", &[("person", &person)]),
    };
    answering::respond(bot, asker, &question, drawing::wanted(event)).await;
}
