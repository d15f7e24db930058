//! Reads the files of one language: lexicon, wording and patterns. Also when the program is built. Knows no source.

use std::sync::Arc;

use super::fault::{self, Fault};
use super::intents::Intents;
use super::lexicon::Lexicon;
use super::templates::Templates;
use super::wording::Wording;
use crate::folder::Folder;
use crate::locale::Locale;

/// Where intents are declared.
pub(super) const INTENTS: &str = "intents.toml";

/// The parts of one language.
pub(super) struct Language {
    pub lexicon: Lexicon,
    pub wording: Wording,
    pub templates: Templates,
}

impl Language {
    /// Reads every file of the language `tag` but its `locale.toml`, which is `head`.
    pub fn read(folder: &Folder, tag: &str, head: &Locale, intents: &Intents) -> Result<Self, Vec<Fault>> {
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
        let templates = Templates::load(folder, tag, intents, &head.clitics)?;
        Ok(Self { lexicon, wording, templates })
    }
}

/// The languages of `folder` by their tags, with what their `locale.toml` says.
pub(super) fn heads(folder: &Folder) -> Result<Vec<(String, Arc<Locale>)>, Vec<Fault>> {
    let names = folder.folders("").map_err(|error| vec![Fault::whole(&error.path, error.source.to_string())])?;
    let mut heads = Vec::new();
    for name in names {
        let path = format!("{name}/locale.toml");
        if folder.has_file(&path) {
            let text = read_text(folder, &path)?;
            let head: Locale = fault::parse(&folder.path_of(&path), &text).map_err(|fault| vec![fault])?;
            heads.push((name, Arc::new(head)));
        }
    }
    if heads.is_empty() {
        let fault = Fault::whole(&folder.name(), "no language was found in this folder");
        return Err(vec![fault.hint("a language is a folder with a locale.toml, such as en/locale.toml")]);
    }
    Ok(heads)
}

/// The intents that `folder` declares.
pub(super) fn intents(folder: &Folder) -> Result<Intents, Vec<Fault>> {
    if folder.has_file(INTENTS) {
        Intents::load(&folder.path_of(INTENTS), &read_text(folder, INTENTS)?)
    } else {
        Ok(Intents::default())
    }
}

pub(super) fn read_text(folder: &Folder, path: &str) -> Result<String, Vec<Fault>> {
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
