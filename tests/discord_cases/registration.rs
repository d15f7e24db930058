//! Commands: registered only when they differ, globally or in one server, in every language.

use serde_json::json;

use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::faults::Fault;
use crate::discord_double::record::Route;
use crate::discord_double::{Double, GUILD};

#[tokio::test]
async fn are_registered_only_when_they_differ() {
    let double = Double::start().await;
    let first = Bot::start(&double);
    let put = double.nth(Route::PutCommands, 0).await;
    assert_eq!(put.violations, Vec::<String>::new());
    assert!(first.says("commands registered", std::time::Duration::from_secs(5)).await);
    drop(first);
    let second = Bot::start(&double);
    assert!(second.says("as they should be", std::time::Duration::from_secs(5)).await, "{}", second.log());
    assert_eq!(double.state.requests_where(|r| r.route == Route::PutCommands).len(), 1);
    double.state.set_commands(&json!([{"name": "old", "description": "of an older program"}]));
    drop(second);
    let _third = Bot::start(&double);
    double.nth(Route::PutCommands, 1).await;
}

#[tokio::test]
async fn say_where_they_are_offered_and_to_whom() {
    let double = Double::start().await;
    let _bot = Bot::start(&double);
    let put = double.nth(Route::PutCommands, 0).await;
    let command = |name: &str| put.body.as_array().unwrap().iter().find(|c| c["name"] == name).unwrap().clone();
    let ask = command("ask");
    assert_eq!(ask["contexts"], json!([0, 1, 2]));
    assert_eq!(ask["integration_types"], json!([0, 1]));
    assert_eq!(ask["options"][0]["autocomplete"], true);
    assert!(ask["description_localizations"]["it"].is_string() && ask["options"][0]["name_localizations"]["it"].is_string());
    assert!(ask.get("default_member_permissions").is_none());
    let settings = command("settings");
    assert_eq!(settings["default_member_permissions"], "32");
    assert_eq!(settings["contexts"], json!([0]));
    assert_eq!(command("Check this claim")["type"], 3);
}

#[tokio::test]
async fn can_be_tried_out_in_one_server_and_survive_faults() {
    let double = Double::start().await;
    double.order(Route::GetCommands, Fault::RateLimited { after: 0.2, global: true });
    double.order(Route::GetCommands, Fault::HtmlBadGateway);
    double.order(Route::PutCommands, Fault::Error { status: 500, code: 0 });
    let guild = GUILD.to_string();
    let _bot = Bot::start_with(&double, Start { args: &["--guild", &guild], ..Start::default() });
    let put = double.nth(Route::PutCommands, 1).await;
    assert!(put.path.ends_with(&format!("/guilds/{GUILD}/commands")), "{}", put.path);
    assert!(put.body[0].get("contexts").is_none(), "contexts are for global commands only");
    assert_eq!((put.status, put.violations), (200, vec![]));
}

#[tokio::test]
async fn are_offered_in_servers_only_where_users_can_not_install_the_application() {
    let double = Double::start().await;
    double.order(Route::PutCommands, Fault::Error { status: 400, code: 50035 });
    let _bot = Bot::start(&double);
    let put = double.nth(Route::PutCommands, 1).await;
    assert_eq!((put.status, put.violations), (200, vec![]));
    assert_eq!(put.body[0]["integration_types"], json!([0]));
    assert_eq!(put.body[0]["contexts"], json!([0, 1]));
}
