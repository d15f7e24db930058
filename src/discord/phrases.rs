//! What the bot says beside the answers, in the reader's language, from `prompts/<locale>/discord.toml`. Knows no event.

use std::collections::BTreeMap;

use crate::rules::fault;
use crate::rules::{Fault, Rules, Wording};

/// The language that has every phrase.
const FALLBACK: &str = "en";

/// The phrases of every language that has the file.
#[derive(Debug)]
pub struct Phrases {
    by_tag: BTreeMap<String, Wording>,
    none: Wording,
}

/// The phrases for one reader.
#[derive(Debug, Clone, Copy)]
pub struct Words<'p> {
    own: &'p Wording,
    fallback: &'p Wording,
}

impl Phrases {
    /// Reads the file of each language.
    ///
    /// # Errors
    /// The faults of all files; having no phrases in the fallback language is one.
    pub fn load(rules: &Rules) -> Result<Self, Vec<Fault>> {
        let mut by_tag = BTreeMap::new();
        let mut faults = Vec::new();
        let folder = rules.folder();
        for locale in rules.locales() {
            let path = format!("{}/discord.toml", locale.tag);
            if !folder.has_file(&path) {
                continue;
            }
            let shown = folder.path_of(&path);
            let text = match folder.read(&path) {
                Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                Err(error) => {
                    faults.push(Fault::whole(&shown, error.source.to_string()));
                    continue;
                }
            };
            match fault::parse::<Wording>(&shown, &text) {
                Ok(wording) => drop(by_tag.insert(locale.tag.to_lowercase(), wording)),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() && !by_tag.contains_key(FALLBACK) {
            faults.push(Fault::whole(&folder.path_of("en/discord.toml"), "the bot's phrases are not there"));
        }
        if faults.is_empty() { Ok(Self { by_tag, none: Wording::default() }) } else { Err(faults) }
    }

    /// The phrases for a locale of Discord ("it", "en-GB").
    #[must_use]
    pub fn of(&self, locale: &str) -> Words<'_> {
        let tag = locale.to_lowercase();
        let base = tag.split(['-', '_']).next().unwrap_or(&tag);
        let fallback = self.by_tag.get(FALLBACK).unwrap_or(&self.none);
        let own = self.by_tag.get(&tag).or_else(|| self.by_tag.get(base)).unwrap_or(fallback);
        Words { own, fallback }
    }

    /// Whether there are phrases in that language.
    #[must_use]
    pub fn has(&self, locale: &str) -> bool {
        let tag = locale.to_lowercase();
        self.by_tag.contains_key(&tag) || tag.split(['-', '_']).next().is_some_and(|base| self.by_tag.contains_key(base))
    }

    /// The languages there are, without the fallback.
    pub fn translations(&self) -> impl Iterator<Item = (&str, &Wording)> {
        self.by_tag.iter().filter(|(tag, _)| *tag != FALLBACK).map(|(tag, wording)| (tag.as_str(), wording))
    }

    /// Keys that a translation lacks, for `--check`: "it: command.ask".
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        let Some(all) = self.by_tag.get(FALLBACK) else { return Vec::new() };
        let keys: Vec<String> = all.keys().collect();
        let lacking = |tag: &str, own: &Wording| {
            keys.iter().filter(|key| !own.has(key)).map(|key| format!("{tag}: {key}")).collect::<Vec<_>>()
        };
        self.translations().flat_map(|(tag, own)| lacking(tag, own)).collect()
    }
}

impl Words<'_> {
    /// The phrase `key` with its places filled in.
    #[must_use]
    pub fn text(&self, key: &str, places: &[(&str, &str)]) -> String {
        if self.own.has(key) { self.own.text(key, places) } else { self.fallback.text(key, places) }
    }

    /// The phrase `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        self.text(key, &[])
    }
}
