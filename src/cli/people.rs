//! `people`: who is named, with roles and the passages that show them.

use super::args::{Format, Global, PeopleArgs};
use super::{Status, load, output, writing};
use crate::people::{people, together};
use crate::receipt::{Receipt, Shown};
use crate::render::html;
use crate::render::people::{PeopleFrame, json, network, spans};
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
    let words = Words::of(&snapshot.rules, locale);
    let pairs = || together(&snapshot.knowledge, &snapshot.analyses, &view);
    let frame = || PeopleFrame::of(&people, &view.editions, snapshot, words, &receipt);
    let text = match args.write.format() {
        Format::Text => frame().text(output::layout()),
        Format::Markdown => frame().markdown(),
        Format::Html => html::document(&frame().page(words)),
        Format::Json => format!("{}\n", json(&people, &pairs(), snapshot, &receipt)),
        Format::Svg | Format::Png => {
            let picture = network(&people, &pairs(), &view.editions, snapshot, words, args.write.theme.into())?;
            writing::picture(&args.write, &picture)?;
            return Ok(Status::Done);
        }
    };
    writing::text(&args.write, &text)?;
    Ok(if people.is_empty() { Status::Nothing } else { Status::Done })
}
