//! Takes events off the gateway and hands them on at once, so that nothing holds it up. Knows no single command.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;
use serenity::all::{
    Context, EventHandler, Guild, GuildChannel, Interaction, Message, PartialGuildChannel, Ready, ResumedEvent,
    ShardStageUpdateEvent, ThreadListSyncEvent, UnavailableGuild,
};
use serenity::async_trait;
use serenity::gateway::ConnectionStage;
use tokio::time::Instant;

use super::bot::SharedBot;
use super::{dispatch, keeping, registration};

/// The receiver of serenity's events.
pub(super) struct Handler {
    bot: SharedBot,
    guild: Option<u64>,
    definitions: Value,
    registering: AtomicBool,
}

impl Handler {
    pub(super) fn new(bot: SharedBot, guild: Option<u64>, definitions: Value) -> Self {
        Self { bot, guild, definitions, registering: AtomicBool::new(false) }
    }

    fn remember(&self, thread: &GuildChannel) {
        if let Some(parent) = thread.parent_id {
            self.bot.threads.remember(thread.id.get(), parent.get());
        }
    }

    /// Registers the commands, once in the life of the program however often the gateway gets ready.
    fn register(&self, application: u64) {
        if self.registering.swap(true, Ordering::Relaxed) {
            return;
        }
        let (bot, guild, definitions) = (self.bot.clone(), self.guild, self.definitions.clone());
        tokio::spawn(async move {
            match registration::register(&bot.sender, application, guild, &definitions).await {
                Ok(true) => tracing::info!("commands registered"),
                Ok(false) => tracing::info!("commands are registered as they should be"),
                Err(error) => tracing::error!(%error, "the commands could not be registered"),
            }
        });
    }
}

/// What kind of interaction it is, for counting.
fn kind(interaction: &Interaction) -> &'static str {
    match interaction {
        Interaction::Command(_) => "command",
        Interaction::Autocomplete(_) => "autocomplete",
        Interaction::Component(_) => "component",
        Interaction::Modal(_) => "modal",
        _ => "other",
    }
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, ready: Ready) {
        self.bot.link.up(context.shard_id.0);
        let application = ready.application.id.get();
        let _known = self.bot.application.set(application);
        let _known = self.bot.user.set(ready.user.id.get());
        tracing::info!(servers = ready.guilds.len(), "connected");
        self.register(application);
        let warmed = self.bot.clone();
        tokio::task::spawn_blocking(move || warmed.warm(&warmed.engine.load_full()));
        let shards = ready.shard.map_or(1, |shard| shard.total);
        keeping::servers(&self.bot, context.shard_id.0, shards, ready.guilds.iter().map(|guild| guild.id.get()).collect())
            .await;
        self.bot.notices.look();
    }

    async fn resume(&self, context: Context, _: ResumedEvent) {
        self.bot.link.up(context.shard_id.0);
        tracing::info!("connected again; nothing was missed");
    }

    async fn shard_stage_update(&self, _: Context, event: ShardStageUpdateEvent) {
        if event.old == ConnectionStage::Connected && event.new != ConnectionStage::Connected {
            self.bot.link.lost(event.shard_id.0);
            tracing::warn!("the connection to Discord is lost; connecting again");
        }
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        let arrived = Instant::now();
        self.bot.link.event();
        let bot = self.bot.clone();
        bot.metrics.event(kind(&interaction));
        self.bot.under_way.run(async move { dispatch::interaction(bot, interaction, arrived).await });
    }

    async fn message(&self, context: Context, message: Message) {
        self.bot.link.event();
        // Events are handled side by side, so a message may be looked at before `ready` is; the cache knows the user by then.
        let _known = self.bot.user.set(context.cache.current_user().id.get());
        let bot = self.bot.clone();
        bot.metrics.event("message");
        self.bot.under_way.run(async move { dispatch::message(bot, message).await });
    }

    async fn guild_create(&self, _: Context, guild: Guild, _: Option<bool>) {
        guild.threads.iter().for_each(|thread| self.remember(thread));
        keeping::server(&self.bot, guild.id.get(), false).await;
    }

    async fn thread_create(&self, _: Context, thread: GuildChannel) {
        self.remember(&thread);
    }

    async fn thread_list_sync(&self, _: Context, list: ThreadListSyncEvent) {
        list.threads.iter().for_each(|thread| self.remember(thread));
    }

    async fn thread_delete(&self, _: Context, thread: PartialGuildChannel, _: Option<GuildChannel>) {
        self.bot.threads.forget(thread.id.get());
    }

    async fn guild_delete(&self, _: Context, guild: UnavailableGuild, _: Option<Guild>) {
        // An outage also looks like a deletion, but for this flag.
        if guild.unavailable {
            return;
        }
        keeping::server(&self.bot, guild.id.get(), true).await;
    }
}
