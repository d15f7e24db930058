//! Start and end of the program: configuration, out of reach, refused, told to stop.

use std::time::{Duration, Instant};

use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::payloads::Place;
use crate::discord_double::record::{GatewayEvent, Route};
use crate::discord_double::{BOT_USER, Double, TOKEN, faults::Fault};

const FIVE_SECONDS: Duration = Duration::from_secs(5);

#[tokio::test]
async fn connects_with_three_intents_and_no_privileged_one() {
    let double = Double::start().await;
    let _bot = Bot::start(&double);
    assert!(double.connected().await, "{}", _bot.log());

    let intents = 1 | 1 << 9 | 1 << 12;
    assert!(double.gateway_event(|e| *e == GatewayEvent::Identified { intents }).await);
}

#[tokio::test]
async fn stops_on_sigterm_and_sigint_within_five_seconds_after_the_open_answers() {
    for name in ["TERM", "INT"] {
        let double = Double::start().await;
        let mut bot = Bot::start(&double);
        assert!(double.connected().await);
        double.order(Route::Callback, Fault::SlowAnswer(Duration::from_millis(600)));
        let token = double.slash(&Place::server(1), "help", serde_json::json!([]));
        double.callback(&token).await;
        bot.signal(name);
        let started = Instant::now();
        let status = bot.exit(FIVE_SECONDS).await.expect("ends within five seconds");
        assert_eq!(status.code(), Some(0), "{}", bot.log());
        assert!(started.elapsed() > Duration::from_millis(300), "the open answer was finished first");
        assert!(double.gateway_event(|e| *e == GatewayEvent::Closed(Some(1000))).await, "closed in good order");
    }
}

#[tokio::test]
async fn says_within_ten_seconds_that_discord_is_out_of_reach_and_tries_again() {
    let double = Double::start().await;
    double.order(Route::Gateway, Fault::Error { status: 503, code: 0 });
    for _ in 0..40 {
        double.order(Route::Gateway, Fault::CutBefore);
    }
    let bot = Bot::start(&double);
    assert!(bot.says("out of reach", Duration::from_secs(10)).await, "{}", bot.log());
    while double.state.take_fault(Route::Gateway).is_some() {}
    assert!(double.connected().await, "connects once Discord is there");
    let mut nowhere = Bot::start_at("http://127.0.0.1:9", Start::default());
    assert!(nowhere.says("out of reach", Duration::from_secs(10)).await);
    nowhere.signal("TERM");
    assert_eq!(nowhere.exit(FIVE_SECONDS).await.and_then(|s| s.code()), Some(0), "a signal ends the waiting");
}

#[tokio::test]
async fn a_refused_token_or_intents_end_it_with_a_clear_line() {
    for (code, words) in [(4004, "refuses the token"), (4013, "4013"), (4014, "4014")] {
        let double = Double::start().await;
        double.state.refuse_identify.store(code, std::sync::atomic::Ordering::Relaxed);
        let mut bot = Bot::start(&double);
        let status = bot.exit(Duration::from_secs(10)).await.unwrap_or_else(|| panic!("{code}: still runs: {}", bot.log()));
        assert_ne!(status.code(), Some(0));
        assert!(bot.log().contains(words), "{code}: {}", bot.log());
        assert!(!bot.log().contains(TOKEN));
    }
}

#[tokio::test]
async fn a_token_revoked_while_running_ends_it() {
    let double = Double::start().await;
    double.order(Route::GetCommands, Fault::Error { status: 401, code: 0 });
    let mut bot = Bot::start(&double);
    let status = bot.exit(Duration::from_secs(10)).await.expect("ends");
    assert_ne!(status.code(), Some(0));
    assert!(bot.log().contains("refuses the token"), "{}", bot.log());
}

#[tokio::test]
async fn a_refused_token_at_the_start_ends_it() {
    let double = Double::start().await;
    double.order(Route::Gateway, Fault::Error { status: 401, code: 0 });
    let mut bot = Bot::start(&double);
    assert_ne!(bot.exit(Duration::from_secs(10)).await.expect("ends").code(), Some(0));
    assert!(bot.log().contains("refuses the token"), "{}", bot.log());
}

#[tokio::test]
async fn checks_and_invites_without_connecting() {
    let double = Double::start().await;
    let mut check = Bot::start_with(&double, Start { args: &["--check"], ..Start::default() });
    assert_eq!(check.exit(FIVE_SECONDS).await.and_then(|s| s.code()), Some(0), "{}", check.log());
    assert!(check.log().contains("commands: "), "{}", check.log());
    assert!(!check.log().contains("missing translation"), "{}", check.log());
    let mut invite = Bot::start_with(&double, Start { args: &["--invite"], ..Start::default() });
    assert_eq!(invite.exit(FIVE_SECONDS).await.and_then(|s| s.code()), Some(0));
    assert!(invite.log().contains(&format!("client_id={BOT_USER}&scope=bot+applications.commands")), "{}", invite.log());
    let mut none = Bot::start_with(&double, Start { env: &[("DISCORD_TOKEN", "")], ..Start::default() });
    assert_eq!(none.exit(FIVE_SECONDS).await.and_then(|s| s.code()), Some(2));
    assert!(none.log().contains("DISCORD_TOKEN_FILE"), "{}", none.log());
    assert!(double.state.requests().is_empty() && double.state.gateway_events().is_empty());
}

#[tokio::test]
async fn the_token_can_stand_in_a_file() {
    let double = Double::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, format!("{TOKEN}\n")).unwrap();
    let env = [("DISCORD_TOKEN", ""), ("DISCORD_TOKEN_FILE", file.to_str().unwrap())];
    let _bot = Bot::start_with(&double, Start { env: &env, ..Start::default() });
    assert!(double.connected().await);
}
