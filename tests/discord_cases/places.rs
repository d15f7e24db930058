//! Who sees an answer where: readers' and newsroom channels, direct messages, mentions, channels that are switched off.

use std::time::Duration;

use serde_json::json;

use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::faults::Fault;
use crate::discord_double::gateway::Push;
use crate::discord_double::payloads::{self, Place};
use crate::discord_double::record::{Request, Route};
use crate::discord_double::{CHANNEL, Double, GUILD};

const QUESTION: &str = "what did Tajani say?";
const NEWSROOM: Start<'static> = Start { args: &[], env: &[("VERBATIM_DEFAULT_AUDIENCE", "newsroom")], data: None };

async fn running(start: Start<'_>) -> (Double, Bot) {
    let double = Double::start().await;
    let bot = Bot::start_with(&double, start);
    assert!(double.connected().await);
    (double, bot)
}

/// All that was written so far, but for the callbacks and commands.
fn posts(double: &Double) -> Vec<Request> {
    double.state.requests_where(|r| r.route == Route::Message)
}

#[tokio::test]
async fn readers_are_answered_privately_and_may_share() {
    let (double, bot) = running(Start::default()).await;
    let card = double.answer(&Place::server(1), QUESTION).await;
    assert!(card.is_ephemeral());
    let share = card.button("Share").expect("a button to share");
    // The button works after a restart: all it needs is in its id.
    let bot = Bot::start_with(&double, Start { data: Some(bot.kill()), ..Start::default() });
    assert!(double.identified(2).await && double.connected().await);
    let token = double.press_under(&Place::server(1), &share, &card);
    let shared = double.callback(&token).await;
    assert!(!shared.is_ephemeral() && shared.button("Share").is_none());
    assert!(shared.text().contains("Shared by reader1:"));
    assert_eq!(shared.message()["embeds"][0]["description"], card.message()["embeds"][0]["description"]);
    assert_eq!(double.violations(), Vec::<String>::new());
    drop(bot);
}

#[tokio::test]
async fn the_newsroom_is_answered_in_the_open() {
    let (double, _bot) = running(NEWSROOM).await;
    let card = double.answer(&Place::server(1), QUESTION).await;
    assert!(!card.is_ephemeral() && card.button("Share").is_none());
    double.mention(&Place::server(2), QUESTION);
    let reply = double.nth(Route::Message, 0).await;
    assert_eq!(reply.message()["embeds"][0]["description"], card.message()["embeds"][0]["description"]);
    assert!(reply.message()["message_reference"]["message_id"].is_string());
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn a_mention_among_readers_gets_a_button_that_opens_the_answer_privately() {
    let (double, _bot) = running(Start::default()).await;
    double.mention(&Place::server(1), QUESTION);
    let reply = double.nth(Route::Message, 0).await;
    assert!(!reply.text().contains("Tajani"), "nothing of the answer stands in the open: {}", reply.text());
    let open = reply.button("Answer privately").expect("a button");
    let token = double.press_under(&Place::server(3), &open, &reply);
    let card = double.callback(&token).await;
    assert!(card.is_ephemeral());
    let asked = double.answer(&Place::server(4), QUESTION).await;
    assert_eq!(card.message()["embeds"][0], asked.message()["embeds"][0]);
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn a_direct_message_is_a_question_unless_switched_off() {
    let (double, _bot) = running(Start::default()).await;
    double.direct(&Place::direct(5), QUESTION);
    let reply = double.nth(Route::Message, 0).await;
    assert!(reply.path.contains(&(CHANNEL + 5).to_string()));
    assert!(reply.button("Share").is_none());
    let card = double.answer(&Place::direct(6), QUESTION).await;
    assert!(!card.is_ephemeral() && card.button("Share").is_none(), "a direct message is private already");

    let off = Start { env: &[("VERBATIM_DIRECT_MESSAGES", "off")], ..Start::default() };
    let (double, _bot) = running(off).await;
    double.direct(&Place::direct(5), QUESTION);
    double.answer(&Place::server(1), QUESTION).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(posts(&double).is_empty());
}

#[tokio::test]
async fn what_is_no_question_is_not_answered() {
    let (double, _bot) = running(NEWSROOM).await;
    let place = Place::server(1);
    let id = || double.state.new_id();
    let mut by_bot = payloads::mention(id(), &place, QUESTION);
    by_bot["author"]["bot"] = json!(true);
    let mut for_everyone = payloads::mention(id(), &place, "@everyone look");
    for_everyone["mention_everyone"] = json!(true);
    let mut for_role = payloads::message(id(), &place, "<@&99> who?");
    for_role["mention_roles"] = json!(["99"]);
    let mut by_webhook = payloads::mention(id(), &place, QUESTION);
    by_webhook["webhook_id"] = json!("77");
    let passing = payloads::message(id(), &place, "");
    for message in [by_bot, for_everyone, for_role, by_webhook, passing] {
        double.say(message);
    }
    double.answer(&place, QUESTION).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(posts(&double).is_empty(), "{:#?}", posts(&double));
    double.mention(&place, "");
    assert!(double.nth(Route::Message, 0).await.text().contains("What is your question?"));
}

#[tokio::test]
async fn a_channel_can_be_switched_off() {
    let (double, _bot) = running(NEWSROOM).await;
    let off = json!([{"name": "channel_is", "type": 3, "value": "off"}]);
    let token = double.slash(&Place::server(1).manager(), "settings", off);
    assert!(double.callback(&token).await.text().contains("switched off"));
    let card = double.answer(&Place::server(2), QUESTION).await;
    assert!(card.is_ephemeral() && card.text().contains("switched off"));
    double.mention(&Place::server(2), QUESTION);
    let elsewhere = double.answer(&Place::server(2).channel(CHANNEL + 1), QUESTION).await;
    assert!(!elsewhere.text().contains("switched off"));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(posts(&double).is_empty());
}

#[tokio::test]
async fn a_missing_permission_is_told_to_the_asker() {
    let (double, _bot) = running(NEWSROOM).await;
    double.order(Route::Message, Fault::Error { status: 403, code: 50013 });
    double.mention(&Place::server(1), QUESTION);
    let told = double.nth(Route::Message, 1).await;
    assert!(told.text().contains("can't write in that channel"), "{}", told.text());
    assert_eq!(double.state.requests_where(|r| r.route == Route::OpenDirect).len(), 1);
}

#[tokio::test]
async fn a_message_survives_faults_and_is_not_posted_twice() {
    let (double, _bot) = running(NEWSROOM).await;
    for fault in [Fault::HtmlBadGateway, Fault::RateLimited { after: 0.2, global: false }, Fault::CutAfter] {
        double.order(Route::Message, fault);
    }
    double.mention(&Place::server(1), QUESTION);
    let last = double.nth(Route::Message, 3).await;
    let tries = posts(&double);
    assert_eq!(tries.iter().map(|r| r.status).collect::<Vec<_>>(), [502, 429, 0, 200]);
    assert!(tries.iter().all(|r| r.body["nonce"] == last.body["nonce"] && r.body["enforce_nonce"] == true));
}

#[tokio::test]
async fn too_many_questions_at_once_are_declined_politely_and_alone() {
    let (double, _bot) = running(NEWSROOM).await;
    let mut declined = None;
    for _ in 0..12 {
        let card = double.answer(&Place::server(1), QUESTION).await;
        if card.text().contains("ask again in") {
            declined = Some(card);
        }
    }
    assert!(declined.expect("declined at some point").is_ephemeral());
    assert!(!double.answer(&Place::server(2), QUESTION).await.text().contains("ask again in"));
}

#[tokio::test]
async fn buttons_and_forms_of_older_versions_are_answered() {
    let (double, _bot) = running(Start::default()).await;
    for id in ["0x|old", "something else", "1s|0||en|"] {
        let token = double.press(&Place::server(1), id);
        let reply = double.callback(&token).await;
        assert!(reply.is_ephemeral() && reply.text().contains("earlier version"), "{id}: {}", reply.text());
    }
    let token = double.modal(&Place::server(1), "old", "text", "hello");
    assert!(double.callback(&token).await.text().contains("earlier version"));
    let token = double.slash(&Place::server(1), "gone", json!([]));
    assert!(double.callback(&token).await.text().contains("no longer offered"));
}

#[tokio::test]
async fn a_thread_is_what_its_channel_is() {
    let (double, _bot) = running(Start::default()).await;
    let newsroom = json!([{"name": "channel_is", "type": 3, "value": "newsroom"}]);
    let token = double.slash(&Place::server(1).manager(), "settings", newsroom);
    double.callback(&token).await;
    let thread = CHANNEL + 77;
    double.push(Push::Event(
        "THREAD_CREATE",
        json!({"id": thread.to_string(), "guild_id": GUILD.to_string(), "parent_id": CHANNEL.to_string(), "type": 11, "name": "talk",
               "owner_id": "1", "last_message_id": null, "message_count": 0, "member_count": 1, "rate_limit_per_user": 0,
               "thread_metadata": {"archived": false, "auto_archive_duration": 1440, "locked": false,
                                   "archive_timestamp": "2026-01-05T10:00:00.000000+00:00"}}),
    ));
    // Events are handled side by side; a thread is there some time before somebody writes in it.
    tokio::time::sleep(Duration::from_millis(400)).await;
    double.mention(&Place::server(2).channel(thread), QUESTION);
    let reply = double.nth(Route::Message, 0).await;
    assert!(reply.text().contains("Tajani") && reply.button("Answer privately").is_none(), "{}", reply.text());
}

#[tokio::test]
async fn a_server_without_the_bot_is_for_readers_whatever_the_default() {
    let (double, _bot) = running(NEWSROOM).await;
    let mut asked = payloads::slash(
        double.state.new_id(),
        &Place::server(1),
        "ask",
        json!([{"name": "question", "type": 3, "value": QUESTION}]),
    );
    asked["authorizing_integration_owners"] = json!({"1": "1"});
    let token = double.state.deliver(&asked);
    assert!(double.callback(&token).await.is_ephemeral());
}
