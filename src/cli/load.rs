//! Loads rules and knowledge from where the command line, the environment or the defaults say. Knows no command.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use jiff::civil::Date;

use super::args::{Global, ViewArgs};
use super::progress::Progress;
use super::{data, index};
use crate::archive::{self, Archive, Stop};
use crate::document::{Knowledge, Viewer};
use crate::engine::{AskOptions, Snapshot};
use crate::folder::Folder;
use crate::receipt::RulesVersion;
use crate::rules::fault::nearest;
use crate::rules::{Fault, Rules};
use crate::store;

/// The folder that is looked for where none is named.
pub const DEFAULT_KNOWLEDGE: &str = "knowledge";

/// Everything that answers, and the version of its rules.
#[derive(Clone)]
pub struct Loaded {
    /// What answers.
    pub snapshot: Arc<Snapshot>,
    /// The version of its rules, for receipts.
    pub version: RulesVersion,
}

/// Loads what answers.
pub fn snapshot(global: &Global) -> anyhow::Result<Loaded> {
    let rules = rules(global)?;
    let version = RulesVersion::of(&rules)?;
    in_memory(global, rules, version)
}

/// Loads what answers questions: from the index where there is one of the folder, else all of it.
pub fn answering(global: &Global) -> anyhow::Result<Loaded> {
    let rules = rules(global)?;
    let version = RulesVersion::of(&rules)?;
    if let Some(folder) = knowledge_folder(global)
        && let Ok(home) = index_home(global, &folder)
    {
        let opened = Archive::open(&home, &folder, version, stops(global)?);
        if let Some(archive) = opened.with_context(|| index::hint(&home))? {
            return Ok(Loaded { snapshot: Arc::new(Snapshot::of_archive(Arc::new(rules), archive)), version });
        }
    }
    in_memory(global, rules, version)
}

/// Reads all of it.
fn in_memory(global: &Global, rules: Rules, version: RulesVersion) -> anyhow::Result<Loaded> {
    let _progress = Progress::of("reading the sources");
    let knowledge = knowledge(global, &rules)?;
    Ok(Loaded { snapshot: Arc::new(Snapshot::new(Arc::new(rules), knowledge)), version })
}

impl Loaded {
    /// What answers this question.
    pub fn for_question(&self, text: &str, options: &AskOptions) -> anyhow::Result<Self> {
        let hint = || "run `verbatim index build`; `verbatim index info --check` tells what has changed";
        Ok(Self { snapshot: self.snapshot.for_question(text, options).with_context(hint)?, version: self.version })
    }
}

/// Where the index of a folder of sources is kept.
pub fn index_home(global: &Global, folder: &Path) -> anyhow::Result<PathBuf> {
    Ok(archive::home(&data::folder(global)?, folder))
}

/// What must not be quoted. Without a home there is no data folder, and nobody can have ordered anything.
fn stops(global: &Global) -> anyhow::Result<Vec<Stop>> {
    let Ok(folder) = data::folder(global) else { return Ok(Vec::new()) };
    let stops = store::stops(&folder)?.into_iter();
    Ok(stops.map(|stop| Stop { source: stop.source, words: stop.passage.map(|passage| passage.words) }).collect())
}

/// The rules; those on disk are checked as a whole, the built-in ones were when they were built in.
pub fn rules(global: &Global) -> anyhow::Result<Rules> {
    let rules = match &global.prompts {
        Some(path) => Rules::load(Folder::Disk(path.clone())),
        None => Rules::embedded(),
    };
    let rules = rules.map_err(|faults| listed(&faults))?;
    if global.prompts.is_some() {
        let faults = rules.faults();
        if !faults.is_empty() {
            return Err(listed(&faults));
        }
    }
    if let Some(tag) = &global.locale
        && rules.language(tag).is_none()
    {
        let known = rules.locales().map(|locale| locale.tag.clone()).collect::<Vec<_>>().join(", ");
        bail!("there is no language `{tag}` in {}; there are: {known}", rules.folder().name());
    }
    Ok(rules)
}

fn listed(faults: &[Fault]) -> anyhow::Error {
    anyhow::anyhow!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

/// The folder of sources on disk, where there is one.
pub fn knowledge_folder(global: &Global) -> Option<PathBuf> {
    let default = || Path::new(DEFAULT_KNOWLEDGE).is_dir().then(|| PathBuf::from(DEFAULT_KNOWLEDGE));
    let told = global.knowledge.clone().filter(|path| !path.as_os_str().is_empty());
    told.or_else(default)
}

/// The sources, without what must not be quoted.
pub fn knowledge(global: &Global, rules: &Rules) -> anyhow::Result<Knowledge> {
    let mut knowledge = match knowledge_folder(global) {
        Some(path) => {
            let hint = || format!("the sources in {} can't be used", path.display());
            Knowledge::load(&Folder::Disk(path.clone()), rules).with_context(hint)?
        }
        None => Knowledge::embedded(rules)?,
    };
    // Without a home there is no data folder, and nobody can have ordered anything.
    if let Ok(folder) = data::folder(global) {
        for stop in store::stops(&folder)? {
            let places = knowledge.suppress(&stop.source, stop.passage.as_ref().map(|passage| passage.words.as_str()));
            if places == 0 && knowledge.sources.iter().any(|source| source.id == stop.source) {
                tracing::warn!(
                    "stop {}: its words are not in the newest edition of `{}`; look at that",
                    stop.number,
                    stop.source
                );
            }
        }
    }
    Ok(knowledge)
}

/// Today, by the clock (UTC).
pub fn today() -> Date {
    jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date()
}

/// Language of the reader: as told, else of the environment, else of the case.
pub fn locale(global: &Global, snapshot: &Snapshot) -> Option<String> {
    let environment = || environment_locale(|tag| snapshot.rules.locales().any(|locale| locale.tag == tag));
    global.locale.clone().or_else(environment).or_else(|| snapshot.knowledge.case.language.clone())
}

/// The language of the environment, where it is a known one.
pub fn environment_locale(is_known: impl Fn(&str) -> bool) -> Option<String> {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let value = variables.iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty())?;
    let tag = value.split(['.', '@']).next()?.replace('_', "-");
    let base = tag.split('-').next()?.to_lowercase();
    is_known(&base).then_some(base)
}

/// What an asker at this terminal may see and wants.
pub fn options(view: &ViewArgs, global: &Global, snapshot: &Snapshot) -> anyhow::Result<AskOptions> {
    let options = AskOptions {
        source: view.source.clone(),
        locale: locale(global, snapshot),
        as_of: view.as_of,
        today: Some(today()),
        newsroom: view.newsroom,
        ..AskOptions::default()
    };
    if let Some(source) = &view.source {
        known_source(source, &options, snapshot)?;
    }
    Ok(options)
}

/// Whether there is such a source for this asker; one that is not for them does not exist.
pub fn known_source(id: &str, options: &AskOptions, snapshot: &Snapshot) -> anyhow::Result<()> {
    let viewer = AskOptions { source: None, as_of: None, ..options.clone() }.viewer();
    let ids = known_sources(&viewer, snapshot);
    if ids.contains(&id) { Ok(()) } else { Err(no_source(id, &ids)) }
}

/// Ids of the sources that the viewer may know of.
fn known_sources<'a>(viewer: &'a Viewer, snapshot: &'a Snapshot) -> Vec<&'a str> {
    if let Some(archive) = &snapshot.archive {
        return archive.sources(viewer).map(|source| source.id.as_str()).collect();
    }
    let view = snapshot.knowledge.view(viewer);
    let open = view.editions.iter().filter_map(|&edition| snapshot.knowledge.source_of(edition));
    let withheld = view.withheld.iter().filter_map(|&number| snapshot.knowledge.sources.get(number));
    open.chain(withheld).map(|source| source.id.as_str()).collect()
}

/// There is no such source; perhaps another one was meant.
pub fn no_source(id: &str, ids: &[&str]) -> anyhow::Error {
    match nearest(id, ids.iter().copied()) {
        Some(near) => anyhow::anyhow!("there is no source `{id}`; did you mean `{near}`?"),
        None => anyhow::anyhow!("there is no source `{id}`; `verbatim source list` lists them"),
    }
}
