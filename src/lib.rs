//! Verbatim answers questions about a news case only with the source's own words.
//!
//! Modules in the order in which a question flows through them; each uses only those above it.

pub mod span;
pub mod token;
pub mod folder;
pub mod locale;
pub mod rules;
pub mod document;
pub mod analysis;
pub mod index;
pub mod question;
pub mod evidence;
pub mod answer;
pub mod claim;
pub mod people;
pub mod briefing;
pub mod timeline;
pub mod receipt;
pub mod archive;
pub mod engine;
pub mod render;
pub mod store;
pub mod recall;
pub mod ops;
pub mod discord;
pub mod cli;
