//! A text as retrieval sees it: stems with flags, and the concepts they stand for. Knows no question and no ranking.

use std::collections::HashMap;

use crate::locale::Locale;
use crate::rules::{Lexicon, LocaleRules, Rules};
use crate::token::{self, Token, TokenKind};

/// Number of a stem in a [`Vocabulary`]; numbers from [`Vocabulary::len`] on are words that no passage holds.
pub type Term = u32;
/// Number of a concept in a [`Vocabulary`].
pub type Concept = u32;

/// Begins with an upper-case letter.
pub const CAPITAL: u16 = 1;
/// First word of its text.
pub const FIRST: u16 = 2;
/// A number, in digits or as a number word.
pub const NUMBER: u16 = 4;
/// A number that may be a year (1000 to 2100).
pub const YEAR: u16 = 8;
/// A month or a day of the week.
pub const DATE: u16 = 16;
/// Carries no content.
pub const STOP: u16 = 32;
/// A mark of punctuation stands before it.
pub const BREAK: u16 = 64;
/// A number beside a currency sign.
pub const MONEY: u16 = 128;
/// A number before a per cent sign.
pub const PERCENT: u16 = 256;
/// Written in digits.
pub const DIGITS: u16 = 512;

/// One word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its stem.
    pub term: Term,
    /// What is known of it: the constants of this module.
    pub flags: u16,
}

impl Word {
    /// Whether any of `flags` is set.
    #[must_use]
    pub fn is(self, flags: u16) -> bool {
        self.flags & flags != 0
    }
}

/// A concept found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConceptAt {
    /// Which.
    pub concept: Concept,
    /// Index of its first word.
    pub at: u16,
    /// Number of words.
    pub len: u16,
}

/// Every stem and concept of the indexed passages, with how often each occurs.
#[derive(Debug, Default)]
pub struct Vocabulary {
    terms: HashMap<Box<str>, Term>,
    names: Vec<Box<str>>,
    stats: Vec<WordStats>,
    /// Whether the numbers are told from outside: then nothing is counted here.
    is_told: bool,
    concepts: HashMap<Box<str>, Concept>,
    concept_names: Vec<Box<str>>,
}

/// In how many passages a stem occurs, and how it is written there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct WordStats {
    /// All passages that hold it.
    pub passages: u32,
    /// Those that hold it with a capital inside the sentence.
    pub capital: u32,
    /// Those that hold it with a capital at the beginning alone.
    pub first: u32,
}

/// How a passage writes a stem that it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Written {
    /// With a capital at the beginning alone.
    First,
    /// Somewhere in small letters.
    Small,
    /// Somewhere with a capital inside the sentence.
    Capital,
}

impl Written {
    /// How a word with these flags is written.
    pub(super) fn of(flags: u16) -> Self {
        match (flags & CAPITAL != 0, flags & FIRST != 0) {
            (true, false) => Written::Capital,
            (true, true) => Written::First,
            (false, _) => Written::Small,
        }
    }
}

impl Vocabulary {
    /// Number of stems that passages hold.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.names.len()).unwrap_or(u32::MAX)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The stem's characters; empty for a word that no passage holds.
    #[must_use]
    pub fn name(&self, term: Term) -> &str {
        self.names.get(term as usize).map_or("", |name| name)
    }

    /// The stem's number, where a passage holds it.
    #[must_use]
    pub fn term(&self, stem: &str) -> Option<Term> {
        self.terms.get(stem).copied()
    }

    /// The concept's id.
    #[must_use]
    pub fn concept_name(&self, concept: Concept) -> &str {
        self.concept_names.get(concept as usize).map_or("", |name| name)
    }

    /// The concept's number, where a passage holds it.
    #[must_use]
    pub fn concept(&self, id: &str) -> Option<Concept> {
        self.concepts.get(id).copied()
    }

    /// In how many passages the stem occurs.
    #[must_use]
    pub fn passages_with(&self, term: Term) -> u32 {
        self.stats.get(term as usize).map_or(0, |stats| stats.passages)
    }

    /// Whether the stem is mostly written with a capital inside a sentence, as names are.
    #[must_use]
    pub fn is_mostly_capital(&self, term: Term) -> bool {
        let small = |stats: &WordStats| stats.passages.saturating_sub(stats.capital + stats.first);
        self.stats.get(term as usize).is_some_and(|stats| stats.capital > small(stats))
    }

    /// A vocabulary whose numbers are told, not counted.
    pub(super) fn told() -> Self {
        Self { is_told: true, ..Self::default() }
    }

    /// Takes in a stem with its numbers.
    pub(super) fn tell(&mut self, stem: &str, stats: WordStats) {
        let term = self.intern(stem);
        if let Some(own) = self.stats.get_mut(term as usize) {
            *own = stats;
        }
    }

    pub(super) fn intern(&mut self, stem: &str) -> Term {
        if let Some(&term) = self.terms.get(stem) {
            return term;
        }
        let term = self.len();
        self.terms.insert(stem.into(), term);
        self.names.push(stem.into());
        self.stats.push(WordStats::default());
        term
    }

    pub(super) fn intern_concept(&mut self, id: &str) -> Concept {
        if let Some(&concept) = self.concepts.get(id) {
            return concept;
        }
        let concept = u32::try_from(self.concept_names.len()).unwrap_or(u32::MAX);
        self.concepts.insert(id.into(), concept);
        self.concept_names.push(id.into());
        concept
    }

    /// Counts the words of one passage.
    fn count(&mut self, words: &[Word]) {
        if self.is_told {
            return;
        }
        let mut seen: Vec<(Term, Written)> = words.iter().map(|word| (word.term, Written::of(word.flags))).collect();
        seen.sort_unstable();
        for (at, &(term, written)) in seen.iter().enumerate() {
            // The strongest way of writing comes last of each stem.
            if seen.get(at + 1).is_some_and(|next| next.0 == term) {
                continue;
            }
            let Some(stats) = self.stats.get_mut(term as usize) else { continue };
            stats.passages += 1;
            stats.capital += u32::from(written == Written::Capital);
            stats.first += u32::from(written == Written::First);
        }
    }
}

/// Form of a word as a [`Reader`] remembers it.
#[derive(Debug, Clone)]
struct Form {
    folded: Box<str>,
    stem: Box<str>,
    flags: u16,
    /// Whether an entry of the lexicon may begin with it.
    leads: bool,
    term: Option<Term>,
}

/// What a [`Reader`] found in a text.
#[derive(Debug, Default)]
pub struct Reading<'r> {
    words: Vec<(u32, u16)>,
    /// Concept id, index of the first word, number of words.
    pub concepts: Vec<(&'r str, u16, u16)>,
}

/// Reads texts of one language.
pub struct Reader<'r> {
    locale: Option<&'r Locale>,
    lexicon: Option<&'r Lexicon>,
    stemmer: Option<frostem::Stemmer>,
    forms: Vec<Form>,
    by_folded: HashMap<String, u32>,
}

impl<'r> Reader<'r> {
    /// A reader for the language `tag`; without rules of that language words are compared whole.
    #[must_use]
    pub fn new(tag: &str, rules: &'r Rules) -> Self {
        let language = rules.language(tag);
        Self::of(language, language)
    }

    /// Stems as `stems` says and reads as `words` says: for a question put to sources in another language.
    #[must_use]
    pub fn of(stems: Option<&'r LocaleRules>, words: Option<&'r LocaleRules>) -> Self {
        let stemmer = stems.and_then(|language| language.locale.stemmer.as_deref());
        Self {
            locale: words.map(|language| language.locale.as_ref()),
            lexicon: words.map(|language| &language.lexicon),
            stemmer: stemmer.and_then(|name| frostem::Stemmer::try_from_name(name).ok()),
            forms: Vec::new(),
            by_folded: HashMap::new(),
        }
    }

    /// Reads a text: its words, marks left out, and the concepts they stand for.
    pub fn read(&mut self, text: &str) -> Reading<'r> {
        let clitics = self.locale.map(|locale| &locale.clitics);
        let tokens = token::tokenize(text, clitics.unwrap_or(&token::Clitics::default()));
        let mut reading = Reading { words: Vec::with_capacity(tokens.len()), concepts: Vec::new() };
        // For each token the index of its first word, to place concepts.
        let mut places = Vec::with_capacity(tokens.len() + 1);
        let mut after_mark = false;
        for (at, token) in tokens.iter().enumerate() {
            places.push(reading.words.len());
            if token.kind == TokenKind::Mark {
                after_mark = true;
                continue;
            }
            let mut flags = if after_mark { BREAK } else { 0 };
            after_mark = false;
            if reading.words.is_empty() {
                flags |= FIRST;
            }
            if token.kind == TokenKind::Number {
                flags |= beside(&tokens, at);
            }
            for part in token.text(text).split(['-', '‑']).filter(|part| !part.is_empty()) {
                let capital = part.chars().next().is_some_and(char::is_uppercase);
                let form = self.form(part);
                reading.words.push((form, flags | if capital { CAPITAL } else { 0 }));
                flags &= !(FIRST | BREAK);
            }
        }
        places.push(reading.words.len());
        self.find_concepts(&tokens, &places, &mut reading);
        reading
    }

    /// The folded form and the stem of a word of `reading`.
    pub fn forms<'s>(&'s self, reading: &'s Reading<'_>) -> impl Iterator<Item = (&'s str, &'s str, u16)> {
        let form = |number: u32| self.forms.get(number as usize);
        reading.words.iter().filter_map(move |&(number, flags)| {
            form(number).map(|form| (form.folded.as_ref(), form.stem.as_ref(), form.flags | flags))
        })
    }

    /// Adds the words and concepts of a passage to what is indexed and counts them.
    pub fn add(&mut self, reading: &Reading<'_>, vocabulary: &mut Vocabulary) -> (Vec<Word>, Vec<ConceptAt>) {
        let words = self.place(reading, vocabulary);
        vocabulary.count(&words);
        let place = |&(id, at, len): &(&str, u16, u16)| ConceptAt { concept: vocabulary.intern_concept(id), at, len };
        let concepts = reading.concepts.iter().map(place).collect();
        (words, concepts)
    }

    /// The words of a text that is no passage, with their numbers.
    pub fn place(&mut self, reading: &Reading<'_>, vocabulary: &mut Vocabulary) -> Vec<Word> {
        let mut words = Vec::with_capacity(reading.words.len());
        for &(number, flags) in &reading.words {
            let Some(form) = self.forms.get_mut(number as usize) else { continue };
            let term = *form.term.get_or_insert_with(|| vocabulary.intern(&form.stem));
            words.push(Word { term, flags: form.flags | flags });
        }
        words
    }

    /// How many different words it has read.
    pub(super) fn remembered(&self) -> usize {
        self.forms.len()
    }

    fn form(&mut self, word: &str) -> u32 {
        let folded = token::fold(word);
        if let Some(&number) = self.by_folded.get(&folded) {
            return number;
        }
        let number = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        let flags = self.locale.map_or(0, |locale| word_flags(&folded, locale)) | number_flags(&folded);
        let stem: Box<str> = if flags & DIGITS != 0 {
            let thousands = self.locale.map_or(",", |locale| locale.dates.thousands.as_str());
            if thousands.is_empty() { folded.as_str().into() } else { folded.replace(thousands, "").into() }
        } else {
            self.stemmer.as_ref().map_or(folded.as_str().into(), |stemmer| stemmer.stem(&folded).into())
        };
        let leads = self.lexicon.is_some_and(|lexicon| lexicon.may_begin(&folded));
        self.forms.push(Form { folded: folded.as_str().into(), stem, flags, leads, term: None });
        self.by_folded.insert(folded, number);
        number
    }

    fn find_concepts(&mut self, tokens: &[Token], places: &[usize], reading: &mut Reading<'r>) {
        let Some(lexicon) = self.lexicon else { return };
        for (at, token) in tokens.iter().enumerate() {
            let leads = || match self.by_folded.get(&token.folded).and_then(|&number| self.forms.get(number as usize)) {
                Some(form) => form.leads,
                None => lexicon.may_begin(&token.folded),
            };
            if token.kind != TokenKind::Word || !leads() {
                continue;
            }
            for found in lexicon.at(tokens.get(at..).unwrap_or_default()) {
                let (Some(&from), Some(&to)) = (places.get(at), places.get(at + found.len)) else { continue };
                if let (Ok(from), Ok(len)) = (u16::try_from(from), u16::try_from(to.saturating_sub(from))) {
                    reading.concepts.push((found.entry.id.as_str(), from, len));
                }
            }
        }
    }
}

/// Whether a currency sign or a per cent sign stands beside the number at `at`.
fn beside(tokens: &[Token], at: usize) -> u16 {
    let mark = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).filter(|token| token.kind == TokenKind::Mark).map_or("", |token| token.folded.as_str())
    };
    let (before, after) = (mark(at.checked_sub(1)), mark(at.checked_add(1)));
    let is_money = |mark: &str| matches!(mark, "$" | "€" | "£" | "¥");
    let mut flags = 0;
    if is_money(before) || is_money(after) {
        flags |= MONEY;
    }
    if after == "%" {
        flags |= PERCENT;
    }
    flags
}

fn number_flags(folded: &str) -> u16 {
    if !folded.starts_with(|ch: char| ch.is_ascii_digit()) {
        return 0;
    }
    let year = folded.len() == 4 && folded.parse::<u16>().is_ok_and(|year| (1000..=2100).contains(&year));
    NUMBER | DIGITS | if year { YEAR } else { 0 }
}

fn word_flags(folded: &str, locale: &Locale) -> u16 {
    let mut flags = 0;
    if locale.is_stop_word(folded) || folded.starts_with('\'') || folded.ends_with('\'') {
        flags |= STOP;
    }
    if locale.dates.numbers.iter().any(|(word, _)| word == folded) {
        flags |= NUMBER;
    }
    let mut dates = locale.dates.months.iter().chain(&locale.dates.weekdays).flatten();
    if dates.any(|name| if name.is_ascii() { name.eq_ignore_ascii_case(folded) } else { token::fold(name) == folded }) {
        flags |= DATE;
    }
    flags
}
