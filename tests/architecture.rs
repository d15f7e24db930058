//! Holds the house in order: which module may use which, where each outside world is let in, and what every file must have.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

#[path = "architecture_cases/source.rs"]
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use source::{RustFile, rust_files};
use verbatim::folder::Folder;
use verbatim::rules::Rules;
use verbatim::token;

const LONGEST_FILE: usize = 500;

/// Outside worlds and the only modules that may name them; `main` is the program itself.
const ROOMS: [(&str, &[&str], &[&str]); 7] = [
    ("Discord", &["serenity::"], &["discord"]),
    ("the store's engine", &["sled::"], &["store"]),
    ("the search engine", &["tantivy::"], &["index"]),
    (
        "the file system",
        &["std::fs", "tokio::fs", "std::fs::File", "fs::read", "fs::write", "OpenOptions"],
        &["folder", "document", "index", "store", "ops", "cli", "main"],
    ),
    ("the wall clock", &["SystemTime::now", "Timestamp::now", "Zoned::now", "Utc::now", "Local::now"], &["cli", "main"]),
    ("the command line", &["clap::", "clap_complete::", "clap_mangen::", "std::env::args"], &["cli", "main"]),
    ("errors without a type", &["anyhow::", "anyhow!"], &["cli", "main"]),
];

/// Modules whose strings may be natural language: help, faults and what is said to a manager.
const SPEAKING: [&str; 4] = ["cli", "main", "discord", "ops"];

/// Names of data that happen to be words: any class of saying, and the mark of a negated label in a receipt.
const NAMES: [&str; 2] = ["any", "not"];

/// The modules in the order of `lib.rs`.
fn modules() -> Vec<String> {
    let lib = std::fs::read_to_string("src/lib.rs").unwrap();
    let names = lib.lines().filter_map(|line| {
        let line = line.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
        line.strip_prefix("mod ")?.strip_suffix(';').map(String::from)
    });
    names.collect()
}

fn faults(title: &str, found: &[String]) {
    assert!(found.is_empty(), "{title}:\n  {}", found.join("\n  "));
}

#[test]
fn a_module_uses_only_those_above_it() {
    let order = modules();
    assert!(order.len() > 10, "lib.rs was not understood: {order:?}");
    let place = |name: &str| order.iter().position(|module| module == name);
    let mut found = Vec::new();
    for file in rust_files("src") {
        let Some(own) = place(&file.module) else { continue };
        for (line, used) in file.crate_paths() {
            if place(&used).is_some_and(|other| other > own) {
                found.push(format!("{}:{line}: `{}` must not know `{used}`, which comes after it", file.path, file.module));
            }
        }
    }
    faults("modules used against the order of lib.rs", &found);
}

#[test]
fn every_module_of_the_tree_stands_in_the_list() {
    let order = modules().into_iter().collect::<BTreeSet<_>>();
    let tree = rust_files("src").into_iter().map(|file| file.module).filter(|module| module != "lib" && module != "main");
    assert_eq!(tree.collect::<BTreeSet<_>>(), order);
}

#[test]
fn each_outside_world_has_one_room() {
    let mut found = Vec::new();
    for file in rust_files("src") {
        for (world, names, rooms) in ROOMS {
            if rooms.contains(&file.module.as_str()) {
                continue;
            }
            for (number, line) in file.code_lines() {
                if names.iter().any(|name| source::names(line, name)) {
                    found.push(format!("{}:{number}: {world} is no matter of `{}`: {}", file.path, file.module, line.trim()));
                }
            }
        }
    }
    faults("worlds let in by the wrong door", &found);
}

#[test]
fn every_file_says_what_it_is_and_stays_small() {
    let mut found = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for file in rust_files(folder) {
            if !file.text.starts_with("//! ") {
                found.push(format!("{}: does not begin with `//!`, one sentence on what it is", file.path));
            }
            let lines = file.text.lines().count();
            if lines > LONGEST_FILE {
                found.push(format!("{}: {lines} lines, more than {LONGEST_FILE}", file.path));
            }
        }
    }
    faults("files", &found);
}

/// Words by which texts are read: stop words, abbreviations, months, phrases and verbs of both languages.
fn deciding_words() -> BTreeMap<String, String> {
    let rules = Rules::embedded().unwrap();
    let mut words = BTreeMap::new();
    for locale in rules.locales() {
        let language = rules.language(&locale.tag).expect("sound rules");
        let dates = locale.dates.months.iter().chain(&locale.dates.weekdays).flatten();
        for word in locale.stop_words.iter().chain(dates).chain(&locale.layout.byline).chain(&locale.layout.navigation) {
            words.insert(token::fold(word), format!("{}/locale.toml", locale.tag));
        }
        for entry in language.lexicon.entries() {
            let irregular = entry.irregular.iter().map(|(form, _)| form);
            // Dictionary forms of English are also the names of data ("person", "status"); those of other languages are not.
            let own = entry.forms.iter().filter(|form| locale.tag != "en" || form.contains(' '));
            words.extend(own.chain(irregular).map(|form| (token::fold(form), entry.id.to_string())));
        }
    }
    words.retain(|word, _| word.chars().count() >= 3);
    words
}

/// Names that the program gives to its data: parts of concept ids, traits, intents and slots; no words to read a text by.
fn data_names() -> BTreeSet<String> {
    let rules = Rules::embedded().unwrap();
    let mut names = NAMES.map(String::from).into_iter().collect::<BTreeSet<_>>();
    for locale in rules.locales() {
        for entry in rules.language(&locale.tag).expect("sound rules").lexicon.entries() {
            names.extend(entry.id.split('.').chain(entry.traits.iter().map(|name| name.as_str())).map(String::from));
        }
    }
    let intents = std::fs::read_to_string("prompts/intents.toml").unwrap_or_default();
    names.extend(intents.split(|ch: char| !ch.is_alphanumeric() && ch != '_').map(String::from));
    names
}

#[test]
fn words_that_read_a_text_stand_in_prompts_and_not_in_the_program() {
    let words = deciding_words();
    assert!(words.contains_key("the") && words.contains_key("della"), "the lexicon was not read");
    let names = data_names();
    let mut found = Vec::new();
    for file in rust_files("src") {
        if SPEAKING.contains(&file.module.as_str()) {
            continue;
        }
        for (line, literal) in file.literals() {
            let folded = token::fold(&literal);
            if let Some(id) = words.get(&folded).filter(|_| !names.contains(&folded)) {
                found.push(format!(
                    "{}:{line}: \"{literal}\" is a word of a language ({id}); it belongs into prompts/",
                    file.path
                ));
            }
        }
    }
    faults("words in the program", &found);
}

#[test]
fn every_language_file_is_read_without_a_fault() {
    let rules = Rules::load(Folder::Disk(Path::new("prompts").to_owned())).unwrap();
    let found = rules.faults().iter().map(ToString::to_string).collect::<Vec<_>>();
    faults("faults in prompts/", &found);
}

#[test]
fn every_dependency_has_its_reason() {
    let Ok(page) = std::fs::read_to_string("ARCHITECTURE.md") else { return };
    let manifest: toml::Table = toml::from_str(&std::fs::read_to_string("Cargo.toml").unwrap()).unwrap();
    let mut found = Vec::new();
    for table in ["dependencies", "dev-dependencies", "build-dependencies"] {
        for name in manifest.get(table).and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys) {
            if !page.contains(&format!("`{name}`")) {
                found.push(format!("{name}: no line in ARCHITECTURE.md says what it is for"));
            }
        }
    }
    faults("dependencies", &found);
}

#[test]
fn every_module_is_described() {
    let page = std::fs::read_to_string("ARCHITECTURE.md").unwrap();
    let found = modules().into_iter().filter(|module| !page.contains(&format!("`{module}`"))).collect::<Vec<_>>();
    faults("modules without a line in ARCHITECTURE.md", &found);
}

#[test]
fn these_checks_see_what_they_look_for() {
    let text = "//! x\nuse crate::{answer::Answer, span};\n// use crate::cli;\nconst A: &str = \"use crate::store; said\"; let c = '\"';\n\
                fn f() { crate::engine::f(); let r = r#\"serenity:: \"told\"#; }\n#[cfg(test)]\nmod tests { use crate::discord::X; }\n";
    let file = RustFile::new("src/render/mod.rs".into(), text.into());
    assert_eq!(file.module, "render");
    let used = file.crate_paths().into_iter().map(|(line, name)| format!("{line} {name}")).collect::<Vec<_>>();
    assert_eq!(used, ["2 answer", "2 span", "5 engine"]);
    let literals = file.literals().into_iter().map(|(_, literal)| literal).collect::<Vec<_>>();
    assert_eq!(literals, ["use crate::store; said", "serenity:: \"told"]);
    assert!(!file.code_lines().any(|(_, line)| source::names(line, "serenity::")));
    assert!(source::names("use std::fs;", "std::fs") && !source::names("my_std::fs", "std::fs"));
}
