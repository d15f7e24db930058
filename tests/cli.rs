//! The real program as people and scripts use it: arguments, exit status, pipes, faults.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "cli/batch.rs"]
mod batch;
#[path = "cli/chat.rs"]
mod chat;
#[path = "cli/config.rs"]
mod config;
#[path = "cli/documents.rs"]
mod documents;
#[path = "cli/faults.rs"]
mod faults;
#[path = "cli/help.rs"]
mod help;
#[path = "cli/index.rs"]
mod index;
#[path = "cli/pages.rs"]
mod pages;
#[path = "cli/program.rs"]
mod program;
#[path = "cli/sources.rs"]
mod sources;
#[path = "cli/suppression.rs"]
mod suppression;
#[path = "cli/terminal.rs"]
mod terminal;
#[path = "cli/verify.rs"]
mod verify;
