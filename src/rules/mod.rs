//! Loads `prompts/`: locales, lexicons, templates and wording, and checks them. Knows no source.

pub mod check;
pub mod fault;
pub mod intents;
pub mod lexicon;
pub mod matcher;
pub mod template;
mod meanwhile;
pub mod templates;
pub mod wording;

use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

pub use check::check;
pub use fault::Fault;
pub use intents::Intents;
pub use lexicon::{Entry, Lexicon, LexiconMatch};
pub use meanwhile::Meanwhile;
pub use templates::Templates;
pub(crate) use templates::content_start;
pub use wording::Wording;

use crate::folder::Folder;
use crate::locale::Locale;

/// Where intents are declared.
const INTENTS: &str = "intents.toml";

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/prompts");

/// What the program knows of one language.
#[derive(Debug)]
pub struct LocaleRules {
    /// Tag, stemmer, stop words, inflection.
    pub locale: Locale,
    /// Concepts and cues.
    pub lexicon: Lexicon,
    /// The frame of answers.
    pub wording: Wording,
    /// Patterns of questions.
    pub templates: Meanwhile<Templates>,
}

/// One language's rules, read when first needed: a question in English about an English source reads no Italian.
#[derive(Debug)]
struct Slot {
    tag: String,
    head: Locale,
    rules: OnceLock<Result<LocaleRules, Vec<Fault>>>,
}

/// All rule files of a `prompts/` folder.
#[derive(Debug)]
pub struct Rules {
    folder: Folder,
    intents: Intents,
    slots: Vec<Slot>,
}

impl Rules {
    /// The rules built into the program.
    ///
    /// # Errors
    /// When a `locale.toml` is at fault (a test proves that none is).
    pub fn embedded() -> Result<Self, Vec<Fault>> {
        Self::load(Folder::Embedded(&EMBEDDED, "prompts"))
    }

    /// Finds the locales of `folder`; each language's other files are read when first needed.
    ///
    /// # Errors
    /// When the folder can't be listed, has no locale, or a `locale.toml` is at fault.
    pub fn load(folder: Folder) -> Result<Self, Vec<Fault>> {
        let names = folder.folders("").map_err(|error| vec![Fault::whole(&error.path, error.source.to_string())])?;
        let mut slots = Vec::new();
        for name in names {
            let path = format!("{name}/locale.toml");
            if !folder.has_file(&path) {
                continue;
            }
            let text = read_text(&folder, &path)?;
            let head: Locale = fault::parse(&folder.path_of(&path), &text).map_err(|fault| vec![fault])?;
            slots.push(Slot { tag: name, head, rules: OnceLock::new() });
        }
        if slots.is_empty() {
            let fault = Fault::whole(&folder.name(), "no language was found in this folder");
            return Err(vec![fault.hint("a language is a folder with a locale.toml, such as en/locale.toml")]);
        }
        let intents = if folder.has_file(INTENTS) {
            Intents::load(&folder.path_of(INTENTS), &read_text(&folder, INTENTS)?)?
        } else {
            Intents::default()
        };
        Ok(Self { folder, intents, slots })
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
        self.slots.iter().map(|slot| &slot.head)
    }

    /// The `locale.toml` of the language `tag`, without reading its other files; "it-CH" falls back to "it".
    #[must_use]
    pub fn locale(&self, tag: &str) -> Option<&Locale> {
        self.slot(tag).map(|slot| &slot.head)
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
        slot.rules.get_or_init(|| load_language(&self.folder, &slot.tag, &slot.head, &self.intents))
    }
}

fn load_language(folder: &Folder, tag: &str, head: &Locale, intents: &Intents) -> Result<LocaleRules, Vec<Fault>> {
    // A question is read after its source: its patterns can be made meanwhile. The built-in ones are without fault, so that nothing
    // needs to wait for them here.
    let meanwhile = matches!(folder, Folder::Embedded(..)).then(|| {
        let (folder, tag, intents, clitics) = (folder.clone(), tag.to_owned(), intents.clone(), head.clitics.clone());
        Meanwhile::made_by(move || Templates::load(&folder, &tag, &intents, &clitics).unwrap_or_default())
    });
    let mut files = Vec::new();
    let lexicon_folder = format!("{tag}/lexicon");
    for name in folder.files(&lexicon_folder).unwrap_or_default() {
        let path = format!("{lexicon_folder}/{name}");
        files.push((folder.path_of(&path), read_text(folder, &path)?));
    }
    let lexicon = Lexicon::load(&files, head)?;
    let wording_path = format!("{tag}/wording.toml");
    let wording = if folder.has_file(&wording_path) {
        let text = read_text(folder, &wording_path)?;
        fault::parse(&folder.path_of(&wording_path), &text).map_err(|fault| vec![fault])?
    } else {
        Wording::default()
    };
    let templates = match meanwhile {
        Some(templates) => templates,
        None => Meanwhile::ready(Templates::load(folder, tag, intents, &head.clitics)?),
    };
    Ok(LocaleRules { locale: head.clone(), lexicon, wording, templates })
}

fn read_text(folder: &Folder, path: &str) -> Result<String, Vec<Fault>> {
    let shown = folder.path_of(path);
    let bytes = folder.read(path).map_err(|error| vec![Fault::whole(&shown, error.source.to_string())])?;
    match String::from_utf8(bytes.into_owned()) {
        Ok(text) => Ok(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            Err(vec![Fault::whole(&shown, format!("not UTF-8 from byte {at} on"))])
        }
    }
}
