//! What is known about a source (`source.toml`); nothing guessed. Knows no text.

use serde::{Deserialize, Serialize};

/// Kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceClass {
    /// A news article.
    #[default]
    Article,
    /// An order or judgment of a court.
    CourtOrder,
    /// A statement or press release.
    Statement,
    /// A transcript.
    Transcript,
}

/// Who may know of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// Those with newsroom rights.
    Newsroom,
}

/// A date-time as a source gives it: with an offset, or local with the zone not given, or a date alone.
///
/// Written as RFC 3339 with or without offset. The zone is never invented: two moments of which one has no offset are compared
/// by their local date-time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Moment {
    text: String,
    #[serde(skip)]
    pub(crate) local: jiff::civil::DateTime,
    #[serde(skip)]
    pub(crate) has_time: bool,
    #[serde(skip)]
    pub(crate) has_offset: bool,
}

impl Moment {
    /// Reads RFC 3339 with offset, a local date-time, or a date.
    ///
    /// # Errors
    /// A sentence that says what was expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        let has_time = text.contains([':']);
        let has_offset = has_time && text.parse::<jiff::Timestamp>().is_ok();
        // civil::DateTime refuses a trailing `Z` but reads past other offsets, which is what is wanted: the local time as given.
        let local = text
            .trim_end_matches(['Z', 'z'])
            .parse::<jiff::civil::DateTime>()
            .map_err(|_| format!("`{text}` is no date: write 2024-11-03, 2024-11-03T10:40 or 2024-11-03T10:40:00+01:00"))?;
        Ok(Self { text: text.to_owned(), local, has_time, has_offset })
    }

    /// As written in the data.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Date and time as given, without the zone.
    #[must_use]
    pub fn local(&self) -> jiff::civil::DateTime {
        self.local
    }

    /// The date.
    #[must_use]
    pub fn date(&self) -> jiff::civil::Date {
        self.local.date()
    }

    /// Whether a time of day is given.
    #[must_use]
    pub fn has_time(&self) -> bool {
        self.has_time
    }

    /// Whether the offset from UTC is given; where it is not, no zone may be shown as known.
    #[must_use]
    pub fn has_offset(&self) -> bool {
        self.has_offset
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Text(String),
            Toml(toml::value::Datetime),
        }
        let text = match Either::deserialize(deserializer)? {
            Either::Text(text) => text,
            Either::Toml(value) => value.to_string(),
        };
        Moment::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// The content of `source.toml`. Everything but title and language is optional.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// Title as printed.
    pub title: String,
    /// BCP 47 tag of the text's language.
    pub language: String,
    /// Who wrote it, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Moment>,
    /// When it was last updated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Moment>,
    /// The publication date as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_text: Option<String>,
    /// The date of the last update as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_text: Option<String>,
    /// Kind of document.
    #[serde(default, skip_serializing_if = "is_default")]
    pub class: SourceClass,
    /// Embargo: before this moment the source does not exist for anybody without newsroom rights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Moment>,
    /// Who may know of it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub visibility: Visibility,
    /// Licence of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
