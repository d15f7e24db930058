//! Exit status and messages: each fault says what to do.

use std::fs;

use crate::program::{finish, run, run_in, verbatim};

#[test]
fn an_answer_is_0_a_refusal_1_a_fault_2() {
    assert_eq!(run(&["ask", "what did Tajani say?"]).status, 0);
    let refused = run(&["ask", "what did Putin say?"]);
    assert_eq!((refused.status, refused.err.as_str()), (1, ""));
    assert!(refused.out.contains("[no_statement_by_person]"), "{}", refused.out);
    assert_eq!(run(&["ask"]).status, 2);
    assert_eq!(run(&["nonsense"]).status, 2);
}

#[test]
fn a_wrong_source_is_told_its_neighbour() {
    let wrong = run(&["ask", "--source", "equalise-scandal", "what?"]);
    assert_eq!(wrong.status, 2);
    assert_eq!(wrong.out, "");
    assert_eq!(wrong.err, "error: there is no source `equalise-scandal`; did you mean `equalize-scandal`?\n");
    let unknown = run(&["ask", "--source", "x", "what?"]);
    assert_eq!(unknown.err, "error: there is no source `x`; `verbatim source list` lists them\n");
}

#[test]
fn a_source_that_is_not_for_readers_does_not_exist_for_them() {
    let args = ["--knowledge", "tests/knowledge/editions", "ask", "--source", "dockside-notes", "who was hurt?"];
    let reader = run(&args);
    assert_eq!(
        (reader.status, reader.err.as_str()),
        (2, "error: there is no source `dockside-notes`; `verbatim source list` lists them\n")
    );
    let editor = run(&[&args[..], &["--newsroom"]].concat());
    assert_ne!(editor.status, 2, "{}", editor.err);
}

#[test]
fn a_wrong_date_language_or_folder_says_what_to_do() {
    let date = run(&["ask", "--as-of", "19/11/2024", "what?"]);
    assert_eq!(date.status, 2);
    assert!(date.err.contains("write it as 2024-11-19"), "{}", date.err);
    let language = run(&["--locale", "xx", "ask", "what?"]);
    assert_eq!(
        (language.status, language.err.as_str()),
        (2, "error: there is no language `xx` in built-in prompts; there are: en, it\n")
    );
    let folder = run(&["--knowledge", "/nowhere", "ask", "what?"]);
    assert_eq!(folder.status, 2);
    assert!(folder.err.starts_with("error: the sources in /nowhere can't be used: /nowhere"), "{}", folder.err);
    assert_eq!(folder.err.lines().count(), 1, "{}", folder.err);
    let receipt = run(&["verify", "hello"]);
    assert!(receipt.status == 2 && receipt.err.contains("neither a file nor a receipt"), "{}", receipt.err);
}

#[test]
fn a_folder_without_a_source_says_how_to_add_one() {
    let empty = tempfile::tempdir().unwrap();
    let run = run(&["--knowledge", empty.path().to_str().unwrap(), "ask", "what?"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("verbatim source add --help"), "{}", run.err);
}

#[test]
fn check_points_at_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let prompts = folder.path().join("prompts");
    copy("prompts", &prompts);
    let path = prompts.join("en/wording.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("[card]\n", "[card]\nread_as = \n", 1)).unwrap();
    let found = run(&["--prompts", prompts.to_str().unwrap(), "check"]);
    assert_eq!(found.status, 1, "{}{}", found.out, found.err);
    assert!(found.out.contains("en/wording.toml:4:11: "), "{}", found.out);
    // What asks with these rules is told the same.
    let asked = run(&["--prompts", prompts.to_str().unwrap(), "ask", "what?"]);
    assert!(asked.status == 2 && asked.err.contains("en/wording.toml:4:11: "), "{}", asked.err);
}

#[test]
fn check_lists_what_a_new_language_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let prompts = folder.path().join("prompts");
    copy("prompts", &prompts);
    let path = prompts.join("it/wording.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("not_added_up", "not_aded_up", 1)).unwrap();
    let found = run(&["--prompts", prompts.to_str().unwrap(), "--locale", "it", "check"]);
    assert_eq!(found.status, 1);
    assert!(found.out.contains("it/wording.toml: 1 messages of `card` are missing: card.not_added_up"), "{}", found.out);
    let none = run(&["--locale", "fr", "check"]);
    assert_eq!(none.status, 1);
    assert!(none.out.contains("there is no language `fr`\n  hint: copy en/locale.toml"), "{}", none.out);
}

#[test]
fn check_finds_nothing_in_what_is_built_in() {
    let folder = tempfile::tempdir().unwrap();
    let check = run_in(folder.path(), &["check"]);
    assert_eq!((check.status, check.out.as_str()), (0, "2 languages, 1 source: no faults\n"));
}

#[test]
fn a_question_may_be_anything() {
    for question in ["", " ", "?", "--", "\u{202e}abc", "@everyone", "[]("] {
        let run = finish(verbatim().args(["ask", "--", question]), b"");
        assert!(run.status == 0 || run.status == 1, "{question:?}: {} {}", run.status, run.err);
    }
}

fn copy(from: &str, to: &std::path::Path) {
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(from);
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(&from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(entry.path().to_str().unwrap(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
