//! A card as a message: author line, embed, buttons. Knows no network and no engine.

use super::commands::MAX_QUESTION;
use super::custom_id::{Action, State};
use super::message::{Component, Embed, Look, Message};
use super::phrases::Words;
use crate::render::discord_card::{Card, LaidOut, Remarks};

/// What goes around a card.
#[derive(Debug, Clone)]
pub(super) struct Around<'f> {
    /// Phrases of the reader's language.
    pub words: Words<'f>,
    /// Language of the asker, for the buttons.
    pub locale: &'f str,
    /// The question as it can stand alone.
    pub question: &'f str,
    /// The receipt's first characters.
    pub receipt: &'f str,
    /// Whether only the asker sees the card.
    pub private: bool,
    /// Whether the card is that of a checked claim, and not of a question.
    pub claim: bool,
    /// Whether the asker may show it to all, and see what follows: a button can ask again.
    pub asks: bool,
    /// Whether there is a passage whose paragraph can be shown.
    pub has_source: bool,
    /// Whether there is a desk to ask.
    pub has_desk: bool,
    /// Labels of an ambiguous name.
    pub choices: Vec<&'f str>,
    /// Example questions, for a refusal that needs them.
    pub examples: &'f [String],
    /// Where the source stands on the web.
    pub url: Option<&'f str>,
    /// The first passage to show.
    pub from: usize,
}

/// The card as a message.
pub(super) fn message(card: &Card, around: &Around<'_>) -> Message {
    let in_file = around.words.get("say.passage_in_file");
    let more = |n: usize| around.words.text("say.dropped", &[("n", &n.to_string())]);
    let over_budget = around.words.get("say.over_budget");
    let laid = card.lay_out(around.from, Remarks { more: &more, in_file: &in_file, over_budget: &over_budget });
    let components = buttons(&laid, around);
    let embed =
        Embed { author: short(around.question), title: String::new(), description: laid.description, footer: laid.footer };
    Message { embeds: vec![embed], components, files: laid.files, private: around.private, ..Message::default() }
}

fn buttons(laid: &LaidOut, around: &Around<'_>) -> Vec<Component> {
    let state = |action, number: usize| State {
        action,
        number: u16::try_from(number).unwrap_or(u16::MAX),
        receipt: around.receipt.to_owned(),
        locale: around.locale.to_owned(),
        question: Some(around.question.to_owned()),
    };
    let button = |label: String, action, number, look| Component::Button { label, id: state(action, number).encode(), look };
    let mut all = Vec::new();
    for (index, choice) in around.choices.iter().enumerate().take(20) {
        all.push(button(choice.chars().take(80).collect(), Action::Choose, index, Look::Primary));
    }
    let of = |question: Action, claim: Action| if around.claim { claim } else { question };
    if around.private && around.asks && around.choices.is_empty() {
        let action = of(Action::Share, Action::ShareClaim);
        all.push(button(around.words.get("button.share"), action, around.from, Look::Primary));
    }
    if laid.left > 0 && around.asks {
        let label = around.words.text("button.more", &[("n", &laid.left.to_string())]);
        let action = of(Action::More, Action::MoreOfClaim);
        all.push(button(label, action, around.from + laid.shown, Look::Secondary));
    }
    if around.has_source && around.asks {
        let action = of(Action::Source, Action::SourceOfClaim);
        all.push(button(around.words.get("button.source"), action, around.from, Look::Secondary));
    }
    if around.has_source && around.asks {
        let action = of(Action::Picture, Action::PictureOfClaim);
        all.push(button(around.words.get("button.picture"), action, 0, Look::Secondary));
    }
    all.extend(around.url.and_then(|url| link(around.words.get("button.link"), url)));
    all.extend(around.examples.iter().take(5).filter_map(|example| ask(example, around.locale)));
    if around.has_desk {
        all.push(button(around.words.get("button.desk"), Action::Desk, 0, Look::Secondary));
    }
    if !around.receipt.is_empty() && around.choices.is_empty() && around.examples.is_empty() {
        let state = State { question: None, ..state(Action::Feedback, 0) };
        let label = around.words.get("button.feedback");
        all.push(Component::Button { label, id: state.encode(), look: Look::Secondary });
    }
    all
}

/// A button that opens the source; none where the address is no address of a page, or too long.
fn link(label: String, url: &str) -> Option<Component> {
    let is_page = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    (is_page && url.chars().count() <= 512).then(|| Component::Link { label, url: url.to_owned() })
}

/// A button that asks an example; none where it has no room.
pub(super) fn ask(example: &str, locale: &str) -> Option<Component> {
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

/// The question as the author line shows it: one line, without characters that steer the text around it.
pub(super) fn short(question: &str) -> String {
    let line = one_line(question);
    if line.chars().count() <= MAX_QUESTION { line } else { line.chars().take(MAX_QUESTION - 1).chain(['…']).collect() }
}

/// A question on one line, without control characters and without direction marks that would reach beyond it.
pub(super) fn one_line(question: &str) -> String {
    let steers =
        |c: char| c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let spaced: String = question.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !steers(*c)).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
