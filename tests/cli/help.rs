//! Help, version, completion scripts, manual pages.

use crate::program::run;

const COMMANDS: &[&[&str]] = &[
    &[],
    &["chat"],
    &["ask"],
    &["claim"],
    &["people"],
    &["source"],
    &["source", "list"],
    &["source", "show"],
    &["source", "add"],
    &["source", "diff"],
    &["source", "verify"],
    &["inspect"],
    &["check"],
    &["index"],
    &["index", "build"],
    &["index", "info"],
    &["verify"],
    &["gaps"],
    &["data"],
    &["data", "info"],
    &["data", "export"],
    &["data", "import"],
    &["data", "compact"],
    &["data", "forget"],
    &["data", "complaints"],
    &["data", "trail"],
    &["discord"],
    &["health"],
    &["config"],
    &["config", "show"],
    &["config", "default"],
    &["completions"],
    &["man"],
    &["help"],
];

#[test]
fn help_shows_a_command_or_a_page_in_the_askers_language() {
    assert_eq!(run(&["help", "ask"]).out, run(&["ask", "--help"]).out);
    assert_eq!(run(&["help", "source", "list"]).out, run(&["source", "list", "--help"]).out);
    assert_eq!(run(&["help"]).out, run(&["--help"]).out);
    assert!(run(&["help"]).out.contains("help reader"), "the page is listed");
    let (english, italian) = (run(&["help", "reader"]).out, run(&["--locale", "it", "help", "reader"]).out);
    assert!(english.starts_with("For readers\n") && english.contains("How to read an answer"), "{english}");
    assert!(italian.starts_with("Per chi legge\n"), "{italian}");
    for page in [&english, &italian] {
        assert!(!page.contains("**") && !page.contains("| ---") && !page.contains("](") && page.contains("/ask"), "{page}");
    }
    assert!(run(&["help", "operator"]).out.contains("VERBATIM_KNOWLEDGE"));
    let wrong = run(&["help", "nothing"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("reader, editor, operator"), "{}", wrong.err);
}

#[test]
fn help_of_each_command_ends_with_two_examples() {
    for command in COMMANDS {
        let help = run(&[command, &["--help"][..]].concat());
        assert_eq!(help.status, 0, "{command:?}");
        let (_, examples) = help.out.rsplit_once("Examples:\n").unwrap_or_else(|| panic!("{command:?}: {}", help.out));
        let lines = examples.lines().take_while(|line| !line.trim().is_empty()).collect::<Vec<_>>();
        let count = lines.iter().filter(|line| line.starts_with("  verbatim")).count();
        assert_eq!(count, 2, "{command:?}: {examples}");
    }
}

#[test]
fn the_version_is_told() {
    assert_eq!(run(&["--version"]).out, format!("verbatim {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn completion_scripts_name_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = run(&["completions", shell]);
        assert_eq!(script.status, 0);
        assert!(script.out.contains("people") && script.out.contains("as-of"), "{shell}");
    }
}

#[test]
fn manual_pages_are_made_from_the_help() {
    let page = run(&["man"]);
    assert!(page.out.contains(".TH verbatim 1") && page.out.contains("verbatim\\-ask"), "{}", page.out);
    let page = run(&["man", "ask"]);
    assert!(page.out.contains("\\-\\-batch") && page.out.contains("questions.jsonl"), "{}", page.out);
    let wrong = run(&["man", "nothing"]);
    assert_eq!((wrong.status, wrong.err.as_str()), (2, "error: there is no command `nothing`; `verbatim --help` lists them\n"));
}
