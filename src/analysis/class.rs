//! Classes of words as a set of bits, worked out from the concept ids of a lexicon. Knows ids, no word of any language.

use crate::rules::{Entry, Lexicon};

/// A set of word classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Class(pub u64);

macro_rules! classes {
    ($($name:ident = $bit:expr),+ $(,)?) => {
        impl Class { $(pub(crate) const $name: Class = Class(1 << $bit);)+ }
    };
}

classes! {
    DET = 0, DEF = 1, POSS = 2, PREP = 3, OF = 4, AS = 5, SUB = 6, QUESTION = 7, CONJ = 8, AND = 9, BUT = 10, THAT = 11,
    WH = 12, BE = 13, HAVE = 14, DO = 15, MODAL = 16, NEG = 17, NONE = 18, ADV = 19, OPENER = 20, TO = 21, TIME = 22,
    SELF = 23, GENITIVE = 24, JOINER = 25, PARTICLE = 26, THING = 27, PRON = 28, VERB = 29, CUE = 30, ROLE = 31, TITLE = 32,
    ORG = 33, PLACE = 34, PEOPLE = 35, GIVEN = 36, PERSON_NOUN = 37, ORG_NOUN = 38, DOC_NOUN = 39, HEDGE = 40, CLITIC = 41,
    MALE = 42, FEMALE = 43, FORMER = 44, BY = 45, NOT_NEG = 46, STATUS = 47, NOUN = 48, FOR = 49, MANY = 50, PLACE_WORD = 51,
    IN = 52, DATE = 53, HOMOGRAPH = 54, IDIOM = 55, WITH = 56, REFLEXIVE = 57, DEMONSTRATIVE = 58, LINK = 59, MONTH = 60, SEMI = 61,
}

impl Class {
    /// Words that only join others: articles, prepositions, conjunctions, question words, negations.
    pub(crate) const FUNCTION: Class = Class::DET
        .and(Class::POSS)
        .and(Class::PREP)
        .and(Class::OF)
        .and(Class::TO)
        .and(Class::CONJ)
        .and(Class::BUT)
        .and(Class::SUB)
        .and(Class::THAT)
        .and(Class::WH)
        .and(Class::QUESTION)
        .and(Class::NEG)
        .and(Class::NONE);

    /// Whether the two share a class.
    pub(crate) fn has(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub(crate) const fn and(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

/// What the lexicon says of each entry, and the endings that tell word classes.
#[derive(Debug)]
pub(crate) struct Grammar {
    classes: Vec<Class>,
    adverb_endings: Vec<String>,
    plural_endings: Vec<String>,
    /// Whether the language leaves out subjects that the verb shows.
    pub drops_subject: bool,
    past_endings: Vec<String>,
    infinitive_endings: Vec<String>,
}

impl Grammar {
    /// Reads the classes of all entries.
    pub(crate) fn of(lexicon: &Lexicon) -> Self {
        let endings = |id: &str| {
            let mine = lexicon.entries().iter().filter(|entry| entry.id == id);
            mine.flat_map(|entry| entry.forms.iter().map(String::from)).collect::<Vec<_>>()
        };
        Self {
            classes: lexicon.entries().iter().map(class_of).collect(),
            adverb_endings: endings("gram.adverb_ending"),
            plural_endings: endings("gram.plural_ending"),
            drops_subject: !endings("gram.drops_subject").is_empty(),
            past_endings: endings("gram.past_ending"),
            infinitive_endings: endings("gram.infinitive_ending"),
        }
    }

    /// The classes of an entry.
    pub(crate) fn class(&self, number: u32) -> Class {
        self.classes.get(number as usize).copied().unwrap_or_default()
    }

    /// Whether the word has the ending of an adverb of manner.
    pub(crate) fn is_adverb(&self, folded: &str) -> bool {
        ends(&self.adverb_endings, folded)
    }

    /// Whether the word has the ending of a plural; `None` where the language's endings don't tell.
    pub(crate) fn is_plural(&self, folded: &str) -> Option<bool> {
        (!self.plural_endings.is_empty()).then(|| ends(&self.plural_endings, folded))
    }

    /// Whether the word has the ending of a past tense.
    pub(crate) fn is_past(&self, folded: &str) -> bool {
        ends(&self.past_endings, folded)
    }
}

impl Grammar {
    /// Whether the word has the ending of an infinitive.
    pub(crate) fn is_infinitive(&self, folded: &str) -> bool {
        ends(&self.infinitive_endings, folded)
    }
}

fn ends(endings: &[String], folded: &str) -> bool {
    endings.iter().any(|ending| folded.len() > ending.len() + 2 && folded.ends_with(ending.as_str()))
}

fn class_of(entry: &Entry) -> Class {
    let id = entry.id.as_str();
    let head = id.split('.').next().unwrap_or(id);
    let mut class = match id {
        "gram.det" => Class::DET,
        "gram.def" => Class::DEF,
        "gram.poss" => Class::POSS,
        "gram.prep" => Class::PREP,
        "gram.of" => Class::OF,
        "gram.for" => Class::FOR,
        "gram.by" => Class::BY,
        "gram.in" => Class::IN,
        "gram.as" => Class::AS,
        "gram.sub" => Class::SUB,
        "gram.question" => Class::QUESTION,
        "gram.conj" => Class::CONJ,
        "gram.and" => Class::AND,
        "gram.but" => Class::BUT,
        "gram.that" => Class::THAT,
        "gram.wh" => Class::WH,
        "gram.be" => Class::BE,
        "gram.have" => Class::HAVE,
        "gram.do" | "gram.get" => Class::DO,
        "gram.modal" => Class::MODAL,
        "gram.neg" => Class::NEG,
        "gram.none" => Class::NONE,
        "gram.not_neg" => Class::NOT_NEG,
        "gram.adv" => Class::ADV,
        "gram.opener" => Class::OPENER,
        "gram.to" => Class::TO,
        "gram.time" => Class::TIME,
        "gram.date" => Class::TIME.and(Class::DATE),
        "gram.month_or_name" => Class::MONTH,
        "gram.self" => Class::SELF,
        "gram.genitive" => Class::GENITIVE,
        "gram.joiner" => Class::JOINER,
        "gram.particle" => Class::PARTICLE,
        "gram.homograph" => Class::HOMOGRAPH,
        "gram.idiom" => Class::IDIOM,
        "gram.linking" => Class::LINK,
        "gram.semi_auxiliary" => Class::SEMI,
        "gram.with" => Class::WITH.and(Class::PREP),
        "gram.reflexive" => Class::REFLEXIVE,
        "gram.demonstrative" => Class::DEMONSTRATIVE,
        "gram.thing" => Class::THING,
        "gram.verb" => Class::VERB,
        "gram.clitic" => Class::CLITIC,
        "org.word" => Class::ORG,
        "place.country" | "place.town" => Class::PLACE,
        "place.word" => Class::PLACE_WORD,
        "place.people" => Class::PEOPLE,
        "name.given" => Class::GIVEN,
        "time.former" => Class::FORMER,
        _ => Class::default(),
    };
    class = class.and(match head {
        "pron" => Class::PRON,
        "poss" => Class::POSS,
        "role" | "title" => Class::ROLE,
        "hedge" => Class::HEDGE,
        "status" => Class::STATUS,
        _ => Class::default(),
    });
    if entry.pos == "verb" {
        class = class.and(Class::VERB);
        if is_cue(entry) {
            class = class.and(Class::CUE);
        }
    }
    if entry.pos == "noun" {
        class = class.and(Class::NOUN);
    }
    for mark in &entry.traits {
        class = class.and(match (mark.as_str(), head) {
            ("title", _) => Class::TITLE,
            ("male", _) => Class::MALE,
            ("female", _) => Class::FEMALE,
            ("many", _) => Class::MANY,
            ("person", _) => Class::PERSON_NOUN,
            ("organisation", _) => Class::ORG_NOUN,
            ("document", _) => Class::DOC_NOUN,
            _ => Class::default(),
        });
    }
    class
}

/// Whether the entry is a word of saying, thinking or wanting.
pub(crate) fn is_cue(entry: &Entry) -> bool {
    const HEADS: [&str; 19] = [
        "say",
        "deny",
        "admit",
        "warn",
        "urge",
        "promise",
        "boast",
        "agree",
        "accuse",
        "criticise",
        "support",
        "want",
        "believe",
        "show",
        "topic",
        "silence",
        "describe",
        "source",
        "ask",
    ];
    let head = entry.id.split('.').next().unwrap_or_default();
    entry.pos == "verb" && HEADS.contains(&head)
}
