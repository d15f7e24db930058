//! What readers say of an answer, counted for each receipt. Knows no Discord.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::id::{Id, Time, UserKey};
use super::record::{Parting, Record};
use super::tree::Tree;
use super::{Store, StoreError};

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Complaint {
    /// Somebody else said it.
    WrongSpeaker,
    /// The passages do not answer the question.
    NotAnAnswer,
    /// The source is older than the facts.
    OutOfDate,
    /// Something is missing.
    Missing,
}

/// The record, under receipt and user, so that one person counts once; version 1 has the fields below.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    server: Id,
    complaint: Complaint,
    at: Time,
}

impl Record for Entry {
    const TREE: Tree = Tree::Feedback;
    const VERSION: u8 = 1;
    const PERSONAL: bool = true;
    type Key = (String, UserKey);

    fn server(&self, _key: &Self::Key) -> Option<Id> {
        Some(self.server)
    }

    fn last_used(&self, _key: &Self::Key) -> Option<Time> {
        Some(self.at)
    }

    fn part(&mut self, key: &Self::Key, who: &dyn Fn(UserKey) -> bool) -> Parting {
        if who(key.1) { Parting::Goes } else { Parting::Untouched }
    }
}

/// The complaints about one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaints {
    /// Id of the receipt.
    pub receipt: String,
    /// How many people made which one.
    pub counts: BTreeMap<Complaint, u64>,
    /// When the last came.
    pub last: Time,
}

impl Store {
    /// Counts a complaint; a person's later one replaces the earlier. Returns at once.
    pub fn complain(&self, receipt: &str, server: u64, user: u64, complaint: Complaint, now: Time) {
        let key = (receipt.to_owned(), self.user(user));
        self.later(move |changes| changes.put(&key, &Entry { server: Id(server), complaint, at: now }));
    }

    /// Complaints made in a server (in all of them without one), most first.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn complaints(&self, server: Option<u64>) -> Result<Vec<Complaints>, StoreError> {
        let mut all = BTreeMap::<String, Complaints>::new();
        for ((receipt, _), entry) in self.scan::<Entry>(&())? {
            if server.is_some_and(|server| Id(server) != entry.server) {
                continue;
            }
            let fresh = || Complaints { receipt: receipt.clone(), counts: BTreeMap::new(), last: entry.at };
            let line = all.entry(receipt.clone()).or_insert_with(fresh);
            *line.counts.entry(entry.complaint).or_default() += 1;
            line.last = line.last.max(entry.at);
        }
        let mut all: Vec<_> = all.into_values().collect();
        all.sort_by_key(|line| std::cmp::Reverse((line.counts.values().sum::<u64>(), line.last)));
        Ok(all)
    }
}
