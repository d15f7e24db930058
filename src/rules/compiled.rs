//! All rules of a folder as one run of bytes: written when the program is built, read when it starts. Knows no source.

use serde::{Deserialize, Serialize};

use super::digest::digest;
use super::fault::Fault;
use super::intents::Intents;
use super::language::{self, Language};
use super::lexicon::Lexicon;
use super::templates::Templates;
use super::wording::{Plain, Wording};
use crate::folder::Folder;
use crate::locale::Locale;

/// The rules of every language; the large parts are themselves bytes, to be read when first needed.
#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static + 'c"))]
pub(super) struct Compiled<'c> {
    pub digest: [u8; 8],
    pub intents: Intents,
    #[serde(borrow)]
    pub languages: Vec<CompiledLanguage<'c>>,
}

/// One language.
#[derive(Serialize, Deserialize)]
pub(super) struct CompiledLanguage<'c> {
    pub tag: String,
    pub head: Locale,
    lexicon: &'c [u8],
    wording: &'c [u8],
    templates: &'c [u8],
}

/// Where the parts of a language stand in bytes that last as long as the program.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    lexicon: &'static [u8],
    wording: &'static [u8],
    templates: &'static [u8],
}

/// Reads every rule file of `folder` and gives all of it as bytes; the same files always give the same bytes.
///
/// # Errors
/// Every fault of every file.
pub fn compile(folder: &Folder) -> Result<Vec<u8>, Vec<Fault>> {
    let intents = language::intents(folder)?;
    let (mut read, mut faults) = (Vec::new(), Vec::new());
    for (tag, head) in language::heads(folder)? {
        match Language::read(folder, &tag, &head, &intents) {
            Ok(language) => {
                let Language { lexicon, wording, templates } = language;
                let parts = [bytes(&lexicon)?, bytes(&wording.to_plain())?, bytes(&templates)?];
                read.push((tag, head, parts));
            }
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut languages = Vec::new();
    for (tag, head, [lexicon, wording, templates]) in &read {
        languages.push(CompiledLanguage { tag: tag.clone(), head: Locale::clone(head), lexicon, wording, templates });
    }
    let digest = digest(folder).map_err(|error| vec![Fault::whole(&error.path, error.source.to_string())])?;
    bytes(&Compiled { digest, intents, languages })
}

impl CompiledLanguage<'static> {
    pub fn parts(&self) -> Parts {
        Parts { lexicon: self.lexicon, wording: self.wording, templates: self.templates }
    }
}

impl Parts {
    pub fn lexicon(self) -> Result<Lexicon, Vec<Fault>> {
        read(self.lexicon)
    }

    pub fn wording(self) -> Result<Wording, Vec<Fault>> {
        read::<Plain>(self.wording).map(Wording::of_plain)
    }

    pub fn templates(self) -> Result<Templates, Vec<Fault>> {
        read(self.templates)
    }
}

/// The rules in `bytes`, which [`compile`] made.
pub(super) fn open(bytes: &'static [u8]) -> Result<Compiled<'static>, Vec<Fault>> {
    postcard::from_bytes(bytes).map_err(unreadable)
}

fn bytes(value: &impl Serialize) -> Result<Vec<u8>, Vec<Fault>> {
    postcard::to_stdvec(value).map_err(unreadable)
}

fn read<T: Deserialize<'static>>(bytes: &'static [u8]) -> Result<T, Vec<Fault>> {
    postcard::from_bytes(bytes).map_err(unreadable)
}

fn unreadable(error: postcard::Error) -> Vec<Fault> {
    vec![Fault::whole("built-in prompts", format!("the compiled rules can't be read: {error}"))]
}
