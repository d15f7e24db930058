//! The Discord bot, driven as the real program against a double of Discord on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic, missing_docs)]

mod discord_cases;
mod discord_double;
