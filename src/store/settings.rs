//! What managers have set for a server or one of its channels. Knows no Discord but that servers and channels have numbers.

use serde::{Deserialize, Serialize};

use super::audit::{Change, ChangeKind};
use super::id::{Id, Time};
use super::record::Record;
use super::tree::Tree;
use super::{Store, StoreError};

/// Whom a channel is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The public: answers go to the asker first.
    #[default]
    Readers,
    /// Reporters and editors: answers stand in the open.
    Newsroom,
}

/// How sure a free answer must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// More answers, for people who check.
    Desk,
    /// Fewer and surer ones.
    Public,
}

/// What is set. `None` leaves it to the server's setting, and there to the operator's default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Whom it is for.
    #[serde(default)]
    pub audience: Option<Audience>,
    /// Nothing is answered.
    #[serde(default)]
    pub off: Option<bool>,
    /// Language of the frame (BCP 47).
    #[serde(default)]
    pub locale: Option<String>,
    /// Answers in these channels only; of use for a whole server.
    #[serde(default)]
    pub allow_list: Option<Vec<Id>>,
    /// Answers from these sources only (ids).
    #[serde(default)]
    pub sources: Option<Vec<String>>,
    /// Sources (ids) that are not quoted here.
    #[serde(default)]
    pub suppressed: Option<Vec<String>>,
    /// A status older than so many days is shown with a warning.
    #[serde(default)]
    pub freshness_days: Option<u16>,
    /// At most so many words of one source in one message.
    #[serde(default)]
    pub quote_budget: Option<u32>,
    /// How sure a free answer must be.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// Whether texts of unanswered questions are kept; off unless switched on.
    #[serde(default)]
    pub log_questions: Option<bool>,
    /// Whether the bot replies to its own earlier message when its source has changed.
    #[serde(default)]
    pub recall_notices: Option<bool>,
    /// Channel of the desk that is asked about refused questions.
    #[serde(default)]
    pub desk: Option<Id>,
}

/// For what something is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A whole server.
    Server(u64),
    /// One channel of a server.
    Channel {
        /// The server.
        server: u64,
        /// The channel.
        channel: u64,
    },
}

impl Scope {
    /// The key: no channel has the number 0.
    fn key(self) -> (Id, Id) {
        match self {
            Scope::Server(server) => (Id(server), Id(0)),
            Scope::Channel { server, channel } => (Id(server), Id(channel)),
        }
    }
}

/// The record: version 1 is [`Settings`] as above.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Entry(pub(super) Settings);

impl Record for Entry {
    const TREE: Tree = Tree::Settings;
    const VERSION: u8 = 1;
    type Key = (Id, Id);

    fn server(&self, key: &Self::Key) -> Option<Id> {
        Some(key.0)
    }
}

impl Settings {
    /// This where it is set, else `other`.
    #[must_use]
    pub fn or(self, other: Settings) -> Settings {
        Settings {
            audience: self.audience.or(other.audience),
            off: self.off.or(other.off),
            locale: self.locale.or(other.locale),
            allow_list: self.allow_list.or(other.allow_list),
            sources: self.sources.or(other.sources),
            suppressed: self.suppressed.or(other.suppressed),
            freshness_days: self.freshness_days.or(other.freshness_days),
            quote_budget: self.quote_budget.or(other.quote_budget),
            confidence: self.confidence.or(other.confidence),
            log_questions: self.log_questions.or(other.log_questions),
            recall_notices: self.recall_notices.or(other.recall_notices),
            desk: self.desk.or(other.desk),
        }
    }

    /// Whether questions of `channel` are answered.
    #[must_use]
    pub fn answers_in(&self, channel: u64) -> bool {
        let listed = self.allow_list.as_ref().is_none_or(|list| list.is_empty() || list.contains(&Id(channel)));
        listed && !self.off.unwrap_or_default()
    }
}

impl Store {
    /// What holds in a channel: its own settings, else its server's. Microseconds; for direct messages use server 0.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn settings(&self, server: u64, channel: u64) -> Result<Settings, StoreError> {
        let own = self.settings_of(Scope::Channel { server, channel })?;
        Ok(own.or(self.settings_of(Scope::Server(server))?))
    }

    /// Whether what is set anywhere satisfies a condition.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn any_settings(&self, which: impl Fn(&Settings) -> bool) -> Result<bool, StoreError> {
        Ok(self.scan::<Entry>(&())?.iter().any(|(_, entry)| which(&entry.0)))
    }

    /// What is set for exactly this server or channel, for a form to edit.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn settings_of(&self, scope: Scope) -> Result<Settings, StoreError> {
        Ok(self.get::<Entry>(&scope.key())?.map(|entry| entry.0).unwrap_or_default())
    }

    /// Sets a server or channel and writes down who did it; returns once it is on disk (about a millisecond: the thread is blocked).
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn set_settings(&self, scope: Scope, settings: Settings, by: u64, now: Time) -> Result<(), StoreError> {
        let by = self.user(by);
        self.write(move |changes| {
            let key = scope.key();
            let before = changes.get::<Entry>(&key)?.map(|entry| entry.0).unwrap_or_default();
            for (field, from, to) in differences(&before, &settings) {
                let what = ChangeKind::Setting { channel: key.1, field, from, to };
                changes.note(key.0, Change { at: now, by: Some(by), what })?;
            }
            if settings == Settings::default() {
                changes.remove::<Entry>(&key)?;
            } else {
                changes.put(&key, &Entry(settings))?;
            }
            Ok(())
        })
    }
}

/// Name of each changed field, with the old and the new value as JSON.
fn differences(before: &Settings, after: &Settings) -> Vec<(String, String, String)> {
    let fields = |settings| match serde_json::to_value(settings) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let (before, after) = (fields(before), fields(after));
    let changed = after.into_iter().filter_map(|(name, to)| {
        let from = before.get(&name).cloned().unwrap_or_default();
        (from != to).then(|| (name, from.to_string(), to.to_string()))
    });
    changed.collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_inherited_kept_and_audited() {
        let folder = tempfile::tempdir().unwrap();
        let channel = Scope::Channel { server: 1, channel: 10 };
        {
            let store = Store::open(folder.path()).unwrap();
            assert_eq!(store.settings(1, 10).unwrap(), Settings::default());
            let server = Settings { audience: Some(Audience::Readers), locale: Some("it".into()), ..Settings::default() };
            store.set_settings(Scope::Server(1), server, 77, Time(1000)).unwrap();
            let own = Settings { audience: Some(Audience::Newsroom), ..Settings::default() };
            store.set_settings(channel, own, 78, Time(2000)).unwrap();
            assert!(matches!(Store::open(folder.path()), Err(StoreError::InUse { path }) if path == folder.path()));
        }
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.damage(), None);
        let holds = store.settings(1, 10).unwrap();
        assert_eq!((holds.audience, holds.locale.as_deref()), (Some(Audience::Newsroom), Some("it")));
        assert_eq!(store.settings(2, 10).unwrap(), Settings::default());
        store.set_settings(channel, Settings::default(), 78, Time(3000)).unwrap();
        assert_eq!(store.settings(1, 10).unwrap().audience, Some(Audience::Readers));
        let trail = store.audit(1).unwrap();
        assert_eq!(trail.len(), 4);
        let last = trail.last().unwrap();
        assert_eq!((last.at, last.by), (Time(3000), Some(store.user(78))));
        let what =
            ChangeKind::Setting { channel: Id(10), field: "audience".into(), from: "\"newsroom\"".into(), to: "null".into() };
        assert_eq!(last.what, what);
    }

    #[test]
    fn answers_only_where_allowed() {
        let mut settings = Settings::default();
        assert!(settings.answers_in(5));
        settings.allow_list = Some(vec![Id(4)]);
        assert!(settings.answers_in(4) && !settings.answers_in(5));
        settings.off = Some(true);
        assert!(!settings.answers_in(4));
    }
}
