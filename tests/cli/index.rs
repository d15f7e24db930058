//! An index is built, used without being asked for, and told when it no longer fits.

use std::fs;
use std::path::Path;

use crate::program::{Run, finish, verbatim};

fn run(place: &Path, args: &[&str]) -> Run {
    let mut command = verbatim();
    command.arg("--knowledge").arg(place.join("knowledge")).arg("--data").arg(place.join("data")).args(args);
    finish(&mut command, b"")
}

fn write(place: &Path, id: &str, text: &str) {
    let home = place.join("knowledge").join(id);
    fs::create_dir_all(&home).unwrap();
    fs::write(home.join("source.toml"), format!("title = \"On {id}\"\nlanguage = \"en\"\npublished = \"2025-03-01\"\n"))
        .unwrap();
    fs::write(home.join("article.txt"), text).unwrap();
}

fn knowledge() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    write(
        place.path(),
        "ferry",
        "The ferry\n\nHester Vane, the mayor, said that the ferry would be sold for 3 million euros.\n",
    );
    write(place.path(), "bridge", "The bridge\n\nMarco Dell, an engineer, said that the bridge would be closed in May.\n");
    place
}

const QUESTION: [&str; 2] = ["ask", "what did Hester Vane say about the ferry?"];

#[test]
fn what_is_built_answers_and_changes_are_told() {
    let place = knowledge();
    let run = |args: &[&str]| run(place.path(), args);
    let none = run(&["index", "info"]);
    assert!(none.status == 1 && none.out.contains("no index") && none.out.contains("index build"), "{none:?}");
    let plain = run(&QUESTION);
    let built = run(&["index", "build"]);
    assert!(built.status == 0 && built.out.starts_with("2 sources indexed, 0 unchanged: "), "{built:?}");
    assert_eq!(built.err, "", "no progress into a pipe");
    assert!(run(&["index", "build"]).out.starts_with("0 sources indexed, 2 unchanged: "));
    assert_eq!(run(&QUESTION).out, plain.out);
    assert!(run(&["index", "info", "--check"]).out.ends_with("whole and up to date\n"));
    // A question about what has not changed is answered; about what has, it is not.
    write(place.path(), "ferry", "The ferry\n\nHester Vane, the mayor, said that the ferry would be kept.\n");
    let stale = run(&QUESTION);
    assert_eq!((stale.status, stale.out.as_str()), (2, ""));
    assert!(
        stale.err.contains("the source `ferry` has changed") && stale.err.contains("verbatim index build"),
        "{}",
        stale.err
    );
    let info = run(&["index", "info", "--check"]);
    assert!(info.status == 1 && info.out.contains("changed: 1 (ferry)"), "{info:?}");
    let json = run(&["index", "info", "--check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["changes"]["changed"], serde_json::json!(["ferry"]));
    assert!(run(&["index", "build"]).out.starts_with("1 source indexed, 1 unchanged: "));
    assert!(run(&QUESTION).out.contains("would be kept"));
    assert!(run(&["index", "build", "--anew"]).out.starts_with("2 sources indexed, 0 unchanged: "));
}

#[test]
fn batches_claims_chats_and_stops_use_the_index_too() {
    let place = knowledge();
    let run = |args: &[&str]| run(place.path(), args);
    let commands: [&[&str]; 4] = [
        &["claim", "Hester Vane said that the ferry would be sold for 3 million euros"],
        &["ask", "--format", "json", "what did Hester Vane say?"],
        &["ask", "--source", "bridge", "what did Marco Dell say?"],
        &["ask", "--source", "bridges", "what did Marco Dell say?"],
    ];
    let plain = commands.map(run);
    assert_eq!(run(&["index", "build"]).status, 0);
    for (command, plain) in commands.iter().zip(&plain) {
        let indexed = run(command);
        assert_eq!((indexed.status, &indexed.out, &indexed.err), (plain.status, &plain.out, &plain.err), "{command:?}");
    }
    let mut chat = verbatim();
    chat.arg("--knowledge").arg(place.path().join("knowledge")).arg("--data").arg(place.path().join("data")).arg("chat");
    let said = finish(&mut chat, b"what did Hester Vane say?\nand Marco Dell?\n:source\n:explain\n");
    assert!(said.out.contains("3 million") && said.out.contains("closed in May"), "{said:?}");
    let mut batch = verbatim();
    batch
        .arg("--knowledge")
        .arg(place.path().join("knowledge"))
        .arg("--data")
        .arg(place.path().join("data"))
        .args(["ask", "--batch", "-"]);
    let lines = finish(&mut batch, b"{\"question\":\"what did Marco Dell say?\"}\n{\"question\":\"what?\",\"source\":\"x\"}\n");
    assert!(
        lines.out.lines().count() == 2 && lines.out.contains("closed in May") && lines.out.contains("no source `x`"),
        "{lines:?}"
    );
    assert_eq!(run(&["source", "suppress", "ferry", "--reason", "court order"]).status, 0);
    let stopped = run(&QUESTION);
    assert!(stopped.status == 1 && !stopped.out.contains("3 million"), "{stopped:?}");
}

#[test]
fn an_index_that_is_damaged_or_of_other_rules_says_what_to_do() {
    let place = knowledge();
    let run = |args: &[&str]| run(place.path(), args);
    assert_eq!(run(&["index", "build"]).status, 0);
    let other = run(&["--prompts", "prompts", "ask", "what did Hester Vane say?"]);
    assert_ne!(other.status, 2, "the same rules from a folder: {}", other.err);
    let home = fs::read_dir(place.path().join("data/index")).unwrap().next().unwrap().unwrap().path();
    let table = home.join(fs::read_to_string(home.join("current")).unwrap().trim()).join("table");
    let mut bytes = fs::read(&table).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&table, bytes).unwrap();
    let damaged = run(&QUESTION);
    assert_eq!((damaged.status, damaged.out.as_str()), (2, ""));
    assert!(damaged.err.contains("damaged") && damaged.err.contains("verbatim index build"), "{}", damaged.err);
    assert_eq!(run(&["index", "build"]).status, 0);
    assert_eq!(run(&QUESTION).status, 0);
}

#[test]
fn the_built_in_case_needs_none() {
    let place = tempfile::tempdir().unwrap();
    let refused = finish(verbatim().current_dir(place.path()).args(["index", "build"]), b"");
    assert!(refused.status == 2 && refused.err.contains("--knowledge"), "{refused:?}");
}
