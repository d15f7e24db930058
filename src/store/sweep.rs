//! Deletes what has been kept long enough; run once a day, with the clock of the caller. Knows no surface.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::id::Time;
use super::receipts::KeptReceipt;
use super::tree::{Facts, KINDS, Tree};
use super::{Store, StoreError, receipts, servers};

/// For how many days what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// Receipts, where they were shown, feedback on them and recalls, since the last showing.
    pub receipts: u32,
    /// Counts of refused questions, since the last time.
    pub gaps: u32,
    /// Texts of refused questions, where a server keeps them.
    pub questions: u32,
    /// The trail of changes.
    pub audit: u32,
    /// Everything of a server that has removed the bot.
    pub left_servers: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self { receipts: 365, gaps: 365, questions: 30, audit: 730, left_servers: 7 }
    }
}

impl Retention {
    /// Days for the records of a tree; `None` for what stays until somebody removes it.
    #[must_use]
    pub fn days(&self, tree: Tree) -> Option<u32> {
        match tree {
            Tree::Receipts | Tree::Showings | Tree::Feedback | Tree::Deliveries => Some(self.receipts),
            Tree::Gaps => Some(self.gaps),
            Tree::Questions => Some(self.questions),
            Tree::Audit => Some(self.audit),
            Tree::Settings | Tree::Follows | Tree::Servers | Tree::Users => None,
        }
    }
}

/// How many records a sweep deleted, by tree; `servers` counts servers.
pub type Swept = BTreeMap<String, u64>;

impl Store {
    /// Deletes what is older than its retention, and the data of servers that have left. Returns once it is on disk.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn sweep(&self, now: Time, retention: Retention) -> Result<Swept, StoreError> {
        self.write(move |changes| {
            let mut swept = Swept::new();
            let leavers = changes.scan::<servers::Entry>(&())?;
            for (server, _) in leavers.iter().filter(|(_, entry)| entry.left <= now.days_before(retention.left_servers)) {
                changes.forget_server(*server)?;
                *swept.entry(Tree::Servers.name().to_owned()).or_default() += 1;
            }
            let mut shown = BTreeSet::new();
            for kind in &KINDS {
                let Some(days) = retention.days(kind.tree) else { continue };
                let old = |facts: &Facts| facts.last_used.is_some_and(|last| last < now.days_before(days));
                for key in changes.having(kind, old)? {
                    shown.extend(receipts::shown(&key));
                    changes.remove_key(key)?;
                    *swept.entry(kind.tree.name().to_owned()).or_default() += 1;
                }
            }
            // A receipt shown again later keeps its place until that showing is old, too.
            for receipt in shown {
                if changes.get::<KeptReceipt>(&receipt)?.is_some() {
                    changes.remove_unshown([receipt])?;
                }
            }
            Ok(swept)
        })
    }
}
