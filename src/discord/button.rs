//! The buttons under a card: share, more, paragraph, picture, choice, open, example. They hold their state, so they outlive a restart.
//! Knows no network.

use std::sync::Arc;

use serenity::all::ComponentInteraction;

use super::answering::{self, Answered, Query, Reply};
use super::asker::Asker;
use super::bot::Bot;
use super::card::{one_line, short};
use super::commands::MAX_QUESTION;
use super::custom_id::{Action, State};
use super::keeping::Keep;
use super::message::{Embed, Message};
use super::{desk, drawing, feedback};
use crate::answer::Context;
use crate::render::discord_card::{Part, Passage, Remarks};
use crate::render::discord_markdown::escape;
use crate::render::picture::Theme;
use crate::store::Time;

/// Does what the pressed button says.
pub(super) async fn run(bot: &Arc<Bot>, asker: &Asker, event: &ComponentInteraction) {
    let state = State::decode(&event.data.custom_id).and_then(|state| {
        if !state.needs_question() {
            return Some((state, String::new()));
        }
        let question = state.question.clone().or_else(|| from_card(event))?;
        Some((state, question))
    });
    let Some((state, question)) = state else {
        return bot.tell(asker, bot.words(asker).get("say.too_old")).await;
    };
    let private = match state.action {
        Action::Ask | Action::Open => return answering::respond_privately(bot, asker, &question).await,
        Action::Desk => return desk::ask(bot, asker, question, &state.locale).await,
        Action::Feedback => return feedback::ask(bot, asker, &state.receipt).await,
        Action::Complain => return feedback::take(bot, asker, event, &state.receipt).await,
        Action::Share | Action::ShareClaim => false,
        Action::Choose => bot.is_private(&asker.place),
        Action::More
        | Action::MoreOfClaim
        | Action::Source
        | Action::SourceOfClaim
        | Action::Picture
        | Action::PictureOfClaim => true,
    };
    answering::deliver(bot, asker, private, act(bot, asker, &state, question)).await;
}

/// The question in the author line of the card, where it is there whole.
fn from_card(event: &ComponentInteraction) -> Option<String> {
    let name = &event.message.embeds.first()?.author.as_ref()?.name;
    (name.chars().count() < MAX_QUESTION && !name.is_empty()).then(|| name.clone())
}

async fn act(bot: &Arc<Bot>, asker: &Asker, state: &State, question: String) -> Option<Reply> {
    let locale = Some(state.locale.clone()).filter(|locale| !locale.is_empty());
    let claim =
        matches!(state.action, Action::ShareClaim | Action::MoreOfClaim | Action::SourceOfClaim | Action::PictureOfClaim);
    let query =
        |question: String| Query { question, locale: locale.clone(), place: asker.place.clone(), previous: None, claim };
    let answered = answering::ask(bot, query(question)).await?;
    let is_another = !state.receipt.is_empty() && !answered.receipt.is_empty() && state.receipt != answered.receipt;
    let at = Time(asker.asked_at());
    match state.action {
        // What was seen and what would be shared differ: the asker sees the new answer first.
        _ if is_another => {
            let mut message = answered.message(bot, true, 0);
            message.content = bot.words(asker).get("say.changed");
            Some(Reply { message, keep: Keep::of(bot, &answered, at, false) })
        }
        Action::Share | Action::ShareClaim => {
            let mut message = answered.message(bot, false, usize::from(state.number));
            message.content = bot.phrases.of(&answered.locale).text("say.shared", &[("name", &escape(&one_line(&asker.name)))]);
            Some(Reply { message, keep: Keep::of(bot, &answered, at, false) })
        }
        Action::More | Action::MoreOfClaim => {
            Some(private(answered.message(bot, bot.is_private(&asker.place), usize::from(state.number))).into())
        }
        Action::Source | Action::SourceOfClaim => Some(private(paragraphs(bot, &answered)).into()),
        Action::Picture | Action::PictureOfClaim => {
            let drawn = drawing::of_answer(bot, &answered, Theme::Light).await;
            let message = Message::private(String::new());
            Some(drawing::with_picture(message, drawn, bot.phrases.of(&answered.locale)).into())
        }
        Action::Choose => {
            let private = bot.is_private(&asker.place);
            let Some((name, _)) = answered.frame.choices.get(usize::from(state.number)) else {
                // The sources no longer share the name, or never had so many.
                let none = answered.frame.choices.is_empty();
                let message = if none { answered.message(bot, private, 0) } else { too_old(bot, asker) };
                return Some(message.into());
            };
            let meant = with_name(&answered.question, name);
            let now = std::time::Instant::now();
            let answered = answering::ask(bot, query(meant)).await?;
            bot.follow_ups.remember(asker.user, asker.place.channel, answered.question.clone(), now);
            let keep = Keep::of(bot, &answered, at, true);
            Some(Reply { message: answered.message(bot, private, 0), keep })
        }
        Action::Ask | Action::Open | Action::Desk | Action::Feedback | Action::Complain => None,
    }
}

fn too_old(bot: &Bot, asker: &Asker) -> Message {
    Message::private(bot.words(asker).get("say.too_old"))
}

fn private(message: Message) -> Message {
    Message { private: true, ..message }
}

/// The paragraphs that the answer's passages stand in.
fn paragraphs(bot: &Bot, answered: &Answered) -> Message {
    let words = bot.phrases.of(&answered.locale);
    let mut card = answered.card();
    card.parts = Vec::new();
    let knowledge = &answered.snapshot.knowledge;
    for &span in &answered.spans {
        let Some(edition) = knowledge.edition(span.edition) else { continue };
        let block = edition.blocks.iter().find(|block| block.span.contains(span));
        // Also around a passage nothing is shown that must not be quoted.
        let Some(text) = block.and_then(|block| Context::new(block.span, knowledge)) else { continue };
        let quotes = vec![(text.text().to_owned(), String::new())];
        let part = Part::Passage(Passage { quotes, label: String::new(), edition: span.edition.0 });
        if !card.parts.contains(&part) {
            card.parts.push(part);
        }
    }
    if card.parts.is_empty() {
        return Message::private(words.get("say.nothing_to_show"));
    }
    let in_file = words.get("say.passage_in_file");
    let more = |n: usize| words.text("say.dropped", &[("n", &n.to_string())]);
    let over_budget = words.get("say.over_budget");
    let laid = card.lay_out(0, Remarks { more: &more, in_file: &in_file, over_budget: &over_budget });
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
