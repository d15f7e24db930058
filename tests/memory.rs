//! The memory under kills, damage, several threads and requests to be forgotten.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod memory_cases;
