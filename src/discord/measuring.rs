//! What the bot counts of itself, and how it is at a moment. Knows no single command.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

use super::bot::Bot;
use super::sender::SendError;
use crate::answer::{Answer, Outcome};
use crate::claim::Finding;
use crate::ops::{Condition, Health, serve_health};

impl Bot {
    /// An answer was computed.
    pub(super) fn measure_answer(&self, answer: &Answer, took: Duration) {
        self.metrics.computed(took);
        match &answer.outcome {
            Outcome::Answered => self.metrics.question("answered", ""),
            Outcome::Abstained(reason) => self.metrics.question("abstained", reason.code()),
            Outcome::Ambiguous(_) => self.metrics.question("ambiguous", "ambiguous_name"),
        }
    }

    /// A claim was checked.
    pub(super) fn measure_claim(&self, finding: Finding) {
        self.metrics.claim(match finding {
            Finding::Found => "found",
            Finding::OtherSpeaker => "other_speaker",
            Finding::Differs => "differs",
            Finding::NotFound => "not_found",
        });
    }

    /// A first reply was taken by Discord, or not.
    pub(super) fn measure_reply(&self, result: Result<(), &SendError>, took: Duration) {
        match result {
            Ok(()) => self.metrics.replied(took),
            Err(SendError::Unreachable(_)) => self.metrics.unsent("unreachable"),
            Err(SendError::Refused { .. }) => self.metrics.unsent("refused"),
            Err(SendError::Unauthorised) => self.metrics.unsent("unauthorised"),
        }
    }

    /// How it is now.
    pub(super) fn condition(&self) -> Condition {
        let snapshot = self.engine.load_full();
        let store = self.memory.store();
        let mut digest = Sha256::new();
        snapshot.knowledge.editions.iter().for_each(|edition| digest.update(&edition.sha256));
        let half = data_encoding::HEXLOWER.encode(digest.finalize().get(..8).unwrap_or_default());
        Condition {
            connected: self.link.is_up(),
            sessions: self.link.ups(),
            sources: snapshot.knowledge.sources.len(),
            editions: snapshot.knowledge.editions.len(),
            snapshot: half,
            rules: self.rules_version.of(&snapshot.rules).to_string(),
            trouble: self.memory.trouble(),
            remembers: store.is_ok(),
            dropped: store.map(|store| store.dropped()).unwrap_or_default(),
        }
    }
}

/// Serves the bot's health at an address that was bound before, until the program ends.
pub(super) fn serve(bot: &Arc<Bot>, listener: std::net::TcpListener) -> std::io::Result<()> {
    let address = listener.local_addr()?;
    let listener = TcpListener::from_std(listener)?;
    // Weak, so that whoever asks at the wrong moment does not keep the bot's store open.
    let shared = Arc::downgrade(bot);
    let condition = move || shared.upgrade().map(|bot| bot.condition()).unwrap_or_default();
    tokio::spawn(serve_health(listener, Health { metrics: bot.metrics.clone(), condition: Arc::new(condition) }));
    tracing::info!("health and metrics at http://{address}");
    Ok(())
}
