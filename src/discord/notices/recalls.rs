//! Which of the bot's own answers are to be replied to because their passages have changed. Knows no network.

use std::collections::BTreeMap;

use super::write::Writer;
use super::{Notice, place};
use crate::discord::bot::Bot;
use crate::engine::Snapshot;
use crate::recall;
use crate::store::{EditionHash, KeptReceipt, Showing, Store, StoreError};

/// Replies in channels where a manager has switched them on.
pub(super) fn due(bot: &Bot) -> Result<Vec<Notice>, StoreError> {
    let store = bot.memory.store()?;
    // Where nobody wants them, a store of many receipts is not looked through.
    if !store.any_settings(|settings| settings.recall_notices == Some(true))? {
        return Ok(Vec::new());
    }
    let snapshot = bot.engine.load_full();
    let mut notices = Vec::new();
    for ((server, channel), shown) in by_channel(store, candidates(store, &snapshot)?, None)? {
        let place = place(bot, server, channel);
        let wanted = bot.settings(&place).recall_notices == Some(true) && bot.audience(&place).is_some();
        if server == 0 || !wanted || store.has_left(server)? {
            continue;
        }
        let view = snapshot.knowledge.view(&bot.viewer(&place));
        let writer = Writer::new(bot, &snapshot, &place);
        let receipts: Vec<_> = shown.iter().map(|(id, receipt, _)| (id.clone(), receipt.clone())).collect();
        for affected in recall::affected(&receipts, &snapshot, &view) {
            let showings = shown.iter().filter(|(id, ..)| *id == affected.receipt).flat_map(|(.., showings)| showings);
            for showing in showings {
                let Some(delivery) = affected.delivery(showing) else { continue };
                if store.was_sent(&delivery)? {
                    continue;
                }
                let message = writer.recall(&affected, &delivery, showing.message.0);
                notices.push(Notice { deliveries: vec![delivery], message });
            }
        }
    }
    Ok(notices)
}

/// Receipts that quote an edition which is not its source's newest.
pub(in crate::discord) fn candidates(store: &Store, snapshot: &Snapshot) -> Result<Vec<(String, KeptReceipt)>, StoreError> {
    let mut newest: BTreeMap<&str, EditionHash> = BTreeMap::new();
    for source in &snapshot.knowledge.sources {
        let edition = source.editions.last().and_then(|&id| snapshot.knowledge.edition(id));
        newest.extend(edition.map(|edition| (source.id.as_str(), EditionHash::of(edition))));
    }
    store.receipts_where(|receipt| {
        receipt.editions.iter().any(|kept| newest.get(kept.source.as_str()).is_some_and(|hash| *hash != kept.hash))
    })
}

/// A receipt with where it was shown.
type Shown = (String, KeptReceipt, Vec<Showing>);

/// Receipts by server and channel in which they were shown in the open; with `server`, those of that server alone, also what was private.
pub(in crate::discord) fn by_channel(
    store: &Store,
    receipts: Vec<(String, KeptReceipt)>,
    server: Option<u64>,
) -> Result<BTreeMap<(u64, u64), Vec<Shown>>, StoreError> {
    let mut channels: BTreeMap<(u64, u64), Vec<Shown>> = BTreeMap::new();
    for (id, receipt) in receipts {
        let mut here: BTreeMap<(u64, u64), Vec<Showing>> = BTreeMap::new();
        for showing in store.showings(&id)? {
            let wanted = match server {
                Some(server) => showing.server.0 == server,
                None => !showing.private,
            };
            if wanted {
                here.entry((showing.server.0, showing.channel.0)).or_default().push(showing);
            }
        }
        for (key, showings) in here {
            channels.entry(key).or_default().push((id.clone(), receipt.clone(), showings));
        }
    }
    Ok(channels)
}
