//! Loads `prompts/`: locales, lexicons, templates and wording, and checks them. Knows no source.

pub mod check;
mod compiled;
mod digest;
pub mod fault;
mod inflection;
pub mod intents;
mod language;
pub mod lexicon;
pub mod matcher;
pub mod template;
mod tables;
pub mod templates;
mod text;
mod walk;
pub mod wording;

use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};

pub use check::check;
pub use compiled::compile;
pub use fault::Fault;
pub use intents::Intents;
pub use lexicon::{Entry, Lexicon, LexiconMatch, opposite};
pub use templates::Templates;
pub(crate) use templates::content_start;
pub use text::Text;
pub use wording::Wording;

use crate::folder::{Folder, FolderError};
use crate::locale::Locale;
use compiled::Parts;
use language::{INTENTS, Language};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/prompts");

/// The same files, read when the program was built.
static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/prompts.bin"));

/// What the program knows of one language.
#[derive(Debug)]
pub struct LocaleRules {
    /// Tag, stemmer, stop words, inflection.
    pub locale: Arc<Locale>,
    /// Concepts and cues.
    pub lexicon: Lexicon,
    /// The frame of answers.
    pub wording: Wording,
    /// Patterns of questions.
    pub templates: Templates,
}

/// One language's rules, read when first needed: a question in English about an English source reads no Italian.
#[derive(Debug)]
struct Slot {
    tag: String,
    head: Arc<Locale>,
    /// Where they were compiled into the program; else they are read from the folder's files.
    compiled: Option<Parts>,
    rules: OnceLock<Result<LocaleRules, Vec<Fault>>>,
}

/// All rule files of a `prompts/` folder.
#[derive(Debug)]
pub struct Rules {
    folder: Folder,
    intents: Intents,
    slots: Vec<Slot>,
    digest: Option<[u8; 8]>,
}

impl Rules {
    /// The rules built into the program, compiled when it was built.
    ///
    /// # Errors
    /// When what was compiled can't be read (a test proves that it can).
    pub fn embedded() -> Result<Self, Vec<Fault>> {
        let compiled = compiled::open(COMPILED)?;
        let slot = |language: compiled::CompiledLanguage<'static>| {
            let parts = language.parts();
            Slot { tag: language.tag, head: Arc::new(language.head), compiled: Some(parts), rules: OnceLock::new() }
        };
        Ok(Self {
            folder: Folder::Embedded(&EMBEDDED, "prompts"),
            intents: compiled.intents,
            slots: compiled.languages.into_iter().map(slot).collect(),
            digest: Some(compiled.digest),
        })
    }

    /// Finds the locales of `folder`; each language's other files are read when first needed.
    ///
    /// # Errors
    /// When the folder can't be listed, has no locale, or a `locale.toml` is at fault.
    pub fn load(folder: Folder) -> Result<Self, Vec<Fault>> {
        let slot = |(tag, head)| Slot { tag, head, compiled: None, rules: OnceLock::new() };
        let slots = language::heads(&folder)?.into_iter().map(slot).collect();
        let intents = language::intents(&folder)?;
        Ok(Self { folder, intents, slots, digest: None })
    }

    /// Eight bytes of a digest over every rule file.
    ///
    /// # Errors
    /// When a file can't be read.
    pub fn digest(&self) -> Result<[u8; 8], FolderError> {
        self.digest.map_or_else(|| digest::digest(&self.folder), Ok)
    }

    /// The intents and their slots.
    #[must_use]
    pub fn intents(&self) -> &Intents {
        &self.intents
    }

    /// The folder the rules come from.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The languages there are (their `locale.toml` only).
    pub fn locales(&self) -> impl Iterator<Item = &Locale> {
        self.slots.iter().map(|slot| slot.head.as_ref())
    }

    /// The `locale.toml` of the language `tag`, without reading its other files; "it-CH" falls back to "it".
    #[must_use]
    pub fn locale(&self, tag: &str) -> Option<&Locale> {
        self.slot(tag).map(|slot| slot.head.as_ref())
    }

    /// The rules of the language `tag`; "it-CH" falls back to "it". `None` where there is no such language or its files
    /// are at fault ([`Rules::faults`] tells which).
    #[must_use]
    pub fn language(&self, tag: &str) -> Option<&LocaleRules> {
        self.rules_of(self.slot(tag)?).as_ref().ok()
    }

    /// Every fault of every language's files.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.slots.iter().filter_map(|slot| self.rules_of(slot).as_ref().err()).flatten().cloned().collect()
    }

    fn slot(&self, tag: &str) -> Option<&Slot> {
        let base = tag.split(['-', '_']).next().unwrap_or(tag).to_lowercase();
        self.slots.iter().find(|slot| slot.tag.eq_ignore_ascii_case(tag) || slot.tag == base)
    }

    fn rules_of<'r>(&'r self, slot: &'r Slot) -> &'r Result<LocaleRules, Vec<Fault>> {
        slot.rules.get_or_init(|| match slot.compiled {
            Some(parts) => slot.compiled(parts),
            None => {
                let Language { lexicon, wording, templates } =
                    Language::read(&self.folder, &slot.tag, &slot.head, &self.intents)?;
                Ok(LocaleRules { locale: slot.head.clone(), lexicon, wording, templates })
            }
        })
    }
}

impl Slot {
    fn compiled(&self, parts: Parts) -> Result<LocaleRules, Vec<Fault>> {
        Ok(LocaleRules {
            locale: self.head.clone(),
            lexicon: parts.lexicon()?,
            wording: parts.wording()?,
            templates: parts.templates()?,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn bytes(value: &impl serde::Serialize) -> Vec<u8> {
        postcard::to_stdvec(value).unwrap()
    }

    #[test]
    fn what_was_compiled_is_what_the_files_say() {
        let folder = Folder::Disk("prompts".into());
        assert!(compile(&folder).unwrap() == COMPILED, "the program was built from other files than those in prompts/");
        let (built, read) = (Rules::embedded().unwrap(), Rules::load(folder).unwrap());
        assert_eq!(built.digest().unwrap(), read.digest().unwrap());
        assert_eq!(bytes(built.intents()), bytes(read.intents()));
        assert_eq!(built.locales().map(bytes).collect::<Vec<_>>(), read.locales().map(bytes).collect::<Vec<_>>());
        for tag in ["en", "it"] {
            let (built, read) = (built.language(tag).unwrap(), read.language(tag).unwrap());
            assert_eq!(built.wording, read.wording);
            assert!(bytes(&built.lexicon) == bytes(&read.lexicon) && !read.lexicon.entries().is_empty());
            assert!(bytes(&built.templates) == bytes(&read.templates) && !read.templates.asks.templates().is_empty());
        }
    }

    #[test]
    fn the_digest_tells_the_built_in_files_too() {
        let rules = Rules::embedded().unwrap();
        assert_eq!(rules.digest().unwrap(), digest::digest(rules.folder()).unwrap());
    }
}
