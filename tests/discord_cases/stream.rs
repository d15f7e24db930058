//! The whole stream of requests and the whole log: every message pings nobody, and nothing that a person asked, and no secret, is logged.

use serde_json::{Value, json};

use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::payloads::Place;
use crate::discord_double::record::{Request, Route};
use crate::discord_double::{CHANNEL, Double, TOKEN};

/// Stands in every text that a person writes.
const MARK: &str = "Qzxwstream";

/// The bodies of a request that are messages.
fn message(request: &Request) -> Option<&Value> {
    match request.route {
        Route::Callback if matches!(request.body["type"].as_u64(), Some(4 | 7)) => Some(&request.body["data"]),
        route if route.is_message() => Some(&request.body),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_message_pings_nobody_and_no_log_line_holds_a_question_or_a_secret() {
    let double = Double::start().await;
    let env = [("RUST_LOG", "trace")];
    let bot = Bot::start_with(&double, Start { env: &env, ..Start::default() });
    assert!(double.connected().await, "{}", bot.log());
    let manager = Place::server(1).manager();
    let option = |name: &str, value: &str| json!([{"name": name, "type": 3, "value": value}]);
    // Everything that can be done, once in a readers' channel and once in a newsroom's.
    let mut tokens = Vec::new();
    for (audience, channel) in [("readers", CHANNEL), ("newsroom", CHANNEL + 1)] {
        let at = |n: u64| Place::server(n).channel(channel);
        let token = double.slash(&manager.clone().channel(channel), "settings", option("channel_is", audience));
        double.callback(&token).await;
        for (command, options) in [
            ("ask", option("question", &format!("what did Tajani say about {MARK} @everyone?"))),
            ("ask", option("question", &format!("what did Putin say about {MARK} <@1>?"))),
            ("said", option("person", &format!("Antonio Tajani {MARK}"))),
            ("who", option("name", &format!("Gallo {MARK}"))),
            ("sources", option("receipt", MARK)),
            ("sources", json!([])),
            ("help", json!([])),
            ("about", json!([])),
            ("privacy", json!([])),
            ("follow", option("source", MARK)),
            ("follow", option("person", "Antonio Tajani")),
            ("gaps", json!([])),
            ("recall", json!([])),
            ("settings", json!([])),
            (MARK, json!([])),
        ] {
            tokens.push(double.slash(&manager.clone().channel(channel), command, options));
        }
        let claim = double.message_command(&at(40), "Check this claim", &format!("Tajani called {MARK} “unacceptable”."));
        tokens.push(claim);
        tokens.push(double.autocomplete(&at(41), "ask", "question", MARK));
        let card = double.answer(&at(42), &format!("what did Putin say about {MARK}?")).await;
        for part in card.components() {
            if let Some(id) = part["custom_id"].as_str() {
                tokens.push(double.press_under(&at(43), id, &card));
            }
        }
        tokens.push(double.choose(&manager.clone().channel(channel), "set|c|pick", &["budget"]));
        tokens.push(double.modal(&manager.clone().channel(channel), "set|c|budget", "value", MARK));
        tokens.push(double.choose(&manager.clone().channel(channel), "set|c|trail", &[]));
        double.mention(&at(44), &format!("what did Tajani say about {MARK}?"));
        double.direct(&Place::direct(45), &format!("what did Tajani say about {MARK}?"));
        tokens.push(double.slash(&at(42), "forgetme", json!([])));
    }
    for token in &tokens {
        double.callback(token).await;
    }
    double.nth(Route::Message, 3).await;
    let requests = double.state.requests();
    let mut messages = 0;
    for request in &requests {
        let Some(message) = message(request) else { continue };
        messages += 1;
        assert_eq!(message["allowed_mentions"], json!({"parse": []}), "{request:?}");
    }
    assert!(messages >= tokens.len() / 2, "{messages} messages of {} requests", requests.len());
    assert_eq!(double.violations(), Vec::<String>::new());
    let log = bot.log();
    assert!(log.contains("connected"));
    assert!(!log.contains(MARK) && !log.to_lowercase().contains(&MARK.to_lowercase()), "a text of a person is logged");
    assert!(!log.contains(TOKEN) && !log.contains("token-"), "a secret is logged");
    for id in ["1100000000000000042", "reader42", "reader1"] {
        assert!(!log.contains(id), "a person is logged: {id}");
    }
}
