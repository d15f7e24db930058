//! `source add`: puts a text, byte for byte, and what is known about it into the folder of sources. Guesses nothing.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::super::args::{AddArgs, Global};
use super::super::{Status, load, output};
use crate::document::{Case, Moment};
use crate::rules::fault;
use crate::token::fold_bare;

/// Longest folder name made from a title.
const ID_LENGTH: usize = 48;

pub fn run(global: &Global, args: &AddArgs) -> anyhow::Result<Status> {
    let bytes = read(&args.file)?;
    if let Err(error) = std::str::from_utf8(&bytes) {
        let at = error.valid_up_to();
        bail!("{}: not UTF-8: the bytes from {at} on are no character; save the file as UTF-8", args.file.display());
    }
    if bytes.trim_ascii().is_empty() {
        bail!("{}: the text is empty", args.file.display());
    }
    let folder = load::knowledge_folder(global).unwrap_or_else(|| PathBuf::from(load::DEFAULT_KNOWLEDGE));
    let toml = metadata(args, &folder)?;
    let (id, place) = place(args, &folder)?;
    fs::create_dir_all(&place).with_context(|| format!("{} can't be made", place.display()))?;
    write(&place.join("article.txt"), &bytes)?;
    write(&place.join("source.toml"), toml.as_bytes())?;
    output::print(&format!("added {id} in {}\n", place.display()))?;
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

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("{} can't be written", path.display()))
}

/// Id and folder of the new edition.
fn place(args: &AddArgs, folder: &Path) -> anyhow::Result<(String, PathBuf)> {
    if let Some(id) = &args.edition_of {
        let source = folder.join(id);
        if !source.join("article.txt").is_file() {
            bail!("there is no source `{id}` in {}; leave out --edition-of to add a new one", folder.display());
        }
        let number = (2..u32::MAX).find(|number| !source.join(format!("editions/{number}")).exists()).unwrap_or(u32::MAX);
        return Ok((format!("{id}, edition {number}"), source.join(format!("editions/{number}"))));
    }
    let id = match &args.id {
        Some(id) => id.clone(),
        None => made_id(&args.title),
    };
    let named =
        !id.is_empty() && !id.starts_with('.') && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if !named {
        bail!("`{id}` can't be the name of a source: use letters, digits and hyphens, as in --id harbour-verdict");
    }
    let place = folder.join(&id);
    if place.exists() {
        bail!("there is a source `{id}` already; give another --id, or --edition-of {id} for a later edition of it");
    }
    Ok((id, place))
}

/// A folder's name from a title: its words in small letters, with hyphens.
fn made_id(title: &str) -> String {
    let mut id = String::new();
    for word in fold_bare(title).split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if id.len() + word.len() >= ID_LENGTH {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(word);
    }
    if id.is_empty() { "source".to_owned() } else { id }
}

/// `source.toml` with what was given.
fn metadata(args: &AddArgs, folder: &Path) -> anyhow::Result<String> {
    let Some(language) = args.language.clone().or_else(|| case_language(folder)) else {
        bail!("which language is the text in? Say it with --language, as in --language en");
    };
    let moments = [("published", &args.published), ("updated", &args.updated), ("not-before", &args.not_before)];
    for (option, text) in moments {
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
    let mut table = toml::Table::new();
    for (name, value) in fields {
        if let Some(value) = value {
            table.insert(name.to_owned(), toml::Value::String(value.clone()));
        }
    }
    Ok(table.to_string())
}

fn case_language(folder: &Path) -> Option<String> {
    let path = folder.join("case.toml");
    let text = fs::read_to_string(&path).ok()?;
    fault::parse::<Case>(&path.display().to_string(), &text).ok()?.language
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_a_titles_words() {
        assert_eq!(made_id("Città: «caporali» & Co. 2025"), "citta-caporali-co-2025");
        assert_eq!(made_id("…"), "source");
        assert!(made_id(&"long word ".repeat(20)).len() <= ID_LENGTH);
    }
}
