//! Asks the engine, off the gateway's threads, and sends the card; an answer that takes long is announced first.
//! Knows no single command.

use std::sync::Arc;
use std::time::Duration;

use super::asker::{Asker, Place};
use super::bot::{Bot, log_failure};
use super::card::{self, Around};
use super::keeping;
use super::message::Message;
use crate::answer::{Answer, Quotation};
use crate::engine::{AskOptions, Snapshot};
use crate::receipt::{Receipt, Settings, Shown, label};
use crate::render::discord_card::Card;
use crate::render::frame::Frame;

/// An answer that takes longer is announced first.
const AT_ONCE: Duration = Duration::from_millis(900);

/// What is asked, and by whom.
#[derive(Debug, Clone)]
pub(super) struct Query {
    /// The question, on one line.
    pub question: String,
    /// Language of the asker; `None` where it is not known: then the question's.
    pub locale: Option<String>,
    /// Where.
    pub place: Place,
    /// The question it may follow up.
    pub previous: Option<String>,
}

/// An answer with the state of the sources it was read from.
#[derive(Debug)]
pub(super) struct Answered {
    /// The sources.
    pub snapshot: Arc<Snapshot>,
    /// The answer.
    pub answer: Answer,
    /// The answer in words.
    pub frame: Frame,
    /// The question as it can stand alone.
    pub question: String,
    /// The asker's language, else the question's.
    pub locale: String,
    /// The receipt's id; empty where there is none.
    pub receipt: String,
    /// The receipt itself.
    pub whole_receipt: Receipt,
    /// The version of the rules it was made with.
    pub rules_version: String,
}

/// Asks the engine on a thread for computing.
pub(super) async fn ask(bot: &Arc<Bot>, query: Query) -> Option<Answered> {
    let bot = bot.clone();
    let task = tokio::task::spawn_blocking(move || compute(&bot, query));
    match task.await {
        Ok(answered) => Some(answered),
        Err(error) => {
            tracing::error!(panicked = error.is_panic(), "an answer could not be computed");
            None
        }
    }
}

fn compute(bot: &Bot, query: Query) -> Answered {
    let snapshot = bot.engine.load_full();
    let viewer = bot.viewer(&query.place);
    let options = AskOptions {
        locale: query.locale.clone(),
        today: viewer.today,
        newsroom: viewer.newsroom,
        previous: query.previous.clone(),
        ..AskOptions::default()
    };
    let began = std::time::Instant::now();
    let answer = snapshot.ask(&query.question, &options);
    bot.measure_answer(&answer, began.elapsed());
    let locale = query.locale.unwrap_or_else(|| answer.question.locale.clone());
    // A follow-up can't stand alone: its buttons ask what it was read as.
    let followed = query.previous.is_some().then(|| answer.question.read_as.clone()).flatten();
    let question = followed.unwrap_or(query.question);
    let settings = Settings { newsroom: options.newsroom, ..Settings::default() };
    let rules_version = bot.rules_version.of(&snapshot.rules);
    let whole_receipt = Receipt::of(&answer, &settings, &snapshot.knowledge, rules_version);
    let frame = Frame::of(&answer, &snapshot, &options, &whole_receipt);
    let receipt = whole_receipt.id().to_owned();
    let rules_version = rules_version.to_string();
    Answered { snapshot, frame, question, locale, receipt, whole_receipt, rules_version, answer }
}

impl Answered {
    /// The card as a message, from passage `from` on.
    pub(super) fn message(&self, bot: &Bot, private: bool, from: usize) -> Message {
        let around = Around {
            words: bot.phrases.of(&self.locale),
            locale: &self.locale,
            question: &self.question,
            receipt: &self.receipt,
            private,
            asks: true,
            has_source: !self.answer.quotations.is_empty(),
            choices: self.frame.choices.iter().map(|(_, label)| label.as_str()).collect(),
            examples: &self.frame.examples,
            url: self.frame.sources.iter().find_map(|source| source.url.as_deref()),
            from,
        };
        card::message(&Card::of(&self.frame), &around)
    }
}

/// Answers an interaction with the card of a checked claim.
pub(super) async fn check(bot: &Arc<Bot>, asker: &Asker, claim: String) {
    let private = bot.is_private(&asker.place);
    let work = {
        let (bot, place, locale) = (bot.clone(), asker.place.clone(), bot.locale(asker));
        tokio::task::spawn_blocking(move || checked(&bot, &place, &locale, &claim, private))
    };
    deliver(bot, asker, private, async move { work.await.ok() }).await;
}

fn checked(bot: &Bot, place: &Place, locale: &str, claim: &str, private: bool) -> Message {
    let snapshot = bot.engine.load_full();
    let viewer = bot.viewer(place);
    let options =
        AskOptions { locale: Some(locale.to_owned()), today: viewer.today, newsroom: viewer.newsroom, ..AskOptions::default() };
    let check = snapshot.claim(claim, &options);
    bot.measure_claim(check.finding);
    let spans = check.quotations.iter().map(Quotation::span).collect::<Vec<_>>();
    let labels = check.quotations.iter().map(label).collect::<Vec<_>>();
    let shown = Shown { asked: claim, outcome: check.finding as u8, spans: &spans, labels: &labels };
    let settings = Settings { newsroom: options.newsroom, ..Settings::default() };
    let receipt = Receipt::of_shown(&shown, &settings, &snapshot.knowledge, bot.rules_version.of(&snapshot.rules));
    let frame = Frame::of_check(&check, &snapshot, &options, locale, &receipt);
    let mut around = Around::plain(bot.phrases.of(locale), locale, claim);
    around.private = private;
    around.url = frame.sources.iter().find_map(|source| source.url.as_deref());
    card::message(&Card::of(&frame), &around)
}

/// Answers an interaction with the card of a question, in the open or privately as the channel is.
pub(super) async fn respond(bot: &Arc<Bot>, asker: &Asker, question: &str) {
    respond_as(bot, asker, question, bot.is_private(&asker.place)).await;
}

/// Answers an interaction for the asker alone.
pub(super) async fn respond_privately(bot: &Arc<Bot>, asker: &Asker, question: &str) {
    respond_as(bot, asker, question, !asker.place.direct).await;
}

async fn respond_as(bot: &Arc<Bot>, asker: &Asker, question: &str, private: bool) {
    let question = card::one_line(question);
    let now = std::time::Instant::now();
    let previous = bot.follow_ups.previous(asker.user, asker.place.channel, now);
    let query = Query { question, locale: Some(bot.locale(asker)), place: asker.place.clone(), previous };
    let card = {
        let bot = bot.clone();
        async move {
            let answered = ask(&bot, query).await?;
            bot.follow_ups.remember(asker.user, asker.place.channel, answered.question.clone(), now);
            keeping::note(&bot, asker, &answered, private);
            Some(answered.message(&bot, private, 0))
        }
    };
    deliver(bot, asker, private, card).await;
}

/// Sends a message once it is there; when that takes long, Discord is told first that it will come.
pub(super) async fn deliver(bot: &Bot, asker: &Asker, private: bool, message: impl Future<Output = Option<Message>>) {
    let mut message = std::pin::pin!(message);
    let failed = || Message::private(bot.words(asker).get("say.failed"));
    match tokio::time::timeout(AT_ONCE, &mut message).await {
        Ok(ready) => bot.reply(asker, &ready.unwrap_or_else(failed)).await,
        Err(_) => {
            let deferred = bot.sender.defer(asker.id, &asker.token, private, asker.arrived).await;
            bot.measure_reply(deferred.as_ref().copied(), asker.arrived.elapsed());
            if let Err(error) = deferred {
                return log_failure("an acknowledgement", &error);
            }
            let ready = message.await.unwrap_or_else(failed);
            if let Err(error) = bot.sender.edit_original(asker.application, &asker.token, &ready).await {
                log_failure("an answer", &error);
            }
        }
    }
}
