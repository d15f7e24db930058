//! Documents and pictures that are written into files.

use crate::program::{run, run_in};

#[test]
fn a_file_is_written_as_its_name_ends() {
    let folder = tempfile::tempdir().unwrap();
    let begins = [("a.html", "<!doctype html>"), ("a.svg", "<svg "), ("a.md", "# "), ("a.json", "{\"")];
    for command in [&["brief", "--words", "150"][..], &["timeline"], &["people"]] {
        for (name, begin) in begins {
            let run = run_in(folder.path(), &[command, &["--out", name]].concat());
            assert_eq!(run.status, 0, "{command:?} {name}: {}", run.err);
            let written = std::fs::read_to_string(folder.path().join(name)).unwrap();
            assert!(written.starts_with(begin), "{command:?} {name}: {written}");
        }
    }
}

#[test]
fn a_picture_in_a_file_is_told_in_words_and_alone_goes_to_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let told = run_in(folder.path(), &["ask", "what did Tajani say?", "--out", "tajani.png"]);
    assert!(told.out.contains("unacceptable") && told.out.contains("Nov 19, 2024 1:50 PM"), "{}", told.out);
    let pixels = std::fs::read(folder.path().join("tajani.png")).unwrap();
    assert!(pixels.starts_with(b"\x89PNG"));
    let piped = run(&["claim", "Tajani called the scandal “unacceptable”.", "--format", "svg", "--shape", "square"]);
    assert!(piped.out.starts_with("<svg ") && piped.out.contains("height=\"1080\""), "{}", piped.out);
}

#[test]
fn the_same_question_gives_the_same_picture() {
    let once = run(&["ask", "who is under house arrest?", "--format", "svg"]);
    assert_eq!(once.out, run(&["ask", "who is under house arrest?", "--format", "svg"]).out);
}

#[test]
fn a_file_that_can_not_be_written_is_a_fault() {
    let run = run(&["brief", "--out", "no-such-folder/brief.html"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("no-such-folder/brief.html can't be written"), "{}", run.err);
}
