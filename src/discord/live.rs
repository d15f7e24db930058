//! What of the configuration a running bot takes over when it changes. Knows no file and no variable.

use std::sync::Arc;

use arc_swap::ArcSwap;

use super::Config;
use crate::store::{Audience, Retention};

/// The settings that may change while the bot runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// What a channel is before a manager sets it.
    pub default_audience: Audience,
    /// Whether direct messages are answered.
    pub direct_messages: bool,
    /// For how long what is kept.
    pub retention: Retention,
}

/// Shared by the bot and by whoever reloads.
pub type SharedLive = Arc<ArcSwap<Live>>;

impl Live {
    /// The part of `config` that may change.
    #[must_use]
    pub fn of(config: &Config, retention: Retention) -> Self {
        Self { default_audience: config.default_audience, direct_messages: config.direct_messages, retention }
    }
}
