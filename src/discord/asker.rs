//! Who asks, where and in which language, read from an interaction. Knows no answer.

use serenity::all::{
    AuthorizingIntegrationOwner, AuthorizingIntegrationOwners, ChannelType, CommandInteraction, ComponentInteraction, GuildId,
    InteractionContext, Member, ModalInteraction, PartialChannel, Permissions,
};
use tokio::time::Instant;

/// Where somebody asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The server; `None` in direct messages, and where the server does not have the bot.
    pub server: Option<u64>,
    /// The channel.
    pub channel: u64,
    /// The channel that a thread belongs to.
    pub parent: Option<u64>,
    /// Whether it is a direct message with the bot.
    pub direct: bool,
}

impl Place {
    /// The channel whose settings hold here: a thread has those of its channel.
    #[must_use]
    pub fn settings_channel(&self) -> u64 {
        self.parent.unwrap_or(self.channel)
    }
}

/// An interaction that waits for its answer.
#[derive(Debug, Clone)]
pub struct Asker {
    /// Interaction.
    pub id: u64,
    /// Opens the interaction for fifteen minutes.
    pub token: String,
    /// The application it was sent to.
    pub application: u64,
    /// When it arrived; the answer must be there within three seconds.
    pub arrived: Instant,
    /// Who.
    pub user: u64,
    /// How the person is shown.
    pub name: String,
    /// Where.
    pub place: Place,
    /// Language of the person's client.
    pub locale: String,
    /// Language of the server.
    pub server_locale: Option<String>,
    /// Whether the person may manage the server.
    pub manager: bool,
}

/// The three kinds of interaction have the same fields, but no type or trait in common.
macro_rules! asker {
    ($event:expr, $member:expr, $server:expr, $arrived:expr) => {{
        let member: Option<&Member> = $member;
        Asker {
            id: $event.id.get(),
            token: $event.token.clone(),
            application: $event.application_id.get(),
            arrived: $arrived,
            user: $event.user.id.get(),
            name: member.map_or_else(|| $event.user.display_name().to_owned(), |member| member.display_name().to_owned()),
            place: Place {
                server: $server.map(GuildId::get),
                channel: $event.channel_id.get(),
                parent: $event.channel.as_ref().and_then(parent),
                direct: $event.guild_id.is_none() && is_direct($event.channel.as_ref()),
            },
            locale: $event.locale.clone(),
            server_locale: $event.guild_locale.clone(),
            manager: member.and_then(|member| member.permissions).is_some_and(Permissions::manage_guild),
        }
    }};
}

impl Asker {
    /// Who uses a command, or types in one.
    #[must_use]
    pub fn of_command(event: &CommandInteraction, arrived: Instant) -> Self {
        let server = event.guild_id.filter(|&id| is_installed(id, &event.authorizing_integration_owners));
        let asker = asker!(event, event.member.as_deref(), server, arrived);
        let elsewhere = event.context == Some(InteractionContext::PrivateChannel);
        Self { place: Place { direct: asker.place.direct && !elsewhere, ..asker.place }, ..asker }
    }

    /// Who presses a button or chooses from a menu.
    #[must_use]
    pub fn of_component(event: &ComponentInteraction, arrived: Instant) -> Self {
        let server = event.guild_id.filter(|&id| is_installed(id, &event.authorizing_integration_owners));
        let asker = asker!(event, event.member.as_ref(), server, arrived);
        let elsewhere = event.context == Some(InteractionContext::PrivateChannel);
        Self { place: Place { direct: asker.place.direct && !elsewhere, ..asker.place }, ..asker }
    }

    /// When it was asked, in seconds since 1970.
    #[must_use]
    pub fn asked_at(&self) -> i64 {
        moment_of(self.id)
    }

    /// Who sends a form.
    #[must_use]
    pub fn of_modal(event: &ModalInteraction, arrived: Instant) -> Self {
        asker!(event, event.member.as_ref(), event.guild_id, arrived)
    }
}

/// When Discord gave out a number, in seconds since 1970: every one of them holds that moment.
#[must_use]
pub fn moment_of(id: u64) -> i64 {
    const DISCORD_EPOCH: u64 = 1_420_070_400_000;
    i64::try_from(((id >> 22) + DISCORD_EPOCH) / 1000).unwrap_or(i64::MAX)
}

/// Whether a server has the bot, or only the person brought it along: then the server's channels are nothing to the bot but
/// readers' channels.
fn is_installed(server: GuildId, owners: &AuthorizingIntegrationOwners) -> bool {
    owners.0.iter().any(|owner| matches!(owner, AuthorizingIntegrationOwner::GuildInstall(Some(id)) if *id == server))
}

fn parent(channel: &PartialChannel) -> Option<u64> {
    channel.thread_metadata.as_ref().and(channel.parent_id).map(|id| id.get())
}

fn is_direct(channel: Option<&PartialChannel>) -> bool {
    channel.is_none_or(|channel| channel.kind == ChannelType::Private)
}
