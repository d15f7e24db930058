//! `brief`: one page on the case, made only of passages.

use super::args::{BriefArgs, Format, Global};
use super::{Status, data, load, output, writing};
use crate::ops;
use crate::receipt::{Receipt, Shown};
use crate::render::briefing::{OpenQuestion, json, labels, page, spans};
use crate::render::words::Words;
use crate::render::{html, picture};
use crate::store::Gap;

/// Most open questions on a page.
const MOST_QUESTIONS: usize = 10;

/// What the receipt says was asked.
const ASKED: &str = "brief";

pub fn run(global: &Global, args: &BriefArgs) -> anyhow::Result<Status> {
    let loaded = load::snapshot(global)?;
    let snapshot = &loaded.snapshot;
    let options = load::options(&args.view, global, snapshot)?;
    let searched = snapshot.knowledge.view(&options.viewer()).editions;
    let briefing = snapshot.brief(args.words, &options);
    let open = if args.gaps { open_questions(global)? } else { Vec::new() };
    let asked = format!("{ASKED} {}", args.words);
    let shown = Shown { asked: &asked, outcome: 0, spans: &spans(&briefing), labels: &labels(&briefing) };
    let receipt = Receipt::of_shown(&shown, &options.receipt(), &snapshot.knowledge, loaded.version);
    let words = Words::of(&snapshot.rules, options.locale.as_deref().unwrap_or("en"));
    let page = || page(&briefing, &open, &searched, snapshot, words, &receipt);
    let text = match args.write.format() {
        Format::Text => page().text(output::layout()),
        Format::Markdown => page().markdown(),
        Format::Html => html::document(&page()),
        Format::Json => format!("{}\n", json(&briefing, &open, &snapshot.knowledge, &receipt)),
        Format::Svg | Format::Png => {
            writing::picture(&args.write, &picture::document(&page(), args.write.theme.into())?)?;
            return Ok(Status::Done);
        }
    };
    writing::text(&args.write, &text)?;
    Ok(if briefing.sections.is_empty() { Status::Nothing } else { Status::Done })
}

/// What was asked in vain, most often first: in the asker's words where a server keeps them, else as understood.
fn open_questions(global: &Global) -> anyhow::Result<Vec<OpenQuestion>> {
    let mut gaps = ops::gaps(&data::folder(global)?, None)?;
    gaps.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.form.cmp(&b.form)));
    let question = |gap: Gap| OpenQuestion { text: gap.texts.into_iter().next().unwrap_or(gap.form), count: gap.count };
    Ok(gaps.into_iter().take(MOST_QUESTIONS).map(question).collect())
}
