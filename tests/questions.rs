//! Runs the question files (`tests/questions/`) against the library; the format is told in the README there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod question_cases;

datatest_stable::harness! {
    { test = question_cases::run, root = "tests/questions", pattern = r"^(en|it)/.*\.toml$" },
}
