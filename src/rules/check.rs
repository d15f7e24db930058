//! What is missing or wrong in the rule files of a language beside what stops them from loading. Knows no source.

use std::collections::BTreeSet;

use super::fault::{Fault, nearest};
use super::templates::OTHER_FILES;
use super::{INTENTS, LocaleRules, Rules};

/// Checks every language, or `tag` alone: faults of its files, files that are missing or belong to nothing, messages that another
/// language has and this one lacks; for `tag` also such concepts.
#[must_use]
pub fn check(rules: &Rules, tag: Option<&str>) -> Vec<Fault> {
    let folder = rules.folder();
    let mut faults = rules.faults();
    if let Some(tag) = tag {
        let inside = folder.path_of(tag);
        faults.retain(|fault| fault.path.starts_with(&inside));
        if !rules.locales().any(|locale| locale.tag == tag) {
            let fault = Fault::whole(&folder.path_of(tag), format!("there is no language `{tag}`"));
            faults.push(fault.hint(format!("copy en/locale.toml to {tag}/locale.toml and translate it, then check again")));
            return faults;
        }
    }
    if rules.intents().all().is_empty() {
        faults.push(Fault::whole(&folder.path_of(INTENTS), "no intent is declared"));
    }
    let tags = rules.locales().map(|locale| locale.tag.clone()).collect::<Vec<_>>();
    for own in tags.iter().filter(|own| tag.is_none_or(|tag| tag == own.as_str())) {
        faults.extend(files_of(rules, own));
        let Some(language) = rules.language(own) else { continue };
        for other in tags.iter().filter(|other| *other != own).filter_map(|other| rules.language(other)) {
            faults.extend(messages_missing(rules, own, language, other));
            // A concept of one language need not have a word in another: only who asks for a language is told what it lacks.
            if tag.is_some() {
                faults.extend(concepts_missing(rules, own, language, other));
            }
        }
    }
    faults.dedup();
    faults
}

/// Files that a language lacks, and files that belong to nothing.
fn files_of(rules: &Rules, tag: &str) -> Vec<Fault> {
    let folder = rules.folder();
    let there = folder.files(tag).unwrap_or_default();
    let declared = rules.intents().all();
    let known = || declared.iter().map(|intent| format!("{}.toml", intent.id));
    let mut faults = Vec::new();
    for intent in declared.iter().filter(|intent| !intent.optional) {
        let name = format!("{}.toml", intent.id);
        if !there.contains(&name) {
            let fault = Fault::whole(&folder.path_of(&format!("{tag}/{name}")), "this file is missing");
            faults.push(fault.hint(format!("its patterns understand questions such as: {}", intent.about)));
        }
    }
    for name in there.iter().filter(|name| name.ends_with(".toml") && !OTHER_FILES.contains(&name.as_str())) {
        if !known().any(|own| own == *name) {
            let fault = Fault::whole(&folder.path_of(&format!("{tag}/{name}")), "no intent of this name is declared");
            let all = known().collect::<Vec<_>>();
            let near = nearest(name, all.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
            faults.push(fault.hint(near.unwrap_or_else(|| "intents are declared in intents.toml".to_owned())));
        }
    }
    faults
}

/// Concepts of `other` that `own` lacks: one fault for each class.
fn concepts_missing(rules: &Rules, tag: &str, own: &LocaleRules, other: &LocaleRules) -> Vec<Fault> {
    let ids = |language: &LocaleRules| {
        language.lexicon.entries().iter().map(|entry| String::from(&entry.id)).collect::<BTreeSet<_>>()
    };
    let lexicon = rules.folder().path_of(&format!("{tag}/lexicon"));
    by_head(&ids(own), &ids(other), &lexicon, "concepts", &other.locale.tag)
}

/// Messages of `other` that `own` lacks: one fault for each table.
fn messages_missing(rules: &Rules, tag: &str, own: &LocaleRules, other: &LocaleRules) -> Vec<Fault> {
    let keys = |language: &LocaleRules| language.wording.keys().collect::<BTreeSet<_>>();
    let wording = rules.folder().path_of(&format!("{tag}/wording.toml"));
    by_head(&keys(own), &keys(other), &wording, "messages", &other.locale.tag)
}

fn by_head(own: &BTreeSet<String>, other: &BTreeSet<String>, path: &str, what: &str, tag: &str) -> Vec<Fault> {
    let lacking = other.difference(own).collect::<Vec<_>>();
    let head = |id: &str| id.split('.').next().unwrap_or_default().to_owned();
    let heads = lacking.iter().map(|id| head(id)).collect::<BTreeSet<_>>();
    let fault = |name: &String| {
        let names = lacking.iter().filter(|id| head(id) == *name).map(|id| id.as_str()).collect::<Vec<_>>();
        let message = format!("{} {what} of `{name}` are missing: {}", names.len(), names.join(", "));
        Fault::whole(path, message).hint(format!("see the same ids in `{tag}`"))
    };
    heads.iter().map(fault).collect()
}
