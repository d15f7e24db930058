//! Pipes, colour, widths.

use std::io::Read;
use std::process::Stdio;

use unicode_width::UnicodeWidthStr;

use crate::program::{finish, run, verbatim};

const QUESTION: [&str; 2] = ["ask", "who is under house arrest?"];

#[test]
fn a_pipe_gets_no_colour_unless_it_is_asked_for() {
    assert!(!run(&QUESTION).out.contains('\u{1b}'));
    let forced = finish(verbatim().env("CLICOLOR_FORCE", "1").args(QUESTION), b"");
    assert!(forced.out.contains('\u{1b}'), "{}", forced.out);
    let refused = finish(verbatim().env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").args(QUESTION), b"");
    assert!(!refused.out.contains('\u{1b}'), "{}", refused.out);
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for (columns, widest) in [("40", 40), ("60", 60), ("120", 100), ("nonsense", 100), ("0", 100)] {
        for args in [
            &QUESTION[..],
            &["ask", "is Gallo guilty?"],
            &["people"],
            &["source", "list"],
            &["source", "show", "equalize-scandal"],
        ] {
            let run = finish(verbatim().env("COLUMNS", columns).args(args), b"");
            for line in run.out.lines() {
                assert!(line.width() <= widest || !line.trim().contains(' '), "{columns} {args:?}: {line}");
            }
        }
    }
}

#[test]
fn words_are_the_same_at_every_width() {
    let words = |columns: &str| {
        let out = finish(verbatim().env("COLUMNS", columns).args(QUESTION), b"").out;
        out.split_whitespace().filter(|word| !matches!(*word, "│" | "·")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(words("40"), words("100"));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    for args in [&["source", "show", "equalize-scandal"][..], &["man"], &["--help"], &QUESTION] {
        let mut child = verbatim().args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn the_environment_tells_the_readers_language() {
    let people = finish(verbatim().env("LANG", "it_IT.UTF-8").args(["people"]), b"");
    assert!(people.out.contains("persone nominate"), "{}", people.out);
    let told = finish(verbatim().env("LANG", "it_IT.UTF-8").args(["--locale", "en", "people"]), b"");
    assert!(told.out.contains("people are named"), "{}", told.out);
}

#[test]
fn the_same_question_has_the_same_answer_byte_for_byte() {
    for format in ["text", "json", "markdown"] {
        let args = ["ask", "--format", format, "--explain", "what did Tajani say?"];
        assert_eq!(run(&args).out, run(&args).out);
    }
}
