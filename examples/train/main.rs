//! Computes the features of every candidate of development questions and writes them for fitting; fits nothing itself.
//!
//! `cargo run --release --example train -- --data DIR [--data DIR …] --dump DIR`
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, missing_docs)]

mod data;

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use verbatim::evidence::FEATURES;
use verbatim::rules::Rules;

#[derive(Parser)]
struct Options {
    /// Folders with `kb/` and `questions.jsonl`.
    #[arg(long, required = true)]
    data: Vec<PathBuf>,
    /// Writes every candidate's features there, for a look with other tools.
    #[arg(long)]
    dump: Option<PathBuf>,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let rules = Rules::embedded().map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    for fault in rules.faults() {
        eprintln!("{fault}");
    }
    let mut groups = Vec::new();
    for folder in &options.data {
        let started = std::time::Instant::now();
        groups.extend(data::groups(folder, &rules, &[data::Mode::Open, data::Mode::Reading, data::Mode::Excerpt])?);
        eprintln!("{}: {:.1} s", folder.display(), started.elapsed().as_secs_f64());
    }
    if let Some(folder) = options.dump {
        dump(&folder, &groups)?;
    }
    Ok(())
}

fn dump(folder: &std::path::Path, groups: &[data::Group]) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let names = FEATURES.iter().map(|feature| feature.name).collect::<Vec<_>>();
    std::fs::write(folder.join("names.json"), serde_json::to_string(&names)?)?;
    let mut lines = std::io::BufWriter::new(std::fs::File::create(folder.join("groups.jsonl"))?);
    let mut values = std::io::BufWriter::new(std::fs::File::create(folder.join("features.f32"))?);
    for group in groups {
        let line = serde_json::json!({"set": group.set, "mode": format!("{:?}", group.mode), "source": group.source, "id": group.id,
            "kind": group.kind, "hit": group.hit, "near": group.near,
            "at": group.list.iter().map(|c| (c.edition.0, c.sentence)).collect::<Vec<_>>()});
        writeln!(lines, "{line}")?;
        for candidate in &group.list {
            for &value in candidate.features.values() {
                values.write_all(&(value as f32).to_le_bytes())?;
            }
        }
    }
    Ok(())
}
