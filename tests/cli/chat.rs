//! The chat when its lines come from a pipe; keys are tried by hand.

use crate::program::{finish, verbatim};

fn chat(lines: &str) -> String {
    let run = finish(verbatim().arg("chat"), lines.as_bytes());
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    run.out
}

#[test]
fn each_line_is_answered_and_the_end_of_input_ends_it() {
    let out = chat("what did Tajani say?\n\nwho is under house arrest?");
    assert!(out.contains("“unacceptable,”") && out.contains("Marco Malerba"), "{out}");
    assert!(!out.contains('›') && !out.contains('\u{1b}'), "{out}");
}

#[test]
fn a_follow_up_is_read_with_the_question_before() {
    let out = chat("what did Tajani say?\nand Crosetto?\n");
    assert!(out.contains("read as:") && out.contains("“tip of the iceberg.”"), "{out}");
}

#[test]
fn commands_help_explain_list_and_leave() {
    let out = chat(":help\n");
    for command in [":help", ":source", ":explain", ":examples", ":quit"] {
        assert!(out.contains(command), "{out}");
    }
    assert!(chat(":source\n").contains("• equalize-scandal"));
    assert!(chat(":source nothing\n").contains("There is no source `nothing`"));
    assert!(chat(":explain\n").contains("Nothing was asked yet."));
    let explained = chat("what did Tajani say?\n:explain\n");
    assert!(explained.contains("intent Statement") && explained.contains("gate"), "{explained}");
    assert!(chat(":hlep\n").contains("did you mean :help?"));
    assert_eq!(chat(":quit\nwhat did Tajani say?\n"), "");
}

#[test]
fn without_a_command_a_chat_starts() {
    let run = finish(&mut verbatim(), b"what did Tajani say?\n");
    assert!(run.out.contains("“unacceptable,”"), "{}", run.out);
}

#[test]
fn a_shared_name_is_chosen_by_its_number() {
    let lines = "what did Dunmore say?\n1\n";
    let run = finish(verbatim().args(["--knowledge", "tests/knowledge/surnames", "chat"]), lines.as_bytes());
    assert!(run.out.contains("[ambiguous_name]"), "{}", run.out);
    let second = run.out.split("[ambiguous_name]").nth(1).unwrap();
    assert!(second.contains("statement") && second.contains('│'), "{second}");
}

#[test]
fn broken_utf8_does_not_end_it() {
    let run = finish(verbatim().arg("chat"), b"\xff\xfe\nwhat did Tajani say?\n");
    assert_eq!(run.status, 0);
    assert!(run.out.contains("“unacceptable,”"), "{}", run.out);
}
