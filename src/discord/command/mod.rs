//! The commands, one to a file.

pub(super) mod about;
pub(super) mod ask;
pub(super) mod claim;
pub(super) mod document;
pub(super) mod follow;
pub(super) mod forgetme;
pub(super) mod gaps;
pub(super) mod help;
pub(super) mod privacy;
pub(super) mod recall;
pub(super) mod said;
pub(super) mod sources;
pub(super) mod who;

use serenity::all::{CommandInteraction, ResolvedValue};

/// The text given for an option; `None` where it was left out.
pub(super) fn text_option(event: &CommandInteraction, name: &str) -> Option<String> {
    event.data.options().into_iter().find(|option| option.name == name).and_then(|option| match option.value {
        ResolvedValue::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        _ => None,
    })
}
