//! Briefings over every knowledge of the tests and the built-in one: verbatim, without repeats, within their length, and covering.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

#[path = "briefing_cases/baselines.rs"]
mod baselines;
#[path = "briefing_cases/figures.rs"]
mod figures;
#[path = "briefing_cases/page.rs"]
mod page;
#[path = "briefing_cases/rules.rs"]
mod rules;
#[path = "briefing_cases/shelf.rs"]
mod shelf;
