//! What every handler works with, and its ways to say something; answers are computed off the event's task. Knows no single command.

use std::sync::{Arc, OnceLock};

use tokio::sync::Semaphore;

use super::asker::{Asker, Place};
use super::compaction::Compaction;
use super::config::Config;
use super::desk::Told;
use super::fairness::Fairness;
use super::follow_ups::FollowUps;
use super::link::Link;
use super::live::SharedLive;
use super::message::{Form, Message};
use super::notices::Notices;
use super::open_answers::OpenAnswers;
use super::phrases::{Phrases, Words};
use super::rules_versions::RulesVersions;
use super::sender::{SendError, Sender};
use super::threads::Threads;
use crate::document::Viewer;
use crate::engine::{AskOptions, Snapshot, Sureness};
use crate::ops::Metrics;
use crate::store::{Audience, Confidence, Memory, Settings};

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
    /// When the memory is written anew.
    pub compaction: Arc<Compaction>,
    /// Allowances.
    pub fairness: Fairness,
    /// Channels of threads.
    pub threads: Threads,
    /// Last questions.
    pub follow_ups: FollowUps,
    /// Whether the gateway is connected.
    pub link: Link,
    /// What is to be told to channels.
    pub notices: Notices,
    /// What the desks were told lately.
    pub desk: Told,
    /// Turns at computing: one for each core.
    pub cores: Arc<Semaphore>,
    /// Answers under way.
    pub under_way: OpenAnswers,
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
    /// What is set for a place; nothing is where no server has the bot.
    #[must_use]
    pub fn settings(&self, place: &Place) -> Settings {
        place.server.map(|server| self.memory.settings(server, place.settings_channel())).unwrap_or_default()
    }

    /// Whom a place is for; `None` when nothing is answered there.
    #[must_use]
    pub fn audience(&self, place: &Place) -> Option<Audience> {
        self.audience_by(place, &self.settings(place))
    }

    fn audience_by(&self, place: &Place, settings: &Settings) -> Option<Audience> {
        if place.server.is_none() {
            return Some(Audience::Readers);
        }
        let answers = settings.answers_in(place.settings_channel());
        answers.then(|| settings.audience.unwrap_or(self.live.load().default_audience))
    }

    /// How questions are answered in a place: newsroom sources only where a channel is the newsroom's, and as its managers have set it.
    #[must_use]
    pub fn options(&self, place: &Place) -> AskOptions {
        let settings = self.settings(place);
        let newsroom = place.server.is_some() && self.audience_by(place, &settings) == Some(Audience::Newsroom);
        let frame = settings.locale.filter(|tag| self.phrases.has(tag));
        AskOptions {
            today: Some((self.today)()),
            newsroom,
            locale: frame.clone(),
            frame,
            only: settings.sources.filter(|only| !only.is_empty()),
            without: settings.suppressed.unwrap_or_default(),
            sureness: match settings.confidence {
                None => Sureness::Balanced,
                Some(Confidence::Desk) => Sureness::Desk,
                Some(Confidence::Public) => Sureness::Public,
            },
            fresh_days: settings.freshness_days,
            ..AskOptions::default()
        }
    }

    /// What may be read in a place.
    #[must_use]
    pub fn viewer(&self, place: &Place) -> Viewer {
        self.options(place).viewer()
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

    /// The language to answer in: the one that is set for the place, else the client's where the program has it, else the server's, else
    /// the client's all the same.
    #[must_use]
    pub fn locale(&self, asker: &Asker) -> String {
        let set = self.settings(&asker.place).locale;
        let server = asker.server_locale.iter().cloned();
        let known = set.into_iter().chain([asker.locale.clone()]).chain(server).find(|tag| self.phrases.has(tag));
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

    /// Answers an example in each language, so that nobody's first question waits for rules to be read.
    pub fn warm(&self, snapshot: &Snapshot) {
        let tags = std::iter::once("en").chain(self.phrases.translations().map(|(tag, _)| tag));
        for tag in tags.filter(|tag| snapshot.rules.locale(tag).is_some()) {
            let example = snapshot.knowledge.case.examples.get(tag).and_then(|all| all.first()).map_or(tag, String::as_str);
            let options = AskOptions { locale: Some(tag.to_owned()), today: Some((self.today)()), ..AskOptions::default() };
            let _answer = snapshot.ask(example, &options);
        }
        let _known = self.rules_version.of(&snapshot.rules);
    }

    /// Answers an interaction; a failure is told in the log, without the question.
    pub async fn reply(&self, asker: &Asker, message: &Message) {
        let sent = self.sender.callback(asker.id, &asker.token, 4, message, asker.arrived).await;
        self.measure_reply(sent.as_ref().copied(), asker.arrived.elapsed());
        if let Err(error) = sent {
            log_failure("an answer", &error);
        }
    }

    /// Answers an interaction in the open, and gives the message that came of it where somebody wants to know.
    pub async fn reply_and_know(&self, asker: &Asker, message: &Message, wanted: bool) -> Option<u64> {
        if !wanted {
            self.reply(asker, message).await;
            return None;
        }
        let sent = self.sender.callback_with_message(asker.id, &asker.token, message, asker.arrived).await;
        self.measure_reply(sent.as_ref().map(|_| ()), asker.arrived.elapsed());
        let known = match sent {
            Ok(Some(id)) => return Some(id),
            // It had arrived, but the answer that names the message was lost.
            Ok(None) => self.sender.original(asker.application, &asker.token).await,
            Err(error) => Err(error),
        };
        known.inspect_err(|error| log_failure("an answer", error)).ok()
    }

    /// Replaces the message that the asker's button or menu stands under.
    pub async fn update(&self, asker: &Asker, message: &Message) {
        if let Err(error) = self.sender.callback(asker.id, &asker.token, 7, message, asker.arrived).await {
            log_failure("an answer", &error);
        }
    }

    /// Opens a form for the asker.
    pub async fn open(&self, asker: &Asker, form: &Form) {
        if let Err(error) = self.sender.form(asker.id, &asker.token, form, asker.arrived).await {
            log_failure("a form", &error);
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
