//! Questions that were refused: counted by reason and normalised form; their texts only where a server keeps them. Knows no surface.

use serde::{Deserialize, Serialize};

use super::changes::Changes;
use super::id::{Id, Time, UserKey};
use super::record::{Parting, Record};
use super::tree::Tree;
use super::{Store, StoreError};
use crate::answer::{Answer, Outcome, Reason};
use crate::question::{Question, SlotValue};

/// Texts of questions shown with one gap at most.
const TEXTS: usize = 20;

/// Ends the form of a question that may have to do with sources for newsrooms alone.
const FOR_NEWSROOMS: &str = " place=newsroom";

/// How often something was asked in vain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The server; 0 for direct messages.
    pub server: Id,
    /// Reason code of the refusal.
    pub reason: String,
    /// The question's normalised form: intent, slots, names and concepts, without the asker's own words.
    pub form: String,
    /// How often.
    pub count: u64,
    /// How often the desk was asked about it.
    pub asked_desk: u64,
    /// The first time.
    pub first: Time,
    /// The last time.
    pub last: Time,
    /// Texts, newest first, where the server keeps them.
    pub texts: Vec<String>,
}

/// The record, under server, reason code and form; version 1 has the fields below.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    count: u64,
    asked_desk: u64,
    first: Time,
    last: Time,
}

impl Record for Entry {
    const TREE: Tree = Tree::Gaps;
    const VERSION: u8 = 1;
    type Key = (Id, String, String);

    fn server(&self, key: &Self::Key) -> Option<Id> {
        Some(key.0)
    }

    fn last_used(&self, _key: &Self::Key) -> Option<Time> {
        Some(self.last)
    }
}

/// The text of a refused question, under server, reason code, form, time and asker; version 1 has the field below.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Text {
    text: String,
}

impl Record for Text {
    const TREE: Tree = Tree::Questions;
    const VERSION: u8 = 1;
    const PERSONAL: bool = true;
    type Key = (Id, String, String, Time, UserKey);

    fn server(&self, key: &Self::Key) -> Option<Id> {
        Some(key.0)
    }

    fn last_used(&self, key: &Self::Key) -> Option<Time> {
        Some(key.3)
    }

    fn part(&mut self, key: &Self::Key, who: &dyn Fn(UserKey) -> bool) -> Parting {
        if who(key.4) { Parting::Goes } else { Parting::Untouched }
    }
}

/// A refused question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Refused {
    /// Reason code.
    pub reason: String,
    /// Normalised form.
    pub form: String,
}

impl Refused {
    /// What is counted of an answer; `None` where it is none of the desk's business.
    #[must_use]
    pub fn of(answer: &Answer) -> Option<Self> {
        let Outcome::Abstained(reason) = answer.outcome else { return None };
        let of_interest = !matches!(reason, Reason::Help | Reason::OutOfScope | Reason::TooVague);
        of_interest.then(|| Self { reason: reason.code().to_owned(), form: form(&answer.question) })
    }

    /// This, to be told only to those with newsroom rights: it was asked where more sources are known than elsewhere.
    #[must_use]
    pub fn for_newsrooms(self) -> Self {
        Self { form: self.form + FOR_NEWSROOMS, ..self }
    }

    /// Whether only those with newsroom rights may be told of it.
    #[must_use]
    pub fn is_for_newsrooms(&self) -> bool {
        is_for_newsrooms(&self.reason, &self.form)
    }
}

fn is_for_newsrooms(reason: &str, form: &str) -> bool {
    reason == Reason::Withheld.code() || form.ends_with(FOR_NEWSROOMS)
}

/// `statement person="Ada Low" topic=…`: names that a source knows and concepts as they are; the asker's own words are left out.
#[must_use]
pub fn form(question: &Question) -> String {
    let mut form = match serde_json::to_value(question.intent) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    };
    let also = question.also.iter().map(|value| ("also", value));
    for (name, value) in question.slots.iter().map(|(name, value)| (name.as_str(), value)).chain(also) {
        let value = match value {
            SlotValue::Entity(name) => format!("\"{name}\""),
            SlotValue::Ambiguous(names) => format!("\"{}\"", names.join("\" or \"")),
            SlotValue::Concept(id) => id.clone(),
            SlotValue::UnknownName(_) | SlotValue::Words(_) => "…".to_owned(),
        };
        form.push_str(&format!(" {name}={value}"));
    }
    form
}

impl Store {
    /// Counts a refused question; its text is kept only where the place's settings say so. Returns at once.
    pub fn note_gap(&self, server: u64, channel: u64, user: u64, refused: Refused, text: &str, now: Time) {
        let logged = self.settings(server, channel).is_ok_and(|settings| settings.log_questions.unwrap_or_default());
        let text = logged.then(|| (self.user(user), text.to_owned()));
        self.later(move |changes| {
            let (reason, form) = (refused.reason, refused.form);
            let count = |entry: &mut Entry| {
                entry.count += 1;
                entry.last = now;
            };
            changes.change_gap(Id(server), &reason, &form, now, count)?;
            match text {
                Some((user, text)) => changes.put(&(Id(server), reason, form, now, user), &Text { text }),
                None => Ok(()),
            }
        });
    }

    /// Counts that the desk was asked about a gap. Returns at once.
    pub fn note_desk_asked(&self, server: u64, refused: Refused, now: Time) {
        self.later(move |changes| {
            changes.change_gap(Id(server), &refused.reason, &refused.form, now, |entry| entry.asked_desk += 1)
        });
    }

    /// What was asked in vain in a server (in all of them without one), most often first.
    ///
    /// Without newsroom rights nothing is said of questions whose sources are withheld, or that were asked where more sources are known.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn gaps(&self, server: Option<u64>, newsroom: bool) -> Result<Vec<Gap>, StoreError> {
        let server = server.map(Id);
        let entries = match server {
            Some(server) => self.scan::<Entry>(&(server,))?,
            None => self.scan::<Entry>(&())?,
        };
        let mut gaps = Vec::new();
        for ((server, reason, form), entry) in entries {
            if !newsroom && is_for_newsrooms(&reason, &form) {
                continue;
            }
            let mut texts = self.scan::<Text>(&(server, &reason, &form))?;
            texts.sort_by_key(|(key, _)| std::cmp::Reverse(key.3));
            let texts = texts.into_iter().take(TEXTS).map(|(_, text)| text.text).collect();
            let Entry { count, asked_desk, first, last } = entry;
            gaps.push(Gap { server, reason, form, count, asked_desk, first, last, texts });
        }
        gaps.sort_by(|a, b| (b.count, b.last, &a.form).cmp(&(a.count, a.last, &b.form)));
        Ok(gaps)
    }
}

impl Changes<'_> {
    fn change_gap(
        &mut self,
        server: Id,
        reason: &str,
        form: &str,
        now: Time,
        change: impl FnOnce(&mut Entry),
    ) -> Result<(), StoreError> {
        let key = (server, reason.to_owned(), form.to_owned());
        let mut entry = self.get::<Entry>(&key)?.unwrap_or(Entry { count: 0, asked_desk: 0, first: now, last: now });
        change(&mut entry);
        self.put(&key, &entry)
    }
}
