//! Which of the bot's own answers are to be replied to because their passages have changed. Knows no network.

use std::collections::{BTreeMap, BTreeSet};

use super::write::Writer;
use super::{Notice, place};
use crate::discord::bot::Bot;
use crate::engine::Snapshot;
use crate::recall;
use crate::store::{EditionHash, Showing, Store, StoreError};

/// Receipts in memory at once: a store may have many.
const AT_ONCE: usize = 256;

/// Replies in channels where a manager has switched them on.
pub(super) fn due(bot: &Bot) -> Result<Vec<Notice>, StoreError> {
    let store = bot.memory.store()?;
    // Where nobody wants them, a store of many receipts is not looked through.
    if !store.any_settings(|settings| settings.recall_notices == Some(true))? {
        return Ok(Vec::new());
    }
    let snapshot = bot.engine.load_full();
    let mut notices = Vec::new();
    for ((server, channel), ids) in by_channel(store, candidates(store, &snapshot)?)? {
        let place = place(bot, server, channel);
        let wanted = bot.settings(&place).recall_notices == Some(true) && bot.audience(&place).is_some();
        if server == 0 || !wanted || store.has_left(server)? {
            continue;
        }
        let view = snapshot.knowledge.view(&bot.viewer(&place));
        let writer = Writer::new(bot, &snapshot, &place);
        let here = |showing: &Showing| (showing.server.0, showing.channel.0) == (server, channel);
        for some in ids.chunks(AT_ONCE) {
            let mut receipts = Vec::with_capacity(some.len());
            for id in some {
                receipts.extend(store.receipt(id)?.map(|receipt| (id.clone(), receipt)));
            }
            for affected in recall::affected(&receipts, &snapshot, &view) {
                for showing in store.showings(&affected.receipt)?.iter().filter(|showing| here(showing)) {
                    let Some(delivery) = affected.delivery(showing) else { continue };
                    if store.was_sent(&delivery)? {
                        continue;
                    }
                    let message = writer.recall(&affected, &delivery, showing.message.0);
                    notices.push(Notice { deliveries: vec![delivery], message });
                }
            }
        }
    }
    Ok(notices)
}

/// Ids of the receipts that quote an edition which is not its source's newest.
pub(in crate::discord) fn candidates(store: &Store, snapshot: &Snapshot) -> Result<Vec<String>, StoreError> {
    let mut newest: BTreeMap<&str, EditionHash> = BTreeMap::new();
    for source in &snapshot.knowledge.sources {
        let edition = source.editions.last().and_then(|&id| snapshot.knowledge.edition(id));
        newest.extend(edition.map(|edition| (source.id.as_str(), EditionHash::of(edition))));
    }
    store.receipts_where(|receipt| {
        receipt.editions.iter().any(|kept| newest.get(kept.source.as_str()).is_some_and(|hash| *hash != kept.hash))
    })
}

/// Receipts by server and channel in which they were shown in the open.
fn by_channel(store: &Store, ids: Vec<String>) -> Result<BTreeMap<(u64, u64), Vec<String>>, StoreError> {
    let mut channels: BTreeMap<(u64, u64), Vec<String>> = BTreeMap::new();
    for id in ids {
        let open = store.showings(&id)?.into_iter().filter(|showing| !showing.private);
        let here: BTreeSet<(u64, u64)> = open.map(|showing| (showing.server.0, showing.channel.0)).collect();
        here.into_iter().for_each(|key| channels.entry(key).or_default().push(id.clone()));
    }
    Ok(channels)
}
