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
    /// A menu; it has a row to itself.
    Menu(Menu),
}

/// A menu to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// What comes back (100 characters).
    pub id: String,
    /// What stands in it while nothing is chosen (150 characters).
    pub hint: String,
    /// What can be chosen.
    pub of: Offer,
    /// Fewest and most that can be chosen.
    pub count: (usize, usize),
}

/// What a menu offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// These, 25 at most.
    Choices(Vec<Choice>),
    /// Text channels of the server; these are chosen already.
    Channels(Vec<u64>),
}

/// One of a menu's choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it says (100 characters).
    pub label: String,
    /// What comes back (100 characters).
    pub value: String,
    /// Whether it is chosen already.
    pub chosen: bool,
}

/// A form with one field, which Discord lays over the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What comes back (100 characters).
    pub id: String,
    /// Above it (45 characters).
    pub title: String,
    /// Above the field (45 characters).
    pub label: String,
    /// What stands in the field.
    pub value: String,
    /// Most characters that can be written.
    pub longest: u16,
}

impl Form {
    /// The body of a callback.
    #[must_use]
    pub fn body(&self) -> Value {
        let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
        let mut field = json!({"type": 4, "custom_id": "value", "style": 1, "label": cut(&self.label, 45), "required": false,
                               "min_length": 0, "max_length": self.longest});
        if let (false, Some(fields)) = (self.value.is_empty(), field.as_object_mut()) {
            fields.insert("value".into(), json!(self.value));
        }
        let row = json!({"type": 1, "components": [field]});
        json!({"custom_id": self.id, "title": cut(&self.title, 45), "components": [row]})
    }
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
    /// What the first file shows, for who can't see it (1024 characters).
    pub alternative: String,
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
                let list = self.files.iter().enumerate().map(|(id, (name, _))| self.attachment(id, name));
                fields.insert("attachments".into(), list.collect());
            }
        }
        body
    }

    fn attachment(&self, id: usize, name: &str) -> Value {
        if id > 0 || self.alternative.is_empty() {
            return json!({"id": id.to_string(), "filename": name});
        }
        let mut description = self.alternative.chars().take(1024).collect::<String>();
        if description.len() < self.alternative.len() {
            description.pop();
            description.push('…');
        }
        json!({"id": id.to_string(), "filename": name, "description": description})
    }

    /// Rows of five buttons or one menu; five rows at most.
    fn rows(&self) -> Vec<Value> {
        let mut rows: Vec<Vec<Value>> = Vec::new();
        let mut open = false;
        for part in &self.components {
            let alone = matches!(part, Component::Menu(_));
            match rows.last_mut() {
                Some(row) if open && !alone && row.len() < 5 => row.push(component(part)),
                _ => rows.push(vec![component(part)]),
            }
            open = !alone;
        }
        rows.into_iter().take(5).map(|parts| json!({"type": 1, "components": parts})).collect()
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
        Component::Menu(menu) => self::menu(menu),
    }
}

fn menu(menu: &Menu) -> Value {
    let cut = |text: &str| text.chars().take(100).collect::<String>();
    let (least, most) = menu.count;
    let mut value = json!({"custom_id": menu.id, "placeholder": cut(&menu.hint), "min_values": least, "max_values": most});
    let Some(fields) = value.as_object_mut() else { return Value::Null };
    match &menu.of {
        Offer::Choices(choices) => {
            let option =
                |choice: &Choice| json!({"label": cut(&choice.label), "value": choice.value, "default": choice.chosen});
            fields.insert("type".into(), json!(3));
            fields.insert("options".into(), choices.iter().take(25).map(option).collect());
        }
        Offer::Channels(chosen) => {
            let chosen = chosen.iter().map(|id| json!({"id": id.to_string(), "type": "channel"})).collect::<Value>();
            fields.insert("type".into(), json!(8));
            // Text and announcement channels.
            fields.insert("channel_types".into(), json!([0, 5]));
            fields.insert("default_values".into(), chosen);
        }
    }
    value
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

    #[test]
    fn a_menu_has_a_row_to_itself() {
        let button = Component::Button { label: "x".into(), id: "1".into(), look: Look::Secondary };
        let choice = Choice { label: "y".into(), value: "y".into(), chosen: true };
        let menu = Menu { id: "2".into(), hint: "z".into(), of: Offer::Choices(vec![choice]), count: (0, 1) };
        let components = vec![button.clone(), Component::Menu(menu), button.clone(), button];
        let body = Message { components, ..Message::default() }.body();
        let lengths = body["components"]
            .as_array()
            .map(|rows| rows.iter().map(|row| row["components"].as_array().map_or(0, Vec::len)).collect::<Vec<_>>());
        assert_eq!(lengths, Some(vec![1, 1, 2]));
    }
}
