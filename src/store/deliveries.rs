//! Messages that must go out once and only once, over kills and restarts. Knows no Discord but that channels and messages have numbers.
//!
//! A delivery is written down before it is sent and closed after: [`Store::begin`], send, [`Store::sent`]. After a kill in between,
//! [`Store::unsent`] lists it, to be sent again with the same number as nonce, by which the receiver tells a repetition; where the
//! receiver's memory for nonces is short, look for a message of ours with that nonce in the channel first.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::changes::Changes;
use super::follows::Followed;
use super::id::{EditionHash, Id, Time};
use super::record::Record;
use super::tree::Tree;
use super::{Store, StoreError};

/// Why a message goes out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// A channel follows something of which there is a new edition.
    Follow {
        /// What it follows.
        what: Followed,
        /// The source.
        source: String,
    },
    /// A passage that a message quoted was changed or removed.
    Recall {
        /// Id of the receipt.
        receipt: String,
        /// The message replied to.
        message: Id,
    },
}

/// A message for one channel about one edition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Delivery {
    /// The server.
    pub server: Id,
    /// The channel.
    pub channel: Id,
    /// Why.
    pub occasion: Occasion,
    /// The new edition.
    pub edition: EditionHash,
}

/// What to do with a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// Send it; it was never sent.
    Send {
        /// Goes with the message.
        nonce: u64,
    },
    /// It was begun before, and perhaps sent: send it again with the same nonce unless it is in the channel.
    Again {
        /// As the first time.
        nonce: u64,
        /// When it was begun.
        at: Time,
    },
    /// It was sent: do nothing.
    Done {
        /// The message; 0 where it was given up.
        message: Id,
    },
}

/// The record, under the delivery itself; version 1 has the fields below.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    begun: Time,
    message: Option<Id>,
}

impl Record for Entry {
    const TREE: Tree = Tree::Deliveries;
    const VERSION: u8 = 1;
    type Key = Delivery;

    fn server(&self, key: &Self::Key) -> Option<Id> {
        Some(key.server)
    }

    fn last_used(&self, _key: &Self::Key) -> Option<Time> {
        Some(self.begun)
    }
}

impl Delivery {
    /// The same number for the same delivery, for ever.
    #[must_use]
    pub fn nonce(&self) -> u64 {
        let digest = Sha256::digest(postcard::to_allocvec(self).unwrap_or_default());
        digest.first_chunk().copied().map_or(0, u64::from_be_bytes)
    }
}

impl Delivery {
    /// Whether one message tells both: it is the same delivery, or what else its channel follows of that edition.
    #[must_use]
    pub fn goes_with(&self, other: &Delivery) -> bool {
        let of_follow = |delivery: &Delivery| match &delivery.occasion {
            Occasion::Follow { source, .. } => Some(source.clone()),
            Occasion::Recall { .. } => None,
        };
        let same_place = (self.server, self.channel, self.edition) == (other.server, other.channel, other.edition);
        self == other || (same_place && of_follow(self).is_some() && of_follow(self) == of_follow(other))
    }
}

impl Store {
    /// Writes down that one message for several deliveries is about to be sent; where one of them was told before, so is the rest by
    /// now. Returns once it is on disk.
    ///
    /// # Errors
    /// When the store can't be written: then do not send.
    pub fn begin_together(&self, deliveries: &[Delivery], now: Time) -> Result<Begun, StoreError> {
        let deliveries = deliveries.to_vec();
        self.write(move |changes| {
            let nonce = deliveries.first().map_or(0, Delivery::nonce);
            let mut begun = None;
            let mut done = None;
            for delivery in &deliveries {
                match changes.get::<Entry>(delivery)? {
                    Some(Entry { message: Some(message), .. }) => done = Some(message),
                    Some(Entry { begun: at, .. }) => begun = Some(at),
                    None => changes.put(delivery, &Entry { begun: now, message: None })?,
                }
            }
            if let Some(message) = done {
                deliveries.into_iter().try_for_each(|delivery| changes.close(delivery, message, now))?;
                return Ok(Begun::Done { message });
            }
            Ok(begun.map_or(Begun::Send { nonce }, |at| Begun::Again { nonce, at }))
        })
    }

    /// Writes down that they were sent, as `message`; follows are then told up to that edition. Returns once it is on disk.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn sent_together(&self, deliveries: &[Delivery], message: u64, now: Time) -> Result<(), StoreError> {
        let deliveries = deliveries.to_vec();
        self.write(move |changes| deliveries.into_iter().try_for_each(|delivery| changes.close(delivery, Id(message), now)))
    }

    /// Writes down that a message is about to be sent; returns once that is on disk.
    ///
    /// # Errors
    /// When the store can't be written: then do not send.
    pub fn begin(&self, delivery: &Delivery, now: Time) -> Result<Begun, StoreError> {
        let delivery = delivery.clone();
        self.write(move |changes| {
            let nonce = delivery.nonce();
            Ok(match changes.get::<Entry>(&delivery)? {
                None => {
                    changes.put(&delivery, &Entry { begun: now, message: None })?;
                    Begun::Send { nonce }
                }
                Some(Entry { message: Some(message), .. }) => Begun::Done { message },
                Some(Entry { begun, .. }) => Begun::Again { nonce, at: begun },
            })
        })
    }

    /// Writes down that it was sent, as `message`; a follow is then told up to that edition. Returns once it is on disk.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn sent(&self, delivery: &Delivery, message: u64, now: Time) -> Result<(), StoreError> {
        let delivery = delivery.clone();
        self.write(move |changes| changes.close(delivery, Id(message), now))
    }

    /// Closes a delivery that can never be sent (the channel is gone). Returns once it is on disk.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn give_up(&self, delivery: &Delivery, now: Time) -> Result<(), StoreError> {
        self.sent(delivery, 0, now)
    }

    /// Deliveries that were begun and not closed.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn unsent(&self) -> Result<Vec<Delivery>, StoreError> {
        self.scan_for::<Entry, _>(&(), |delivery, entry| entry.message.is_none().then_some(delivery))
    }

    /// Whether it was sent.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn was_sent(&self, delivery: &Delivery) -> Result<bool, StoreError> {
        Ok(self.get::<Entry>(delivery)?.is_some_and(|entry| entry.message.is_some()))
    }
}

impl Changes<'_> {
    /// Notes the message of a delivery; a follow is then told up to its edition.
    fn close(&mut self, delivery: Delivery, message: Id, now: Time) -> Result<(), StoreError> {
        self.put(&delivery, &Entry { begun: now, message: Some(message) })?;
        let Delivery { server, channel, occasion, edition } = delivery;
        match occasion {
            Occasion::Follow { what, source } => self.told(&(server, channel, what), source, edition),
            Occasion::Recall { .. } => Ok(()),
        }
    }
}
