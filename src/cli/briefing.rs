//! `brief`: one page on the case, made only of passages.

use super::args::{BriefArgs, DocumentFormat, Global};
use super::{Status, load, output};
use crate::receipt::{Receipt, Shown};
use crate::render::briefing::{json, labels, page, spans};
use crate::render::words::Words;

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
    let locale = options.locale.as_deref().unwrap_or("en");
    let page = || page(&briefing, &[], &searched, snapshot, Words::of(&snapshot.rules, locale), &receipt);
    let text = match args.format {
        DocumentFormat::Text => page().text(output::layout()),
        DocumentFormat::Markdown => page().markdown(),
        DocumentFormat::Json => format!("{}\n", json(&briefing, &[], &snapshot.knowledge, &receipt)),
    };
    output::print(&text)?;
    Ok(if briefing.sections.is_empty() { Status::Nothing } else { Status::Done })
}
