//! `source add`: puts a text, byte for byte, and what is known about it into the folder of sources. Guesses nothing.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde_json::{Map, Value};

use super::super::args::{AddArgs, Global};
use super::super::{Status, load, output};
use crate::document::{Case, Metadata, Moment, add_source, id_of_title};
use crate::rules::fault;

pub fn run(global: &Global, args: &AddArgs) -> anyhow::Result<Status> {
    let bytes = read(&args.file)?;
    if bytes.trim_ascii().is_empty() {
        bail!("{}: the text is empty", args.file.display());
    }
    let folder = load::knowledge_folder(global).unwrap_or_else(|| PathBuf::from(load::DEFAULT_KNOWLEDGE));
    let data = metadata(args, &folder)?;
    let id = args.id.clone().unwrap_or_else(|| id_of_title(&args.title));
    let added = add_source(&folder, &id, &data, &bytes).with_context(|| format!("{} can't be added", args.file.display()))?;
    output::print(&format!("added {} edition {} in {}\n", added.id, added.edition, added.path.display()))?;
    Ok(Status::Done)
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).context("standard input can't be read")?;
        return Ok(bytes);
    }
    fs::read(file).with_context(|| format!("{} can't be read", file.display()))
}

/// What was given; nothing else.
fn metadata(args: &AddArgs, folder: &Path) -> anyhow::Result<Metadata> {
    let Some(language) = args.language.clone().or_else(|| case_language(folder)) else {
        bail!("which language is the text in? Say it with --language, as in --language en");
    };
    for (option, text) in [("published", &args.published), ("updated", &args.updated), ("not-before", &args.not_before)] {
        if let Some(text) = text {
            Moment::parse(text).map_err(|error| anyhow::anyhow!("--{option}: {error}"))?;
        }
    }
    let fields = [
        ("title", Some(&args.title)),
        ("language", Some(&language)),
        ("byline", args.byline.as_ref()),
        ("publisher", args.publisher.as_ref()),
        ("url", args.url.as_ref()),
        ("published", args.published.as_ref()),
        ("updated", args.updated.as_ref()),
        ("published_text", args.published_text.as_ref()),
        ("updated_text", args.updated_text.as_ref()),
        ("not_before", args.not_before.as_ref()),
        ("class", args.class.as_ref()),
        ("visibility", args.visibility.as_ref()),
        ("licence", args.licence.as_ref()),
    ];
    let given = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Value::from(value?.as_str()))));
    Ok(serde_json::from_value(Value::Object(given.collect::<Map<_, _>>()))?)
}

fn case_language(folder: &Path) -> Option<String> {
    let path = folder.join("case.toml");
    let text = fs::read_to_string(&path).ok()?;
    fault::parse::<Case>(&path.display().to_string(), &text).ok()?.language
}
