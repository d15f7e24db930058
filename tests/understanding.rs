//! Whether questions are understood: every question file's intent, reading and refusals as far as the question alone shows them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use verbatim::rules::Rules;

#[test]
fn rule_files_load() {
    let rules = Rules::embedded().unwrap();
    let faults = rules.faults();
    assert!(faults.is_empty(), "{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
}
