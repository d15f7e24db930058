//! `timeline`: what happened when, as the sources date it.

use super::args::{Format, Global, TimelineArgs};
use super::{Status, load, output, writing};
use crate::receipt::{Receipt, Shown};
use crate::render::timeline::{json, labels, page, spans};
use crate::render::words::Words;
use crate::render::{html, picture};

/// What the receipt says was asked.
const ASKED: &str = "timeline";

pub fn run(global: &Global, args: &TimelineArgs) -> anyhow::Result<Status> {
    let loaded = load::snapshot(global)?;
    let snapshot = &loaded.snapshot;
    let options = load::options(&args.view, global, snapshot)?;
    let searched = snapshot.knowledge.view(&options.viewer()).editions;
    let timeline = snapshot.timeline(&options);
    let shown = Shown { asked: ASKED, outcome: 0, spans: &spans(&timeline), labels: &labels(&timeline) };
    let receipt = Receipt::of_shown(&shown, &options.receipt(), &snapshot.knowledge, loaded.version);
    let words = Words::of(&snapshot.rules, options.locale.as_deref().unwrap_or("en"));
    let page = || page(&timeline, &searched, snapshot, words, &receipt);
    let text = match args.write.format() {
        Format::Text => page().text(output::layout()),
        Format::Markdown => page().markdown(),
        Format::Html => html::document(&page()),
        Format::Json => format!("{}\n", json(&timeline, &snapshot.knowledge, &receipt)),
        Format::Svg | Format::Png => {
            writing::picture(&args.write, &picture::timeline(&page(), args.write.theme.into())?)?;
            return Ok(Status::Done);
        }
    };
    writing::text(&args.write, &text)?;
    Ok(if timeline.events.is_empty() { Status::Nothing } else { Status::Done })
}
