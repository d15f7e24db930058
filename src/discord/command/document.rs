//! `/brief` and `/timeline`: whole documents, page by page, with a picture where one is wanted. Knows no way of making them.

use std::sync::Arc;

use serenity::all::{CommandInteraction, ComponentInteraction};

use super::text_option;
use crate::briefing::DEFAULT_WORDS;
use crate::discord::answering::{self, Reply};
use crate::discord::asker::Asker;
use crate::discord::bot::{Bot, SharedBot};
use crate::discord::drawing::{self, Drawn};
use crate::discord::keeping::Keep;
use crate::discord::message::{Component, Embed, Look, Message};
use crate::receipt::{Receipt, Shown};
use crate::render::discord_card::{Card, Remarks};
use crate::render::page::Page;
use crate::render::picture::{self, Theme};
use crate::render::words::Words;
use crate::render::{briefing, timeline};
use crate::store::Time;

/// Before the ids of this file's buttons.
const MARK: &str = "doc|";

/// Most words that a page of Discord may be asked for.
const MOST_WORDS: usize = 600;

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wanted {
    /// Words of a briefing; `None` for a timeline.
    words: Option<usize>,
    /// Which page, from 0.
    page: usize,
    /// The colours of a picture.
    picture: Option<Theme>,
}

impl Wanted {
    fn next(self) -> String {
        let words = self.words.map_or_else(|| "t".to_owned(), |words| words.to_string());
        format!("{MARK}{words}|{}", self.page + 1)
    }

    fn read(id: &str) -> Option<Self> {
        let (words, page) = id.strip_prefix(MARK)?.split_once('|')?;
        let words = if words == "t" { None } else { Some(words.parse::<usize>().ok()?.min(MOST_WORDS)) };
        Some(Self { words, page: page.parse().ok()?, picture: None })
    }
}

/// Whether a button is this file's.
pub(in crate::discord) fn is_ours(id: &str) -> bool {
    id.starts_with(MARK)
}

/// Answers `/brief`.
pub(in crate::discord) async fn brief(bot: &SharedBot, asker: &Asker, event: &CommandInteraction) {
    let words = text_option(event, "words").and_then(|words| words.parse::<usize>().ok()).unwrap_or(DEFAULT_WORDS);
    run(bot, asker, Wanted { words: Some(words.min(MOST_WORDS)), page: 0, picture: drawing::wanted(event) }).await;
}

/// Answers `/timeline`.
pub(in crate::discord) async fn timeline(bot: &SharedBot, asker: &Asker, event: &CommandInteraction) {
    run(bot, asker, Wanted { words: None, page: 0, picture: drawing::wanted(event) }).await;
}

/// Answers a button: the next page.
pub(in crate::discord) async fn component(bot: &SharedBot, asker: &Asker, event: &ComponentInteraction) {
    match Wanted::read(&event.data.custom_id) {
        Some(wanted) => run(bot, asker, wanted).await,
        None => bot.tell(asker, bot.words(asker).get("say.too_old")).await,
    }
}

async fn run(bot: &SharedBot, asker: &Asker, wanted: Wanted) {
    // A further page is for whoever asks for it.
    let private = bot.is_private(&asker.place) || (wanted.page > 0 && !asker.place.direct);
    let message = {
        let (bot, asker) = (Arc::clone(bot), asker.clone());
        async move {
            let turn = bot.cores.clone();
            let _turn = turn.acquire().await;
            let work = move || reply(&bot, &asker, wanted, private);
            tokio::task::spawn_blocking(work).await.ok()
        }
    };
    answering::deliver(bot, asker, private, message).await;
}

/// One page of the document, kept as an answer is: a correction finds it.
fn reply(bot: &Bot, asker: &Asker, wanted: Wanted, private: bool) -> Reply {
    let words = bot.words(asker);
    let budget = bot.settings(&asker.place).quote_budget;
    let Document { page, keep } = document(bot, asker, wanted, budget);
    let cards = Card::pages(&page);
    let Some(card) = cards.get(wanted.page) else { return Message::private(words.get("say.too_old")).into() };
    let card = Card { budget, ..card.clone() };
    let (in_file, over_budget) = (words.get("say.passage_in_file"), words.get("say.over_budget"));
    let more = |n: usize| words.text("say.dropped", &[("n", &n.to_string())]);
    let laid = card.lay_out(0, Remarks { more: &more, in_file: &in_file, over_budget: &over_budget });
    let left = cards.len().saturating_sub(wanted.page + 1);
    let label = words.text("button.more", &[("n", &left.to_string())]);
    let button = (left > 0).then(|| Component::Button { label, id: wanted.next(), look: Look::Secondary });
    let embed = Embed { description: laid.description, footer: laid.footer, ..Embed::default() };
    let components = button.into_iter().collect();
    let message = Message { embeds: vec![embed], components, files: laid.files, private, ..Message::default() };
    let message = match picture(&page, wanted, budget) {
        Some(drawn) => drawing::with_picture(message, drawn, words),
        None => message,
    };
    Reply { message, keep }
}

/// A whole document, with what is to be kept of it.
struct Document {
    page: Page,
    keep: Option<Keep>,
}

/// The whole document. Where so many words of a source may be quoted and no more, a briefing is no longer than that.
fn document(bot: &Bot, asker: &Asker, wanted: Wanted, budget: Option<u32>) -> Document {
    let snapshot = bot.engine.load_full();
    let options = bot.options(&asker.place);
    let searched = snapshot.knowledge.view(&options.viewer()).editions;
    let version = bot.rules_version.of(&snapshot.rules);
    let locale = bot.locale(asker);
    let reader = Words::of(&snapshot.rules, &locale);
    let receipt = |asked: &str, spans: &[_], labels: &[_]| {
        let shown = Shown { asked, outcome: 0, spans, labels };
        let receipt = Receipt::of_shown(&shown, &options.receipt(), &snapshot.knowledge, version);
        let at = Time(asker.asked_at());
        let keep = Keep::of_document(bot, &receipt, &snapshot.knowledge, asked, version.to_string(), at);
        (receipt, keep)
    };
    match wanted.words {
        Some(words) => {
            let words = budget.and_then(|most| usize::try_from(most).ok()).map_or(words, |most| words.min(most));
            let made = snapshot.brief(words, &options);
            let (receipt, keep) = receipt(&format!("brief {words}"), &briefing::spans(&made), &briefing::labels(&made));
            Document { page: briefing::page(&made, &[], &searched, &snapshot, reader, &receipt), keep }
        }
        None => {
            let made = snapshot.timeline(&options);
            let (receipt, keep) = receipt("timeline", &timeline::spans(&made), &timeline::labels(&made));
            Document { page: timeline::page(&made, &searched, &snapshot, reader, &receipt), keep }
        }
    }
}

/// The picture wanted. A timeline may quote more than a place allows, so there it has none.
fn picture(page: &Page, wanted: Wanted, budget: Option<u32>) -> Option<Drawn> {
    let theme = wanted.picture.filter(|_| budget.is_none() || wanted.words.is_some())?;
    let drawn = if wanted.words.is_some() { picture::document(page, theme) } else { picture::timeline(page, theme) };
    Some(drawing::pixels(drawn))
}
