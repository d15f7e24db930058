//! What a channel is for, and all else that can be set: by managers, kept over kill and restart, in the trail, with the desired effect.

use std::path::Path;

use serde_json::{Value, json};
use verbatim::ops;
use verbatim::store::ChangeKind;

use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::payloads::Place;
use crate::discord_double::record::Request;
use crate::discord_double::{CHANNEL, Double, GUILD};

const SOURCES: &[&str] = &["--knowledge", "tests/knowledge/editions"];

fn channel_is(what: &str) -> Value {
    json!([{"name": "channel_is", "type": 3, "value": what}])
}

async fn setting(double: &Double, place: &Place, options: Value) -> Request {
    let token = double.slash(place, "settings", options);
    let reply = double.callback(&token).await;
    assert!(reply.is_ephemeral());
    reply
}

/// Sets a field through the panel, as a manager does, and gives the panel then.
async fn set(double: &Double, place: &Place, whole: &str, field: &str, values: &[&str]) -> Request {
    let token = double.choose(place, &format!("set|{whole}|pick"), &[field]);
    let panel = double.callback(&token).await;
    if panel.body["type"] == 9 {
        let form = panel.body["data"]["custom_id"].as_str().unwrap();
        let token = double.modal(place, form, "value", values.first().copied().unwrap_or_default());
        return double.callback(&token).await;
    }
    assert_eq!(panel.body["type"], 7, "the panel is replaced, not repeated");
    let menu = panel.menu().expect("a menu of values");
    assert!(menu.ends_with(field), "{menu}");
    let token = double.choose(place, &menu, values);
    double.callback(&token).await
}

async fn running(args: &[&str], data: Option<tempfile::TempDir>) -> (Double, Bot) {
    let double = Double::start().await;
    let env = [("VERBATIM_DEFAULT_AUDIENCE", "newsroom")];
    let bot = Bot::start_with(&double, Start { args, env: &env, data });
    assert!(double.connected().await, "{}", bot.log());
    (double, bot)
}

#[tokio::test]
async fn whom_a_channel_is_for_is_kept_over_a_kill() {
    let double = Double::start().await;
    let manager = Place::server(1).manager();
    let bot = Bot::start(&double);
    assert!(double.connected().await);
    assert!(setting(&double, &manager, json!([])).await.text().contains("as the operator has set it"));
    assert!(setting(&double, &manager, channel_is("newsroom")).await.text().contains("for the newsroom"));
    let data = bot.kill();
    let bot = Bot::start_with(&double, Start { data: Some(data), ..Start::default() });
    assert!(double.identified(2).await && double.connected().await);
    assert!(setting(&double, &manager, json!([])).await.text().contains("for the newsroom"));
    drop(bot);
}

#[tokio::test]
async fn is_for_managers_only_and_speaks_their_language() {
    let double = Double::start().await;
    let _bot = Bot::start(&double);
    assert!(double.connected().await);
    let refused = |reply: Request| reply.text().contains("Only members who may manage");
    assert!(refused(setting(&double, &Place::server(2), channel_is("off")).await));
    assert!(refused(setting(&double, &Place::direct(3), channel_is("off")).await));
    for id in ["set|c|pick", "set|s|logging", "set|c|trail"] {
        let token = double.choose(&Place::server(2), id, &["on"]);
        assert!(refused(double.callback(&token).await), "{id}");
    }
    let token = double.modal(&Place::server(2), "set|c|budget", "value", "5");
    assert!(refused(double.callback(&token).await));
    assert!(setting(&double, &Place::server(1).manager(), json!([])).await.text().contains("as the operator has set it"));
    let italian = Place::server(1).manager().locale("it");
    assert!(setting(&double, &italian, json!([])).await.text().contains("Che cosa vale in questo canale"));
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn every_field_can_be_set_is_shown_audited_and_kept() {
    let (double, bot) = running(SOURCES, None).await;
    let manager = Place::server(1).manager();
    let desk = (CHANNEL + 9).to_string();
    let fields: [(&str, &str, &[&str], &str); 11] = [
        ("c", "audience", &["newsroom"], "for the newsroom"),
        ("c", "locale", &["it"], "Lingua della cornice**: it"),
        ("c", "locale", &["default"], "each reader’s own"),
        ("c", "sources", &["ferry-fire", "sound-wire"], "ferry-fire, sound-wire"),
        ("c", "suppressed", &["sound-wire"], "Not quoted here**: sound-wire"),
        ("c", "freshness", &["7"], "7 days"),
        ("c", "budget", &["40"], "40 words"),
        ("c", "confidence", &["public"], "fewer and surer"),
        ("s", "logging", &["on"], "are kept**: on"),
        ("c", "notices", &["on"], "has changed**: on"),
        ("s", "desk", &[&desk], &desk),
    ];
    for (whole, field, values, shown) in fields {
        let panel = set(&double, &manager, whole, field, values).await;
        let text = panel.text().replace('\\', "");
        assert!(text.contains(shown) && (text.contains("Saved") || text.contains("Salvato")), "{field}: {text}");
    }
    let panel = set(&double, &manager, "c", "freshness", &["soon"]).await;
    assert!(panel.text().contains("no number of days"), "{}", panel.text());
    let data = bot.kill();
    let changes = ops::trail(data.path(), GUILD).unwrap();
    let named = |name: &str| {
        changes
            .iter()
            .any(|change| matches!(&change.what, ChangeKind::Setting { field, .. } if field == name) && change.by.is_some())
    };
    for name in [
        "audience",
        "locale",
        "sources",
        "suppressed",
        "freshness_days",
        "quote_budget",
        "confidence",
        "log_questions",
        "recall_notices",
        "desk",
    ] {
        assert!(named(name), "{name} is not in the trail: {changes:?}");
    }
    let bot = Bot::start_with(&double, Start { args: SOURCES, data: Some(data), ..Start::default() });
    assert!(double.identified(2).await && double.connected().await);
    let panel = setting(&double, &manager, json!([])).await.text().replace('\\', "");
    for (_, _, _, shown) in fields.iter().filter(|(_, field, ..)| *field != "locale") {
        assert!(panel.contains(shown), "{shown}: {panel}");
    }
    let token = double.choose(&manager, "set|c|trail", &[]);
    let trail = double.callback(&token).await.text();
    assert!(trail.contains("recall") && trail.contains("you"), "{trail}");
    assert_eq!(double.violations(), Vec::<String>::new());
    drop(bot);
}

#[tokio::test]
async fn what_is_set_decides_what_is_answered() {
    let (double, _bot) = running(SOURCES, None).await;
    let manager = Place::server(1).manager();
    let question = "who was injured?";
    let asked = |n: u64| Place::server(n).channel(CHANNEL);
    // A channel for readers, where what is for newsrooms alone is none of anybody's business.
    setting(&double, &manager, channel_is("readers")).await;
    let before = double.answer(&asked(10), "what did Odile Farrant say?").await.shown();
    assert!(before.contains("second alarm"), "{before}");
    set(&double, &manager, "c", "sources", &["sound-wire"]).await;
    let after = double.answer(&asked(11), "what did Odile Farrant say?").await.shown();
    assert!(!after.contains("second alarm"), "{after}");
    let token = double.slash(&asked(12), "sources", json!([]));
    let listed = double.callback(&token).await.shown();
    assert!(listed.contains("URGENT") && !listed.contains("Seventeen"), "{listed}");
    set(&double, &manager, "c", "sources", &[]).await;
    set(&double, &manager, "c", "suppressed", &["ferry-fire"]).await;
    let stopped = double.answer(&asked(13), "what did Odile Farrant say?").await.shown();
    assert!(!stopped.contains("second alarm") && !stopped.contains("withheld"), "{stopped}");
    set(&double, &manager, "c", "suppressed", &[]).await;
    let token = double.autocomplete(&asked(14), "said", "person", "odile");
    assert!(double.callback(&token).await.body.to_string().contains("Odile Farrant"));

    set(&double, &manager, "c", "freshness", &["3"]).await;
    let latest = double.answer(&asked(15), "what's the latest?").await.shown();
    assert!(latest.contains("older than 3 days"), "{latest}");
    set(&double, &manager, "c", "locale", &["it"]).await;
    let italian = double.answer(&asked(16), question).await.shown();
    assert!(italian.contains("ricevuta"), "{italian}");
    set(&double, &manager, "c", "locale", &["default"]).await;

    set(&double, &manager, "c", "budget", &["3"]).await;
    let short = double.answer(&asked(17), "what did Odile Farrant say?").await;
    assert!(short.shown().contains("longer than may be quoted here") && !short.shown().contains("second alarm"));
    let paragraph = short.button("paragraph").unwrap();
    let token = double.press_under(&asked(17), &paragraph, &short);
    let around = double.callback(&token).await.shown();
    assert!(around.contains("longer than may be quoted here") && !around.contains("second alarm"), "{around}");
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn a_public_channel_wants_surer_answers_than_a_desk() {
    let (double, _bot) = running(&[], None).await;
    let manager = Place::server(1).manager();
    let questions = ["what was sold to foreign intelligence?", "how was the data stolen?", "why is the scandal serious?"];
    let mut answered = Vec::new();
    for (n, confidence) in [(0, "public"), (1, "desk"), (2, "default")] {
        set(&double, &manager, "c", "confidence", &[confidence]).await;
        let mut count = 0;
        for (number, question) in (0..).zip(questions) {
            let card = double.answer(&Place::server(100 + 10 * n + number).channel(CHANNEL), question).await;
            count += usize::from(!card.shown().contains("not an answer") && card.shown().contains("receipt"));
        }
        answered.push(count);
    }
    assert!(answered[0] <= answered[1] && answered[1] <= answered[2], "{answered:?}");
    assert!(answered[0] < answered[2], "the setting makes a difference: {answered:?}");
}

#[tokio::test]
async fn channels_that_are_not_listed_are_not_answered() {
    let (double, _bot) = running(&[], None).await;
    let manager = Place::server(1).manager();
    let listed = (CHANNEL + 1).to_string();
    let panel = set(&double, &manager, "s", "channels", &[&listed]).await;
    assert!(panel.text().contains(&listed), "{}", panel.text());
    let here = double.answer(&Place::server(2), "what did Tajani say?").await;
    assert!(here.text().contains("switched off"), "{}", here.text());
    let there = double.answer(&Place::server(3).channel(CHANNEL + 1), "what did Tajani say?").await;
    assert!(there.shown().contains("Antonio Tajani"));
    set(&double, &manager, "s", "channels", &[]).await;
    assert!(double.answer(&Place::server(4), "what did Tajani say?").await.shown().contains("Antonio Tajani"));
}

#[tokio::test]
async fn what_is_for_newsrooms_is_not_offered_to_managers_elsewhere() {
    assert!(Path::new("tests/knowledge/editions/dockside-notes/source.toml").is_file());
    let double = Double::start().await;
    let bot = Bot::start_with(&double, Start { args: SOURCES, ..Start::default() });
    assert!(double.connected().await, "{}", bot.log());
    let manager = Place::server(1).manager();
    let token = double.choose(&manager, "set|c|pick", &["suppressed"]);
    let offered = double.callback(&token).await.body.to_string();
    assert!(offered.contains("ferry-fire") && !offered.contains("dockside") && !offered.contains("inquiry"), "{offered}");
    let desk = Place::server(1).manager().channel(CHANNEL + 5);
    setting(&double, &desk, channel_is("newsroom")).await;
    set(&double, &desk, "s", "suppressed", &["dockside-notes"]).await;
    let token = double.choose(&manager, "set|s|trail", &[]);
    let seen = [double.callback(&token).await, {
        let token = double.choose(&manager, "set|s|show", &[]);
        double.callback(&token).await
    }];
    assert!(seen.iter().all(|reply| !reply.text().contains("dockside")), "{}", seen[0].text());
}
