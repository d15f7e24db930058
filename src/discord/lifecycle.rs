//! From start to end: out of reach, connected, revoked, told to stop. Knows no single command.

use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde_json::Value;
use serenity::all::{Client, ClientBuilder, GatewayIntents, HttpBuilder, ShardManager};
use serenity::cache::Settings as CacheSettings;
use serenity::gateway::GatewayError;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::bot::Bot;
use super::compaction::Compaction;
use super::desk::Told;
use super::fairness::Fairness;
use super::follow_ups::FollowUps;
use super::gateway::Handler;
use super::keeping;
use super::link::Link;
use super::measuring;
use super::notices::{self, Notices};
use super::open_answers::OpenAnswers;
use super::phrases::Phrases;
use super::reload::{Reload, keep_fresh};
use super::rules_versions::RulesVersions;
use super::sender::{Gateway, SendError, Sender, http_client};
use super::spin::Watch;
use super::threads::Threads;
use super::{DiscordError, Options, Source};
use crate::ops::Metrics;
use crate::store::{Memory, StoreError};

/// Longest pause between two tries to reach Discord.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// Longest time to close the connection in good order.
const CLOSING: Duration = Duration::from_millis(1_200);
/// Sessions that may fail to come about, one after the other: each costs one of the day's thousand.
const TRIES: u32 = 5;

/// Runs until a signal, a revoked token or a close for good.
pub(super) async fn run(
    options: Options,
    source: Source,
    reload: Option<Reload>,
    phrases: Phrases,
    definitions: Value,
) -> Result<(), DiscordError> {
    // Before anything else, so that a signal during the start is not the system's to handle.
    let mut stop = StopSignals::new()?;
    let listener = options.listen.map(bind).transpose()?;
    let metrics = Arc::new(Metrics::new());
    let memory = match Memory::open(&options.data) {
        Memory::Absent(error @ StoreError::InUse { .. }) => return Err(DiscordError::Store(error)),
        memory => memory,
    };
    if let Some(trouble) = memory.trouble() {
        tracing::error!("settings: {trouble}");
    }
    let _control = keeping::control(&memory);
    tokio::spawn(keeping::sweep_daily(memory.clone(), options.today, options.live.clone(), metrics.clone()));
    let compaction = Arc::new(Compaction::default());
    tokio::spawn(compaction.clone().run(memory.clone()));
    let sender = Sender::new(&options.config)?;
    let guild = options.guild;
    let bot = Arc::new(Bot {
        sender,
        phrases,
        memory,
        compaction,
        fairness: Fairness::default(),
        threads: Threads::default(),
        follow_ups: FollowUps::default(),
        link: Link::default(),
        notices: Notices::default(),
        desk: Told::default(),
        cores: Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(1, usize::from))),
        under_way: OpenAnswers::default(),
        application: OnceLock::new(),
        user: OnceLock::new(),
        engine: source,
        today: options.today,
        rules_version: RulesVersions::default(),
        config: options.config,
        live: options.live,
        metrics: metrics.clone(),
    });
    if let Some(listener) = listener {
        measuring::serve(&bot, listener)?;
    }
    tokio::spawn(notices::run(bot.clone()));
    if let Some(reload) = reload {
        tokio::spawn(keep_fresh(reload, bot.clone(), signal(SignalKind::hangup())?));
    }
    let mut in_vain = 0;
    loop {
        let ups = bot.link.ups();
        let end = tokio::select! {
            end = session(&bot, guild, &definitions, &mut stop) => end?,
            () = revoked(&bot.sender) => return Err(DiscordError::TokenRefused),
        };
        if end == End::Stopped {
            bot.compaction.settle(&bot.memory).await;
            return Ok(());
        }
        in_vain = if bot.link.ups() == ups { in_vain + 1 } else { 0 };
        if in_vain == TRIES {
            return Err(DiscordError::Closed(format!(
                "{TRIES} times no session came about; check the bot in the developer portal"
            )));
        }
        if end == End::Lost {
            tracing::error!("no connection for {} s; beginning anew", bot.config.patience.as_secs());
        }
    }
}

/// Takes the address of the health server before anything else is begun.
fn bind(address: SocketAddr) -> Result<TcpListener, DiscordError> {
    let bound = TcpListener::bind(address).and_then(|listener| listener.set_nonblocking(true).map(|()| listener));
    bound.map_err(|error| DiscordError::Listen(address, error))
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// As it was told to.
    Stopped,
    /// By itself, and serenity did not get it back.
    Lost,
    /// By itself, and serenity did not notice.
    Unnoticed,
}

/// From reaching Discord until told to stop, or until the connection is down for too long.
async fn session(bot: &Arc<Bot>, guild: Option<u64>, definitions: &Value, stop: &mut StopSignals) -> Result<End, DiscordError> {
    let gateway = tokio::select! {
        gateway = reach(&bot.sender) => gateway?,
        () = stop.wait() => return Ok(End::Stopped),
    };
    bot.link.restart(gateway.shards);
    let mut client = client(bot, gateway.url, guild, definitions.clone()).await?;
    let shards = client.shard_manager.clone();
    let watch = Watch::start(bot, &shards);
    tokio::select! {
        result = client.start_shards(gateway.shards) => match result {
            Ok(()) => Ok(End::Lost),
            Err(error) => Err(closed(&error)),
        },
        () = stop.wait() => {
            tracing::info!("stopping: answers under way are finished first");
            shut_down(bot, shards).await;
            Ok(End::Stopped)
        }
        () = watch.noticed() => {
            tracing::warn!("the connection to Discord ended without a word; beginning anew");
            let _late = timeout(CLOSING, shards.shutdown_all()).await;
            Ok(End::Unnoticed)
        }
        // Some closes serenity only writes down, or answers for ever in the same way.
        () = bot.link.down_for(bot.config.patience) => {
            let _late = timeout(CLOSING, shards.shutdown_all()).await;
            Ok(End::Lost)
        }
    }
}

/// Asks for the gateway's address until Discord gives it, and says why it takes long.
async fn reach(sender: &Sender) -> Result<Gateway, DiscordError> {
    let mut pause = Duration::from_secs(1);
    loop {
        match sender.gateway().await {
            Ok(Gateway { wait: Some(wait), .. }) => {
                tracing::error!("today's connections to Discord are used up; waiting {} s for new ones", wait.as_secs());
                tokio::time::sleep(wait).await;
            }
            Ok(gateway) => return Ok(gateway),
            Err(SendError::Unauthorised) => return Err(DiscordError::TokenRefused),
            Err(error) => {
                tracing::error!(%error, "Discord is out of reach; trying again in {} s", pause.as_secs());
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

async fn client(bot: &Arc<Bot>, url: String, guild: Option<u64>, definitions: Value) -> Result<Client, DiscordError> {
    let broken = |error: &dyn std::fmt::Display| DiscordError::Send(SendError::Unreachable(error.to_string()));
    let mut http = HttpBuilder::new(bot.config.token.secret()).client(http_client(&bot.config).map_err(|e| broken(&e))?);
    // serenity ignores another base while its own rate limiter is on. It sends nothing but a look-up of the gateway.
    if bot.config.other_base {
        http = http.proxy(bot.config.base.clone()).ratelimiter_disabled(true);
    }
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    let mut cache = CacheSettings::default();
    cache.max_messages = 0;
    cache.cache_guilds = false;
    cache.cache_channels = false;
    cache.cache_users = false;
    let handler = Handler::new(bot.clone(), guild, definitions);
    let client = ClientBuilder::new_with_http(http.build(), intents).cache_settings(cache).event_handler(handler).await;
    let client = client.map_err(|error| broken(&error))?;
    *client.ws_url.lock().await = url;
    Ok(client)
}

/// Finishes the answers under way, then closes; five seconds in all at most.
async fn shut_down(bot: &Bot, shards: Arc<ShardManager>) {
    if !bot.under_way.finish(Duration::from_millis(3_300)).await {
        tracing::warn!("answers were still under way");
    }
    if timeout(CLOSING, shards.shutdown_all()).await.is_err() {
        tracing::warn!("the connection did not close in time");
    }
}

async fn revoked(sender: &Sender) {
    let mut revoked = sender.revoked();
    // The sender lives as long as the bot, so this ends only when the token is refused.
    if revoked.wait_for(|revoked| *revoked).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// A close after which connecting again would not help, in words that say what to do.
fn closed(error: &serenity::Error) -> DiscordError {
    match error {
        serenity::Error::Gateway(GatewayError::InvalidAuthentication) => DiscordError::TokenRefused,
        serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents) => DiscordError::Closed(
            "intents are not allowed for this application (4014); none of those asked for is privileged".to_owned(),
        ),
        serenity::Error::Gateway(GatewayError::InvalidGatewayIntents) => {
            DiscordError::Closed("Discord does not know these intents (4013)".to_owned())
        }
        other => DiscordError::Closed(other.to_string()),
    }
}

/// SIGTERM and SIGINT.
struct StopSignals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl StopSignals {
    fn new() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
