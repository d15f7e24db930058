//! Answers as people read them. Knows neither tokio nor serenity.

pub mod briefing;
pub mod discord_card;
pub mod discord_markdown;
pub mod frame;
pub mod html;
pub mod json;
pub mod markdown;
pub mod page;
pub mod people;
pub mod picture;
pub mod text;
pub mod timeline;
pub mod visible;
pub mod words;
