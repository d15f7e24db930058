//! What every handler works with, and its ways to say something; answers are computed off the event's task. Knows no single command.

use std::sync::{Arc, OnceLock};

use super::asker::{Asker, Place};
use super::config::Config;
use super::fairness::Fairness;
use super::follow_ups::FollowUps;
use super::link::Link;
use super::live::SharedLive;
use super::message::Message;
use super::open_answers::OpenAnswers;
use super::phrases::{Phrases, Words};
use super::rules_versions::RulesVersions;
use super::sender::{SendError, Sender};
use super::threads::Threads;
use crate::document::Viewer;
use crate::ops::Metrics;
use crate::store::{Audience, Memory};

/// The running bot.
#[derive(Debug)]
pub struct Bot {
    /// Configuration.
    pub config: Config,
    /// The way out.
    pub sender: Sender,
    /// What it says.
    pub phrases: Phrases,
    /// Settings.
    pub memory: Memory,
    /// Allowances.
    pub fairness: Fairness,
    /// Channels of threads.
    pub threads: Threads,
    /// Last questions.
    pub follow_ups: FollowUps,
    /// Whether the gateway is connected.
    pub link: Link,
    /// Answers under way.
    pub open: OpenAnswers,
    /// The application, known once the gateway is ready.
    pub application: OnceLock<u64>,
    /// Sources, rules and index.
    pub engine: super::Source,
    /// The bot's own user, known once the gateway is ready.
    pub user: OnceLock<u64>,
    /// For receipts.
    pub rules_version: RulesVersions,
    /// Today, by the caller's clock.
    pub today: fn() -> jiff::civil::Date,
    /// What may change while it runs.
    pub live: SharedLive,
    /// What it counts of itself.
    pub metrics: Arc<Metrics>,
}

impl Bot {
    /// Whom a place is for; `None` when nothing is answered there.
    #[must_use]
    pub fn audience(&self, place: &Place) -> Option<Audience> {
        let Some(server) = place.server else {
            return Some(Audience::Readers);
        };
        let settings = self.memory.settings(server, place.settings_channel());
        let answers = settings.answers_in(place.settings_channel());
        answers.then(|| settings.audience.unwrap_or(self.live.load().default_audience))
    }

    /// What may be read in a place: newsroom sources only where a channel is the newsroom's.
    #[must_use]
    pub fn viewer(&self, place: &Place) -> Viewer {
        let newsroom = place.server.is_some() && self.audience(place) == Some(Audience::Newsroom);
        Viewer { today: Some((self.today)()), newsroom, ..Viewer::default() }
    }

    /// Whether answers in a place go to the asker alone.
    #[must_use]
    pub fn is_private(&self, place: &Place) -> bool {
        !place.direct && self.audience(place) != Some(Audience::Newsroom)
    }

    /// The phrases for an asker: the client's language, else the server's.
    #[must_use]
    pub fn words(&self, asker: &Asker) -> Words<'_> {
        self.phrases.of(&self.locale(asker))
    }

    /// The language to answer in: the client's where the program has it, else the server's, else the client's all the same.
    #[must_use]
    pub fn locale(&self, asker: &Asker) -> String {
        let server = asker.server_locale.iter().cloned();
        let known = std::iter::once(asker.locale.clone()).chain(server).find(|tag| self.phrases.has(tag));
        known.unwrap_or_else(|| asker.locale.clone())
    }

    /// The case's example questions in a language, else in its own; they work in any place.
    #[must_use]
    pub fn examples(&self, locale: &str) -> Vec<String> {
        let snapshot = self.engine.load();
        let case = &snapshot.knowledge.case;
        let base = locale.split(['-', '_']).next().unwrap_or(locale).to_lowercase();
        let own = case.examples.get(locale).or_else(|| case.examples.get(&base));
        own.or_else(|| case.examples.get(case.language.as_deref()?)).cloned().unwrap_or_default()
    }

    /// Answers an interaction; a failure is told in the log, without the question.
    pub async fn reply(&self, asker: &Asker, message: &Message) {
        let sent = self.sender.callback(asker.id, &asker.token, 4, message, asker.arrived).await;
        self.measure_reply(sent.as_ref().copied(), asker.arrived.elapsed());
        if let Err(error) = sent {
            log_failure("an answer", &error);
        }
    }

    /// Says something to the asker alone.
    pub async fn tell(&self, asker: &Asker, text: String) {
        self.reply(asker, &Message::private(text)).await;
    }

    /// Takes a question from the asker's allowance; where it is used up, the asker is told.
    pub async fn may_ask(&self, asker: &Asker) -> bool {
        match self.fairness.take(asker.user, asker.place.channel, std::time::Instant::now()) {
            Ok(()) => true,
            Err(wait) => {
                let seconds = wait.as_secs().saturating_add(1).to_string();
                self.tell(asker, self.words(asker).text("say.too_fast", &[("n", &seconds)])).await;
                false
            }
        }
    }
}

/// Writes a failure to the log: what it was and why, never what was asked.
pub fn log_failure(what: &str, error: &SendError) {
    tracing::warn!(%error, "{what} could not be sent");
}

/// A bot that tasks share.
pub type SharedBot = Arc<Bot>;
