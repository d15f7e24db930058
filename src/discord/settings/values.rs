//! Settings in words: what is set, and what holds where nothing is. Knows no message.

use super::field::Field;
use crate::discord::asker::Place;
use crate::discord::bot::Bot;
use crate::discord::phrases::Words;
use crate::render::discord_markdown::escape;
use crate::store::{Audience, Confidence, Settings};

/// Sources listed by id; more are only counted.
const LISTED: usize = 8;

/// Whom a channel is for.
pub(super) fn audience(bot: &Bot, words: Words<'_>, settings: &Settings) -> String {
    let audience = |audience| match audience {
        Audience::Readers => words.get("settings.readers"),
        Audience::Newsroom => words.get("settings.newsroom"),
    };
    match settings.audience {
        _ if settings.off == Some(true) => words.get("settings.off"),
        Some(whom) => audience(whom),
        None => words.text("settings.default", &[("what", &audience(bot.live.load().default_audience))]),
    }
}

/// The sources that may be known of in a place, by id and title; what is set there already narrows nothing here.
pub(super) fn visible_sources(bot: &Bot, place: &Place) -> Vec<(String, String)> {
    let snapshot = bot.engine.load();
    let viewer = crate::document::Viewer { only: None, without: Vec::new(), ..bot.viewer(place) };
    let view = snapshot.knowledge.view(&viewer);
    let editions = view.editions.iter().filter_map(|&id| snapshot.knowledge.edition(id));
    let named = editions.filter_map(|edition| {
        let source = snapshot.knowledge.source_of(edition.id)?;
        Some((source.id.clone(), edition.metadata.title.clone()))
    });
    named.collect()
}

/// Whether the field has a value of its own.
pub(super) fn is_set(field: Field, settings: &Settings) -> bool {
    match field {
        Field::Audience => settings.audience.is_some() || settings.off.is_some(),
        Field::Locale => settings.locale.is_some(),
        Field::Sources => settings.sources.is_some(),
        Field::Suppressed => settings.suppressed.is_some(),
        Field::Freshness => settings.freshness_days.is_some(),
        Field::Budget => settings.quote_budget.is_some(),
        Field::Confidence => settings.confidence.is_some(),
        Field::Logging => settings.log_questions.is_some(),
        Field::Notices => settings.recall_notices.is_some(),
        Field::Desk => settings.desk.is_some(),
        Field::Channels => settings.allow_list.is_some(),
    }
}

/// What holds for a field, in Markdown.
pub(super) fn value(bot: &Bot, words: Words<'_>, field: Field, settings: &Settings, visible: &[(String, String)]) -> String {
    let switch = |on: Option<bool>| words.get(if on == Some(true) { "value.on" } else { "value.off" });
    let list = |ids: &Option<Vec<String>>, none: &str| {
        let ids = ids.iter().flatten().filter(|id| visible.iter().any(|(known, _)| known == *id)).collect::<Vec<_>>();
        if ids.is_empty() {
            return words.get(none);
        }
        let mut shown: Vec<String> = ids.iter().take(LISTED).map(|id| escape(id)).collect();
        if ids.len() > LISTED {
            shown.push(format!("+{}", ids.len() - LISTED));
        }
        shown.join(", ")
    };
    match field {
        Field::Audience => audience(bot, words, settings),
        Field::Locale => settings.locale.clone().map_or_else(|| words.get("value.own_locale"), |tag| escape(&tag)),
        Field::Sources => list(&settings.sources, "value.all_sources"),
        Field::Suppressed => list(&settings.suppressed, "value.none"),
        Field::Freshness => {
            let days = settings.freshness_days.unwrap_or(30);
            words.text("value.days", &[("n", &days.to_string())])
        }
        Field::Budget => match settings.quote_budget {
            Some(budget) => words.text("value.words", &[("n", &budget.to_string())]),
            None => words.get("value.no_limit"),
        },
        Field::Confidence => words.get(match settings.confidence {
            None => "value.balanced",
            Some(Confidence::Desk) => "value.desk",
            Some(Confidence::Public) => "value.public",
        }),
        Field::Logging => switch(settings.log_questions),
        Field::Notices => switch(settings.recall_notices),
        Field::Desk => settings.desk.map_or_else(|| words.get("value.no_desk"), |channel| format!("<#{channel}>")),
        Field::Channels => match settings.allow_list.as_deref() {
            None | Some([]) => words.get("value.all_channels"),
            Some(channels) => channels.iter().map(|channel| format!("<#{channel}>")).collect::<Vec<_>>().join(" "),
        },
    }
}
