//! `discord`: configures and starts the bot. Knows nothing of Discord itself.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;

use super::args::{DiscordArgs, Global};
use super::{Status, config, data, health, load, logging, output};
use crate::discord::{self, Config, Live, Options, Reload, SharedLive};
use crate::engine::Snapshot;
use crate::ops;

pub fn run(global: &Global, args: &DiscordArgs, settings: &ops::Config) -> anyhow::Result<Status> {
    config::warn_of_strange_variables();
    settings.checked()?;
    let config = read(settings)?;
    if args.invite {
        output::print(&format!("{}\n", discord::invite(&config)?))?;
        return Ok(Status::Done);
    }
    let filter = logging::filter(settings.text("log.level").unwrap_or("info"))?;
    let source = Arc::new(ArcSwap::new(load::snapshot(global)?.snapshot));
    let data = data::folder(global)?;
    let live = Arc::new(ArcSwap::from_pointee(Live::of(&config, settings.retention())));
    let listen = health::address(settings)?;
    let options = Options { config, guild: args.guild, data, today: load::today, live: live.clone(), listen };
    if args.check {
        output::print(&discord::check(&options, &source)?)?;
        return Ok(Status::Done);
    }
    let relevel = logging::start(filter, settings.text("log.format") == Some("json"));
    if let Some(file) = &settings.file {
        tracing::info!("settings of {}", file.display());
    }
    discord::run_fresh(options, source, Some(reload(settings, live, relevel)))?;
    Ok(Status::Done)
}

/// The bot's own settings.
fn read(settings: &ops::Config) -> Result<Config, discord::ConfigError> {
    Config::read(|name| settings.set_as(name), |path| std::fs::read_to_string(path))
}

/// Settings, rules and sources as they are by now.
fn reload(settings: &ops::Config, live: SharedLive, relevel: logging::Relevel) -> Reload {
    let began = settings.clone();
    let current = Arc::new(ArcSwap::from_pointee(settings.clone()));
    let taken = current.clone();
    let read = move || fresh(&began, &taken, &live, &relevel).map_err(|error| format!("{error:#}"));
    let stamp = move || {
        let settings = current.load();
        let global = config::with(&settings);
        let stops = data::folder(&global).ok().map(|folder| crate::store::suppressions_file(&folder));
        let mut hasher = DefaultHasher::new();
        load::knowledge_folder(&global).iter().chain(&global.prompts).for_each(|folder| stamp(folder, &mut hasher));
        for file in stops.iter().chain(&settings.file) {
            file.metadata().ok().map(|data| (data.len(), data.modified().ok())).hash(&mut hasher);
        }
        hasher.finish()
    };
    Reload { load: Arc::new(read), stamp: Arc::new(stamp) }
}

/// Everything anew; nothing of it is taken over where a part is at fault.
fn fresh(
    began: &ops::Config,
    taken: &ArcSwap<ops::Config>,
    live: &SharedLive,
    relevel: &logging::Relevel,
) -> anyhow::Result<Arc<Snapshot>> {
    let settings = began.again(&|name| std::env::var(name).ok())?;
    settings.checked()?;
    let filter = logging::filter(settings.text("log.level").unwrap_or("info"))?;
    let config = read(&settings)?;
    let snapshot = load::snapshot(&config::with(&settings))?.snapshot;
    for key in began.needing_restart(&settings) {
        tracing::warn!("{key} has changed; that takes effect at the next start");
    }
    live.store(Arc::new(Live::of(&config, settings.retention())));
    relevel(filter);
    taken.store(Arc::new(settings));
    Ok(snapshot)
}

/// Names, lengths and times of every file under `folder`; what can't be read counts as not there.
fn stamp(folder: &Path, hasher: &mut DefaultHasher) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        path.hash(hasher);
        match path.metadata() {
            Ok(data) if data.is_dir() => stamp(&path, hasher),
            Ok(data) => (data.len(), data.modified().ok()).hash(hasher),
            Err(_) => {}
        }
    }
}
