//! The picture of a card in the guide: drawn from what the bot sends, as Discord lays it out; the file must be up to date.
//! `VERBATIM_DRAW=1 cargo test --test discord picture` draws it anew.

use std::fmt::Write;
use std::path::PathBuf;

use crate::discord_double::Double;
use crate::discord_double::bot::Bot;
use crate::discord_double::payloads::Place;
use crate::discord_double::record::Request;

/// Width of the embed's text in characters of ordinary width.
const COLUMNS: usize = 62;
const LEFT: usize = 96;

/// What kind of line it is, and with that its look.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Author,
    Bold,
    Plain,
    Quote,
    Small,
    Footer,
}

impl Kind {
    /// Size, line height, colour, weight.
    fn look(self) -> (usize, usize, &'static str, u16) {
        match self {
            Kind::Author => (14, 24, "#f2f3f5", 600),
            Kind::Bold => (14, 20, "#f2f3f5", 700),
            Kind::Plain | Kind::Quote => (14, 20, "#dbdee1", 400),
            Kind::Small => (12, 18, "#949ba4", 400),
            Kind::Footer => (12, 18, "#b5bac1", 400),
        }
    }
}

fn unescape(markdown: &str) -> String {
    let mut shown = String::new();
    let mut chars = markdown.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation) {
            shown.extend(chars.next());
        } else {
            shown.push(c);
        }
    }
    shown
}

fn lines(card: &Request) -> Vec<(Kind, String)> {
    let embed = &card.message()["embeds"][0];
    let mut lines = vec![(Kind::Author, embed["author"]["name"].as_str().unwrap().to_owned())];
    for line in embed["description"].as_str().unwrap().lines() {
        let (kind, text) = if let Some(text) = line.strip_prefix("> ") {
            (Kind::Quote, text)
        } else if let Some(text) = line.strip_prefix("-# ") {
            (Kind::Small, text)
        } else if let Some(text) = line.strip_prefix("**").and_then(|text| text.strip_suffix("**")) {
            (Kind::Bold, text)
        } else {
            (Kind::Plain, line)
        };
        lines.push((kind, unescape(text)));
    }
    let gap = (Kind::Plain, String::new());
    lines.insert(1, gap.clone());
    lines.push(gap);
    lines.extend(embed["footer"]["text"].as_str().unwrap().lines().map(|line| (Kind::Footer, without_id(line))));
    lines
}

/// A receipt's id changes with every rule file; the picture shows one that does not.
fn without_id(line: &str) -> String {
    match line.rsplit_once(' ') {
        Some((words, id)) if id.len() == 9 && id.contains('-') => format!("{words} 7K3F-9QPM"),
        _ => line.to_owned(),
    }
}

fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().unwrap();
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > columns {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn draw(card: &Request) -> String {
    let mut body = String::new();
    let mut y = 74;
    for (kind, text) in lines(card) {
        let (size, height, colour, weight) = kind.look();
        if text.is_empty() {
            y += 8;
            continue;
        }
        let columns = if matches!(kind, Kind::Small | Kind::Footer) { COLUMNS * 7 / 6 } else { COLUMNS };
        let indent = if kind == Kind::Quote { 14 } else { 0 };
        let top = y + 4;
        for line in wrapped(&text, columns - indent / 7) {
            y += height;
            let x = LEFT + indent;
            writeln!(
                body,
                r#"<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}">{}</text>"#,
                xml(&line)
            )
            .unwrap();
        }
        if kind == Kind::Quote {
            writeln!(body, r##"<rect x="{LEFT}" y="{top}" width="4" height="{}" rx="2" fill="#4e5058"/>"##, y + 4 - top)
                .unwrap();
        }
    }
    let box_height = y + 16 - 66;
    let mut x = 80;
    let mut buttons = String::new();
    for button in card.components() {
        let label = button["label"].as_str().unwrap();
        let width = 32 + label.chars().count() * 8;
        let colour = if button["style"] == 1 { "#5865f2" } else { "#4e5058" };
        let (top, middle, base) = (y + 26, x + width / 2, y + 47);
        writeln!(buttons, r#"<rect x="{x}" y="{top}" width="{width}" height="32" rx="8" fill="{colour}"/>"#).unwrap();
        writeln!(
            buttons,
            r##"<text x="{middle}" y="{base}" font-size="14" font-weight="500" fill="#fff" text-anchor="middle">{}</text>"##,
            xml(label)
        )
        .unwrap();
        x += width + 8;
    }
    let height = y + 76;
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="600" height="{height}" viewBox="0 0 600 {height}" font-family="'gg sans','Noto Sans',Helvetica,Arial,sans-serif">
<rect width="600" height="{height}" fill="#313338"/>
<circle cx="40" cy="44" r="20" fill="#5865f2"/><text x="40" y="51" font-size="20" font-weight="700" fill="#fff" text-anchor="middle">V</text>
<text x="80" y="46" font-size="16" font-weight="600" fill="#f2f3f5">Verbatim</text>
<rect x="154" y="33" width="34" height="16" rx="4" fill="#5865f2"/><text x="171" y="45" font-size="10" font-weight="600" fill="#fff" text-anchor="middle">APP</text>
<rect x="80" y="66" width="500" height="{box_height}" rx="4" fill="#2b2d31"/><rect x="80" y="66" width="4" height="{box_height}" rx="2" fill="#1e1f22"/>
{body}{buttons}</svg>
"##
    )
}

#[tokio::test]
async fn picture_of_a_card_is_up_to_date() {
    let double = Double::start().await;
    let _bot = Bot::start(&double);
    assert!(double.connected().await);
    let card = double.answer(&Place::server(1), "what did Tajani say?").await;
    let drawn = draw(&card);
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/discord-card.svg");
    if std::env::var_os("VERBATIM_DRAW").is_some() {
        std::fs::write(&file, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == drawn, "docs/discord-card.svg is out of date: VERBATIM_DRAW=1 cargo test --test discord picture");
}
