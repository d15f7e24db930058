//! What is for newsrooms alone, or under embargo, can't be told from any surface of a readers' channel.

use std::path::Path;

use serde_json::{Value, json};

use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::payloads::Place;
use crate::discord_double::record::{Request, Route};
use crate::discord_double::{CHANNEL, Double};

const TITLE: &str = "The quiet ledger";
const NAME: &str = "Odalys Ferreira";
const WORDS: &str = "the harbour books were closed in a hurry";

fn write(folder: &Path, id: &str, data: &str, text: &str) {
    std::fs::create_dir_all(folder.join(id)).unwrap();
    std::fs::write(folder.join(id).join("source.toml"), format!("language = \"en\"\n{data}\n")).unwrap();
    std::fs::write(folder.join(id).join("article.txt"), text).unwrap();
}

/// One source for all, and where `hidden` one that readers may not know of, marked by `data`.
fn knowledge(hidden: Option<&str>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let open = "Harbour report\n\nMayor Carla Neri said that the harbour would stay open.\n\nThe trial begins on May 4.\n";
    write(folder.path(), "harbour", "title = \"Harbour report\"", open);
    if let Some(data) = hidden {
        let secret = format!("{TITLE}\n\nAuditor {NAME} said that {WORDS}. Carla Neri told {NAME} to wait.\n");
        write(folder.path(), "ledger", &format!("title = \"{TITLE}\"\n{data}"), &secret);
    }
    folder
}

struct Room {
    double: Double,
    _bot: Bot,
    _folder: tempfile::TempDir,
}

async fn room(hidden: Option<&str>) -> Room {
    let folder = knowledge(hidden);
    let double = Double::start().await;
    let args = ["--knowledge", folder.path().to_str().unwrap()];
    let bot = Bot::start_with(&double, Start { args: &args, ..Start::default() });
    assert!(double.connected().await, "{}", bot.log());
    Room { double, _bot: bot, _folder: folder }
}

fn option(name: &str, value: &str) -> Value {
    json!([{"name": name, "type": 3, "value": value}])
}

/// Everything that a reader or a manager can see in a readers' channel, without what differs from run to run.
async fn surfaces(room: &Room) -> Vec<(String, String)> {
    let double = &room.double;
    let manager = Place::server(1).manager();
    let mut seen = Vec::new();
    let mut see = |what: String, reply: &Request| {
        let mut body = reply.body.clone();
        body["nonce"] = Value::Null;
        seen.push((what, body.to_string()));
    };
    let questions = [
        format!("who is {NAME}?"),
        format!("what did {NAME} say?"),
        "what did Ferreira say about the ledger?".to_owned(),
        "what did Carla Neri say?".to_owned(),
        "what about the harbour books?".to_owned(),
        "what's the latest?".to_owned(),
        "who wrote this?".to_owned(),
        "how many sources are there?".to_owned(),
    ];
    for (number, question) in (10..).zip(&questions) {
        see(question.clone(), &double.answer(&Place::server(number), question).await);
        let direct = double.answer(&Place::direct(number), question).await;
        see(format!("direct: {question}"), &direct);
    }
    let claim = format!("{NAME} said that {WORDS}");
    let token = double.message_command(&Place::server(30), "Check this claim", &claim);
    see("claim".to_owned(), &double.callback(&token).await);
    for (command, focused, typed) in [
        ("ask", "question", "ferr"),
        ("ask", "question", "odal"),
        ("who", "name", ""),
        ("said", "person", "oda"),
        ("follow", "source", ""),
        ("follow", "person", ""),
    ] {
        let token = double.autocomplete(&manager, command, focused, typed);
        see(format!("typing {typed:?} in {command}"), &double.callback(&token).await);
    }
    for (command, options) in [
        ("sources", json!([])),
        ("about", json!([])),
        ("help", json!([])),
        ("settings", json!([])),
        ("follow", json!([])),
        ("follow", option("source", "ledger")),
        ("follow", option("person", NAME)),
        ("gaps", json!([])),
        ("recall", json!([])),
    ] {
        let token = double.slash(&manager, command, options.clone());
        see(format!("/{command} {options}"), &double.callback(&token).await);
    }
    for field in ["sources", "suppressed"] {
        let token = double.choose(&manager, "set|c|pick", &[field]);
        see(format!("choices of {field}"), &double.callback(&token).await);
    }
    seen
}

/// Ids of receipts and messages, and times, differ between two runs; what is said must not.
fn comparable(text: &str) -> String {
    let mut out = String::new();
    let mut digits = 0;
    for c in text.chars() {
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        out.push(if digits > 0 { '0' } else { c });
    }
    while out.contains("00") {
        out = out.replace("00", "0");
    }
    out
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_readers_channel_is_the_same_with_and_without_it() {
    let without = room(None).await;
    let plain = surfaces(&without).await;
    for data in ["visibility = \"newsroom\"", "not_before = \"2099-01-01\""] {
        let with = room(Some(data)).await;
        // Somebody in a newsroom channel asks about it first: it must not show elsewhere.
        let newsroom = Place::server(2).manager().channel(CHANNEL + 5);
        let token = with.double.slash(&newsroom, "settings", option("channel_is", "newsroom"));
        with.double.callback(&token).await;
        let asked = with.double.answer(&newsroom, &format!("what did {NAME} say?")).await.shown();
        assert_eq!(asked.contains(WORDS), data.starts_with("visibility"), "{asked}");
        with.double.answer(&newsroom, &format!("what did {NAME} say about dogs?")).await;
        let token = with.double.slash(&newsroom, "follow", option("source", "ledger"));
        with.double.callback(&token).await;
        let seen = surfaces(&with).await;
        for ((what, plain), (_, seen)) in plain.iter().zip(&seen) {
            assert_eq!(comparable(plain), comparable(seen), "{data}: {what}");
            // What the asker wrote themselves stands in the reply.
            let own = what == "claim";
            let named = own || what.contains(NAME);
            assert!(!seen.contains(TITLE) && (own || !seen.contains("books were closed")), "{data}: {what}: {seen}");
            assert!(named || !seen.contains("Odalys"), "{data}: {what}: {seen}");
        }
        assert_eq!(with.double.violations(), Vec::<String>::new());
        assert!(with.double.state.requests_where(|r| r.route == Route::Message).is_empty());
    }
}
