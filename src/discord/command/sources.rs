//! `/sources`: where answers come from, as far as the asker may know; with a receipt, whether its passages still stand there.
//! Knows no answer.

use serenity::all::CommandInteraction;

use super::text_option;
use crate::discord::asker::Asker;
use crate::discord::bot::Bot;
use crate::discord::message::{Embed, Message};
use crate::discord::notices::{fate_parts, part_of};
use crate::discord::phrases::Words;
use crate::document::View;
use crate::engine::Snapshot;
use crate::recall;
use crate::receipt::{Receipt, ReceiptError};
use crate::render;
use crate::render::discord_card::{Card, DESCRIPTION, Part, Remarks};
use crate::render::discord_markdown::escape;
use crate::render::frame::source_lines;
use crate::span::Span;
use crate::store::{KeptReceipt, Time};

/// Answers the command.
pub(in crate::discord) async fn run(bot: &Bot, asker: &Asker, event: &CommandInteraction) {
    let message = match text_option(event, "receipt") {
        Some(receipt) => checked(bot, asker, &receipt),
        None => list(bot, asker),
    };
    bot.reply(asker, &message).await;
}

fn list(bot: &Bot, asker: &Asker) -> Message {
    let words = bot.words(asker);
    let snapshot = bot.engine.load_full();
    let view = snapshot.knowledge.view(&bot.viewer(&asker.place));
    let mut description = String::new();
    let mut shown = 0;
    let locale = bot.locale(asker);
    for source in source_lines(&view.editions, &snapshot, render::words::Words::of(&snapshot.rules, &locale)) {
        let page = source.url.map(|url| format!("\n-# {}", escape(&url))).unwrap_or_default();
        let line = format!("**{}**\n-# {}{page}\n", escape(&source.title), escape(&source.dates));
        if description.chars().count() + line.chars().count() > DESCRIPTION - 100 {
            break;
        }
        description.push_str(&line);
        shown += 1;
    }
    let left = view.editions.len() - shown;
    if left > 0 {
        description.push_str(&words.text("say.dropped_sources", &[("n", &left.to_string())]));
    }
    if description.is_empty() {
        description = words.get("sources.none");
    }
    let embed = Embed { title: words.get("sources.title"), description, ..Embed::default() };
    Message { embeds: vec![embed], private: true, ..Message::default() }
}

/// The receipt: its text as it was given, else as it is kept under its id.
fn find(bot: &Bot, text: &str) -> Result<Receipt, &'static str> {
    match Receipt::parse(text) {
        Ok(receipt) => Ok(receipt),
        Err(ReceiptError::IdAlone) => {
            let id = text.trim().to_uppercase();
            let kept = bot.memory.store().ok().and_then(|store| store.receipt(&id).ok().flatten());
            kept.and_then(|kept| Receipt::parse(&kept.text).ok()).ok_or("receipt.not_kept")
        }
        Err(_) => Err("receipt.malformed"),
    }
}

fn checked(bot: &Bot, asker: &Asker, text: &str) -> Message {
    let words = bot.words(asker);
    let snapshot = bot.engine.load_full();
    let view = snapshot.knowledge.view(&bot.viewer(&asker.place));
    let told = find(bot, text).and_then(|receipt| {
        let spans = receipt.check(&snapshot.knowledge).map_err(|error| match error {
            ReceiptError::UnknownEdition(_) => "receipt.unknown_edition",
            _ => "receipt.altered",
        })?;
        // Who may not know of a source does not learn from a receipt that there is one.
        let unknown = if text.contains('.') { "receipt.unknown_edition" } else { "receipt.not_kept" };
        if spans.iter().all(|&span| is_known(span, &snapshot, &view)) { Ok((receipt, spans)) } else { Err(unknown) }
    });
    match told {
        Err(key) => Message::private(words.get(key)),
        Ok((receipt, spans)) => {
            let card = card(&receipt, &spans, &snapshot, &view, words, &bot.locale(asker));
            laid_out(Card { budget: bot.settings(&asker.place).quote_budget, ..card }, words)
        }
    }
}

/// Whether the source of a passage may be known of.
fn is_known(span: Span, snapshot: &Snapshot, view: &View) -> bool {
    let source = |edition| snapshot.knowledge.edition(edition).map(|edition| edition.source);
    view.editions.iter().any(|&edition| source(edition) == source(span.edition))
}

fn card(receipt: &Receipt, spans: &[Span], snapshot: &Snapshot, view: &View, words: Words<'_>, locale: &str) -> Card {
    let heading = if spans.is_empty() { "receipt.no_passages" } else { "receipt.holds" };
    let mut parts = vec![Part::Heading(words.text(heading, &[("n", &spans.len().to_string())]))];
    parts.extend(spans.iter().filter_map(|&span| part_of(span, snapshot, locale)));
    let kept = KeptReceipt::of(receipt, &snapshot.knowledge, String::new(), String::new(), Time(0));
    let affected = kept.map(|kept| recall::affected(&[(receipt.id().to_owned(), kept)], snapshot, view)).unwrap_or_default();
    for affected in &affected {
        parts.push(Part::Heading(words.get("notice.changed")));
        parts.extend(fate_parts(&affected.fates, snapshot, words, locale));
    }
    let mut editions: Vec<_> = spans.iter().map(|span| span.edition).collect();
    editions.sort();
    editions.dedup();
    let newer = editions.iter().any(|edition| !view.editions.contains(edition));
    if newer && affected.is_empty() {
        parts.push(Part::Line(words.get("receipt.unchanged")));
    }
    let reader = render::words::Words::of(&snapshot.rules, locale);
    let lines = source_lines(&editions, snapshot, reader).into_iter().flat_map(|source| [source.title, source.dates]);
    let footer = lines.chain([words.text("notice.receipt", &[("id", receipt.id())])]).filter(|line| !line.is_empty()).collect();
    Card { parts, footer, budget: None }
}

fn laid_out(card: Card, words: Words<'_>) -> Message {
    let in_file = words.get("say.passage_in_file");
    let over_budget = words.get("say.over_budget");
    let more = |n: usize| words.text("say.dropped", &[("n", &n.to_string())]);
    let laid = card.lay_out(0, Remarks { more: &more, in_file: &in_file, over_budget: &over_budget });
    let embed = Embed { description: laid.description, footer: laid.footer, ..Embed::default() };
    Message { embeds: vec![embed], files: laid.files, private: true, ..Message::default() }
}
