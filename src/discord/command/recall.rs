//! `/recall`: which answers given in this server are built on passages that have changed since; managers only. Knows no answer.

use crate::discord::asker::Asker;
use crate::discord::bot::SharedBot;
use crate::discord::message::{Embed, Message};
use crate::discord::notices;
use crate::discord::phrases::Words;
use crate::recall::{self, Fate};
use crate::render::discord_markdown::escape;
use crate::store::{Showing, StoreError};

/// Room for the list, with the line that says how many are left out.
const ROOM: usize = 3_800;
/// Messages named for one receipt.
const SHOWN: usize = 5;

/// Answers the command.
pub(in crate::discord) async fn run(bot: &SharedBot, asker: &Asker) {
    let words = bot.words(asker);
    let Some(server) = asker.place.server.filter(|_| asker.manager) else {
        return bot.tell(asker, words.get("settings.managers_only")).await;
    };
    let work = {
        let (bot, asker) = (bot.clone(), asker.clone());
        async move {
            let shared = bot.clone();
            let owned = asker.clone();
            let work = move || lines(&shared, &owned, server);
            let lines = tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Closed));
            Some(message(bot.words(&asker), lines).into())
        }
    };
    crate::discord::answering::deliver(bot, asker, true, work).await;
}

fn message(words: Words<'_>, lines: Result<Vec<String>, StoreError>) -> Message {
    let lines = match lines {
        Ok(lines) => lines,
        Err(error) => return Message::private(words.text("gaps.unreadable", &[("why", &escape(&error.to_string()))])),
    };
    let mut description = String::new();
    let mut written = 0;
    for line in &lines {
        if description.chars().count() + line.chars().count() > ROOM {
            break;
        }
        description.push_str(line);
        description.push('\n');
        written += 1;
    }
    if written < lines.len() {
        description.push_str(&words.text("gaps.more", &[("n", &(lines.len() - written).to_string())]));
    }
    if description.is_empty() {
        description = words.get("recall.none");
    }
    let embed = Embed { title: words.get("recall.title"), description, footer: words.get("recall.hint"), ..Embed::default() };
    Message { embeds: vec![embed], private: true, ..Message::default() }
}

/// One line for each receipt and source; only what whoever asks may know of.
fn lines(bot: &SharedBot, asker: &Asker, server: u64) -> Result<Vec<String>, StoreError> {
    let words = bot.words(asker);
    let store = bot.memory.store()?;
    store.flush()?;
    let snapshot = bot.engine.load_full();
    let view = snapshot.knowledge.view(&bot.viewer(&asker.place));
    let mut here = std::collections::BTreeMap::<String, Vec<Showing>>::new();
    let mut wanted = Vec::new();
    for id in notices::candidates(store, &snapshot)? {
        let showings = store.showings(&id)?.into_iter().filter(|showing| showing.server.0 == server).collect::<Vec<_>>();
        if showings.is_empty() {
            continue;
        }
        wanted.extend(store.receipt(&id)?.map(|receipt| (id.clone(), receipt)));
        here.insert(id, showings);
    }
    let mut lines = Vec::new();
    for affected in recall::affected(&wanted, &snapshot, &view) {
        let count = |which: fn(&Fate) -> bool| affected.fates.iter().filter(|fate| which(fate)).count();
        let counts = [
            ("recall.removed", count(|fate| matches!(fate, Fate::Removed(_)))),
            ("recall.changed", count(|fate| matches!(fate, Fate::Changed { .. }))),
            ("recall.unknown", count(|fate| matches!(fate, Fate::Unknown))),
        ];
        let counts = counts.iter().filter(|(_, n)| *n > 0).map(|(key, n)| words.text(key, &[("n", &n.to_string())]));
        let counts = counts.collect::<Vec<_>>().join(" · ");
        let title = snapshot.metadata(affected.edition).map(|data| data.title.clone()).unwrap_or_default();
        let showings = here.get(&affected.receipt).map(Vec::as_slice).unwrap_or_default();
        let open = showings.iter().filter(|showing| !showing.private).take(SHOWN);
        let links = open.map(|showing| notices::link(server, showing.channel.0, showing.message.0, words));
        let private = showings.iter().filter(|showing| showing.private).count();
        let private = (private > 0).then(|| words.text("recall.private", &[("n", &private.to_string())]));
        let places = links.chain(private).collect::<Vec<_>>().join(" · ");
        lines.push(format!("**{}** {} · {counts}\n-# {places}", escape(&affected.receipt), escape(&title)));
    }
    Ok(lines)
}
