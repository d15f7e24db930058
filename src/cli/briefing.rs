//! `brief`: one page on the case, made only of passages.

use super::args::{BriefArgs, Format, Global};
use super::{Status, load, output, writing};
use crate::receipt::{Receipt, Shown};
use crate::render::briefing::{json, labels, page, spans};
use crate::render::words::Words;
use crate::render::{html, picture};

/// What the receipt says was asked.
const ASKED: &str = "brief";

pub fn run(global: &Global, args: &BriefArgs) -> anyhow::Result<Status> {
    let loaded = load::snapshot(global)?;
    let snapshot = &loaded.snapshot;
    let options = load::options(&args.view, global, snapshot)?;
    let searched = snapshot.knowledge.view(&options.viewer()).editions;
    let briefing = snapshot.brief(args.words, &options);
    let asked = format!("{ASKED} {}", args.words);
    let shown = Shown { asked: &asked, outcome: 0, spans: &spans(&briefing), labels: &labels(&briefing) };
    let receipt = Receipt::of_shown(&shown, &options.receipt(), &snapshot.knowledge, loaded.version);
    let words = Words::of(&snapshot.rules, options.locale.as_deref().unwrap_or("en"));
    let page = || page(&briefing, &[], &searched, snapshot, words, &receipt);
    let text = match args.write.format() {
        Format::Text => page().text(output::layout()),
        Format::Markdown => page().markdown(),
        Format::Html => html::document(&page()),
        Format::Json => format!("{}\n", json(&briefing, &[], &snapshot.knowledge, &receipt)),
        Format::Svg | Format::Png => {
            writing::picture(&args.write, &picture::document(&page(), args.write.theme.into())?)?;
            return Ok(Status::Done);
        }
    };
    writing::text(&args.write, &text)?;
    Ok(if briefing.sections.is_empty() { Status::Nothing } else { Status::Done })
}
