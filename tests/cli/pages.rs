//! The pages for people: what the bot says of itself stands in the reader's page, every setting in the operator's, every command exists.

use std::collections::BTreeSet;
use std::fs;

use verbatim::ops::{Kind, SETTINGS, default_file};

use crate::program::run;

fn page(name: &str) -> String {
    fs::read_to_string(format!("docs/{name}.md")).unwrap()
}

#[test]
fn the_readers_page_holds_what_help_and_about_say() {
    for locale in ["en", "it"] {
        let words = fs::read_to_string(format!("prompts/{locale}/discord.toml")).unwrap();
        let words: toml::Table = toml::from_str(&words).unwrap();
        let page = page(&format!("reader.{locale}"));
        for (table, key) in [("about", "body"), ("help", "body"), ("help", "commands"), ("help", "follow_up")] {
            let said = words[table][key].as_str().unwrap();
            assert!(page.contains(said), "docs/reader.{locale}.md does not say: {said}");
        }
        for (table, key) in [("button", "share"), ("button", "source"), ("button", "feedback")] {
            let said = words[table][key].as_str().unwrap();
            assert!(page.contains(&format!("**{said}**")), "docs/reader.{locale}.md does not name the button {said}");
        }
    }
}

#[test]
fn the_operators_page_lists_every_setting_as_it_is() {
    for (name, yes) in [("operator.en", "yes"), ("operator.it", "sì")] {
        let page = page(name);
        for setting in SETTINGS {
            let key = if setting.kind == Kind::Secret { "–".to_owned() } else { format!("`{}`", setting.key) };
            let flag = setting.flag.map(|flag| format!("`{flag}`")).unwrap_or_default();
            let reloads = if setting.reloads { yes } else { "no" };
            let row = format!("| {key} | `{}` | {flag} | {reloads} |", setting.variable).replace("|  |", "| |");
            assert!(page.contains(&row), "docs/{name}.md has no row {row}");
        }
    }
    assert!(default_file().lines().all(|line| line.is_empty() || line.starts_with('#') || line.starts_with('[')));
}

#[test]
fn every_command_that_a_page_names_exists() {
    let mut named = BTreeSet::new();
    for name in ["reader", "editor", "operator"].iter().flat_map(|name| ["en", "it"].map(|tag| format!("{name}.{tag}"))) {
        for rest in page(&name).split("verbatim ").skip(1) {
            let words = rest.split(|c: char| !(c.is_ascii_lowercase() || c == ' ')).next().unwrap().trim();
            let words = words.split(' ').take(2).map(str::to_owned).collect::<Vec<_>>();
            if !words[0].is_empty() {
                named.insert(words);
            }
        }
    }
    assert!(named.len() > 8, "{named:?}");
    for words in named {
        let mut args = words.iter().map(String::as_str).collect::<Vec<_>>();
        let nested = matches!(args[0], "source" | "data" | "config");
        args.truncate(if nested { 2 } else { 1 });
        args.push("--help");
        assert_eq!(run(&args).status, 0, "there is no command {args:?}");
    }
}
