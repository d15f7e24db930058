//! A knowledge on disk answers as the same knowledge in memory does, to those who may know of it; and no damage goes unnoticed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "large_cases/building.rs"]
mod building;
#[path = "large_cases/made.rs"]
mod made;
#[path = "large_cases/parity.rs"]
mod parity;
#[path = "large_cases/viewers.rs"]
mod viewers;
