//! `source suppress`, `source allow` and `source stops`: stops of sources and passages, and their record. Knows no question.

use super::super::args::{AllowArgs, Global, ListFormat, SuppressArgs};
use super::super::{Status, data, load, output};
use super::{editions, find};
use crate::render::text::{Canvas, Style};
use crate::store::{self, EditionHash, Order, Passage, Time};

/// Stops a source or a passage of its newest edition.
pub fn suppress(global: &Global, args: &SuppressArgs) -> anyhow::Result<Status> {
    let knowledge = load::knowledge(global, &load::rules(global)?)?;
    let source = find(&knowledge, &args.id)?;
    let passage = match args.span {
        None => None,
        Some((start, end)) => {
            let newest = editions(&knowledge, source).next_back();
            let words = newest.and_then(|edition| Some((edition, edition.text().get(start as usize..end as usize)?)));
            let (edition, words) = words.filter(|(_, words)| !words.trim().is_empty()).ok_or_else(|| {
                anyhow::anyhow!(
                    "bytes {start}-{end} are no passage of the newest edition of `{}`; `verbatim source show {}` gives the places",
                    args.id,
                    args.id
                )
            })?;
            Some(Passage { edition: EditionHash::of(edition), start, end, words: words.to_owned() })
        }
    };
    let stopped = passage.as_ref().map_or_else(|| format!("source `{}`", args.id), |passage| passage.words.clone());
    let order = Order::Suppress { at: now(), by: caller(), source: args.id.clone(), passage, reason: args.reason.clone() };
    let number = store::order(&data::folder(global)?, &order)?;
    output::print(&format!(
        "stop {number}: {stopped}\nIt holds for every new command now, and for a running bot within seconds.\n"
    ))?;
    Ok(Status::Done)
}

/// Takes a stop back.
pub fn allow(global: &Global, args: &AllowArgs) -> anyhow::Result<Status> {
    let order = Order::Undo { at: now(), by: caller(), stop: args.stop, reason: args.reason.clone() };
    store::order(&data::folder(global)?, &order)?;
    output::print(&format!("stop {} no longer holds\n", args.stop))?;
    Ok(Status::Done)
}

/// Every order ever given, and which hold.
pub fn list(global: &Global, format: ListFormat) -> anyhow::Result<Status> {
    let folder = data::folder(global)?;
    let orders = store::orders(&folder)?;
    if format == ListFormat::Json {
        let lines = orders.iter().map(|order| Ok(format!("{}\n", serde_json::to_string(order)?)));
        output::print(&lines.collect::<anyhow::Result<String>>()?)?;
        return Ok(Status::Done);
    }
    let holding: Vec<usize> = store::stops(&folder)?.iter().map(|stop| stop.number).collect();
    let mut canvas = Canvas::new(output::layout());
    canvas.paragraph(Style::Heading, &format!("{} of {} orders hold", holding.len(), orders.len()));
    for (line, order) in orders.iter().enumerate() {
        let number = line + 1;
        canvas.gap();
        match order {
            Order::Suppress { at, by, source, passage, reason } => {
                let state = if holding.contains(&number) { "holds" } else { "taken back" };
                canvas.paragraph(Style::Plain, &format!("{number}  {source}: {reason} ({state})"));
                canvas.item("", passage.as_ref().map_or("the whole source", |passage| &passage.words));
                canvas.item("", &format!("{at} by {by}"));
            }
            Order::Undo { at, by, stop, reason } => {
                canvas.paragraph(Style::Plain, &format!("{number}  stop {stop} taken back: {reason}"));
                canvas.item("", &format!("{at} by {by}"));
            }
        }
    }
    output::print(&canvas.finish())?;
    Ok(Status::Done)
}

fn now() -> Time {
    jiff::Timestamp::now().into()
}

/// How the system calls whoever gives the order.
fn caller() -> String {
    let known = ["USER", "LOGNAME", "USERNAME"].iter().filter_map(|name| std::env::var(name).ok());
    known.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| "unknown".to_owned())
}
