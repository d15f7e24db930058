//! Pictures that go with messages, each with its words for who can't see it. Knows no way of drawing them, and no single command.

use std::sync::Arc;

use serenity::all::CommandInteraction;

use super::answering::Answered;
use super::bot::Bot;
use super::command::text_option;
use super::message::Message;
use crate::render::page::Page;
use crate::render::picture::{self, Picture, PictureError, Shape, Theme};
use crate::render::words::Words;

/// A picture with its pixels (PNG), or why there is none.
pub(super) type Drawn = Result<(Picture, Vec<u8>), PictureError>;

/// The colours of the picture that a command wants beside its text; `None` where it wants none.
pub(super) fn wanted(event: &CommandInteraction) -> Option<Theme> {
    match text_option(event, "picture")?.as_str() {
        "dark" => Some(Theme::Dark),
        _ => Some(Theme::Light),
    }
}

/// The pixels of a drawing.
pub(super) fn pixels(drawn: Result<Picture, PictureError>) -> Drawn {
    drawn.and_then(|picture| picture::png(&picture).map(|pixels| (picture, pixels)))
}

/// The card of an answer, drawn on a thread for computing.
pub(super) async fn of_answer(bot: &Bot, answered: &Answered, theme: Theme) -> Drawn {
    if !answered.card().keeps_budget() {
        return Err(PictureError::OverBudget);
    }
    let words = Words::of(&answered.snapshot.rules, &answered.locale);
    let page = Page::of_answer(&answered.frame, &answered.question, words);
    let (snapshot, locale) = (Arc::clone(&answered.snapshot), answered.locale.clone());
    let turn = bot.cores.clone();
    let _turn = turn.acquire().await;
    let work = move || pixels(picture::card(&page, theme, Shape::Card, Words::of(&snapshot.rules, &locale)));
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|fault| Err(PictureError::Raster(fault.to_string())))
}

/// The message with the picture, or with the remark that there is none.
pub(super) fn with_picture(mut message: Message, drawn: Drawn, words: super::phrases::Words<'_>) -> Message {
    match drawn {
        Ok((picture, pixels)) => {
            // The first attachment is the one that is described.
            message.files.insert(0, ("page.png".to_owned(), pixels));
            message.alternative = picture.alternative;
        }
        Err(_) => message.content = words.get("say.no_picture"),
    }
    message
}
