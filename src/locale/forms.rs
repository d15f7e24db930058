//! What `locale.toml` says of a language: tag, stemmer, clitics, stop words, inflection, date forms. Also read when the program is built.

use serde::{Deserialize, Serialize};

use crate::token::Clitics;

/// What `prompts/<locale>/locale.toml` says of a language.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locale {
    /// BCP 47 tag ("en", "it").
    pub tag: String,
    /// The language's own name for itself.
    pub name: String,
    /// Name of a Snowball algorithm ("english"); without one words are compared whole.
    #[serde(default)]
    pub stemmer: Option<String>,
    /// How words are joined with apostrophes.
    #[serde(default)]
    pub clitics: Clitics,
    /// Words that carry no content; also the vote that tells which language a question is in.
    #[serde(default)]
    pub stop_words: Vec<String>,
    /// How words of the lexicon inflect.
    #[serde(default, rename = "paradigm")]
    pub paradigms: Vec<Paradigm>,
    /// Month and weekday names and the shapes of dates and numbers.
    #[serde(default)]
    pub dates: DateForms,
    /// What tells the end of a sentence from an abbreviation.
    #[serde(default)]
    pub sentences: SentenceForms,
    /// Words that tell what a line of an article is.
    #[serde(default)]
    pub layout: LayoutForms,
}

/// Words by which a line of an article shows what it is. Compared without capitals, accents kept, marks dropped.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LayoutForms {
    /// Whole lines that are no part of the article ("skip to content").
    pub navigation: Vec<String>,
    /// What a byline begins with ("by").
    pub byline: Vec<String>,
    /// What a line of credits at the end begins with ("reporting by").
    pub credits: Vec<String>,
    /// What a line with the date of publication begins with ("published").
    pub published: Vec<String>,
    /// What a line with the date of the last update begins with ("last updated").
    pub updated: Vec<String>,
    /// Words that may stand between the parts of a date line ("at", "on").
    pub date_words: Vec<String>,
    /// Words that credit a picture ("photo").
    pub pictures: Vec<String>,
    /// Agencies that pictures are credited to ("getty images").
    pub agencies: Vec<String>,
    /// What a correction begins with ("correction").
    pub correction: Vec<String>,
    /// What a correction says of the article somewhere in its first sentence ("an earlier version of this article").
    pub corrected: Vec<String>,
}

/// Words that tell the end of a sentence from an abbreviation, folded, without the last full stop.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SentenceForms {
    /// Abbreviations ("mr", "approx", "inc"): a sentence ends with one only where a capitalised stop word follows. Short
    /// names of months and days need not be listed.
    pub abbreviations: Vec<String>,
    /// Words that are abbreviations only before a number ("no", "art").
    pub before_number: Vec<String>,
    /// Stop words that also begin surnames ("di").
    pub particles: Vec<String>,
}

/// Endings that a word of one part of speech takes.
///
/// A lexicon form that ends in `ends` may stand in a text with `ends` replaced by an ending of `endings`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paradigm {
    /// Part of speech it belongs to: "verb", "noun", "adj".
    pub pos: String,
    /// Ending of the form in the lexicon that is taken off ("are", "y", "").
    pub ends: String,
    /// Pairs of ending and tag: `["ed", "past"]`. Tags: base, third, past, participle, gerund, future, conditional,
    /// subjunctive, plural, feminine, adverb; several parted by spaces.
    pub endings: Vec<(String, String)>,
    /// Whether the last consonant is doubled before these endings (stop → stopped).
    #[serde(default)]
    pub doubles: bool,
}

/// Names and shapes of dates and numbers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DateForms {
    /// Twelve lists of names and abbreviations, January first.
    pub months: Vec<Vec<String>>,
    /// Seven lists of names and abbreviations, Monday first.
    pub weekdays: Vec<Vec<String>>,
    /// How dates that are only data are shown: `strftime` of date and time.
    pub date_time: String,
    /// How a date without a time is shown.
    pub date: String,
    /// `strptime` shapes of the date lines that articles print.
    pub printed: Vec<String>,
    /// Number words and their values.
    pub numbers: Vec<(String, f64)>,
    /// Decimal mark.
    pub decimal: String,
    /// Mark between thousands.
    pub thousands: String,
}
