//! Faults of network and Discord while the bot runs: no answer is lost, none is given twice.

use std::time::Duration;

use serde_json::json;

use crate::discord_double::Double;
use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::faults::Fault;
use crate::discord_double::gateway::Push;
use crate::discord_double::payloads::Place;
use crate::discord_double::record::{GatewayEvent, Route};

async fn running() -> (Double, Bot) {
    let double = Double::start().await;
    let bot = Bot::start(&double);
    assert!(double.connected().await);
    (double, bot)
}

/// Asks something and expects an answer.
async fn answers(double: &Double) {
    let token = double.slash(&Place::server(1), "help", json!([]));
    double.callback(&token).await;
}

fn callbacks(double: &Double, token: &str) -> Vec<u16> {
    double.state.requests_where(|r| r.token.as_deref() == Some(token)).iter().map(|r| r.status).collect()
}

#[tokio::test]
async fn callbacks_survive_every_fault_of_the_way() {
    let (double, _bot) = running().await;
    let faults = [
        Fault::RateLimited { after: 0.4, global: false },
        Fault::RateLimited { after: 0.3, global: true },
        Fault::Error { status: 500, code: 0 },
        Fault::Error { status: 503, code: 0 },
        Fault::HtmlBadGateway,
        Fault::Slow(Duration::from_millis(1_200)),
        Fault::CutBefore,
    ];
    for fault in faults {
        double.order(Route::Callback, fault.clone());
        let token = double.slash(&Place::server(1), "help", json!([]));
        let callback = double.callback(&token).await;
        let sent = double.state.interaction(&token).unwrap().sent;
        assert!(callback.at.duration_since(sent) < Duration::from_secs(3), "{fault:?}");
    }
    assert!(!double.state.faults_left());
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn a_callback_that_had_arrived_is_a_success() {
    let (double, bot) = running().await;
    double.order(Route::Callback, Fault::CutAfter);
    let token = double.slash(&Place::server(1), "help", json!([]));
    assert!(double.request(|r| r.token.as_deref() == Some(&token) && r.status == 400).await.is_some());
    answers(&double).await;
    assert_eq!(callbacks(&double, &token), [0, 400], "one that arrived, one that was told so");
    assert!(!bot.log().contains("could not be sent"), "{}", bot.log());
}

#[tokio::test]
async fn an_unknown_interaction_is_given_up() {
    let (double, bot) = running().await;
    double.order(Route::Callback, Fault::Error { status: 404, code: 10062 });
    let token = double.slash(&Place::server(1), "help", json!([]));
    assert!(bot.says("10062", Duration::from_secs(5)).await);
    answers(&double).await;
    assert_eq!(callbacks(&double, &token), [404]);
}

#[tokio::test]
async fn resumes_after_op_7_a_drop_and_closes_without_losing_a_question() {
    let (double, _bot) = running().await;
    let cuts = [Push::Reconnect, Push::Drop, Push::Close(1000), Push::Close(4000), Push::Close(1001)];
    for (n, cut) in cuts.into_iter().enumerate() {
        double.push(cut.clone());
        let resumed = double.state.wait_for(Duration::from_secs(20), || {
            let count = double.state.gateway_events().iter().filter(|e| matches!(e, GatewayEvent::Resumed { .. })).count();
            (count > n).then_some(())
        });
        // Asked while the connection is down: replayed on resume.
        let token = double.slash(&Place::server(1), "help", json!([]));
        assert!(resumed.await.is_some(), "{cut:?}: not resumed: {:?}", double.state.gateway_events());
        double.callback(&token).await;
    }
}

#[tokio::test]
async fn begins_a_new_session_where_the_old_one_is_gone() {
    let (double, _bot) = running().await;
    double.push(Push::InvalidSession(false));
    assert!(double.identified(2).await);
    assert!(double.connected().await);
    answers(&double).await;
    double.push(Push::Close(4009));
    assert!(double.identified(3).await, "{:?}", double.state.gateway_events());
    assert!(double.connected().await);
    answers(&double).await;
    let registered = double.state.requests_where(|r| r.route == Route::PutCommands).len();
    assert_eq!(registered, 1, "commands are registered once, however often it gets ready");
}

#[tokio::test]
async fn resumes_a_session_that_may_be_resumed() {
    let (double, _bot) = running().await;
    double.push(Push::InvalidSession(true));
    assert!(double.gateway_event(|e| matches!(e, GatewayEvent::Resumed { .. })).await);
    answers(&double).await;
}

#[tokio::test]
async fn a_heartbeat_that_is_not_acknowledged_leads_to_a_new_connection() {
    let double = Double::start().await;
    double.state.heartbeat_interval.store(900, std::sync::atomic::Ordering::Relaxed);
    let _bot = Bot::start(&double);
    assert!(double.connected().await);
    double.acknowledge_heartbeats(false);
    let again = |e: &GatewayEvent| *e == GatewayEvent::Connected;
    let look = || (double.state.gateway_events().iter().filter(|e| again(e)).count() >= 2).then_some(());
    assert!(double.state.wait_for(Duration::from_secs(15), look).await.is_some());
    double.acknowledge_heartbeats(true);
    let ready = || {
        (double
            .state
            .gateway_events()
            .iter()
            .filter(|e| matches!(e, GatewayEvent::Identified { .. } | GatewayEvent::Resumed { .. }))
            .count()
            >= 2)
            .then_some(())
    };
    assert!(double.state.wait_for(Duration::from_secs(15), ready).await.is_some());
    assert!(double.connected().await);
    answers(&double).await;
}

#[tokio::test]
async fn a_close_frame_without_a_code_is_noticed_before_the_next_heartbeat() {
    // The next heartbeat is 41 seconds away: twice as long as this waits.
    let double = Double::start().await;
    let bot = Bot::start(&double);
    assert!(double.connected().await);
    double.push(Push::CloseWithoutCode);
    assert!(double.identified(2).await, "{:?}\n{}", double.state.gateway_events(), bot.log());
    assert!(double.connected().await);
    answers(&double).await;
    let before = bot.cpu_ticks();
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(bot.cpu_ticks() - before < 100, "nothing goes on reading the ended connection");
}

#[tokio::test]
async fn a_connection_that_does_not_come_back_is_begun_anew() {
    let double = Double::start().await;
    double.state.refuse_identify.store(4012, std::sync::atomic::Ordering::Relaxed);
    let env = [("VERBATIM_DISCORD_PATIENCE", "5")];
    let mut bot = Bot::start_with(&double, Start { env: &env, ..Start::default() });
    assert!(bot.says("beginning anew", Duration::from_secs(10)).await, "{}", bot.log());
    double.state.refuse_identify.store(0, std::sync::atomic::Ordering::Relaxed);
    assert!(double.connected().await, "once Discord takes it, it is there");
    answers(&double).await;
    assert!(bot.exit(Duration::from_millis(50)).await.is_none());
}
