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
];

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
