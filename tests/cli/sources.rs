//! Sources: where they come from, adding, comparing, verifying.

use std::fs;

use crate::program::{finish, run, run_in, verbatim};

#[test]
fn the_binary_alone_answers_from_the_built_in_case_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let list = run_in(folder.path(), &["source", "list"]);
    assert!(list.out.contains("from built-in knowledge") && list.out.contains("equalize-scandal"), "{}", list.out);
    let answer = run_in(folder.path(), &["ask", "what did Tajani say?"]);
    assert!(answer.out.contains("“unacceptable,”"), "{}{}", answer.out, answer.err);
}

#[test]
fn the_flag_goes_before_the_environment_and_that_before_the_folder() {
    let list = |command: &mut std::process::Command| finish(command.args(["source", "list"]), b"").out;
    assert!(list(&mut verbatim()).contains("from knowledge"));
    assert!(list(verbatim().env("VERBATIM_KNOWLEDGE", "tests/knowledge/court")).contains("from tests/knowledge/court"));
    let both =
        list(verbatim().env("VERBATIM_KNOWLEDGE", "tests/knowledge/court").args(["--knowledge", "tests/knowledge/business"]));
    assert!(both.contains("from tests/knowledge/business"), "{both}");
}

#[test]
fn an_added_text_answers_and_its_next_edition_is_compared() {
    let folder = tempfile::tempdir().unwrap();
    let first = "Mayor Ada Quill said the bridge was “safe”.\n\nWork begins in May.\n";
    fs::write(folder.path().join("a.txt"), first).unwrap();
    let add = |file: &str, updated: &str| {
        run_in(
            folder.path(),
            &[
                "source",
                "add",
                file,
                "--title",
                "The bridge",
                "--language",
                "en",
                "--published",
                "2025-01-09",
                "--updated",
                updated,
            ],
        )
    };
    let added = add("a.txt", "2025-01-09T10:00");
    assert_eq!(
        (added.status, added.out.as_str()),
        (0, "added the-bridge edition 1 in knowledge/the-bridge\n"),
        "{}",
        added.err
    );
    assert_eq!(fs::read(folder.path().join("knowledge/the-bridge/article.txt")).unwrap(), first.as_bytes());
    let again = add("a.txt", "2025-01-10");
    assert!(again.status == 2 && again.err.contains("has this text already"), "{}", again.err);
    fs::write(folder.path().join("b.txt"), first.replace("in May", "in June")).unwrap();
    assert_eq!(add("b.txt", "2025-01-10T09:30").status, 0);
    let diff = run_in(folder.path(), &["source", "diff", "the-bridge"]);
    assert!(diff.out.contains("− Work begins in May.") && diff.out.contains("+ Work begins in June."), "{}", diff.out);
    assert!(!diff.out.contains("Quill"), "{}", diff.out);
    assert_eq!(run_in(folder.path(), &["source", "verify"]).status, 0);
    let answer = run_in(folder.path(), &["ask", "what did Ada Quill say?"]);
    assert!(answer.out.contains("“safe”") && answer.out.contains("2025"), "{}", answer.out);
}

#[test]
fn what_can_not_be_added_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.txt"), b"ab\xffcd").unwrap();
    fs::write(folder.path().join("empty.txt"), b" \n").unwrap();
    fs::write(folder.path().join("good.txt"), b"Words.").unwrap();
    let add = |args: &[&str]| run_in(folder.path(), &[&["source", "add"], args].concat()).err;
    assert!(add(&["bad.txt", "--title", "T", "--language", "en"]).contains("the bytes from 2 on are no character"));
    assert!(add(&["empty.txt", "--title", "T", "--language", "en"]).contains("the text is empty"));
    assert!(add(&["good.txt", "--title", "T"]).contains("--language en"));
    assert!(
        add(&["good.txt", "--title", "T", "--language", "en", "--published", "May"]).contains("--published: `May` is no date")
    );
    assert!(add(&["none.txt", "--title", "T", "--language", "en"]).contains("none.txt can't be read"));
    assert!(!folder.path().join("knowledge").exists());
}

#[test]
fn verify_finds_a_printed_date_that_is_not_the_date() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("knowledge/a");
    fs::create_dir_all(&home).unwrap();
    fs::write(home.join("article.txt"), "Words.\n").unwrap();
    let data =
        "title = \"A\"\nlanguage = \"en\"\npublished = \"2024-11-03T10:40\"\npublished_text = \"Nov 3, 2024 11:40 AM\"\n";
    fs::write(home.join("source.toml"), data).unwrap();
    let found = run_in(folder.path(), &["source", "verify"]);
    assert_eq!(found.status, 1, "{}", found.out);
    assert!(found.out.contains("published_text `Nov 3, 2024 11:40 AM` says"), "{}", found.out);
}

#[test]
fn every_test_source_is_verified() {
    for case in fs::read_dir("tests/knowledge").unwrap().filter_map(Result::ok).filter(|entry| entry.path().is_dir()) {
        let verified = run(&["--knowledge", case.path().to_str().unwrap(), "source", "verify"]);
        assert_eq!(verified.status, 0, "{}: {}{}", case.path().display(), verified.out, verified.err);
    }
}
