//! The double itself: it must object to what Discord would object to, or the other cases prove nothing.

use crate::discord_double::payloads::Place;
use crate::discord_double::record::Route;
use crate::discord_double::{Double, TOKEN};
use serde_json::{Value, json};

async fn send(double: &Double, method: reqwest::Method, path: &str, body: &Value) -> u16 {
    let client = reqwest::Client::builder().no_proxy().user_agent("DiscordBot (https://example.org, 1)").build().unwrap();
    let request =
        client.request(method, format!("{}/api/v10{path}", double.base)).header("Authorization", format!("Bot {TOKEN}"));
    request.json(body).send().await.unwrap().status().as_u16()
}

fn safe(content: &str) -> Value {
    json!({"content": content, "allowed_mentions": {"parse": []}})
}

async fn objections(route: Route, body: Value) -> Vec<String> {
    let double = Double::start().await;
    double.state.judge.violations(route, &body, 0)
}

#[tokio::test]
async fn objects_to_pings_and_over_long_text() {
    assert_eq!(objections(Route::Message, safe("fine")).await, Vec::<String>::new());
    let pings = objections(Route::Message, json!({"content": "@everyone"})).await;
    assert!(pings.iter().any(|v| v.contains("allowed_mentions")), "{pings:?}");
    let users = json!({"content": "x", "allowed_mentions": {"parse": [], "users": ["1"]}});
    assert_eq!(objections(Route::EditOriginal, users).await.len(), 1);
    let reply = json!({"content": "x", "allowed_mentions": {"parse": [], "replied_user": true}});
    assert_eq!(objections(Route::Message, reply).await.len(), 1);
    let long = objections(Route::Message, safe(&"“".repeat(2001))).await;
    assert!(long.iter().any(|v| v.contains("at most 2000")), "{long:?}");
    assert_eq!(objections(Route::Message, safe(&"“".repeat(2000))).await, Vec::<String>::new());
}

#[tokio::test]
async fn objects_to_bad_choices_components_and_commands() {
    let choice = json!({"type": 8, "data": {"choices": [{"name": "n", "value": "v".repeat(101)}]}});
    assert!(!objections(Route::Callback, choice).await.is_empty());
    let button = |id: &str| json!({"type": 2, "style": 2, "label": "More", "custom_id": id});
    let twice = json!({"content": "x", "allowed_mentions": {"parse": []},
                       "components": [{"type": 1, "components": [button("a"), button("a")]}]});
    assert!(objections(Route::Message, twice).await.iter().any(|v| v.contains("twice")));
    let no_type = json!({"data": safe("x")});
    assert!(!objections(Route::Callback, no_type).await.is_empty());
    let upper = json!([{"name": "Ask", "description": "d"}]);
    assert!(!objections(Route::PutCommands, upper).await.is_empty());
    let fine = json!([{"name": "ask", "description": "d", "default_member_permissions": "32"}, {"type": 3, "name": "Check this claim"}]);
    assert_eq!(objections(Route::PutCommands, fine).await, Vec::<String>::new());
}

#[tokio::test]
async fn keeps_the_rules_of_interactions() {
    let double = Double::start().await;
    let token = double.ask(&Place::server(1), "who?");
    let path = format!("/interactions/1/{token}/callback");
    let answer = json!({"type": 4, "data": safe("x")});
    let post = || send(&double, reqwest::Method::POST, &path, &answer);
    assert_eq!(post().await, 204);
    assert_eq!(post().await, 400, "a second callback is 40060");
    assert_eq!(send(&double, reqwest::Method::POST, "/interactions/1/unknown/callback", &answer).await, 404);
    let original = format!("/webhooks/1/{token}/messages/@original");
    assert_eq!(send(&double, reqwest::Method::PATCH, &original, &safe("y")).await, 200);
    let typed = double.autocomplete(&Place::server(1), "who", "name", "gal");
    let wrong = format!("/interactions/1/{typed}/callback");
    assert_eq!(send(&double, reqwest::Method::POST, &wrong, &answer).await, 400, "autocomplete takes choices only");
    assert_eq!(double.violations(), Vec::<String>::new());
}
