//! One block as words with their classes and lexicon entries, sentences and quotation marks. Knows no entity and no statement.

use std::collections::HashMap;
use std::rc::Rc;

use super::class::{Class, Grammar};
use super::quotes::{self, Inset, Quote};
use super::sentences;
use crate::document::{Block, BlockKind, Edition};
use crate::rules::{Entry, LexiconMatch, LocaleRules};
use crate::span::{EditionId, Span};
use crate::token::{self, TokenKind};

/// A word of a block.
#[derive(Debug)]
pub(crate) struct Word<'r> {
    /// First byte in the edition.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    pub kind: TokenKind,
    pub folded: String,
    pub class: Class,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it is three or more letters, all of them capitals.
    pub shouts: bool,
    /// Whether a part behind a hyphen or an apostrophe begins with one.
    pub inner_capital: bool,
    /// Whether it has an adverb's ending and a small letter.
    pub manner: bool,
    /// Whether it has a past tense's ending and a small letter.
    pub past: bool,
    /// Whether it has an infinitive's ending and a small letter, where endings tell.
    pub infinitive: bool,
    /// Whether it has a plural's ending, where endings tell.
    pub plural: Option<bool>,
    /// Index of the quotation it stands in, marks included.
    pub quote: Option<u32>,
    /// Lexicon entries that begin here, longest first.
    pub hits: Vec<LexiconMatch<'r>>,
}

impl Word<'_> {
    pub(crate) fn is(&self, class: Class) -> bool {
        self.class.has(class)
    }

    pub(crate) fn is_mark(&self, marks: &str) -> bool {
        self.kind == TokenKind::Mark && !self.folded.is_empty() && marks.contains(self.folded.as_str())
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind != TokenKind::Mark
    }
}

/// A block, read.
#[derive(Debug)]
pub(crate) struct Line<'r> {
    pub edition: EditionId,
    /// Index of the block in the edition.
    pub block: u32,
    pub kind: BlockKind,
    pub words: Vec<Word<'r>>,
    /// Sentences as half-open ranges of words.
    pub sentences: Vec<(usize, usize)>,
    pub quotes: Vec<Quote>,
    /// What stands between dashes inside a quotation and is not part of it: "«Il ponte – ha detto Rossi – è sicuro»".
    pub insets: Vec<Inset>,
    /// Whether the language leaves out subjects that the verb shows.
    pub drops_subject: bool,
}

static NOTHING: std::sync::LazyLock<Word<'static>> = std::sync::LazyLock::new(|| Word {
    start: 0,
    end: 0,
    kind: TokenKind::Mark,
    folded: String::new(),
    class: Class(0),
    capital: false,
    shouts: false,
    inner_capital: false,
    manner: false,
    past: false,
    infinitive: false,
    plural: None,
    quote: None,
    hits: Vec::new(),
});

/// Reads the blocks of one edition; remembers what the lexicon says of words that occur again.
pub(crate) struct Reader<'r> {
    pub edition: &'r Edition,
    pub rules: &'r LocaleRules,
    pub grammar: Grammar,
    single: HashMap<String, Class>,
    /// Sentences of the whole edition with their block, in text order.
    sentences: Vec<(Span, u32)>,
    /// Blocks already read, where the edition is short enough to keep them.
    kept: HashMap<u32, Rc<Line<'r>>>,
}

/// Length in bytes up to which the blocks of an edition are kept from one pass to the next.
const KEPT: usize = 64 * 1024;

impl<'r> Reader<'r> {
    pub(crate) fn new(edition: &'r Edition, rules: &'r LocaleRules) -> Self {
        Self {
            edition,
            rules,
            grammar: Grammar::of(&rules.lexicon),
            single: HashMap::new(),
            sentences: sentences::sentences(edition, Some(rules)),
            kept: HashMap::new(),
        }
    }

    /// One block.
    pub(crate) fn line(&mut self, block: u32) -> Option<Rc<Line<'r>>> {
        if let Some(line) = self.kept.get(&block) {
            return Some(Rc::clone(line));
        }
        let line = Rc::new(self.read(block)?);
        if self.edition.text().len() <= KEPT {
            self.kept.insert(block, Rc::clone(&line));
        }
        Some(line)
    }

    fn read(&mut self, block: u32) -> Option<Line<'r>> {
        let found: &Block = self.edition.blocks.get(block as usize)?;
        let text = self.edition.slice(found.span);
        let base = found.span.start as usize;
        let tokens = token::tokenize(text, &self.rules.locale.clitics);
        let mut words: Vec<Word<'r>> = Vec::with_capacity(tokens.len());
        let mut classes = vec![Class::default(); tokens.len()];
        for (at, token) in tokens.iter().enumerate() {
            let hits = match self.single.get(&token.folded) {
                Some(none) if none.0 == 0 => Vec::new(),
                _ => self.rules.lexicon.at(tokens.get(at..).unwrap_or_default()),
            };
            if hits.is_empty() && !self.rules.lexicon.may_begin(&token.folded) && self.single.len() < 50_000 {
                self.single.entry(token.folded.clone()).or_default();
            }
            for hit in &hits {
                let class = self.grammar.class(hit.number);
                spread(&mut classes, at, hit.len, class);
            }
            words.push(Word {
                start: base + token.start,
                end: base + token.end,
                kind: token.kind,
                capital: token.is_capitalised(text),
                shouts: shouts(token.text(text)),
                inner_capital: inner_capital(token.text(text)),
                manner: !token.is_capitalised(text) && self.grammar.is_adverb(&token.folded),
                past: !token.is_capitalised(text) && self.grammar.is_past(&token.folded),
                infinitive: !token.is_capitalised(text) && self.grammar.is_infinitive(&token.folded),
                plural: None,
                folded: token.folded.clone(),
                class: Class::default(),
                quote: None,
                hits,
            });
        }
        let shouts = !text.chars().any(char::is_lowercase);
        for (word, class) in words.iter_mut().zip(classes) {
            let date_word = class.has(Class::TIME) && !class.has(Class::DATE);
            word.class = if date_word && word.capital { Class(class.0 & !Class::TIME.0) } else { class };
            if !shouts && word.capital && is_acronym(word, self.edition.text()) {
                word.class = Class(word.class.0 & (Class::ORG.0 | Class::PLACE.0 | Class::TITLE.0 | Class::ROLE.0));
                word.hits.retain(|hit| !hit.entry.id.starts_with("gram.") && !hit.entry.id.starts_with("pron."));
            }
            word.plural = self.grammar.is_plural(&word.folded);
        }
        articled(&mut words);
        let from = self.sentences.partition_point(|&(_, of)| of < block);
        let to = self.sentences.partition_point(|&(_, of)| of <= block);
        let sentences = ranges(&words, self.sentences.get(from..to).unwrap_or_default());
        let mut line = Line {
            edition: self.edition.id,
            block,
            kind: found.kind,
            words,
            sentences,
            quotes: Vec::new(),
            insets: Vec::new(),
            drops_subject: self.grammar.drops_subject,
        };
        line.quotes = quotes::pair(&line.words, self.edition.text());
        for (number, quote) in line.quotes.iter().enumerate() {
            for word in line.words.iter_mut().take(quote.close + 1).skip(quote.open) {
                word.quote = u32::try_from(number).ok();
            }
        }
        line.insets = quotes::insets(&line.words, &line.quotes);
        for inset in &line.insets {
            for word in line.words.iter_mut().take(inset.to + 1).skip(inset.from) {
                word.quote = None;
            }
        }
        Some(line)
    }
}

/// A role or an institution of several words marks each of them, other phrases only their first.
fn spread(classes: &mut [Class], at: usize, len: usize, class: Class) {
    let wide = class.has(Class::ROLE.and(Class::ORG).and(Class::PLACE).and(Class::PERSON_NOUN).and(Class::ORG_NOUN));
    let keep = if wide { len } else { 1 };
    let class = if len > 1 && !wide && class.has(Class::ADV.and(Class::PREP)) { Class::default() } else { class };
    for slot in classes.iter_mut().skip(at).take(keep) {
        *slot = slot.and(class);
    }
}

/// A pronoun for one who speaks or hears behind an article is a name: "the i reported".
fn articled(words: &mut [Word<'_>]) {
    let mut article = false;
    for word in words {
        let pronoun = article && word.hits.iter().any(|hit| hit.entry.has_trait("speaker") || hit.entry.has_trait("hearer"));
        if pronoun && word.is(Class::PRON) && word.folded.chars().count() == 1 {
            word.class = Class::default();
            word.hits.clear();
            word.capital = true;
        }
        article = word.is(Class::DEF) && !word.is(Class::DEMONSTRATIVE);
    }
}

/// Two or more capitals and nothing else: "WHO", "US".
fn is_acronym(word: &Word<'_>, text: &str) -> bool {
    let own = text.get(word.start..word.end).unwrap_or_default();
    own.chars().filter(|ch| ch.is_alphabetic()).count() >= 2 && own.chars().all(|ch| ch.is_uppercase() || ch == '.')
}

fn shouts(word: &str) -> bool {
    word.chars().count() > 2 && word.chars().all(char::is_uppercase)
}

fn inner_capital(word: &str) -> bool {
    word.split(['-', '\'', '’']).skip(1).any(|part| part.chars().next().is_some_and(char::is_uppercase))
}

fn ranges(words: &[Word<'_>], spans: &[(Span, u32)]) -> Vec<(usize, usize)> {
    let mut out = Vec::with_capacity(spans.len());
    let mut at = 0;
    for (span, _) in spans {
        let lo = at;
        while words.get(at).is_some_and(|word| word.start < span.end as usize) {
            at += 1;
        }
        if at > lo {
            out.push((lo, at));
        }
    }
    out
}

impl<'r> Line<'r> {
    /// The word at `at`; a word of no class where there is none.
    pub(crate) fn word(&self, at: usize) -> &Word<'r> {
        self.words.get(at).unwrap_or(&NOTHING)
    }

    /// The word before `at`, where `at > lo`.
    pub(crate) fn before(&self, at: usize, lo: usize) -> &Word<'r> {
        if at > lo { self.word(at - 1) } else { &NOTHING }
    }

    /// The span of the words `start..end`.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let first = self.word(start).start;
        let last = if end > start { self.word(end - 1).end } else { first };
        Span::new(self.edition, first, last.max(first))
    }

    /// Whether the word is an infinitive, an auxiliary or a pronoun before it allowed: "essere", "aver detto", "averla vista".
    pub(crate) fn infinitive(&self, at: usize) -> bool {
        let word = self.word(at);
        let known = word.hits.iter().any(|hit| hit.entry.pos == "verb" && hit.tags == "base");
        known || word.infinitive || word.is(Class::HAVE.and(Class::BE).and(Class::CLITIC))
    }

    /// One past the last word of the sentence that `at` stands in.
    pub(crate) fn sentence_end(&self, at: usize) -> usize {
        self.sentences.iter().find(|&&(lo, hi)| lo <= at && at < hi).map_or(self.words.len(), |range| range.1)
    }

    /// Whether a later part of the word begins with a capital.
    pub(crate) fn inner_capital(&self, at: usize) -> bool {
        self.word(at).inner_capital
    }

    /// Entries beginning at `at`.
    pub(crate) fn hits(&self, at: usize) -> &[LexiconMatch<'r>] {
        &self.word(at).hits
    }

    /// The first entry at `at` that `wanted` accepts.
    pub(crate) fn hit(&self, at: usize, wanted: impl Fn(&Entry) -> bool) -> Option<LexiconMatch<'r>> {
        self.hits(at).iter().find(|hit| wanted(hit.entry)).copied()
    }

    /// The word index at or after the byte `offset`.
    pub(crate) fn index_at(&self, offset: u32) -> usize {
        self.words.partition_point(|word| word.end <= offset as usize)
    }

    /// Whether the word at `at` is used as a verb here, as far as its neighbours tell.
    pub(crate) fn is_verb(&self, at: usize, lo: usize) -> bool {
        let word = self.word(at);
        if word.is(Class::BE.and(Class::HAVE).and(Class::DO).and(Class::MODAL)) {
            return !word.is(Class::NOUN) || !word.capital;
        }
        if !word.is(Class::VERB) && word.past {
            return self.past_without_entry(at, lo);
        }
        if !word.is(Class::VERB) || (word.capital && at > lo) {
            return false;
        }
        // "conferenza stampa": the second word of a noun.
        let within = |back: &usize| self.word(at - back).hits.iter().any(|hit| hit.entry.pos == "noun" && hit.len > *back);
        if (1..3).filter(|back| at >= lo + back).any(|back| within(&back)) {
            return false;
        }
        let previous = self.before(at, lo);
        let nominal = Class::DET.and(Class::POSS).and(Class::GENITIVE).and(Class::PREP).and(Class::OF);
        let year = at >= lo + 2 && self.word(at - 2).is(Class::PREP);
        if previous.kind == TokenKind::Number && !year {
            return false;
        }
        if previous.is(nominal) && !previous.is(Class::TO) && !previous.is(Class::PRON) {
            return false;
        }
        // "One witness told …".
        if previous.is(Class::DET) && previous.is(Class::PRON) && word.is(Class::ROLE.and(Class::PERSON_NOUN)) {
            return false;
        }
        if self.is_noun_of_phrase(at, lo) {
            return false;
        }
        let verbs = word.hits.iter().filter(|hit| hit.entry.pos == "verb");
        let mut after = at + verbs.map(|hit| hit.len).max().unwrap_or(1);
        while self.word(after).manner {
            after += 1;
        }
        let next = self.word(after);
        let plural_like = word.hits.iter().any(|hit| hit.entry.pos == "verb" && (hit.has_tag("third") || hit.tags == "base"));
        let next_verb = next.is(Class::BE.and(Class::HAVE).and(Class::MODAL).and(Class::DO))
            || (next.is(Class::VERB)
                && !next.is(Class::NOUN)
                && !self.word(at).is(Class::BE)
                && !next.hits.iter().any(|hit| hit.has_tag("gerund")));
        !(plural_like && next_verb && !previous.is(Class::PRON.and(Class::MODAL).and(Class::DO).and(Class::TO)))
    }

    /// "its annual profit forecast": a word that may be a noun ends a phrase that an article or possessive opens.
    fn is_noun_of_phrase(&self, at: usize, lo: usize) -> bool {
        let word = self.word(at);
        let present =
            word.hits.iter().filter(|hit| hit.entry.pos == "verb").all(|hit| hit.tags == "base" || hit.tags == "third");
        if !word.is(Class::HOMOGRAPH) || !present || self.word(at + 1).is(Class::THAT.and(Class::PRON)) {
            return false;
        }
        let base = word.hits.iter().filter(|hit| hit.entry.pos == "verb").all(|hit| hit.tags == "base");
        let left = self.before(at, lo);
        // "called that claim “insulting”": behind "that" a singular is a noun, unless the pronoun has a noun to stand for.
        if base && left.is(Class::THAT) && at > lo + 1 && !super::phrases::nominal(self, at - 2, lo) {
            return true;
        }
        // "cut its sales forecast and said": what nothing follows has no object, and its phrase is opened further left.
        let phrase = at.saturating_sub(4).max(lo)..at;
        let opener = phrase.clone().rev().find(|&index| self.word(index).is(Class::DET.and(Class::POSS).and(Class::GENITIVE)));
        let verbal = Class::BE.and(Class::HAVE).and(Class::MODAL).and(Class::DO).and(Class::TO).and(Class::PRON);
        let unbroken = |&from: &usize| (from + 1..at).all(|at| self.word(at).is_word() && !self.word(at).is(verbal));
        if self.word(at + 1).is(Class::AND) && opener.filter(unbroken).is_some() {
            return true;
        }
        let known_but_noun = Class::PRON.and(Class::MANY);
        let known =
            Class::NOUN.and(Class::PRON).and(Class::MANY).and(Class::MODAL).and(Class::DO).and(Class::TO).and(Class::ADV);
        let mut left = at;
        while left > lo && at - left < 4 {
            let word = self.word(left - 1);
            if word.is(Class::DET.and(Class::POSS).and(Class::GENITIVE)) {
                return left < at;
            }
            // "A conference call": a verb in the plural has no singular noun for its subject.
            let singular = left == at && word.is(Class::NOUN) && !word.is(known_but_noun) && word.plural == Some(false) && base;
            if !singular && (!word.is_word() || word.capital || word.is(known) || word.manner) {
                return false;
            }
            left -= 1;
        }
        false
    }

    /// A verb that the lexicon lacks, by its past ending, behind a subject and before an object or a phrase.
    fn past_without_entry(&self, at: usize, lo: usize) -> bool {
        let previous = self.before(at, lo);
        let adjectival = Class::DET.and(Class::POSS).and(Class::PREP).and(Class::OF).and(Class::GENITIVE).and(Class::AND);
        let next = self.word(at + 1);
        let complement =
            Class::DET.and(Class::POSS).and(Class::PREP).and(Class::TO).and(Class::PRON).and(Class::ADV).and(Class::OF);
        previous.is_word()
            && !previous.is(adjectival)
            && (next.is(complement) || next.capital || next.manner || !next.is_word())
    }
}
