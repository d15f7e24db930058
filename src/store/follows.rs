//! What channels follow, and up to which edition they have been told. Knows no Discord but that servers and channels have numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::audit::{Change, ChangeKind};
use super::id::{EditionHash, Id, Time, UserKey};
use super::record::{Parting, Record};
use super::tree::Tree;
use super::{Store, StoreError};

/// What is followed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Followed {
    /// A source, by id.
    Source(String),
    /// A person, by fullest name.
    Person(String),
}

impl std::fmt::Display for Followed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Followed::Source(name) | Followed::Person(name)) = self;
        out.write_str(name)
    }
}

/// One channel's wish to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follow {
    /// The server.
    pub server: Id,
    /// The channel.
    pub channel: Id,
    /// What it follows.
    pub what: Followed,
    /// Who asked for it; `None` where that person is forgotten.
    pub by: Option<UserKey>,
    /// Since when.
    pub since: Time,
    /// The edition of each source up to which the channel has been told, by id.
    pub told: BTreeMap<String, EditionHash>,
}

/// Version 1 is [`Follow`] as above, under server, channel and what is followed.
impl Record for Follow {
    const TREE: Tree = Tree::Follows;
    const VERSION: u8 = 1;
    const PERSONAL: bool = true;
    type Key = (Id, Id, Followed);

    fn server(&self, _key: &Self::Key) -> Option<Id> {
        Some(self.server)
    }

    fn part(&mut self, _key: &Self::Key, who: &dyn Fn(UserKey) -> bool) -> Parting {
        if self.by.is_some_and(who) {
            self.by = None;
            return Parting::Stays;
        }
        Parting::Untouched
    }
}

impl Store {
    /// Lets a channel follow something; `told` is what it knows already: the newest edition of each source. Returns once it is on disk.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn follow(
        &self,
        (server, channel): (u64, u64),
        what: Followed,
        told: BTreeMap<String, EditionHash>,
        by: u64,
        now: Time,
    ) -> Result<(), StoreError> {
        let by = Some(self.user(by));
        let (server, channel) = (Id(server), Id(channel));
        self.write(move |changes| {
            let key = (server, channel, what.clone());
            if changes.get::<Follow>(&key)?.is_some() {
                return Ok(());
            }
            let kind = ChangeKind::Follow { channel, what: what.to_string() };
            changes.note(server, Change { at: now, by, what: kind })?;
            changes.put(&key, &Follow { server, channel, what, by, since: now, told })
        })
    }

    /// Ends it; says whether the channel followed it. Returns once it is on disk.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn unfollow(&self, (server, channel): (u64, u64), what: Followed, by: u64, now: Time) -> Result<bool, StoreError> {
        let by = Some(self.user(by));
        let (server, channel) = (Id(server), Id(channel));
        self.write(move |changes| {
            let name = what.to_string();
            let was = changes.remove::<Follow>(&(server, channel, what))?;
            if was {
                let kind = ChangeKind::Unfollow { channel, what: name };
                changes.note(server, Change { at: now, by, what: kind })?;
            }
            Ok(was)
        })
    }

    /// Every follow, of one server or of all.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn follows(&self, server: Option<u64>) -> Result<Vec<Follow>, StoreError> {
        let follows = match server {
            Some(server) => self.scan::<Follow>(&(Id(server),))?,
            None => self.scan::<Follow>(&())?,
        };
        Ok(follows.into_iter().map(|(_, follow)| follow).collect())
    }

    /// Notes that a channel needs not be told of an edition (nothing in it concerns it). Returns once it is on disk.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn pass_over(&self, follow: &Follow, source: &str, edition: EditionHash) -> Result<(), StoreError> {
        let key = (follow.server, follow.channel, follow.what.clone());
        let source = source.to_owned();
        self.write(move |changes| changes.told(&key, source, edition))
    }
}

impl super::changes::Changes<'_> {
    pub(super) fn told(&mut self, key: &(Id, Id, Followed), source: String, edition: EditionHash) -> Result<(), StoreError> {
        // A follow that has ended meanwhile needs no note.
        let Some(mut follow) = self.get::<Follow>(key)? else { return Ok(()) };
        follow.told.insert(source, edition);
        self.put(key, &follow)
    }
}
