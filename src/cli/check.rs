//! `check`: every rule file and every source, faults with their places. Knows no question.

use std::collections::BTreeSet;

use super::args::{CheckArgs, Global};
use super::{Status, load, output};
use crate::folder::Folder;
use crate::rules::{Fault, Rules};

/// The language that has every message.
const COMPLETE: &str = "en";

pub fn run(global: &Global, _args: &CheckArgs) -> anyhow::Result<Status> {
    let loaded = match &global.prompts {
        Some(path) => Rules::load(Folder::Disk(path.clone())),
        None => Rules::embedded(),
    };
    let mut findings = Vec::new();
    let mut languages = 0;
    match &loaded {
        Err(faults) => findings.extend(faults.iter().map(ToString::to_string)),
        Ok(rules) => {
            let wanted = global.locale.as_deref();
            languages = rules.locales().filter(|locale| wanted.is_none_or(|tag| tag == locale.tag)).count();
            if let (Some(tag), 0) = (wanted, languages) {
                let fault = Fault::whole(&rules.folder().path_of(tag), "there is no such language");
                findings
                    .push(fault.hint("a language begins with a locale.toml; en/locale.toml shows what it holds").to_string());
            }
            findings.extend(rules.faults().iter().map(ToString::to_string));
            findings.extend(untranslated(rules, wanted).iter().map(ToString::to_string));
        }
    }
    // Without rules there is no telling what the lines of a text are.
    let sources = match loaded.as_ref().map(|rules| load::knowledge(global, rules)) {
        Err(_) => 0,
        Ok(Err(error)) => {
            findings.push(error.chain().last().map(ToString::to_string).unwrap_or_default());
            0
        }
        Ok(Ok(knowledge)) => knowledge.sources.len(),
    };
    let count = |n: usize, one: &str, other: &str| format!("{n} {}", if n == 1 { one } else { other });
    let mut text = findings.iter().map(|finding| format!("{finding}\n")).collect::<String>();
    let checked = format!("{}, {}", count(languages, "language", "languages"), count(sources, "source", "sources"));
    let faults = if findings.is_empty() { "no faults".to_owned() } else { count(findings.len(), "fault", "faults") };
    text.push_str(&format!("{checked}: {faults}\n"));
    output::print(&text)?;
    Ok(if findings.is_empty() { Status::Done } else { Status::Nothing })
}

/// Messages that a language lacks; it is shown in English there.
fn untranslated(rules: &Rules, wanted: Option<&str>) -> Vec<Fault> {
    let Some(complete) = rules.language(COMPLETE) else { return Vec::new() };
    let all: BTreeSet<String> = complete.wording.keys().collect();
    let mut faults = Vec::new();
    for locale in rules.locales().filter(|locale| wanted.is_none_or(|tag| tag == locale.tag)) {
        let Some(language) = rules.language(&locale.tag) else { continue };
        let path = rules.folder().path_of(&format!("{}/wording.toml", locale.tag));
        let own: BTreeSet<String> = language.wording.keys().collect();
        for key in all.difference(&own) {
            let fault = Fault::whole(&path, format!("`{key}` is missing"));
            faults.push(fault.hint(format!("in {COMPLETE} it is: {}", complete.wording.text(key, &[]))));
        }
        for key in own.difference(&all) {
            let fault = Fault::whole(&path, format!("`{key}` is used nowhere"));
            let near = crate::rules::fault::nearest(key, all.iter().map(String::as_str));
            faults.push(match near {
                Some(near) => fault.hint(format!("did you mean `{near}`?")),
                None => fault,
            });
        }
    }
    faults
}
