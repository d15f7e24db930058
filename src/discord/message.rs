//! A message as it goes to Discord: the only type the sender takes, and always with nobody to ping. Knows no network.

use serde_json::{Value, json};

/// Only the asker sees it.
const EPHEMERAL: u64 = 1 << 6;

/// A button's look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The one to press first.
    Primary,
    /// Any other.
    Secondary,
}

/// A part of a message that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Component {
    /// A button that comes back to the bot.
    Button {
        /// What it says (80 characters).
        label: String,
        /// What comes back (100 characters).
        id: String,
        /// Its look.
        look: Look,
    },
    /// A button that opens a page.
    Link {
        /// What it says (80 characters).
        label: String,
        /// The page (512 characters).
        url: String,
    },
}

/// A card laid out: what Discord calls an embed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Embed {
    /// Shown as it is, above; no Markdown (256 characters).
    pub author: String,
    /// Heading; Markdown (256 characters).
    pub title: String,
    /// Body; Markdown (4096 characters).
    pub description: String,
    /// Shown as it is, below; no Markdown (2048 characters).
    pub footer: String,
}

/// A message, callback, follow-up or edit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// Text; Markdown (2000 characters).
    pub content: String,
    /// Cards.
    pub embeds: Vec<Embed>,
    /// Buttons, in rows of five.
    pub components: Vec<Component>,
    /// Files: name and content.
    pub files: Vec<(String, Vec<u8>)>,
    /// Whether only the asker sees it (callbacks and follow-ups).
    pub private: bool,
    /// The message this one answers (channel messages).
    pub reply_to: Option<u64>,
    /// Makes a repeated post of the same message one message (channel messages).
    pub nonce: Option<String>,
}

impl Message {
    /// A message that only the asker sees.
    #[must_use]
    pub fn private(content: impl Into<String>) -> Self {
        Self { content: content.into(), private: true, ..Self::default() }
    }

    /// The body of a request. Whatever is in the message, it pings nobody.
    #[must_use]
    pub fn body(&self) -> Value {
        let mut body = json!({
            "content": self.content,
            "embeds": self.embeds.iter().map(embed).collect::<Vec<_>>(),
            "components": self.rows(),
            "allowed_mentions": {"parse": []},
        });
        if let Some(fields) = body.as_object_mut() {
            if self.private {
                fields.insert("flags".into(), json!(EPHEMERAL));
            }
            if let Some(id) = self.reply_to {
                let reference = json!({"message_id": id.to_string(), "fail_if_not_exists": false});
                fields.insert("message_reference".into(), reference);
            }
            if let Some(nonce) = &self.nonce {
                fields.insert("nonce".into(), json!(nonce));
                fields.insert("enforce_nonce".into(), json!(true));
            }
            if !self.files.is_empty() {
                let list = self.files.iter().enumerate().map(|(id, (name, _))| json!({"id": id.to_string(), "filename": name}));
                fields.insert("attachments".into(), list.collect());
            }
        }
        body
    }

    /// Rows of five components; five rows at most.
    fn rows(&self) -> Vec<Value> {
        let row = |parts: &[Component]| json!({"type": 1, "components": parts.iter().map(component).collect::<Vec<_>>()});
        self.components.chunks(5).take(5).map(row).collect()
    }
}

fn embed(embed: &Embed) -> Value {
    let mut value = json!({});
    if let Some(fields) = value.as_object_mut() {
        if !embed.author.is_empty() {
            fields.insert("author".into(), json!({"name": embed.author}));
        }
        if !embed.title.is_empty() {
            fields.insert("title".into(), json!(embed.title));
        }
        if !embed.description.is_empty() {
            fields.insert("description".into(), json!(embed.description));
        }
        if !embed.footer.is_empty() {
            fields.insert("footer".into(), json!({"text": embed.footer}));
        }
    }
    value
}

fn component(part: &Component) -> Value {
    match part {
        Component::Button { label, id, look } => {
            json!({"type": 2, "style": if *look == Look::Primary { 1 } else { 2 }, "label": label, "custom_id": id})
        }
        Component::Link { label, url } => json!({"type": 2, "style": 5, "label": label, "url": url}),
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn every_body_pings_nobody() {
        let bodies = [Message::default().body(), Message::private("@everyone").body()];
        assert!(bodies.iter().all(|body| body["allowed_mentions"] == json!({"parse": []})));
    }

    #[test]
    fn buttons_stand_in_rows_of_five() {
        let button = |n: usize| Component::Button { label: "x".into(), id: n.to_string(), look: Look::Secondary };
        let body = Message { components: (0..6).map(button).collect(), ..Message::default() }.body();
        assert_eq!(body["components"][0]["components"].as_array().map(Vec::len), Some(5));
        assert_eq!(body["components"][1]["components"].as_array().map(Vec::len), Some(1));
    }
}
