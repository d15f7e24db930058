//! What an editor has stopped is quoted by no command, until the stop is taken back; all of it is on record.

use crate::program::{Run, finish, verbatim};

const SCANDAL: &str = "equalize-scandal";

fn run(data: &std::path::Path, args: &[&str]) -> Run {
    finish(verbatim().env("USER", "desk").arg("--data").arg(data).args(args), b"")
}

#[test]
fn a_stopped_passage_is_not_quoted_and_its_stop_can_be_taken_back() {
    let data = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| run(data.path(), args);
    let question = ["ask", "what did Tajani say?"];
    assert!(run(&question).out.contains("Antonio Tajani"));
    let article = std::fs::read_to_string("knowledge/equalize-scandal/article.txt").unwrap();
    let at = article.find("Italy’s Foreign Minister, Antonio Tajani").unwrap();
    let span = format!("{at}-{}", at + 40);
    let stop = run(&["source", "suppress", SCANDAL, "--span", &span, "--reason", "court order"]);
    assert!(stop.status == 0 && stop.out.starts_with("stop 1: Italy’s Foreign"), "{stop:?}");
    for args in [&question[..], &["ask", "--format", "json", "who is the foreign minister?"], &["people"]] {
        let after = run(args);
        assert!(!after.out.contains("Italy’s Foreign Minister, Antonio"), "{args:?}: {}", after.out);
        assert!(after.status < 2, "{}", after.err);
    }
    assert_eq!(run(&["source", "allow", "1", "--reason", "lifted"]).status, 0);
    assert!(run(&question).out.contains("Antonio Tajani"));
    let again = run(&["source", "allow", "1", "--reason", "lifted"]);
    assert!(again.status == 2 && again.err.contains("stop 1"), "{}", again.err);
    let record = run(&["source", "stops"]).out;
    assert!(record.contains("court order (taken back)") && record.contains("by desk"), "{record}");
    assert_eq!(run(&["source", "stops", "--format", "json"]).out.lines().count(), 2);
}

#[test]
fn a_stopped_source_is_there_for_nobody_and_a_damaged_record_stops_all() {
    let data = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| run(data.path(), args);
    assert_eq!(run(&["source", "suppress", SCANDAL, "--reason", "injunction"]).status, 0);
    let answer = run(&["ask", "--format", "json", "what did Tajani say?"]);
    assert!(!answer.out.contains("unacceptable") && !answer.out.contains("withheld"), "{}", answer.out);
    let desk = run(&["ask", "--format", "json", "--newsroom", "what did Tajani say?"]);
    assert!(!desk.out.contains("unacceptable") && desk.out.contains("\"withheld\""), "{}", desk.out);
    for bad in [
        &["source", "suppress", "no-such", "--reason", "x"][..],
        &["source", "suppress", SCANDAL, "--span", "9-3", "--reason", "x"],
    ] {
        assert_eq!(run(bad).status, 2);
    }
    std::fs::write(data.path().join("suppressions.jsonl"), "{\"suppr").unwrap();
    let refused = run(&["ask", "what did Tajani say?"]);
    assert!(refused.status == 2 && refused.err.contains("suppressions.jsonl: line 1"), "{}", refused.err);
}
