//! How answers look: hand-made answers rendered as text, Markdown and JSON, reviewed as prose.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

#[path = "render/dialogues.rs"]
mod dialogues;
#[path = "render/made.rs"]
mod made;
#[path = "render/safety.rs"]
mod safety;
#[path = "render/wording.rs"]
mod wording;
