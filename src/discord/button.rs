//! The buttons under a card: share, more, paragraph, choice, open, example. They hold their state, so they outlive a restart.
//! Knows no network.

use std::sync::Arc;

use serenity::all::ComponentInteraction;

use super::answering::{self, Answered, Query};
use super::asker::Asker;
use super::bot::Bot;
use super::card::{one_line, short};
use super::commands::MAX_QUESTION;
use super::custom_id::{Action, State};
use super::message::{Embed, Message};
use crate::answer::{Outcome, Quotation};
use crate::render::discord_card::{Card, Part, Passage, Remarks};
use crate::render::discord_markdown::escape;

/// Does what the pressed button says.
pub(super) async fn run(bot: &Arc<Bot>, asker: &Asker, event: &ComponentInteraction) {
    let words = bot.words(asker);
    let state = State::decode(&event.data.custom_id).and_then(|state| {
        let question = state.question.clone().or_else(|| from_card(event))?;
        Some((state, question))
    });
    let Some((state, question)) = state else {
        return bot.tell(asker, words.get("say.too_old")).await;
    };
    if state.action == Action::Ask || state.action == Action::Open {
        return answering::respond_privately(bot, asker, &question).await;
    }
    let private = match state.action {
        Action::Share => false,
        Action::Choose => bot.is_private(&asker.place),
        _ => true,
    };
    let work = {
        let (bot, asker) = (bot.clone(), asker.clone());
        async move { act(&bot, &asker, &state, question).await }
    };
    answering::deliver(bot, asker, private, work).await;
}

/// The question in the author line of the card, where it is there whole.
fn from_card(event: &ComponentInteraction) -> Option<String> {
    let name = &event.message.embeds.first()?.author.as_ref()?.name;
    (name.chars().count() < MAX_QUESTION && !name.is_empty()).then(|| name.clone())
}

async fn act(bot: &Arc<Bot>, asker: &Asker, state: &State, question: String) -> Option<Message> {
    let locale = Some(state.locale.clone()).filter(|locale| !locale.is_empty());
    let query = |question: String| Query { question, locale: locale.clone(), place: asker.place.clone(), previous: None };
    let answered = answering::ask(bot, query(question)).await?;
    let is_another = !state.receipt.is_empty() && !answered.receipt.is_empty() && state.receipt != answered.receipt;
    match state.action {
        // What was seen and what would be shared differ: the asker sees the new answer first.
        _ if is_another => {
            let mut message = answered.message(bot, true, 0);
            message.content = bot.words(asker).get("say.changed");
            Some(message)
        }
        Action::Share => {
            let mut message = answered.message(bot, false, usize::from(state.number));
            message.content = bot.phrases.of(&answered.locale).text("say.shared", &[("name", &escape(&one_line(&asker.name)))]);
            Some(message)
        }
        Action::More => Some(private(answered.message(bot, bot.is_private(&asker.place), usize::from(state.number)))),
        Action::Source => Some(private(paragraphs(bot, &answered))),
        Action::Choose => {
            let Outcome::Ambiguous(choices) = &answered.answer.outcome else {
                return Some(answered.message(bot, bot.is_private(&asker.place), 0));
            };
            let Some(choice) = choices.get(usize::from(state.number)) else {
                return Some(Message::private(bot.words(asker).get("say.too_old")));
            };
            let meant = with_name(&answered.question, &choice.id);
            let now = std::time::Instant::now();
            let answered = answering::ask(bot, query(meant)).await?;
            bot.follow_ups.remember(asker.user, asker.place.channel, answered.question.clone(), now);
            Some(answered.message(bot, bot.is_private(&asker.place), 0))
        }
        Action::Ask | Action::Open => None,
    }
}

fn private(message: Message) -> Message {
    Message { private: true, ..message }
}

/// The paragraphs that the answer's passages stand in.
fn paragraphs(bot: &Bot, answered: &Answered) -> Message {
    let words = bot.phrases.of(&answered.locale);
    let mut card = Card::of(&answered.frame);
    card.parts = Vec::new();
    let knowledge = &answered.snapshot.knowledge;
    for span in answered.answer.quotations.iter().map(Quotation::span) {
        let Some(edition) = knowledge.edition(span.edition) else { continue };
        let block = edition.blocks.iter().find(|block| block.span.start <= span.start && span.end <= block.span.end);
        let text = block.map_or("", |block| edition.slice(block.span));
        let part = Part::Passage(Passage { quotes: vec![(text.to_owned(), String::new())], label: String::new() });
        if !text.is_empty() && !card.parts.contains(&part) {
            card.parts.push(part);
        }
    }
    if card.parts.is_empty() {
        return Message::private(words.get("say.nothing_to_show"));
    }
    let in_file = words.get("say.passage_in_file");
    let more = |n: usize| words.text("say.dropped", &[("n", &n.to_string())]);
    let laid = card.lay_out(0, Remarks { more: &more, in_file: &in_file });
    let author = short(&answered.question);
    let embed = Embed { author, description: laid.description, footer: laid.footer, ..Embed::default() };
    Message { embeds: vec![embed], files: laid.files, ..Message::default() }
}

/// The question with the full name in place of the part of it that was written.
fn with_name(question: &str, name: &str) -> String {
    let parts: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let mut done = false;
    let words: Vec<String> = question
        .split(' ')
        .filter_map(|word| {
            let core = bare(word);
            if core.is_empty() || !parts.contains(&core) {
                return Some(word.to_owned());
            }
            if done {
                return None;
            }
            done = true;
            let written = word.trim_matches(|c: char| !c.is_alphanumeric());
            Some(word.replacen(written, name, 1))
        })
        .collect();
    if done { words.join(" ") } else { format!("{question} ({name})") }
}

#[cfg(test)]
mod tests {
    use super::with_name;

    #[test]
    fn the_full_name_takes_the_place_of_its_part() {
        assert_eq!(with_name("what did Lark say?", "Zoe Lark"), "what did Zoe Lark say?");
        assert_eq!(with_name("who is lark?", "Zoe Lark"), "who is Zoe Lark?");
        assert_eq!(with_name("and the minister?", "Zoe Lark"), "and the minister? (Zoe Lark)");
    }
}
