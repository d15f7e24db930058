//! What the double has received: requests, connections and heartbeats, kept in order for the tests to read.

use serde_json::Value;
use std::time::Instant;

/// The routes of the REST interface that the bot may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    Gateway,
    GetCommands,
    PutCommands,
    Callback,
    FollowUp,
    EditOriginal,
    Message,
    EditMessage,
    OpenDirect,
    /// Messages of a channel are read.
    ReadMessages,
    /// The message that an interaction was answered with is read.
    ReadOriginal,
    Other,
}

impl Route {
    /// Tells the route of a method and a path without the `/api/v10` prefix.
    pub fn of(method: &str, path: &str) -> (Self, Option<String>) {
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        let token = |n: usize| parts.get(n).map(|s| (*s).to_owned());
        match (method, parts.as_slice()) {
            ("GET", ["gateway"] | ["gateway", "bot"]) => (Self::Gateway, None),
            ("GET", ["applications", _, "commands"] | ["applications", _, "guilds", _, "commands"]) => {
                (Self::GetCommands, None)
            }
            ("PUT", ["applications", _, "commands"] | ["applications", _, "guilds", _, "commands"]) => {
                (Self::PutCommands, None)
            }
            ("POST", ["interactions", _, _, "callback"]) => (Self::Callback, token(2)),
            ("POST", ["webhooks", _, _]) => (Self::FollowUp, token(2)),
            ("GET", ["webhooks", _, _, "messages", _]) => (Self::ReadOriginal, token(2)),
            ("GET", ["channels", _, "messages"]) => (Self::ReadMessages, None),
            ("PATCH", ["webhooks", _, _, "messages", _]) => (Self::EditOriginal, token(2)),
            ("POST", ["channels", _, "messages"]) => (Self::Message, None),
            ("PATCH", ["channels", _, "messages", _]) => (Self::EditMessage, None),
            ("POST", ["users", "@me", "channels"]) => (Self::OpenDirect, None),
            _ => (Self::Other, None),
        }
    }

    /// Whether the body of this route is a message that could ping somebody.
    pub fn is_message(self) -> bool {
        matches!(self, Self::FollowUp | Self::EditOriginal | Self::Message | Self::EditMessage)
    }
}

/// A file that came with a request.
#[derive(Clone, Debug)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// One REST request as it arrived, and what the double thought of it.
#[derive(Clone, Debug)]
pub struct Request {
    pub at: Instant,
    pub route: Route,
    pub method: String,
    pub path: String,
    /// What stands behind the path's question mark.
    pub query: String,
    /// The interaction's token, for callbacks, follow-ups and edits of the original.
    pub token: Option<String>,
    pub user_agent: String,
    pub body: Value,
    pub files: Vec<File>,
    /// The status that was answered; 0 when the connection was cut instead.
    pub status: u16,
    /// What is wrong with it by the API description or the documented limits.
    pub violations: Vec<String>,
}

impl Request {
    /// The message of this request: the body itself, or the `data` of a callback.
    pub fn message(&self) -> &Value {
        if self.route == Route::Callback { &self.body["data"] } else { &self.body }
    }

    /// All text that people would see of it: content and embeds, one piece a line.
    pub fn text(&self) -> String {
        let message = self.message();
        let mut lines = vec![message["content"].as_str().unwrap_or_default().to_owned()];
        for embed in message["embeds"].as_array().into_iter().flatten() {
            for key in ["/author/name", "/title", "/description", "/footer/text"] {
                lines.push(embed.pointer(key).and_then(Value::as_str).unwrap_or_default().to_owned());
            }
            for field in embed["fields"].as_array().into_iter().flatten() {
                lines.push(field["name"].as_str().unwrap_or_default().to_owned());
                lines.push(field["value"].as_str().unwrap_or_default().to_owned());
            }
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// The text as a reader sees it: without the marks of quotes, small print and emphasis, and without escapes.
    pub fn shown(&self) -> String {
        let mut shown = String::new();
        for line in self.text().lines() {
            let line = line.strip_prefix("> ").or_else(|| line.strip_prefix("-# ")).unwrap_or(line);
            let mut chars = line.chars().peekable();
            while let Some(c) = chars.next() {
                match c {
                    '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => shown.extend(chars.next()),
                    '*' => {}
                    other => shown.push(other),
                }
            }
            shown.push('\n');
        }
        shown
    }

    /// Whether only the asker sees it.
    pub fn is_ephemeral(&self) -> bool {
        self.message()["flags"].as_u64().unwrap_or(0) & 64 != 0
    }

    /// The buttons and selects of its message.
    pub fn components(&self) -> Vec<Value> {
        let rows = self.message()["components"].as_array().cloned().unwrap_or_default();
        rows.iter().flat_map(|row| row["components"].as_array().cloned().unwrap_or_default()).collect()
    }

    /// The `custom_id` of its menu, the last one where there are several.
    pub fn menu(&self) -> Option<String> {
        let menus = self.components().into_iter().filter(|part| part["type"] != 2);
        menus.rev().find_map(|part| part["custom_id"].as_str().map(str::to_owned))
    }

    /// The `custom_id` of the button whose label contains `label`.
    pub fn button(&self, label: &str) -> Option<String> {
        self.components()
            .iter()
            .find(|c| c["label"].as_str().is_some_and(|l| l.contains(label)))
            .and_then(|c| c["custom_id"].as_str().map(str::to_owned))
    }
}

/// What happened on the gateway, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum GatewayEvent {
    Connected,
    Identified {
        intents: u64,
    },
    Resumed {
        seq: u64,
    },
    Heartbeat,
    /// The client closed, with this code.
    Closed(Option<u16>),
    /// The connection ended without a close frame.
    Lost,
}
