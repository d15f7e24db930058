//! A briefing of one page made only of passages: chosen for what they cover, each once, under the topic it belongs to.
//! Knows no surface.
//!
//! Passages are chosen by a greedy maximum of a monotone submodular coverage function under a budget of words (H. Lin and
//! J. Bilmes, "A Class of Submodular Functions for Document Summarization", ACL 2011), in three rounds: what a page must not lack
//! (the newest leads, figures on which sources differ, each person's legal status, a statement by each person who speaks, replies, accusations), what it should have
//! (everything else that is only alleged), and what it may have (roles, further statements, names, dates, what is under way, every
//! section of the text). What a round gains most for each word is taken first; of what does not fit, the first two rounds are listed by place.

mod choice;
mod coverage;
mod figures;
mod sections;
mod traits;

use crate::answer::{Quotation, Scene};
use crate::span::Span;

pub use coverage::{Covered, covered};

/// Words of a briefing where the asker names none.
pub const DEFAULT_WORDS: usize = 300;

/// What a section is about, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// The source's own first sentence.
    Lead,
    /// Numbers of sources that differ, side by side.
    Differing,
    /// Who is named, with the passages that show their roles.
    Named,
    /// What is alleged.
    Alleged,
    /// What officials and others said.
    Said,
    /// Where people stand in a legal procedure.
    Status,
    /// What the accused, or those who speak for them, say to it.
    Reply,
    /// What is unknown or under way.
    UnderWay,
    /// Passages with dates.
    Dates,
    /// Whatever else is worth its words.
    Rest,
}

impl Topic {
    /// Every topic, in the order of the page.
    pub const ALL: [Self; 10] = [
        Self::Lead,
        Self::Differing,
        Self::Named,
        Self::Alleged,
        Self::Said,
        Self::Status,
        Self::Reply,
        Self::UnderWay,
        Self::Dates,
        Self::Rest,
    ];

    /// Its name in data and in the keys of the wording.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Differing => "differing",
            Self::Named => "named",
            Self::Alleged => "alleged",
            Self::Said => "said",
            Self::Status => "status",
            Self::Reply => "reply",
            Self::UnderWay => "under_way",
            Self::Dates => "dates",
            Self::Rest => "rest",
        }
    }
}

/// A briefing.
#[derive(Debug, Clone, PartialEq)]
pub struct Briefing {
    /// The most words of the sources that the page may have.
    pub limit: usize,
    /// The words it has.
    pub words: usize,
    /// How many of them stand in sentences shown only because they name whom a passage means.
    pub context_words: usize,
    /// What there is, in the order of the page.
    pub sections: Vec<Section>,
    /// Passages that a page must not lack and that did not fit, by topic, then in the order of the sources.
    pub left_out: Vec<LeftOut>,
    /// What sources differ on.
    pub differing: Vec<Difference>,
    /// Whether somebody is accused and no reply by them was found.
    pub no_reply: bool,
}

/// Something on which sources differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is.
    pub matter: Matter,
    /// Numbers of the passages, in the order of the page.
    pub numbers: Vec<usize>,
}

/// What sources differ on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// Where the person of that name stands in a legal procedure.
    Status(String),
    /// How many there are of something: the words of each passage ("14 people"), in the order of the numbers.
    Figure(Vec<Span>),
}

/// A passage that a page must not lack and that did not fit: listed by its place, not quoted.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// What it is about.
    pub topic: Topic,
    /// Its place, its speaker and how sure it is.
    pub quotation: Quotation,
    /// Whom else it, or a sentence that it is read with, names or points to: people, else organisations, by their fullest names.
    pub names: Vec<String>,
}

/// Passages about one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// What about.
    pub topic: Topic,
    /// The passages.
    pub entries: Vec<Entry>,
    /// What the passages of the page show about people, with their numbers.
    pub lines: Vec<Line>,
}

/// One passage of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its number on the page, from 1.
    pub number: usize,
    /// The passage.
    pub quotation: Quotation,
}

/// What a passage of the page shows about somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The fullest name.
    pub name: String,
    /// What is shown.
    pub fact: Fact,
    /// Number of the passage.
    pub number: usize,
}

/// What is shown about somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Only that they are named.
    Named,
    /// A role in the source's words, and whether the source says that it is over.
    Role(Span, bool),
    /// A legal status by concept id, and whether the source says that it is not so.
    Status(String, bool),
    /// A statement, under another topic.
    Statement,
}

impl Briefing {
    /// Every passage, in the order of the page.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.sections.iter().flat_map(|section| &section.entries)
    }
}

/// A briefing of what the viewer of `scene` may read, of at most `limit` words.
#[must_use]
pub fn brief(scene: &Scene<'_>, limit: usize) -> Briefing {
    let units = traits::units(scene);
    let chosen = choice::choose(&units, limit);
    sections::page(scene, &units, &chosen, limit)
}
