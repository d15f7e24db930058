//! `ask`: one question, one answer; a batch goes to its own module. Never opens the store.

use super::args::{AskArgs, Format, Global, ShapeArg, WriteArgs};
use super::load::{self, Loaded};
use super::{Status, batch, output, writing};
use crate::answer::{Answer, Outcome};
use crate::engine::AskOptions;
use crate::receipt::Receipt;
use crate::render::frame::Frame;
use crate::render::json::AnswerLine;
use crate::render::page::Page;
use crate::render::words::Words;
use crate::render::{html, markdown, picture, text};
use std::mem::ManuallyDrop;

pub fn run(global: &Global, args: &AskArgs) -> anyhow::Result<Status> {
    // The process ends with the answer: giving memory back piece by piece would only take time.
    let loaded = ManuallyDrop::new(load::answering(global)?);
    let mut options = load::options(&args.view, global, &loaded.snapshot)?;
    options.limit = Some(args.limit);
    options.explain = args.explain;
    if let Some(file) = &args.batch {
        // The same file gives the same answers wherever it runs: the environment's language is none of its business.
        options.locale = global.locale.clone().or_else(|| loaded.snapshot.knowledge.case.language.clone());
        return batch::answer(&loaded, file, &options);
    }
    let question = args.question.join(" ");
    let loaded = ManuallyDrop::new(loaded.for_question(&question, &options)?);
    let answer = loaded.snapshot.ask(&question, &options);
    match args.write.format() {
        Format::Html | Format::Svg | Format::Png => document(&answer, args, &loaded, &options)?,
        format => writing::text(&args.write, &written(&question, &answer, &loaded, &options, format)?)?,
    }
    Ok(status(&answer))
}

/// The answer as a page or a picture.
fn document(answer: &Answer, args: &AskArgs, loaded: &Loaded, options: &AskOptions) -> anyhow::Result<()> {
    let snapshot = &loaded.snapshot;
    let receipt = Receipt::of(answer, &options.receipt(), &snapshot.knowledge, loaded.version);
    let frame = Frame::of(answer, snapshot, options, &receipt);
    let words = Words::of(&snapshot.rules, &answer.question.locale);
    let page = Page::of_answer(&frame, &answer.question.text, words);
    framed(&page, &args.write, args.shape, words)
}

/// A framed page as HTML or as a card.
pub fn framed(page: &Page, write: &WriteArgs, shape: ShapeArg, words: Words<'_>) -> anyhow::Result<()> {
    if write.format() == Format::Html {
        return writing::text(write, &html::document(page));
    }
    writing::picture(write, &picture::card(page, write.theme.into(), shape.into(), words)?)
}

/// The answer in the form asked for.
pub fn written(
    question: &str,
    answer: &Answer,
    loaded: &Loaded,
    options: &AskOptions,
    format: Format,
) -> anyhow::Result<String> {
    let snapshot = &loaded.snapshot;
    let receipt = Receipt::of(answer, &options.receipt(), &snapshot.knowledge, loaded.version);
    if format == Format::Json {
        return Ok(format!("{}\n", serde_json::to_string(&line(question, answer, loaded, options, &receipt))?));
    }
    let frame = Frame::of(answer, snapshot, options, &receipt);
    let mut written = match format {
        Format::Markdown => markdown::answer(&frame),
        _ => text::answer(&frame, output::layout()),
    };
    if options.explain {
        written.push_str(&explanation(answer, &receipt, format));
    }
    Ok(written)
}

/// The answer as a line of JSON.
pub fn line<'a>(
    question: &'a str,
    answer: &'a Answer,
    loaded: &'a Loaded,
    options: &AskOptions,
    receipt: &Receipt,
) -> AnswerLine<'a> {
    let mut line = AnswerLine::of(question, answer, &loaded.snapshot.knowledge, receipt);
    line.explanation = options.explain.then_some(answer.explanation.as_slice());
    line
}

/// What decided: one line each, with the whole receipt.
pub fn explanation(answer: &Answer, receipt: &Receipt, format: Format) -> String {
    let question = &answer.question;
    let mut lines = vec![format!("intent {:?}, kind {:?}, by {}", question.intent, question.kind, question.rule)];
    lines.extend(question.slots.iter().map(|(name, value)| format!("slot {name}: {value:?}")));
    lines.push(format!("confidence {:.3}", answer.confidence));
    lines.extend(answer.explanation.iter().cloned());
    lines.push(format!("receipt {receipt}"));
    let body = lines.join("\n");
    if format == Format::Markdown { format!("\n```text\n{body}\n```\n") } else { format!("\n{body}\n") }
}

/// The exit status of an answer.
pub fn status(answer: &Answer) -> Status {
    if answer.outcome == Outcome::Answered { Status::Done } else { Status::Nothing }
}
