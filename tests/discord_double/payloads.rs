//! Event payloads as Discord sends them: READY, interactions of every kind, messages.

use super::{APPLICATION, BOT_USER, CHANNEL, GUILD};
use serde_json::{Value, json};

/// Who does something, and where.
#[derive(Clone, Debug)]
pub struct Place {
    pub user: u64,
    /// `None` in a direct message.
    pub guild: Option<u64>,
    pub channel: u64,
    /// The language of the user's client.
    pub locale: &'static str,
    /// The server's language.
    pub guild_locale: &'static str,
    /// The member's permissions in the channel.
    pub permissions: u64,
    /// The bot's permissions in the channel.
    pub app_permissions: u64,
}

/// Everything but administrator.
pub const MANAGER: u64 = 1 << 5 | 1 << 10 | 1 << 11;
const MEMBER: u64 = 1 << 10 | 1 << 11;
const BOT_PERMISSIONS: u64 = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16;

impl Place {
    /// A member in a server's channel.
    pub fn server(user: u64) -> Self {
        Self {
            user,
            guild: Some(GUILD),
            channel: CHANNEL,
            locale: "en-GB",
            guild_locale: "en-US",
            permissions: MEMBER,
            app_permissions: BOT_PERMISSIONS,
        }
    }

    /// Somebody who writes to the bot alone.
    pub fn direct(user: u64) -> Self {
        Self { guild: None, channel: CHANNEL + user, ..Self::server(user) }
    }

    pub fn locale(self, locale: &'static str) -> Self {
        Self { locale, ..self }
    }

    pub fn channel(self, channel: u64) -> Self {
        Self { channel, ..self }
    }

    /// With the permission to manage the server.
    pub fn manager(self) -> Self {
        Self { permissions: MANAGER, ..self }
    }
}

pub fn user(id: u64) -> Value {
    json!({"id": id.to_string(), "username": format!("reader{id}"), "global_name": null, "avatar": null,
           "discriminator": "0", "public_flags": 0, "bot": false})
}

pub fn bot_user() -> Value {
    json!({"id": BOT_USER.to_string(), "username": "Verbatim", "global_name": null, "avatar": null,
           "discriminator": "0", "public_flags": 0, "bot": true, "verified": true, "mfa_enabled": true, "email": null, "flags": 0})
}

pub fn ready(session: &str, gateway_url: &str) -> Value {
    json!({"v": 10, "user": bot_user(), "guilds": [{"id": GUILD.to_string(), "unavailable": true}],
           "session_id": session, "resume_gateway_url": gateway_url, "shard": [0, 1],
           "application": {"id": APPLICATION.to_string(), "flags": 0}, "session_type": "normal", "_trace": []})
}

pub fn message_object(id: u64, channel: u64, author: &Value, content: &str) -> Value {
    json!({"id": id.to_string(), "channel_id": channel.to_string(), "author": author, "content": content,
           "timestamp": "2026-01-05T10:00:00.000000+00:00", "edited_timestamp": null, "tts": false,
           "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
           "pinned": false, "type": 0, "flags": 0, "components": []})
}

fn interaction(id: u64, place: &Place, kind: u8, data: Value) -> Value {
    let mut payload = json!({
        "id": id.to_string(), "application_id": APPLICATION.to_string(), "type": kind, "data": data,
        "channel_id": place.channel.to_string(),
        "channel": {"id": place.channel.to_string(), "type": if place.guild.is_some() { 0 } else { 1 }, "name": "desk"},
        "token": format!("token-{id}-{}", "x".repeat(120)), "version": 1,
        "app_permissions": place.app_permissions.to_string(), "locale": place.locale,
        "entitlements": [], "authorizing_integration_owners": {"0": place.guild.unwrap_or(0).to_string()},
        "context": if place.guild.is_some() { 0 } else { 1 }, "attachment_size_limit": 10_485_760,
    });
    if let Some(guild) = place.guild {
        payload["guild_id"] = json!(guild.to_string());
        payload["guild_locale"] = json!(place.guild_locale);
        payload["member"] = json!({
            "user": user(place.user), "nick": null, "avatar": null, "roles": [], "joined_at": "2025-01-05T10:00:00+00:00",
            "premium_since": null, "deaf": false, "mute": false, "flags": 0, "pending": false,
            "permissions": place.permissions.to_string(), "communication_disabled_until": null,
        });
    } else {
        payload["user"] = user(place.user);
    }
    payload
}

/// A slash command; `options` in the API's form.
pub fn slash(id: u64, place: &Place, name: &str, options: Value) -> Value {
    interaction(id, place, 2, json!({"id": "1200000000000000001", "name": name, "type": 1, "options": options}))
}

/// Somebody types in the option `focused` of a command.
pub fn autocomplete(id: u64, place: &Place, name: &str, focused: &str, typed: &str) -> Value {
    let options = json!([{"name": focused, "type": 3, "value": typed, "focused": true}]);
    interaction(id, place, 4, json!({"id": "1200000000000000001", "name": name, "type": 1, "options": options}))
}

/// A message command on somebody's message.
pub fn message_command(id: u64, place: &Place, name: &str, target: &str) -> Value {
    let message = message_object(id + 1, place.channel, &user(4242), target);
    let target_id = (id + 1).to_string();
    let data = json!({"id": "1200000000000000002", "name": name, "type": 3, "target_id": target_id,
                      "resolved": {"messages": {target_id.clone(): message}}});
    interaction(id, place, 2, data)
}

/// A press of a button under a message of the bot.
pub fn button(id: u64, place: &Place, custom_id: &str, under: Value) -> Value {
    let mut payload = interaction(id, place, 3, json!({"custom_id": custom_id, "component_type": 2}));
    payload["message"] = under;
    payload
}

/// A choice in a menu of this kind (3 of words, 8 of channels) under a message of the bot.
pub fn select(id: u64, place: &Place, kind: u8, custom_id: &str, values: &[&str], under: Value) -> Value {
    let mut payload = interaction(id, place, 3, json!({"custom_id": custom_id, "component_type": kind, "values": values}));
    payload["message"] = under;
    payload
}

/// A modal that was filled in.
pub fn modal(id: u64, place: &Place, custom_id: &str, input: &str, value: &str) -> Value {
    let rows = json!([{"type": 1, "components": [{"type": 4, "custom_id": input, "value": value}]}]);
    interaction(id, place, 5, json!({"custom_id": custom_id, "components": rows}))
}

/// A message that the bot can read.
pub fn message(id: u64, place: &Place, content: &str) -> Value {
    let mut payload = message_object(id, place.channel, &user(place.user), content);
    if let Some(guild) = place.guild {
        payload["guild_id"] = json!(guild.to_string());
        payload["member"] =
            json!({"roles": [], "joined_at": "2025-01-05T10:00:00+00:00", "deaf": false, "mute": false, "flags": 0});
    }
    payload
}

/// A message that mentions the bot.
pub fn mention(id: u64, place: &Place, question: &str) -> Value {
    let mut payload = message(id, place, &format!("<@{BOT_USER}> {question}"));
    payload["mentions"] = json!([bot_user()]);
    payload
}
