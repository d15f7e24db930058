//! A card as a message: author line, embed, buttons. Knows no network and no engine.

use super::commands::MAX_QUESTION;
use super::custom_id::{Action, State};
use super::message::{Component, Embed, Look, Message};
use super::phrases::Words;
use crate::render::discord_card::{Card, LaidOut, Remarks};

/// What goes around a card.
#[derive(Debug, Clone)]
pub(super) struct Frame<'f> {
    /// Phrases of the reader's language.
    pub words: Words<'f>,
    /// Language of the asker, for the buttons.
    pub locale: &'f str,
    /// The question as it can stand alone.
    pub question: &'f str,
    /// The receipt's first characters.
    pub receipt: &'f str,
    /// Whether only the asker sees the card, and may share it.
    pub private: bool,
    /// Whether there is a passage whose paragraph can be shown.
    pub has_source: bool,
    /// Labels of an ambiguous name.
    pub choices: &'f [String],
    /// The first passage to show.
    pub from: usize,
}

/// The card as a message.
pub(super) fn message(card: &Card, frame: &Frame<'_>) -> Message {
    let in_file = frame.words.get("say.passage_in_file");
    let more = |n: usize| frame.words.text("say.dropped", &[("n", &n.to_string())]);
    let laid = card.lay_out(frame.from, Remarks { more: &more, in_file: &in_file });
    let components = buttons(&laid, frame);
    let embed =
        Embed { author: short(frame.question), title: String::new(), description: laid.description, footer: laid.footer };
    Message { embeds: vec![embed], components, files: laid.files, private: frame.private, ..Message::default() }
}

fn buttons(laid: &LaidOut, frame: &Frame<'_>) -> Vec<Component> {
    let state = |action, number: usize| State {
        action,
        number: u16::try_from(number).unwrap_or(u16::MAX),
        receipt: frame.receipt.to_owned(),
        locale: frame.locale.to_owned(),
        question: Some(frame.question.to_owned()),
    };
    let button = |label: String, action, number, look| Component::Button { label, id: state(action, number).encode(), look };
    let mut all = Vec::new();
    for (index, choice) in frame.choices.iter().enumerate().take(20) {
        all.push(button(choice.chars().take(80).collect(), Action::Choose, index, Look::Primary));
    }
    if frame.private && frame.choices.is_empty() {
        all.push(button(frame.words.get("button.share"), Action::Share, frame.from, Look::Primary));
    }
    if laid.left > 0 {
        let label = frame.words.text("button.more", &[("n", &laid.left.to_string())]);
        all.push(button(label, Action::More, frame.from + laid.shown, Look::Secondary));
    }
    if frame.has_source {
        all.push(button(frame.words.get("button.source"), Action::Source, frame.from, Look::Secondary));
    }
    all
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
