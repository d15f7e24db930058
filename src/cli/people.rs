//! `people`: who is named, with roles and the passages that show them.

use super::args::{Format, Global, PeopleArgs};
use super::{Status, load, output};
use crate::people::people;
use crate::receipt::{Receipt, Shown};
use crate::render::people::{PeopleFrame, json, spans};
use crate::render::words::Words;

/// What the receipt says was asked.
const ASKED: &str = "people";

pub fn run(global: &Global, args: &PeopleArgs) -> anyhow::Result<Status> {
    let loaded = load::snapshot(global)?;
    let snapshot = &loaded.snapshot;
    let options = load::options(&args.view, global, snapshot)?;
    let view = snapshot.knowledge.view(&options.viewer());
    let people = people(&snapshot.knowledge, &snapshot.analyses, &view);
    let shown = Shown { asked: ASKED, outcome: 0, spans: &spans(&people), labels: &[] };
    let receipt = Receipt::of_shown(&shown, &options.receipt(), &snapshot.knowledge, loaded.version);
    let locale = options.locale.as_deref().unwrap_or("en");
    let frame = || PeopleFrame::of(&people, &view.editions, snapshot, Words::of(&snapshot.rules, locale), &receipt);
    let text = match args.format {
        Format::Text => frame().text(output::layout()),
        Format::Markdown => frame().markdown(),
        Format::Json => format!("{}\n", json(&people, snapshot, &receipt)),
    };
    output::print(&text)?;
    Ok(if people.is_empty() { Status::Nothing } else { Status::Done })
}
