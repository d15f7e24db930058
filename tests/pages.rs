//! Timelines, HTML pages and pictures.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

#[path = "pages_cases/dates.rs"]
mod dates;
#[path = "pages_cases/html.rs"]
mod html;
#[path = "pages_cases/made.rs"]
mod made;
#[path = "pages_cases/measure.rs"]
mod measure;
#[path = "pages_cases/pictures.rs"]
mod pictures;
