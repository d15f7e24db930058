//! `gaps` and `data`: what the bot keeps, asked of the store or of the bot that holds it. Knows neither sled nor Discord.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use etcetera::AppStrategy;
use serde::Serialize;

use super::args::{DataCommand, GapsArgs, Global, ListFormat};
use super::{Status, output};
use crate::ops;
use crate::render::text::{Canvas, Style};

/// What was asked in vain, most often first.
pub fn gaps(global: &Global, args: &GapsArgs) -> anyhow::Result<Status> {
    let mut gaps = ops::gaps(&folder(global)?, args.server)?;
    gaps.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.form.cmp(&b.form)));
    let text = match args.format {
        ListFormat::Json => gaps.iter().map(line).collect::<anyhow::Result<String>>()?,
        ListFormat::Text => {
            let mut canvas = Canvas::new(output::layout());
            let asked: u64 = gaps.iter().map(|gap| gap.count).sum();
            canvas
                .paragraph(Style::Heading, &format!("{} kinds of question without an answer, asked {asked} times", gaps.len()));
            for gap in &gaps {
                canvas.gap();
                canvas.paragraph(Style::Plain, &format!("{} × {}", gap.count, gap.form));
                canvas.item("", &gap.reason);
                gap.texts.iter().for_each(|text| canvas.item("", text));
            }
            canvas.finish()
        }
    };
    output::print(&text)?;
    Ok(Status::Done)
}

pub fn run(global: &Global, command: &DataCommand) -> anyhow::Result<Status> {
    let folder = folder(global)?;
    let text = match command {
        DataCommand::Info => pretty(&ops::info(&folder)?)?,
        DataCommand::Export => {
            let mut out = io::stdout().lock();
            let count = ops::export(&folder, &mut out)?;
            eprintln!("{count} records");
            return Ok(Status::Done);
        }
        DataCommand::Import { file } => pretty(&ops::import(&folder, &mut open(file)?)?)?,
        DataCommand::Compact => pretty(&ops::compact(&folder)?)?,
        DataCommand::Forget { user } => pretty(&ops::forget(&folder, *user)?)?,
        DataCommand::Complaints { server } => lines(&ops::complaints(&folder, *server)?)?,
        DataCommand::Trail { server } => lines(&ops::trail(&folder, *server)?)?,
    };
    output::print(&text)?;
    Ok(Status::Done)
}

/// The folder of what the bot keeps: as told, else the platform's.
pub fn folder(global: &Global) -> anyhow::Result<PathBuf> {
    if let Some(folder) = &global.data {
        return Ok(folder.clone());
    }
    let names =
        etcetera::AppStrategyArgs { top_level_domain: String::new(), author: String::new(), app_name: "verbatim".to_owned() };
    let strategy = etcetera::choose_app_strategy(names).context("no data folder is known here: give one with --data")?;
    Ok(strategy.data_dir())
}

fn open(file: &Path) -> anyhow::Result<Box<dyn Read>> {
    if file == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    Ok(Box::new(File::open(file).with_context(|| format!("{} can't be read", file.display()))?))
}

fn pretty(value: &impl Serialize) -> anyhow::Result<String> {
    Ok(format!("{}\n", serde_json::to_string_pretty(value)?))
}

fn lines<T: Serialize>(values: &[T]) -> anyhow::Result<String> {
    values.iter().map(line).collect()
}

fn line(value: &impl Serialize) -> anyhow::Result<String> {
    Ok(format!("{}\n", serde_json::to_string(value)?))
}
