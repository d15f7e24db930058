//! The concept lexicon of one language: words and phrases with concept ids shared by all languages. Knows no source.

use serde::{Deserialize, Serialize};

use super::fault::{self, Fault};
use super::inflection::Inflection;
use super::tables::{Lists, WordTable};
use super::text::Text;
use crate::locale::Locale;
use crate::token::{self, Token};

/// The forms of one concept in one language: one line of a lexicon file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Entry {
    /// Concept id shared by all languages: "say.state", "status.house_arrest", "kind.company".
    pub id: Text,
    /// Dictionary forms; several words make a phrase. Each inflects as `pos` says.
    pub forms: Vec<Text>,
    /// Part of speech: "verb" (the first word of a phrase inflects), "noun" or "adj" (see `Locale::paradigms`), or
    /// "word" (stands as it is).
    pub pos: Text,
    /// Forms that no paradigm makes, each with its tags: `["said", "past participle"]`.
    pub irregular: Vec<(Text, Text)>,
    /// Marks that a module's rules read ("clause", "person_object", "negative" …).
    pub traits: Vec<Text>,
}

/// An entry as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    forms: Vec<String>,
    #[serde(default = "word")]
    pos: String,
    #[serde(default)]
    irregular: Vec<(String, String)>,
    #[serde(default)]
    traits: Vec<String>,
    /// A sentence that shows the entry in use, for the reader of the file.
    #[serde(default, rename = "example")]
    _example: Option<String>,
}

impl From<Written> for Entry {
    fn from(written: Written) -> Self {
        let texts = |list: Vec<String>| list.into_iter().map(Text::from).collect();
        Self {
            id: written.id.into(),
            forms: texts(written.forms),
            pos: written.pos.into(),
            irregular: written.irregular.into_iter().map(|(form, tags)| (form.into(), tags.into())).collect(),
            traits: texts(written.traits),
        }
    }
}

fn word() -> String {
    "word".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LexiconFile {
    #[serde(default, rename = "entry")]
    entries: Vec<Written>,
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
        self.traits.iter().any(|own| own.as_str() == name)
    }

    /// Whether its concept id is among `ids`.
    #[must_use]
    pub fn is_among(&self, ids: &[String]) -> bool {
        ids.iter().any(|id| self.id == id.as_str())
    }

    /// Whether the concept id is `class` or lies under it ("say" holds "say.state").
    #[must_use]
    pub fn is_a(&self, class: &str) -> bool {
        self.id.strip_prefix(class).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// The concept that says the opposite: "contrast.rise.b" of "contrast.rise.a"; `None` for one of no pair.
#[must_use]
pub fn opposite(id: &str) -> Option<String> {
    let (pair, side) = id.rsplit_once('.').filter(|_| id.starts_with("contrast."))?;
    match side {
        "a" => Some(format!("{pair}.b")),
        "b" => Some(format!("{pair}.a")),
        _ => None,
    }
}

/// Where a form leads: an entry, and the words that must follow the first.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Lead {
    entry: u32,
    /// Number of the list of words that follow.
    rest: u32,
    /// Which of the entry's irregular forms it is, from 1; 0 for a dictionary form, which may be inflected.
    irregular: u32,
}

/// All entries of one language with the look-ups over them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    entries: Vec<Entry>,
    words: WordTable,
    /// By the number of their first word, in the order of the files.
    leads: Vec<Lead>,
    by_first: Lists,
    rests: Lists,
    inflection: Inflection,
}

/// Leads with their first words, while files are read.
type Led = Vec<(u32, Lead)>;

impl Lexicon {
    /// Reads lexicon files (`path`, `text`) of one language.
    ///
    /// # Errors
    /// Every fault found: bad TOML, an empty form, a part of speech without paradigm, one form twice for one concept.
    pub fn load(files: &[(String, String)], locale: &Locale) -> Result<Self, Vec<Fault>> {
        let mut lexicon = Self { inflection: Inflection::of(&locale.paradigms), ..Self::default() };
        let (mut led, mut faults) = (Led::new(), Vec::new());
        // The empty list comes first: most forms are of one word.
        lexicon.rests.add(&[]);
        for (path, text) in files {
            match fault::parse::<LexiconFile>(path, text) {
                Ok(file) => {
                    let entries = file.entries.into_iter().map(Entry::from);
                    entries.for_each(|entry| lexicon.add(entry, path, text, locale, &mut led, &mut faults));
                }
                Err(fault) => faults.push(fault),
            }
        }
        let numbered = (0..).zip(&led).map(|(number, (first, _))| (*first, number)).collect::<Vec<_>>();
        lexicon.by_first = Lists::grouped(lexicon.words.len(), &numbered);
        lexicon.leads = led.into_iter().map(|(_, lead)| lead).collect();
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
        self.each_at(tokens, |entry| found.push(entry));
        found.sort_by_key(|found| std::cmp::Reverse(found.len));
        found.dedup_by(|a, b| a.len == b.len && a.entry == b.entry && a.tags == b.tags);
        found
    }

    /// Whether an entry that is `wanted` stands anywhere in `tokens`.
    #[must_use]
    pub fn holds(&self, tokens: &[Token], wanted: impl Fn(&LexiconMatch<'_>) -> bool) -> bool {
        (0..tokens.len()).any(|at| {
            let mut holds = false;
            self.each_at(tokens.get(at..).unwrap_or_default(), |found| holds = holds || wanted(&found));
            holds
        })
    }

    /// Whether an entry of the class stands anywhere in `tokens`.
    #[must_use]
    pub fn holds_class(&self, tokens: &[Token], class: &str) -> bool {
        self.holds(tokens, |found| found.entry.is_a(class))
    }

    /// Calls `found` for every entry that begins at `tokens[0]`, in the order of the files.
    fn each_at<'l>(&'l self, tokens: &[Token], mut found: impl FnMut(LexiconMatch<'l>)) {
        let Some(first) = tokens.first() else { return };
        self.each_lemma(&first.folded, |lead, tags| {
            if let Some(entry) = self.complete(lead, tags, tokens) {
                found(entry);
            }
        });
    }

    /// Whether some entry begins with this word, in whatever form.
    #[must_use]
    pub fn may_begin(&self, folded: &str) -> bool {
        let mut may = false;
        self.each_lemma(folded, |_, _| may = true);
        may
    }

    fn add(&mut self, entry: Entry, path: &str, text: &str, locale: &Locale, led: &mut Led, faults: &mut Vec<Fault>) {
        let place = || text.find(&format!("\"{}\"", entry.id)).unwrap_or(0);
        if &*entry.pos != "word" && !locale.paradigms.iter().any(|paradigm| paradigm.pos == *entry.pos) {
            let known = locale.paradigms.iter().map(|paradigm| paradigm.pos.as_str()).chain(["word"]);
            let fault =
                Fault::at(path, text, place(), format!("`{}` has the unknown part of speech `{}`", entry.id, entry.pos));
            let near = fault::nearest(&entry.pos, known).unwrap_or("word").to_owned();
            faults.push(fault.hint(format!("did you mean `{near}`?")));
        }
        let number = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let regular = entry.forms.iter().map(|form| (form, 0));
        let irregular = entry.irregular.iter().zip(1..).map(|((form, _), at)| (form, at));
        for (form, irregular) in regular.chain(irregular) {
            let words = words_of(form, locale).iter().map(|word| self.words.add(word)).collect::<Vec<_>>();
            match words.split_first() {
                Some((first, rest)) => {
                    let rest = if rest.is_empty() { 0 } else { self.rests.add(rest) };
                    led.push((*first, Lead { entry: number, rest, irregular }));
                }
                None => faults.push(Fault::at(path, text, place(), format!("`{}` has an empty form", entry.id))),
            }
        }
        self.entries.push(entry);
    }

    /// Calls `found` for each lead that `word` may be the first word of, with the tags of its form.
    fn each_lemma<'l>(&'l self, word: &str, mut found: impl FnMut(&'l Lead, &'l str)) {
        for lead in self.leads_of(self.words.get(word)) {
            found(lead, self.irregular_tags(lead).unwrap_or("base"));
        }
        self.inflection.each(word, |form| {
            for lead in self.leads_of(self.words.get_joined(form.stem, form.ending)) {
                let pos = self.entries.get(lead.entry as usize).map_or("", |entry| &entry.pos);
                let first_inflects = pos == "verb" || lead.rest == 0;
                if lead.irregular == 0 && pos == form.pos && first_inflects {
                    found(lead, form.tags);
                }
            }
        });
    }

    fn leads_of(&self, first: Option<u32>) -> impl Iterator<Item = &Lead> {
        let numbers = first.map_or(&[][..], |first| self.by_first.get(first));
        numbers.iter().filter_map(|&number| self.leads.get(number as usize))
    }

    fn irregular_tags(&self, lead: &Lead) -> Option<&str> {
        let entry = self.entries.get(lead.entry as usize)?;
        entry.irregular.get(lead.irregular.checked_sub(1)? as usize).map(|(_, tags)| tags.as_str())
    }

    /// Checks the words after the first; the last word of a noun or adjective phrase may be inflected.
    fn complete<'l>(&'l self, lead: &'l Lead, tags: &'l str, tokens: &[Token]) -> Option<LexiconMatch<'l>> {
        let entry = self.entries.get(lead.entry as usize)?;
        let rest = self.rests.get(lead.rest);
        let mut tags = tags;
        for (at, &wanted) in rest.iter().enumerate() {
            let actual = &tokens.get(at + 1)?.folded;
            let wanted = self.words.word(wanted);
            if actual == wanted {
                continue;
            }
            let last = at + 1 == rest.len();
            if !last || lead.irregular != 0 || !matches!(entry.pos.as_str(), "noun" | "adj") {
                return None;
            }
            let mut inflected = None;
            self.inflection.each(actual, |form| {
                if form.is(wanted) && form.pos == &*entry.pos {
                    inflected = Some(form.tags);
                }
            });
            tags = inflected?;
        }
        Some(LexiconMatch { entry, number: lead.entry, len: rest.len() + 1, tags })
    }
}

/// The words of a form; what begins or ends with its apostrophe ("'s", "l'") is one.
fn words_of(form: &str, locale: &Locale) -> Vec<String> {
    if (form.starts_with('\'') || form.ends_with('\'')) && form.len() > 1 && !form.contains(' ') {
        return vec![token::fold(form)];
    }
    token::tokenize(form, &locale.clitics).into_iter().map(|token| token.folded).collect()
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
        lexicon.at(&tokens).iter().map(|found| (found.entry.id.to_string(), found.len, found.tags.to_owned())).collect()
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
