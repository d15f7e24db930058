//! `discord`: configures and starts the bot. Knows nothing of Discord itself.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;

use super::args::{DiscordArgs, Global};
use super::{Status, data, load, output};
use crate::discord::{self, Config, Options, Reload};

pub fn run(global: &Global, args: &DiscordArgs) -> anyhow::Result<Status> {
    let config = Config::read(|name| std::env::var(name).ok(), |path| std::fs::read_to_string(path))?;
    if args.invite {
        output::print(&format!("{}\n", discord::invite(&config)?))?;
        return Ok(Status::Done);
    }
    let source = Arc::new(ArcSwap::from_pointee(load::snapshot(global)?.snapshot));
    let data = data::folder(global)?;
    let options = Options { config, guild: args.guild, data, today: load::today };
    if args.check {
        output::print(&discord::check(&options, &source)?)?;
        return Ok(Status::Done);
    }
    log();
    discord::run_fresh(options, source, Some(reload(global)))?;
    Ok(Status::Done)
}

/// Rules and sources as they are on disk by now.
fn reload(global: &Global) -> Reload {
    let stops = data::folder(global).ok().map(|folder| crate::store::suppressions_file(&folder));
    let folders = [load::knowledge_folder(global), global.prompts.clone()];
    let global = global.clone();
    let read = move || load::snapshot(&global).map(|loaded| loaded.snapshot).map_err(|error| format!("{error:#}"));
    let stamp = move || {
        let mut hasher = DefaultHasher::new();
        folders.iter().flatten().for_each(|folder| stamp(folder, &mut hasher));
        let stops = stops.as_ref().and_then(|file| file.metadata().ok());
        stops.map(|data| (data.len(), data.modified().ok())).hash(&mut hasher);
        hasher.finish()
    };
    Reload { load: Arc::new(read), stamp: Arc::new(stamp) }
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

/// Logs to standard error; `RUST_LOG` says how much.
fn log() {
    let mut filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    for directive in discord::LOG_DIRECTIVES.iter().filter_map(|directive| directive.parse().ok()) {
        filter = filter.add_directive(directive);
    }
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(false).init();
}
