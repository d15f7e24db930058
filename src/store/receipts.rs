//! What was shown, from which editions, and where; feedback on it. Knows no Discord but that servers, channels and messages have numbers.

use serde::{Deserialize, Serialize};

use super::changes::Changes;
use super::id::{EditionHash, Id, Time, UserKey};
use super::record::{self, Parting, Record};
use super::tree::Tree;
use super::{Store, StoreError, feedback};
use crate::document::Knowledge;
use crate::receipt::{Receipt, ReceiptError};

/// The receipt of an answer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptReceipt {
    /// Its compact text, with which another copy of the program can check it.
    pub text: String,
    /// Keyed hash of the question ([`Store::question`]).
    pub question: String,
    /// Version of the rules.
    pub rules: String,
    /// Editions quoted.
    pub editions: Vec<KeptEdition>,
    /// Passages shown, in the order shown.
    pub spans: Vec<KeptSpan>,
    /// When it was first shown.
    pub first: Time,
    /// When it was last shown.
    pub last: Time,
}

/// An edition that was quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptEdition {
    /// Id of its source.
    pub source: String,
    /// Hash of its text.
    pub hash: EditionHash,
}

/// A passage of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSpan {
    /// Which of the receipt's editions.
    pub edition: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// Where an answer was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Showing {
    /// The server; 0 for a direct message.
    pub server: Id,
    /// The channel.
    pub channel: Id,
    /// The message, or the interaction that was answered privately.
    pub message: Id,
    /// Whether only the asker saw it, so that no later reply can reach it.
    pub private: bool,
    /// Who asked, for `/forgetme` alone.
    pub asker: Option<UserKey>,
    /// When.
    pub at: Time,
}

/// Version 1 is [`KeptReceipt`] as above, under the receipt's id.
impl Record for KeptReceipt {
    const TREE: Tree = Tree::Receipts;
    const VERSION: u8 = 1;
    type Key = String;

    fn last_used(&self, _key: &Self::Key) -> Option<Time> {
        Some(self.last)
    }
}

/// Version 1 is [`Showing`] as above, under the receipt's id, channel and message.
impl Record for Showing {
    const TREE: Tree = Tree::Showings;
    const VERSION: u8 = 1;
    const PERSONAL: bool = true;
    type Key = (String, Id, Id);

    fn server(&self, _key: &Self::Key) -> Option<Id> {
        Some(self.server)
    }

    fn last_used(&self, _key: &Self::Key) -> Option<Time> {
        Some(self.at)
    }

    fn part(&mut self, _key: &Self::Key, who: &dyn Fn(UserKey) -> bool) -> Parting {
        if self.asker.is_some_and(who) { Parting::Goes } else { Parting::Untouched }
    }
}

impl KeptReceipt {
    /// What is kept of `receipt`, whose passages are in `knowledge`.
    ///
    /// # Errors
    /// When they are not.
    pub fn of(
        receipt: &Receipt,
        knowledge: &Knowledge,
        question: String,
        rules: String,
        now: Time,
    ) -> Result<Self, ReceiptError> {
        let mut editions = Vec::new();
        let mut spans = Vec::new();
        for span in receipt.check(knowledge)? {
            let (Some(edition), Some(source)) = (knowledge.edition(span.edition), knowledge.source_of(span.edition)) else {
                continue;
            };
            let kept = KeptEdition { source: source.id.clone(), hash: EditionHash::of(edition) };
            let number = editions.iter().position(|known| *known == kept).unwrap_or_else(|| {
                editions.push(kept);
                editions.len() - 1
            });
            spans.push(KeptSpan { edition: u32::try_from(number).unwrap_or(u32::MAX), start: span.start, end: span.end });
        }
        Ok(Self { text: receipt.to_string(), question, rules, editions, spans, first: now, last: now })
    }
}

impl Store {
    /// Keeps a receipt and where it was shown; returns at once. The id is the first part of the receipt's text.
    pub fn keep_receipt(&self, id: &str, receipt: KeptReceipt, showing: Showing) {
        let id = id.to_owned();
        self.later(move |changes| {
            let receipt = match changes.get::<KeptReceipt>(&id)? {
                Some(known) => KeptReceipt { last: known.last.max(receipt.last), ..known },
                None => receipt,
            };
            changes.put(&id, &receipt)?;
            changes.put(&(id, showing.channel, showing.message), &showing)
        });
    }

    /// The receipt with that id.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn receipt(&self, id: &str) -> Result<Option<KeptReceipt>, StoreError> {
        self.get::<KeptReceipt>(&id.to_owned())
    }

    /// Every receipt with its id.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn receipts(&self) -> Result<Vec<(String, KeptReceipt)>, StoreError> {
        self.scan::<KeptReceipt>(&())
    }

    /// Ids of the receipts that satisfy a condition.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn receipts_where(&self, which: impl Fn(&KeptReceipt) -> bool) -> Result<Vec<String>, StoreError> {
        self.scan_for::<KeptReceipt, _>(&(), |id, receipt| which(&receipt).then_some(id))
    }

    /// Where an answer was shown, oldest first.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn showings(&self, id: &str) -> Result<Vec<Showing>, StoreError> {
        let mut showings: Vec<_> = self.scan::<Showing>(&(id,))?.into_iter().map(|(_, showing)| showing).collect();
        showings.sort_by_key(|showing| (showing.at, showing.message));
        Ok(showings)
    }
}

/// The receipt that the showing under a stored key is of; `None` for the key of another record.
pub(super) fn shown(key: &[u8]) -> Option<String> {
    let of_showing = key.first() == Some(&(Tree::Showings as u8));
    let (receipt, ..) = if of_showing { record::read_key::<Showing>(key)? } else { return None };
    Some(receipt)
}

impl Changes<'_> {
    /// Removes receipts of `ids` that are no longer known to have been shown anywhere, with the feedback on them.
    pub(super) fn remove_unshown(&mut self, ids: impl IntoIterator<Item = String>) -> Result<u64, StoreError> {
        let mut removed = 0;
        for id in ids {
            if !self.any::<Showing>(&(&id,))? {
                removed += self.remove_where::<feedback::Entry>(&(&id,), |_, _| true)?;
                removed += u64::from(self.remove::<KeptReceipt>(&id)?);
            }
        }
        Ok(removed)
    }
}
