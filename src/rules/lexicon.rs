//! The concept lexicon of one language: words and phrases with concept ids shared by all languages. Knows no source.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::locale::{Locale, Paradigm};
use crate::rules::fault::Fault;
use crate::rules::sorted::sorted;
use crate::token::{self, Token};

/// One line of a lexicon file: the forms of one concept in one language.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Concept id shared by all languages: "say.state", "status.house_arrest", "thing.company".
    pub id: String,
    /// Dictionary forms; several words make a phrase. Each inflects as `pos` says.
    pub forms: Vec<String>,
    /// Part of speech: "verb" (the first word of a phrase inflects), "noun" or "adj" (see `Locale::paradigms`), or
    /// "word" (stands as it is).
    #[serde(default = "word")]
    pub pos: String,
    /// Forms that no paradigm makes, each with its tags: `["said", "past participle"]`.
    #[serde(default)]
    pub irregular: Vec<(String, String)>,
    /// Marks that a module's rules read ("clause", "person_object", "negative" …).
    #[serde(default)]
    pub traits: Vec<String>,
    /// A sentence that shows the entry in use.
    #[serde(default)]
    pub example: Option<String>,
}

fn word() -> String {
    "word".to_owned()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LexiconFile {
    #[serde(default, rename = "entry")]
    entries: Vec<Entry>,
}

/// A lexicon entry found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LexiconMatch<'l> {
    /// The entry.
    pub entry: &'l Entry,
    /// Its place in [`Lexicon::entries`].
    pub number: u32,
    /// Number of tokens it covers.
    pub len: usize,
    /// Tags of the inflected form, parted by spaces ("past participle"); "base" for the dictionary form.
    pub tags: &'l str,
}

impl LexiconMatch<'_> {
    /// Whether the form has the tag.
    #[must_use]
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.split(' ').any(|own| own == tag)
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Entry {}

impl Entry {
    /// Whether the entry has the trait.
    #[must_use]
    pub fn has_trait(&self, name: &str) -> bool {
        self.traits.iter().any(|own| own == name)
    }

    /// Whether the concept id is `class` or lies under it ("say" holds "say.state").
    #[must_use]
    pub fn is_a(&self, class: &str) -> bool {
        self.id.strip_prefix(class).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// Where a form leads: an entry, and the words that must follow the first.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Lead {
    entry: u32,
    rest: Vec<String>,
    /// Whether the first word may be inflected (else the last word may, for nouns and adjectives).
    tags: Option<String>,
}

/// All entries of one language with the look-ups over them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Lexicon {
    entries: Vec<Entry>,
    #[serde(serialize_with = "sorted")]
    leads: HashMap<String, Vec<Lead>>,
    paradigms: Vec<Paradigm>,
}

impl Lexicon {
    /// Reads lexicon files (`path`, `text`) of one language.
    ///
    /// # Errors
    /// Every fault found: bad TOML, an empty form, a part of speech without paradigm, one form twice for one concept.
    pub fn load(files: &[(String, String)], locale: &Locale) -> Result<Self, Vec<Fault>> {
        let mut lexicon = Self { paradigms: locale.paradigms.clone(), ..Self::default() };
        let mut faults = Vec::new();
        for (path, text) in files {
            match super::fault::parse::<LexiconFile>(path, text) {
                Ok(file) => file.entries.into_iter().for_each(|entry| lexicon.add(entry, path, text, locale, &mut faults)),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(lexicon) } else { Err(faults) }
    }

    /// Every entry, in file order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Every entry that begins at `tokens[0]`, longest first.
    #[must_use]
    pub fn at<'l>(&'l self, tokens: &[Token]) -> Vec<LexiconMatch<'l>> {
        let mut found = Vec::new();
        let Some(first) = tokens.first() else { return found };
        self.each_lemma(&first.folded, |lead, tags| {
            if let Some(found_match) = self.complete(lead, tags, tokens) {
                found.push(found_match);
            }
        });
        found.sort_by_key(|found| std::cmp::Reverse(found.len));
        found.dedup_by(|a, b| a.len == b.len && a.entry == b.entry && a.tags == b.tags);
        found
    }

    /// Whether some entry begins with this word, in whatever form.
    #[must_use]
    pub fn may_begin(&self, folded: &str) -> bool {
        let mut may = false;
        self.each_lemma(folded, |_, _| may = true);
        may
    }

    fn add(&mut self, entry: Entry, path: &str, text: &str, locale: &Locale, faults: &mut Vec<Fault>) {
        let place = || text.find(&format!("\"{}\"", entry.id)).unwrap_or(0);
        if entry.pos != "word" && !locale.paradigms.iter().any(|paradigm| paradigm.pos == entry.pos) {
            let known = locale.paradigms.iter().map(|paradigm| paradigm.pos.as_str()).chain(["word"]);
            let fault =
                Fault::at(path, text, place(), format!("`{}` has the unknown part of speech `{}`", entry.id, entry.pos));
            let near = super::fault::nearest(&entry.pos, known).unwrap_or("word").to_owned();
            faults.push(fault.hint(format!("did you mean `{near}`?")));
        }
        let number = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let regular = entry.forms.iter().map(|form| (form, None));
        let irregular = entry.irregular.iter().map(|(form, tags)| (form, Some(tags.clone())));
        for (form, tags) in regular.chain(irregular) {
            let words = words_of(form, locale);
            match words.split_first() {
                Some((first, rest)) => {
                    let lead = Lead { entry: number, rest: rest.to_vec(), tags };
                    self.leads.entry(first.clone()).or_default().push(lead);
                }
                None => faults.push(Fault::at(path, text, place(), format!("`{}` has an empty form", entry.id))),
            }
        }
        self.entries.push(entry);
    }

    /// Calls `found` for each lead that `word` may be the first word of, with the tags of its form.
    fn each_lemma<'l>(&'l self, word: &str, mut found: impl FnMut(&'l Lead, &'l str)) {
        for lead in self.leads.get(word).map(Vec::as_slice).unwrap_or_default() {
            found(lead, lead.tags.as_deref().unwrap_or("base"));
        }
        self.each_dictionary_form(word, |form, paradigm, tags| {
            for lead in self.leads.get(form).map(Vec::as_slice).unwrap_or_default() {
                let pos = self.entries.get(lead.entry as usize).map_or("", |entry| entry.pos.as_str());
                let first_inflects = pos == "verb" || lead.rest.is_empty();
                if lead.tags.is_none() && pos == paradigm.pos && first_inflects {
                    found(lead, tags);
                }
            }
        });
    }

    /// Calls `found` for each dictionary form that `word` may be an inflected form of.
    fn each_dictionary_form<'l>(&'l self, word: &str, mut found: impl FnMut(&str, &'l Paradigm, &'l str)) {
        for paradigm in &self.paradigms {
            for (ending, tags) in &paradigm.endings {
                let Some(stem) = word.strip_suffix(ending.as_str()) else { continue };
                if stem.chars().count() < 2 {
                    continue;
                }
                if paradigm.doubles {
                    if let Some(short) = undouble(stem) {
                        found(&format!("{short}{}", paradigm.ends), paradigm, tags);
                    }
                } else {
                    found(&format!("{stem}{}", paradigm.ends), paradigm, tags);
                }
            }
        }
    }

    /// Checks the words after the first; the last word of a noun or adjective phrase may be inflected.
    fn complete<'l>(&'l self, lead: &'l Lead, tags: &'l str, tokens: &[Token]) -> Option<LexiconMatch<'l>> {
        let entry = self.entries.get(lead.entry as usize)?;
        let mut tags = tags;
        for (at, wanted) in lead.rest.iter().enumerate() {
            let actual = &tokens.get(at + 1)?.folded;
            if actual == wanted {
                continue;
            }
            let last = at + 1 == lead.rest.len();
            if !last || lead.tags.is_some() || !matches!(entry.pos.as_str(), "noun" | "adj") {
                return None;
            }
            let mut inflected = None;
            self.each_dictionary_form(actual, |form, paradigm, form_tags| {
                if form == wanted && paradigm.pos == entry.pos {
                    inflected = Some(form_tags);
                }
            });
            tags = inflected?;
        }
        Some(LexiconMatch { entry, number: lead.entry, len: lead.rest.len() + 1, tags })
    }
}

/// The words of a form; what begins or ends with its apostrophe ("'s", "l'") is one.
fn words_of(form: &str, locale: &Locale) -> Vec<String> {
    if (form.starts_with('\'') || form.ends_with('\'')) && form.len() > 1 && !form.contains(' ') {
        return vec![token::fold(form)];
    }
    token::tokenize(form, &locale.clitics).into_iter().map(|token| token.folded).collect()
}

/// "stopp" → "stop": the word without its last letter where the last two are the same consonant.
fn undouble(stem: &str) -> Option<&str> {
    let mut backwards = stem.char_indices().rev();
    let (at, last) = backwards.next()?;
    let (_, before) = backwards.next()?;
    (last == before && last.is_alphabetic() && !"aeiou".contains(last)).then(|| stem.get(..at)).flatten()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn lexicon() -> (Lexicon, Locale) {
        let locale: Locale = toml::from_str(
            r#"
            tag = "en"
            name = "English"
            [[paradigm]]
            pos = "verb"
            ends = ""
            endings = [["s", "third"], ["ed", "past participle"], ["ing", "gerund"]]
            [[paradigm]]
            pos = "verb"
            ends = ""
            doubles = true
            endings = [["ed", "past participle"]]
            [[paradigm]]
            pos = "noun"
            ends = ""
            endings = [["s", "plural"]]
            "#,
        )
        .unwrap();
        let text = r#"
            [[entry]]
            id = "say.state"
            pos = "verb"
            forms = ["point out", "say"]
            irregular = [["said", "past participle"]]
            [[entry]]
            id = "act.stop"
            pos = "verb"
            forms = ["stop"]
            [[entry]]
            id = "role.minister"
            pos = "noun"
            forms = ["prime minister"]
        "#;
        (Lexicon::load(&[("t.toml".into(), text.into())], &locale).unwrap(), locale)
    }

    fn at(text: &str) -> Vec<(String, usize, String)> {
        let (lexicon, locale) = lexicon();
        let tokens = token::tokenize(text, &locale.clitics);
        lexicon.at(&tokens).iter().map(|found| (found.entry.id.clone(), found.len, found.tags.to_owned())).collect()
    }

    #[test]
    fn inflected_phrases_and_doubled_consonants_lead_to_their_concept() {
        assert_eq!(at("pointed out that"), [("say.state".into(), 2, "past participle".into())]);
        assert_eq!(at("said"), [("say.state".into(), 1, "past participle".into())]);
        assert_eq!(at("stopped"), [("act.stop".into(), 1, "past participle".into())]);
        assert_eq!(at("Prime Ministers met"), [("role.minister".into(), 2, "plural".into())]);
        assert_eq!(at("points in"), []);
    }
}
