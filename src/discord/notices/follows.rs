//! What channels that follow something are to be told now. Knows no network.

use std::collections::BTreeMap;

use super::write::Writer;
use super::{Notice, place};
use crate::discord::bot::Bot;
use crate::recall::{self, Firing};
use crate::span::Span;
use crate::store::{EditionHash, Follow, StoreError};

/// One notice for each channel and edition, whatever it follows there.
pub(super) fn due(bot: &Bot) -> Result<Vec<Notice>, StoreError> {
    let store = bot.memory.store()?;
    let mut channels: BTreeMap<(u64, u64), Vec<Follow>> = BTreeMap::new();
    for follow in store.follows(None)? {
        channels.entry((follow.server.0, follow.channel.0)).or_default().push(follow);
    }
    let snapshot = bot.engine.load_full();
    let mut notices = Vec::new();
    for ((server, channel), follows) in channels {
        let place = place(bot, server, channel);
        if bot.audience(&place).is_none() || store.has_left(server)? {
            continue;
        }
        let view = snapshot.knowledge.view(&bot.viewer(&place));
        let due = recall::due(&follows, &snapshot, &view);
        for (follow, source, edition) in due.passes {
            store.pass_over(&follow, &source, edition)?;
        }
        let mut editions: BTreeMap<(String, EditionHash), Vec<Firing>> = BTreeMap::new();
        for firing in due.firings {
            editions.entry((firing.source.clone(), firing.hash)).or_default().push(firing);
        }
        let writer = Writer::new(bot, &snapshot, &place);
        notices.extend(editions.into_values().filter_map(|firings| notice(&firings, &writer)));
    }
    Ok(notices)
}

fn notice(firings: &[Firing], writer: &Writer<'_>) -> Option<Notice> {
    let deliveries: Vec<_> = firings.iter().map(Firing::delivery).collect();
    let unique = |spans: &mut dyn Iterator<Item = Span>| {
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_by_key(|span| (span.start, span.end));
        spans.dedup();
        spans
    };
    let new = unique(&mut firings.iter().flat_map(|firing| firing.new.iter().copied()));
    let gone = unique(&mut firings.iter().flat_map(|firing| firing.gone.iter().copied()));
    let known = firings.iter().any(|firing| !firing.unknown);
    let message = writer.follow(firings.first()?, deliveries.first()?, &new, gone.len(), known);
    Some(Notice { deliveries, message })
}
