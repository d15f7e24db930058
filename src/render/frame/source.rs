//! What is said of a source: title, author, both dates as printed, how old its state is. Knows no layout.

use crate::document::{Metadata, Moment, SourceClass};
use crate::engine::{AskOptions, Snapshot};
use crate::render::words::Words;
use crate::span::EditionId;

use super::heading::DOT;
use super::{AsOf, SourceLines};

/// Days after which a state is shown with a warning.
const FRESH_DAYS: u16 = 30;

/// Sources listed by title where nothing is quoted; more are only counted.
const LISTED: usize = 3;

/// The lines of each edition; where nothing is quoted, those of the sources searched, of which there are as many as `searched` says.
pub(super) fn lines(
    editions: &[EditionId],
    searched: Option<usize>,
    snapshot: &Snapshot,
    words: Words<'_>,
) -> Vec<SourceLines> {
    let known = editions.iter().filter_map(|&id| Some((id, snapshot.metadata(id)?)));
    if let (Some(count), Some(&first)) = (searched, editions.first())
        && count > LISTED
    {
        let title = words.counted("source.searched", count);
        return vec![SourceLines { edition: first, title, dates: String::new(), url: None, moments: Vec::new() }];
    }
    known
        .map(|(edition, data)| SourceLines {
            edition,
            title: title(data, words),
            dates: dates(data, words),
            url: data.url.clone(),
            moments: moments(data, words),
        })
        .collect()
}

fn title(data: &Metadata, words: Words<'_>) -> String {
    let mut parts = vec![data.title.clone()];
    parts.extend(data.byline.as_ref().map(|byline| words.text("source.by", &[("byline", byline)])));
    parts.extend(data.publisher.clone());
    parts.extend(class(data.class).map(|key| words.text(key, &[])));
    parts.join(DOT)
}

fn class(class: SourceClass) -> Option<&'static str> {
    match class {
        SourceClass::Article => None,
        SourceClass::CourtOrder => Some("class.court_order"),
        SourceClass::Statement => Some("class.statement"),
        SourceClass::Transcript => Some("class.transcript"),
    }
}

/// Both dates as the source prints them, and whether the time zone is given.
fn dates(data: &Metadata, words: Words<'_>) -> String {
    let published = printed(data.published_text.as_ref(), data.published.as_ref(), words);
    let updated = printed(data.updated_text.as_ref(), data.updated.as_ref(), words);
    if published.is_none() && updated.is_none() {
        return words.text("source.no_dates", &[]);
    }
    let mut parts = vec![published.unwrap_or_else(|| words.text("source.no_published", &[]))];
    parts.push(match updated {
        Some(date) => words.text("source.updated", &[("date", &date)]),
        None => words.text("source.no_updated", &[]),
    });
    let mut moments = data.published.iter().chain(&data.updated);
    if moments.any(|moment| moment.has_time() && !moment.has_offset()) {
        parts.push(words.text("source.no_zone", &[]));
    }
    parts.join(DOT)
}

/// The date of the state that is quoted: of the last update, else of the publication.
pub(super) fn date(data: &Metadata, words: Words<'_>) -> Option<String> {
    let published = || printed(data.published_text.as_ref(), data.published.as_ref(), words);
    printed(data.updated_text.as_ref(), data.updated.as_ref(), words).or_else(published)
}

/// Each date as printed and as data.
fn moments(data: &Metadata, words: Words<'_>) -> Vec<(String, String)> {
    let dates = [(&data.published_text, &data.published), (&data.updated_text, &data.updated)];
    let dates = dates.into_iter().filter_map(|(text, moment)| {
        Some((printed(text.as_ref(), moment.as_ref(), words)?, moment.as_ref()?.as_str().to_owned()))
    });
    dates.collect()
}

fn printed(text: Option<&String>, moment: Option<&Moment>, words: Words<'_>) -> Option<String> {
    text.cloned().or_else(|| moment.map(|moment| words.moment(moment)))
}

/// The state the answer is as of: that of the newest edition quoted.
pub(super) fn as_of(editions: &[EditionId], snapshot: &Snapshot, words: Words<'_>, options: &AskOptions) -> AsOf {
    let known = editions.iter().filter_map(|&id| snapshot.metadata(id));
    let newest = known.max_by_key(|data| data.updated.as_ref().or(data.published.as_ref()).map(Moment::local));
    let Some(data) = newest else { return AsOf { text: words.text("source.as_of_undated", &[]), warning: None } };
    let updated = printed(data.updated_text.as_ref(), data.updated.as_ref(), words);
    let published = printed(data.published_text.as_ref(), data.published.as_ref(), words);
    let text = match (updated, published) {
        (Some(date), _) => words.text("source.as_of_update", &[("date", &date)]),
        (None, Some(date)) => words.text("source.as_of_published", &[("date", &date)]),
        (None, None) => words.text("source.as_of_undated", &[]),
    };
    let day = data.updated.as_ref().or(data.published.as_ref()).map(Moment::date);
    let limit = options.fresh_days.unwrap_or(FRESH_DAYS);
    let old = day.zip(options.today).is_some_and(|(day, today)| (today - day).get_days() > i32::from(limit));
    let warning = old.then(|| words.text("source.older", &[("n", &limit.to_string())]));
    AsOf { text, warning }
}
