//! `help`: the help of a command, or one of the pages for people. Knows no source and no rule.

use anyhow::bail;
use clap::CommandFactory;
use clap::error::ErrorKind;
use include_dir::{Dir, include_dir};

use super::args::{Cli, Global, HelpArgs};
use super::{Status, load, output};
use crate::render::text::{Canvas, Style};

/// The pages, as `reader.en.md`.
static PAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs");

/// For whom there is a page.
const READERS: [&str; 3] = ["reader", "editor", "operator"];

/// The language in which every page is there.
const FALLBACK: &str = "en";

pub fn run(global: &Global, args: &HelpArgs) -> anyhow::Result<Status> {
    if let [reader] = args.what.as_slice()
        && READERS.contains(&reader.as_str())
    {
        output::print(&laid_out(page(global, reader)))?;
        return Ok(Status::Done);
    }
    let asked = ["verbatim"].into_iter().chain(args.what.iter().map(String::as_str)).chain(["--help"]);
    let help = match Cli::command().try_get_matches_from(asked) {
        Err(help) if help.kind() == ErrorKind::DisplayHelp => help.render(),
        _ => bail!(
            "there is no command `{}` and no page; `verbatim --help` lists the commands, the pages are: {}",
            args.what.join(" "),
            READERS.join(", ")
        ),
    };
    output::print(&if output::layout().colour { help.ansi().to_string() } else { help.to_string() })?;
    Ok(Status::Done)
}

/// The page for that reader, in the language asked for where it is there.
fn page(global: &Global, reader: &str) -> &'static str {
    let text = |tag: &str| PAGES.get_file(format!("{reader}.{tag}.md"))?.contents_utf8();
    let told = global.locale.clone().or_else(|| load::environment_locale(|tag| text(tag).is_some()));
    told.and_then(|tag| text(&tag)).or_else(|| text(FALLBACK)).unwrap_or_default()
}

/// A page for the terminal: headings and paragraphs without the marks of Markdown, one line for each row of a table.
fn laid_out(page: &str) -> String {
    let mut canvas = Canvas::new(output::layout());
    for block in page.split("\n\n") {
        canvas.gap();
        if block.starts_with("    ") {
            block.lines().for_each(|line| canvas.paragraph(Style::Plain, line));
        } else if block.starts_with('|') {
            // The first two lines name the columns and rule them off.
            block.lines().skip(2).for_each(|row| canvas.paragraph(Style::Plain, &row_of(row)));
        } else if let Some(heading) = block.strip_prefix("# ").or_else(|| block.strip_prefix("## ")) {
            canvas.paragraph(Style::Heading, &plain(heading));
        } else {
            paragraphs(block).iter().for_each(|paragraph| canvas.paragraph(Style::Plain, &plain(paragraph)));
        }
    }
    canvas.finish()
}

/// Paragraphs of a block: one, or one for each point of a list.
fn paragraphs(block: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    for line in block.lines().map(|line| line.strip_prefix("> ").unwrap_or(line)) {
        match paragraphs.last_mut() {
            Some(last) if !line.starts_with("- ") => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => paragraphs.push(line.to_owned()),
        }
    }
    paragraphs
}

/// The cells of a row, those that are empty left out.
fn row_of(row: &str) -> String {
    let cells = row.trim_matches('|').split('|').map(|cell| plain(cell.trim())).filter(|cell| !cell.is_empty());
    cells.collect::<Vec<_>>().join(" – ")
}

/// Without marks of emphasis, and links by their words alone.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        out.push_str(before);
        match link.split_once("](").and_then(|(words, target)| Some((words, target.split_once(')')?.1))) {
            Some((words, after)) => {
                out.push_str(words);
                rest = after;
            }
            None => {
                out.push('[');
                rest = link;
            }
        }
    }
    out.push_str(rest);
    out.replace('*', "")
}
