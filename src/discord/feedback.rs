//! *Wrong or missing?*: a reader says what is wrong with an answer; counted for its receipt. Knows no answer.

use serenity::all::{ComponentInteraction, ComponentInteractionDataKind};

use super::asker::Asker;
use super::bot::Bot;
use super::custom_id::{Action, State};
use super::keeping::Spot;
use super::message::{Choice, Component, Menu, Message, Offer};
use crate::store::Complaint;

/// Every complaint with its name in menus and phrases.
pub(super) const COMPLAINTS: [(Complaint, &str); 4] = [
    (Complaint::WrongSpeaker, "wrong_speaker"),
    (Complaint::NotAnAnswer, "not_an_answer"),
    (Complaint::OutOfDate, "out_of_date"),
    (Complaint::Missing, "missing"),
];

/// Asks what is wrong.
pub(super) async fn ask(bot: &Bot, asker: &Asker, receipt: &str) {
    let words = bot.words(asker);
    let state =
        State { action: Action::Complain, number: 0, receipt: receipt.to_owned(), locale: bot.locale(asker), question: None };
    let choice = |(_, name): (Complaint, &str)| Choice {
        label: words.get(&format!("feedback.{name}")),
        value: name.to_owned(),
        chosen: false,
    };
    let of = Offer::Choices(COMPLAINTS.into_iter().map(choice).collect());
    let menu = Menu { id: state.encode(), hint: words.get("feedback.hint"), of, count: (1, 1) };
    let content = words.text("feedback.ask", &[("receipt", receipt)]);
    bot.reply(asker, &Message { content, components: vec![Component::Menu(menu)], private: true, ..Message::default() }).await;
}

/// Counts what was chosen; a person's later word replaces the earlier one.
pub(super) async fn take(bot: &Bot, asker: &Asker, event: &ComponentInteraction, receipt: &str) {
    let words = bot.words(asker);
    let chosen = match &event.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().map(String::as_str),
        _ => None,
    };
    let complaint = COMPLAINTS.into_iter().find(|(_, name)| Some(*name) == chosen);
    let (Some((complaint, _)), false) = (complaint, receipt.is_empty()) else {
        return bot.tell(asker, words.get("say.too_old")).await;
    };
    let text = match bot.memory.store() {
        Ok(store) => {
            let spot = Spot::of(asker);
            store.complain(receipt, spot.server, spot.user, complaint, spot.at);
            words.get("feedback.thanks")
        }
        Err(_) => words.get("feedback.not_kept"),
    };
    bot.update(asker, &Message { content: text, private: true, ..Message::default() }).await;
}
