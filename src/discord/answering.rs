//! Asks the engine, off the gateway's threads, and sends the card; an answer that takes long is announced first.
//! Knows no single command.

use std::sync::Arc;
use std::time::Duration;

use super::asker::{Asker, Place};
use super::bot::{Bot, log_failure};
use super::card::{self, Around};
use super::commands::MAX_QUESTION;
use super::drawing;
use super::keeping::{Keep, Spot};
use super::message::Message;
use crate::answer::{Answer, Quotation};
use crate::engine::{AskOptions, Snapshot};
use crate::receipt::{Receipt, Shown, label};
use crate::render::discord_card::Card;
use crate::render::frame::Frame;
use crate::render::picture::Theme;
use crate::span::Span;
use crate::store::{Refused, Time};

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
    /// Whether it is a claim to check, and no question.
    pub claim: bool,
}

/// An answer, or the result of a check, with the state of the sources it was read from.
#[derive(Debug)]
pub(super) struct Answered {
    /// The sources.
    pub snapshot: Arc<Snapshot>,
    /// The answer in words.
    pub frame: Frame,
    /// The passages that answer.
    pub spans: Vec<Span>,
    /// What the desk may want to know of a refusal.
    pub refused: Option<Refused>,
    /// The question as it can stand alone, or the claim.
    pub question: String,
    /// Whether it is a claim.
    pub claim: bool,
    /// The asker's language, else the question's.
    pub locale: String,
    /// The receipt's id; empty where there is none.
    pub receipt: String,
    /// The receipt itself.
    pub whole_receipt: Receipt,
    /// The version of the rules it was made with.
    pub rules_version: String,
    /// Words of one source that a message of the place may quote.
    pub budget: Option<u32>,
    /// Whether the place belongs to a server that has the bot, and so a desk.
    pub has_desk: bool,
}

/// Asks the engine on a thread for computing.
pub(super) async fn ask(bot: &Arc<Bot>, query: Query) -> Option<Answered> {
    let turn = bot.cores.clone();
    let bot = bot.clone();
    let work = move || if query.claim { check(&bot, query) } else { compute(&bot, query) };
    // As many at once as there are cores: more would only take the time of those that send what is ready.
    let _turn = turn.acquire().await;
    match tokio::task::spawn_blocking(work).await {
        Ok(answered) => Some(answered),
        Err(error) => {
            tracing::error!(panicked = error.is_panic(), "an answer could not be computed");
            None
        }
    }
}

fn compute(bot: &Bot, query: Query) -> Answered {
    let snapshot = bot.engine.load_full();
    let place = bot.options(&query.place);
    let set = place.frame.clone();
    let options = AskOptions { locale: query.locale.clone().or(place.locale), previous: query.previous.clone(), ..place };
    let began = std::time::Instant::now();
    let answer = snapshot.ask(&query.question, &options);
    bot.measure_answer(&answer, began.elapsed());
    let locale = set.or(query.locale).unwrap_or_else(|| answer.question.locale.clone());
    // A follow-up can't stand alone: its buttons ask what it was read as.
    let followed = query.previous.is_some().then(|| answer.question.read_as.clone()).flatten();
    let question = followed.unwrap_or(query.question);
    let version = bot.rules_version.of(&snapshot.rules);
    let whole_receipt = Receipt::of(&answer, &options.receipt(), &snapshot.knowledge, version);
    Answered {
        frame: Frame::of(&answer, &snapshot, &options, &whole_receipt),
        spans: answer.quotations.iter().map(Quotation::span).collect(),
        refused: refused(&answer, &snapshot, &options),
        question,
        claim: false,
        locale,
        receipt: whole_receipt.id().to_owned(),
        whole_receipt,
        rules_version: version.to_string(),
        budget: bot.settings(&query.place).quote_budget,
        has_desk: query.place.server.is_some(),
        snapshot,
    }
}

/// What is counted of a refusal. One that may have to do with sources for newsrooms alone is marked, so that others never learn of it.
fn refused(answer: &Answer, snapshot: &Snapshot, options: &AskOptions) -> Option<Refused> {
    let refused = Refused::of(answer)?;
    let readers = AskOptions { newsroom: false, ..options.clone() };
    let sees_more =
        options.newsroom && snapshot.knowledge.view(&options.viewer()) != snapshot.knowledge.view(&readers.viewer());
    Some(if sees_more { refused.for_newsrooms() } else { refused })
}

fn check(bot: &Bot, query: Query) -> Answered {
    let snapshot = bot.engine.load_full();
    let locale = query.locale.unwrap_or_default();
    let options = AskOptions { locale: Some(locale.clone()), ..bot.options(&query.place) };
    let claim = query.question;
    let check = snapshot.claim(&claim, &options);
    bot.measure_claim(check.finding);
    let spans = check.quotations.iter().map(Quotation::span).collect::<Vec<_>>();
    let labels = check.quotations.iter().map(label).collect::<Vec<_>>();
    let shown = Shown { asked: &claim, outcome: check.finding as u8, spans: &spans, labels: &labels };
    let version = bot.rules_version.of(&snapshot.rules);
    let whole_receipt = Receipt::of_shown(&shown, &options.receipt(), &snapshot.knowledge, version);
    Answered {
        frame: Frame::of_check(&check, &snapshot, &options, &locale, &whole_receipt),
        spans,
        refused: None,
        question: claim,
        claim: true,
        locale,
        receipt: whole_receipt.id().to_owned(),
        whole_receipt,
        rules_version: version.to_string(),
        budget: bot.settings(&query.place).quote_budget,
        has_desk: false,
        snapshot,
    }
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
            claim: self.claim,
            // What a button of a claim asks again stands in the card: where it is cut, there is nothing to ask.
            asks: !self.claim || self.question.chars().count() < MAX_QUESTION,
            has_source: !self.spans.is_empty(),
            has_desk: self.has_desk && self.refused.is_some(),
            choices: self.frame.choices.iter().map(|(_, label)| label.as_str()).collect(),
            examples: &self.frame.examples,
            url: self.frame.sources.iter().find_map(|source| source.url.as_deref()),
            from,
        };
        card::message(&self.card(), &around)
    }

    /// The card, with the budget of its place.
    pub(super) fn card(&self) -> Card {
        Card { budget: self.budget, ..Card::of(&self.frame) }
    }
}

/// A message, with what is to be kept once it is shown.
#[derive(Debug)]
pub(super) struct Reply {
    /// The message.
    pub message: Message,
    /// What is kept.
    pub keep: Option<Keep>,
}

impl From<Message> for Reply {
    fn from(message: Message) -> Self {
        Self { message, keep: None }
    }
}

/// Answers an interaction with the card of a checked claim.
pub(super) async fn respond_to_claim(bot: &Arc<Bot>, asker: &Asker, claim: String) {
    let private = bot.is_private(&asker.place);
    let locale = Some(bot.locale(asker));
    let query = Query { question: claim, locale, place: asker.place.clone(), previous: None, claim: true };
    let card = async move {
        let answered = ask(bot, query).await?;
        let keep = Keep::of(bot, &answered, Time(asker.asked_at()), true);
        Some(Reply { message: answered.message(bot, private, 0), keep })
    };
    deliver(bot, asker, private, card).await;
}

/// Answers a command with the card of a question, in the open or privately as the channel is, and with the picture it wants.
pub(super) async fn respond(bot: &Arc<Bot>, asker: &Asker, question: &str, picture: Option<Theme>) {
    respond_as(bot, asker, question, bot.is_private(&asker.place), picture).await;
}

/// Answers an interaction for the asker alone.
pub(super) async fn respond_privately(bot: &Arc<Bot>, asker: &Asker, question: &str) {
    respond_as(bot, asker, question, !asker.place.direct, None).await;
}

async fn respond_as(bot: &Arc<Bot>, asker: &Asker, question: &str, private: bool, picture: Option<Theme>) {
    let question = card::one_line(question);
    let now = std::time::Instant::now();
    let previous = bot.follow_ups.previous(asker.user, asker.place.channel, now);
    let query = Query { question, locale: Some(bot.locale(asker)), place: asker.place.clone(), previous, claim: false };
    let card = async move {
        let answered = ask(bot, query).await?;
        bot.follow_ups.remember(asker.user, asker.place.channel, answered.question.clone(), now);
        let keep = Keep::of(bot, &answered, Time(asker.asked_at()), true);
        let mut message = answered.message(bot, private, 0);
        // A refusal has nothing to draw.
        if let Some(theme) = picture.filter(|_| !answered.spans.is_empty()) {
            let drawn = drawing::of_answer(bot, &answered, theme).await;
            message = drawing::with_picture(message, drawn, bot.phrases.of(&answered.locale));
        }
        Some(Reply { message, keep })
    };
    deliver(bot, asker, private, card).await;
}

/// Sends a message once it is there; when that takes long, Discord is told first that it will come.
pub(super) async fn deliver(bot: &Bot, asker: &Asker, private: bool, reply: impl Future<Output = Option<Reply>>) {
    let mut reply = std::pin::pin!(reply);
    let failed = || Reply::from(Message::private(bot.words(asker).get("say.failed")));
    let spot = Spot::of(asker);
    // What only the asker sees no later reply can reach: its interaction stands for its message.
    let keep = |keep: Option<Keep>, message: Option<u64>, private: bool| {
        if let (Some(keep), Some(message)) = (keep, message) {
            keep.shown(bot, &spot, message, private);
        }
    };
    match tokio::time::timeout(AT_ONCE, &mut reply).await {
        Ok(ready) => {
            let Reply { message, keep: kept } = ready.unwrap_or_else(failed);
            if message.private {
                keep(kept, Some(asker.id), true);
                bot.reply(asker, &message).await;
            } else {
                let shown = bot.reply_and_know(asker, &message, kept.is_some()).await;
                keep(kept, shown, false);
            }
        }
        Err(_) => {
            let deferred = bot.sender.defer(asker.id, &asker.token, private, asker.arrived).await;
            bot.measure_reply(deferred.as_ref().copied(), asker.arrived.elapsed());
            if let Err(error) = deferred {
                return log_failure("an acknowledgement", &error);
            }
            let Reply { message, keep: kept } = reply.await.unwrap_or_else(failed);
            match bot.sender.edit_original(asker.application, &asker.token, &message).await {
                Ok(shown) => keep(kept, if private { Some(asker.id) } else { shown }, private),
                Err(error) => log_failure("an answer", &error),
            }
        }
    }
}
