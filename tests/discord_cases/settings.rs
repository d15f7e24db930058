//! What a channel is for: set by managers, kept over kill and restart, deleted with the server.

use std::time::Duration;

use serde_json::{Value, json};

use crate::discord_double::Double;
use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::payloads::Place;

fn channel_is(what: &str) -> Value {
    json!([{"name": "channel_is", "type": 3, "value": what}])
}

async fn setting(double: &Double, place: &Place, options: Value) -> String {
    let token = double.slash(place, "settings", options);
    let reply = double.callback(&token).await;
    assert!(reply.is_ephemeral());
    reply.text()
}

#[tokio::test]
async fn is_kept_over_a_kill_and_deleted_with_the_server() {
    let double = Double::start().await;
    let manager = Place::server(1).manager();
    let bot = Bot::start(&double);
    assert!(double.connected().await);
    assert!(setting(&double, &manager, json!([])).await.contains("as the operator has set it"));
    assert!(setting(&double, &manager, channel_is("newsroom")).await.contains("for the newsroom"));
    let data = bot.kill();
    let bot = Bot::start_with(&double, Start { data: Some(data), ..Start::default() });
    assert!(double.identified(2).await && double.connected().await);
    assert!(setting(&double, &manager, json!([])).await.contains("for the newsroom"));
    double.remove_from_server();
    assert!(bot.says("removed from a server", Duration::from_secs(5)).await, "{}", bot.log());
    assert!(setting(&double, &manager, json!([])).await.contains("as the operator has set it"));
}

#[tokio::test]
async fn is_for_managers_only_and_speaks_their_language() {
    let double = Double::start().await;
    let _bot = Bot::start(&double);
    assert!(double.connected().await);
    assert!(setting(&double, &Place::server(2), channel_is("off")).await.contains("Only members who may manage"));
    assert!(setting(&double, &Place::server(1).manager(), json!([])).await.contains("as the operator has set it"));
    let italian = Place::server(1).manager().locale("it");
    assert!(setting(&double, &italian, json!([])).await.contains("Questo canale è"));
    assert!(setting(&double, &Place::direct(3), channel_is("off")).await.contains("Only members who may manage"));
}
