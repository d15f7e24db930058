//! The pattern files of one language: intents, kinds of answer, wrapping, follow-ups, claims and how its questions are read. Knows no source.

use std::collections::{BTreeMap, HashMap};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::fault::{self, Fault};
use super::intents::{Declaration, Intents};
use super::matcher::Matcher;
use super::template::{self, Pattern};
use crate::folder::Folder;
use crate::token::Clitics;

/// Every pattern of a language.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Templates {
    /// Intents, and what is out of scope or too vague.
    pub asks: Matcher,
    /// Kinds of answer of questions that no intent's pattern matches.
    pub kinds: Matcher,
    /// Polite and other wrapping around a question.
    pub wrapping: Matcher,
    /// Questions that mean nothing without the one before.
    pub follow_ups: Matcher,
    /// Shapes of claims.
    pub claims: Matcher,
    /// Words that decide how a question is read.
    pub reading: Reading,
    /// Names of the files read.
    pub files: Vec<String>,
}

/// `reading.toml`: function words and frequent misspellings.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reading {
    /// Stands between two people: "and".
    pub and: Vec<String>,
    /// Binds a role to whose it is: "of", "'s".
    pub of: Vec<String>,
    /// Stands before a noun: "the", "a".
    pub determiners: Vec<String>,
    /// Points back to a person: "he", "them".
    pub pronouns: Vec<String>,
    /// May stand in a name's slot and belong to no name ("anyone", "somebody").
    pub anybody: Vec<String>,
    /// Asks for the state of things now.
    pub now: Vec<String>,
    /// Asks for what is newest.
    pub latest: Vec<String>,
    /// Asks for the future.
    pub future: Vec<String>,
    /// Endings of verbs in the future.
    pub future_endings: Vec<String>,
    /// Words that carry no content in a question besides the stop words ("tell", "article").
    pub empty: Vec<String>,
    /// Words that are none of a name though they may be written with a capital.
    pub never_names: Vec<String>,
    /// Articles and the like that name nobody in particular ("a").
    pub indefinite: Vec<String>,
    /// Frequent misspellings and what is meant, of one or more words: `["wat", "what"]`.
    pub spelling: Vec<(String, String)>,
}

/// One file of patterns as it is used for answering; its examples are read by [`check`](super::check) alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    patterns: Option<Spanned<String>>,
    #[serde(default, rename = "examples")]
    _examples: IgnoredAny,
    #[serde(default, rename = "counter_examples")]
    _counter_examples: IgnoredAny,
}

/// Files of a language that are no patterns of an intent.
pub const OTHER_FILES: [&str; 5] = ["locale.toml", "wording.toml", "reading.toml", "shared.toml", "discord.toml"];

/// Sets of patterns that belong to a matcher of their own.
const OWN_MATCHER: [&str; 4] = ["kinds", "wrapping", "follow_up", "claim"];

impl Templates {
    /// Reads the pattern files of the language `tag`. Files that are not there are no faults here.
    ///
    /// # Errors
    /// Every fault found.
    pub fn load(folder: &Folder, tag: &str, intents: &Intents, clitics: &Clitics) -> Result<Self, Vec<Fault>> {
        let mut loader = Loader { folder, tag, clitics, rules: HashMap::new(), templates: Self::default(), faults: Vec::new() };
        loader.reading();
        loader.shared();
        for declaration in intents.all() {
            loader.intent(declaration);
        }
        let Loader { mut templates, faults, .. } = loader;
        let Self { asks, kinds, wrapping, follow_ups, claims, .. } = &mut templates;
        for matcher in [asks, kinds, wrapping, follow_ups, claims] {
            matcher.finish();
        }
        if faults.is_empty() { Ok(templates) } else { Err(faults) }
    }
}

struct Loader<'l> {
    folder: &'l Folder,
    tag: &'l str,
    clitics: &'l Clitics,
    rules: HashMap<String, Pattern>,
    templates: Templates,
    faults: Vec<Fault>,
}

impl Loader<'_> {
    fn read(&mut self, name: &str) -> Option<(String, String)> {
        let relative = format!("{}/{name}", self.tag);
        if !self.folder.has_file(&relative) {
            return None;
        }
        match super::language::read_text(self.folder, &relative) {
            Ok(text) => {
                self.templates.files.push(name.to_owned());
                Some((self.folder.path_of(&relative), text))
            }
            Err(faults) => {
                self.faults.extend(faults);
                None
            }
        }
    }

    fn reading(&mut self) {
        let Some((path, text)) = self.read("reading.toml") else { return };
        match fault::parse(&path, &text) {
            Ok(reading) => self.templates.reading = reading,
            Err(fault) => self.faults.push(fault),
        }
    }

    fn shared(&mut self) {
        let Some((path, text)) = self.read("shared.toml") else { return };
        match fault::parse::<BTreeMap<String, Spanned<String>>>(&path, &text) {
            Ok(rules) => {
                for (name, rule) in rules {
                    match template::parse(rule.get_ref().trim()) {
                        Ok(pattern) => drop(self.rules.insert(name, pattern.split(self.clitics))),
                        Err(error) => {
                            let place = content_start(&text, &rule) + error.offset;
                            self.faults.push(Fault::at(&path, &text, place, error.message));
                        }
                    }
                }
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    fn intent(&mut self, declaration: &Declaration) {
        let name = format!("{}.toml", declaration.id);
        let Some((path, text)) = self.read(&name) else { return };
        if declaration.id == "kinds" {
            match fault::parse::<BTreeMap<String, Spanned<String>>>(&path, &text) {
                Ok(kinds) => kinds.iter().for_each(|(kind, patterns)| self.patterns(&path, &text, patterns, declaration, kind)),
                Err(fault) => self.faults.push(fault),
            }
            return;
        }
        match fault::parse::<File>(&path, &text) {
            Ok(file) => {
                if let Some(patterns) = file.patterns {
                    self.patterns(&path, &text, &patterns, declaration, &declaration.id);
                }
            }
            Err(fault) => self.faults.push(fault),
        }
    }

    fn patterns(&mut self, path: &str, text: &str, patterns: &Spanned<String>, declaration: &Declaration, intent: &str) {
        let start = content_start(text, patterns);
        let first_line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
        let mut offset = start;
        for (number, line) in patterns.get_ref().split('\n').enumerate() {
            let pattern = line.trim();
            let indent = line.len() - line.trim_start().len();
            if !pattern.is_empty() && !pattern.starts_with('#') {
                let id = format!("{}/{}.toml:{}", self.tag, declaration.id, first_line + number);
                let added = template::parse(pattern).map_err(|error| (error.offset, error.message)).and_then(|parsed| {
                    self.add(declaration, intent, id, &parsed.split(self.clitics)).map_err(|message| (0, message))
                });
                if let Err((at, message)) = added {
                    let fault = Fault::at(path, text, offset + indent + at, message);
                    self.faults.push(self.hinted(fault, declaration));
                }
            }
            offset += line.len() + 1;
        }
    }

    fn add(&mut self, declaration: &Declaration, intent: &str, id: String, pattern: &Pattern) -> Result<(), String> {
        let matcher = match OWN_MATCHER.iter().position(|name| *name == declaration.id) {
            None => &mut self.templates.asks,
            Some(0) => &mut self.templates.kinds,
            Some(1) => &mut self.templates.wrapping,
            Some(2) => &mut self.templates.follow_ups,
            Some(_) => &mut self.templates.claims,
        };
        matcher.add(intent, id, pattern, &self.rules, &|slot| declaration.slot(slot))
    }

    /// Names the nearest rule or slot where an unknown one is used.
    fn hinted(&self, fault: Fault, declaration: &Declaration) -> Fault {
        let Some(wrong) = fault.message.split('`').nth(1).map(String::from) else { return fault };
        let near = if fault.message.starts_with("unknown slot") {
            fault::nearest(&wrong, declaration.slot_names())
        } else {
            fault::nearest(&wrong, self.rules.keys().map(String::as_str))
        };
        match near {
            Some(name) => fault.hint(format!("did you mean `{name}`?")),
            None => fault.hint("slots are declared in intents.toml, rules in shared.toml"),
        }
    }
}

/// Where the content of a string begins in its file: behind its quotation marks and the line break after them.
pub(crate) fn content_start(text: &str, value: &Spanned<String>) -> usize {
    let start = value.span().start;
    let rest = text.get(start..).unwrap_or_default();
    let marks = rest.len() - rest.trim_start_matches(['\'', '"']).len();
    let line_break = usize::from(marks == 3 && rest.get(marks..).is_some_and(|rest| rest.starts_with('\n')));
    start + marks.min(3) + line_break
}
