//! `/help`: what can be asked, with examples to press. Knows no answer.

use crate::discord::asker::Asker;
use crate::discord::bot::Bot;
use crate::discord::custom_id::{Action, State};
use crate::discord::message::{Component, Embed, Look, Message};

/// Answers the command.
pub(in crate::discord) async fn run(bot: &Bot, asker: &Asker) {
    let words = bot.words(asker);
    let lines = [words.get("help.body"), words.get("help.commands"), words.get("help.follow_up")];
    let embed = Embed { title: words.get("help.title"), description: lines.join("\n\n"), ..Embed::default() };
    let locale = bot.locale(asker);
    let components = bot.examples(&locale).iter().take(5).filter_map(|example| button(example, &locale)).collect();
    bot.reply(asker, &Message { embeds: vec![embed], components, private: true, ..Message::default() }).await;
}

/// A button that asks the example; none where it has no room.
fn button(example: &str, locale: &str) -> Option<Component> {
    let state = State {
        action: Action::Ask,
        number: 0,
        receipt: String::new(),
        locale: locale.to_owned(),
        question: Some(example.to_owned()),
    };
    let id = state.encode();
    let fits = State::decode(&id).is_some_and(|read| read.question.is_some()) && example.chars().count() <= 80;
    fits.then(|| Component::Button { label: example.to_owned(), id, look: Look::Secondary })
}
