//! `claim`: are these words in the sources, and said by whom.

use serde_json::json;

use super::args::{ClaimArgs, Format, Global};
use super::{Status, ask, load, output, writing};
use crate::claim::{Check, Finding};
use crate::receipt::{Receipt, Shown, label};
use crate::render::frame::Frame;
use crate::render::json::quotations;
use crate::render::page::Page;
use crate::render::words::Words;
use crate::render::{markdown, text};

pub fn run(global: &Global, args: &ClaimArgs) -> anyhow::Result<Status> {
    let loaded = load::answering(global)?;
    let options = load::options(&args.view, global, &loaded.snapshot)?;
    let claim = args.text.join(" ");
    let loaded = loaded.for_question(&claim, &options)?;
    let snapshot = &*loaded.snapshot;
    let check = snapshot.claim(&claim, &options);
    let spans = check.quotations.iter().map(crate::answer::Quotation::span).collect::<Vec<_>>();
    let labels = check.quotations.iter().map(label).collect::<Vec<_>>();
    let shown = Shown { asked: &claim, outcome: check.finding as u8, spans: &spans, labels: &labels };
    let receipt = Receipt::of_shown(&shown, &options.receipt(), &snapshot.knowledge, loaded.version);
    let locale = options.locale.as_deref().unwrap_or("en");
    let frame = || Frame::of_check(&check, snapshot, &options, locale, &receipt);
    let words = Words::of(&snapshot.rules, locale);
    let written = match args.write.format() {
        Format::Text => text::answer(&frame(), output::layout()),
        Format::Markdown => markdown::answer(&frame()),
        Format::Html | Format::Svg | Format::Png => {
            ask::framed(&Page::of_answer(&frame(), &claim, words), &args.write, args.shape, words)?;
            return Ok(status(&check));
        }
        Format::Json => {
            let differs = check.differs.as_ref().map(|(claimed, reported)| json!({"claimed": claimed, "reported": reported}));
            let line = json!({
                "claim": claim, "outcome": check.finding, "differs": differs,
                "quotations": quotations(&check.quotations, &snapshot.knowledge), "receipt": receipt.to_string(),
            });
            format!("{line}\n")
        }
    };
    writing::text(&args.write, &written)?;
    Ok(status(&check))
}

fn status(check: &Check) -> Status {
    if check.finding == Finding::Found { Status::Done } else { Status::Nothing }
}
