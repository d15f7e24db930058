//! `check`: every rule file and every source, faults with their places. Knows no question.

use super::args::{CheckArgs, Global};
use super::{Status, load, output};
use crate::folder::Folder;
use crate::question::check_examples;
use crate::rules::{Rules, check};

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
            let tags = rules.locales().map(|locale| locale.tag.as_str()).filter(|tag| wanted.is_none_or(|own| own == *tag));
            let tags = tags.collect::<Vec<_>>();
            languages = tags.len();
            findings.extend(check(rules, wanted).iter().map(ToString::to_string));
            findings.extend(tags.iter().flat_map(|tag| check_examples(rules, tag)).map(|fault| fault.to_string()));
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
