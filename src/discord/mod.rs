//! The Discord bot: commands, buttons, mentions and direct messages over serenity. Thin; knows neither tantivy nor sled.

mod answering;
mod asker;
mod autocomplete;
mod bot;
mod button;
mod card;
mod command;
mod commands;
mod compaction;
mod config;
mod custom_id;
mod desk;
mod dispatch;
mod drawing;
mod fairness;
mod feedback;
mod follow_ups;
mod gateway;
mod keeping;
mod lifecycle;
mod link;
mod live;
mod measuring;
mod mention;
mod message;
mod notices;
mod open_answers;
mod phrases;
mod registration;
mod reload;
mod rules_versions;
mod sender;
mod settings;
mod spin;
mod threads;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use arc_swap::ArcSwap;

pub use config::{Config, ConfigError, Token};
pub use live::{Live, SharedLive};
pub use phrases::Phrases;
pub use reload::Reload;
pub use sender::SendError;

use crate::engine::Snapshot;
use crate::rules::Fault;
use crate::store::StoreError;

/// The snapshot that answers are read from; whoever reloads swaps it.
pub type Source = Arc<ArcSwap<Snapshot>>;

/// What the log of the libraries underneath may say. They print payloads, and payloads hold what people ask.
pub const LOG_DIRECTIVES: &[&str] = &[
    "serenity=off",
    "reqwest=off",
    "hyper=off",
    "hyper_util=off",
    "tokio_tungstenite=off",
    "tungstenite=off",
    "h2=off",
    "rustls=off",
];

/// How the bot is to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Configuration.
    pub config: Config,
    /// Register the commands in this server only, at once, to try them out.
    pub guild: Option<u64>,
    /// The data folder; the store stands in it.
    pub data: PathBuf,
    /// Today, by the caller's clock.
    pub today: fn() -> jiff::civil::Date,
    /// What may change while it runs.
    pub live: SharedLive,
    /// Where its health is served.
    pub listen: Option<SocketAddr>,
}

/// Why the bot can't run, or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum DiscordError {
    /// The bot's phrases are at fault.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Phrases(Vec<Fault>),
    /// Discord would refuse the commands.
    #[error("the commands are not as Discord wants them:\n{}", .0.join("\n"))]
    Commands(Vec<String>),
    /// The token names no application.
    #[error("the token names no application; copy it again from the developer portal")]
    NoApplication,
    /// The store can't be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The token is not, or no longer, valid.
    #[error("Discord refuses the token: reset it in the developer portal (Bot, Reset Token) and start again with the new one")]
    TokenRefused,
    /// Discord closed for good.
    #[error("Discord closed the connection for good: {0}")]
    Closed(String),
    /// Discord refuses something that it must not refuse.
    #[error(transparent)]
    Send(#[from] SendError),
    /// Nothing can be served at that address.
    #[error("health.listen is {0}: {1}; give another address with --listen, or off")]
    Listen(SocketAddr, std::io::Error),
    /// The system can't provide what the program needs.
    #[error("{0}")]
    System(#[from] std::io::Error),
}

/// Checks configuration, phrases and commands without connecting; tells what was found.
///
/// # Errors
/// The first thing that would keep the bot from running.
pub fn check(options: &Options, source: &Source) -> Result<String, DiscordError> {
    let phrases = Phrases::load(&source.load().rules).map_err(DiscordError::Phrases)?;
    let definitions = checked_definitions(&phrases, options.guild.is_some())?;
    let application = options.config.token.application().ok_or(DiscordError::NoApplication)?;
    let mut report = format!(
        "token: set, application {application}\nREST base: {}\nchannels are by default for: {:?}\ncommands: {}\n",
        options.config.base,
        options.config.default_audience,
        definitions.as_array().map_or(0, Vec::len),
    );
    for key in phrases.missing() {
        report.push_str(&format!("missing translation: {key}\n"));
    }
    Ok(report)
}

/// The link that adds the bot to a server, with no permission that it does not need.
///
/// # Errors
/// When the token names no application.
pub fn invite(config: &Config) -> Result<String, DiscordError> {
    /// View channels, send messages, embed links, attach files, read message history (to reply), send in threads.
    const PERMISSIONS: u64 = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 38;
    let application = config.token.application().ok_or(DiscordError::NoApplication)?;
    Ok(format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={PERMISSIONS}"
    ))
}

/// Runs the bot until it is told to stop.
///
/// # Errors
/// As [`DiscordError`]; Discord out of reach is no error but a reason to try again.
pub fn run(options: Options, source: Source) -> Result<(), DiscordError> {
    run_fresh(options, source, None)
}

/// Runs the bot, and reads rules and sources anew when they change.
///
/// # Errors
/// As [`run`].
pub fn run_fresh(options: Options, source: Source, reload: Option<Reload>) -> Result<(), DiscordError> {
    let phrases = Phrases::load(&source.load().rules).map_err(DiscordError::Phrases)?;
    let definitions = checked_definitions(&phrases, options.guild.is_some())?;
    // Two at least: serenity can keep one busy for a while when a connection ends in a way that it does not notice.
    let workers = std::thread::available_parallelism().map_or(2, usize::from).max(2);
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(workers).max_blocking_threads(8).enable_all().build()?;
    let result = runtime.block_on(lifecycle::run(options, source, reload, phrases, definitions));
    runtime.shutdown_timeout(std::time::Duration::from_millis(300));
    result
}

fn checked_definitions(phrases: &Phrases, for_guild: bool) -> Result<serde_json::Value, DiscordError> {
    let definitions = commands::definitions(phrases, for_guild);
    let faults = commands::faults(&definitions);
    if faults.is_empty() { Ok(definitions) } else { Err(DiscordError::Commands(faults)) }
}
