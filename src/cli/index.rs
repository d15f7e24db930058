//! `index`: builds the index of a large knowledge, and tells how it stands. Knows no question.

use std::path::Path;
use std::time::Duration;

use anyhow::bail;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::args::{Global, IndexArgs, IndexCommand, ListFormat};
use super::{Status, load, output};
use crate::archive::{self, Archive, State, Step};
use crate::receipt::RulesVersion;

/// Sources that are named where they have changed; more are only counted.
const NAMED: usize = 5;

pub fn run(global: &Global, args: &IndexArgs) -> anyhow::Result<Status> {
    let Some(folder) = load::knowledge_folder(global) else {
        bail!("the built-in case needs no index; give a folder of sources with --knowledge");
    };
    let home = load::index_home(global, &folder)?;
    match args.command {
        IndexCommand::Build { anew } => build(global, &home, &folder, anew),
        IndexCommand::Info { check, format } => info(global, &home, &folder, check, format),
    }
}

fn build(global: &Global, home: &Path, folder: &Path, anew: bool) -> anyhow::Result<Status> {
    let rules = load::rules(global)?;
    let version = RulesVersion::of(&rules)?;
    let bar = bar();
    let built = archive::build(home, folder, &rules, version, anew, |step| match step {
        Step::Sources(done, all) => {
            bar.set_length(u64::try_from(all).unwrap_or(u64::MAX));
            bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
        }
        Step::Closing => {
            bar.set_message("closing the index");
            bar.enable_steady_tick(Duration::from_millis(200));
        }
    });
    bar.finish_and_clear();
    let built = built?;
    let gone = if built.gone > 0 { format!(", {} gone", built.gone) } else { String::new() };
    let size = megabytes(built.bytes);
    output::print(&format!("{} indexed, {} unchanged{gone}: {size} in {}\n", counted(built.read), built.kept, home.display()))?;
    Ok(Status::Done)
}

/// On a terminal alone: elsewhere it draws nothing.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} sources  {elapsed} of about {duration}  {msg}") {
        bar.set_style(style);
    }
    bar
}

fn info(global: &Global, home: &Path, folder: &Path, check: bool, format: ListFormat) -> anyhow::Result<Status> {
    let rules = load::rules(global)?;
    let Some(archive) = Archive::open(home, folder, RulesVersion::of(&rules)?, Vec::new())? else {
        output::print(&format!("no index of {}; `verbatim index build` makes one\n", folder.display()))?;
        return Ok(Status::Nothing);
    };
    let state = if check {
        archive.catalogue().verify()?;
        Some(archive.state()?)
    } else {
        None
    };
    let catalogue = archive.catalogue();
    let text = match format {
        ListFormat::Json => {
            let state = state.as_ref().map(|state| json!({"new": state.new, "changed": state.changed, "gone": state.gone}));
            let line = json!({
                "folder": folder, "index": home, "sources": catalogue.sources().len(), "passages": catalogue.passages(),
                "languages": catalogue.languages(), "bytes": catalogue.bytes(), "changes": state,
            });
            format!("{line}\n")
        }
        ListFormat::Text => {
            let mut text = format!("{} of {}\n", counted(catalogue.sources().len()), folder.display());
            let languages = catalogue.languages().join(", ");
            text.push_str(&format!("{} passages, in {languages}\n", catalogue.passages()));
            text.push_str(&format!("{} in {}\n", megabytes(catalogue.bytes()), home.display()));
            text.push_str(&state.as_ref().map(told).unwrap_or_default());
            text
        }
    };
    output::print(&text)?;
    Ok(if state.is_none_or(|state| state.is_current()) { Status::Done } else { Status::Nothing })
}

/// What has changed, with the first few names.
fn told(state: &State) -> String {
    if state.is_current() {
        return "whole and up to date\n".to_owned();
    }
    let mut text = String::new();
    for (what, ids) in [("new", &state.new), ("changed", &state.changed), ("gone", &state.gone)] {
        if !ids.is_empty() {
            let more = if ids.len() > NAMED { " …" } else { "" };
            let named = ids.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
            text.push_str(&format!("{what}: {} ({named}{more})\n", ids.len()));
        }
    }
    text.push_str("`verbatim index build` brings it up to date\n");
    text
}

fn counted(sources: usize) -> String {
    if sources == 1 { "1 source".to_owned() } else { format!("{sources} sources") }
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}

/// What may be done about an index that can't be used.
pub fn hint(home: &Path) -> String {
    format!(
        "run `verbatim index build` to bring it up to date, or remove {} to have every source read into memory",
        home.display()
    )
}
