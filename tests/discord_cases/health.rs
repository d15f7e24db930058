//! What the bot's keeper sees: health, metrics that an independent parser takes, a log in JSON, settings taken over while it runs.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::payloads::Place;
use crate::discord_double::{CHANNEL, Double, PATIENCE, TOKEN};

const ANYWHERE: (&str, &str) = ("VERBATIM_LISTEN", "127.0.0.1:0");
/// Stands in the question, to be looked for in the log and the metrics.
const MARK: &str = "Qzxwmark";
/// Who asks.
const USER: u64 = 987_654_321_987_654_321;

/// The reply to a request of a client that says nothing but this: status, head and body.
fn exchange(address: SocketAddr, request: &str) -> (u16, String, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap_or((&reply, ""));
    (head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0), head.to_lowercase(), body.to_owned())
}

fn get(address: SocketAddr, path: &str) -> (u16, String, String) {
    exchange(address, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
}

/// Asks until the status is this.
async fn becomes(address: SocketAddr, path: &str, wanted: u16) -> String {
    let mut last = (0, String::new(), String::new());
    for _ in 0..400 {
        last = tokio::task::spawn_blocking({
            let path = path.to_owned();
            move || get(address, &path)
        })
        .await
        .unwrap();
        if last.0 == wanted {
            return last.2;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{path} never became {wanted}: {last:?}");
}

/// The metrics, once a count has come so far or does not come any further.
async fn until(address: SocketAddr, name: &str, wanted: f64) -> (u16, String, String) {
    for _ in 0..400 {
        let reply = tokio::task::spawn_blocking(move || get(address, "/metrics")).await.unwrap();
        if reply.0 == 200 && value(&reply.2, name) >= wanted {
            return reply;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    get(address, "/metrics")
}

fn value(metrics: &str, name: &str) -> f64 {
    let line = metrics.lines().find(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')));
    line.unwrap_or_else(|| panic!("no {name} in {metrics}")).rsplit(' ').next().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_follows_the_connection_and_metrics_count_what_happened() {
    let double = Double::start().await;
    let bot = Bot::start_with(&double, Start { env: &[ANYWHERE, ("VERBATIM_LOG_FORMAT", "json")], ..Start::default() });
    let address = bot.health().await;
    assert!(double.connected().await, "{}", bot.log());
    let ready = becomes(address, "/readyz", 200).await;
    assert_eq!(serde_json::from_str::<Value>(&ready).unwrap()["memory"], "sound");
    becomes(address, "/healthz", 200).await;

    let place = Place { user: USER, ..Place::server(1) };
    double.answer(&place, "what did Tajani say?").await;
    double.answer(&place, "what did Putin say?").await;
    double.answer(&place, &format!("who is {MARK}?")).await;
    let claim = double.message_command(&place, "Check this claim", "Tajani called the scandal “unacceptable”.");
    double.callback(&claim).await;
    bot.signal("HUP");
    assert!(bot.says("rules and sources are read anew", PATIENCE).await, "{}", bot.log());

    // Discord has an answer a moment before the bot knows that it has.
    let (status, head, metrics) = until(address, "verbatim_reply_seconds_count", 4.0).await;
    assert_eq!(status, 200);
    assert!(head.contains("content-type: application/openmetrics-text; version=1.0.0; charset=utf-8"), "{head}");
    parsed(&metrics);
    let counted = [
        ("verbatim_questions_total{outcome=\"answered\",reason=\"\"}", 1.0),
        ("verbatim_questions_total{outcome=\"abstained\",reason=\"no_statement_by_person\"}", 1.0),
        ("verbatim_questions_total{outcome=\"abstained\",reason=\"unknown_name\"}", 1.0),
        ("verbatim_claims_total{finding=\"found\"}", 1.0),
        ("verbatim_events_total{kind=\"command\"}", 4.0),
        ("verbatim_answer_seconds_count", 3.0),
        ("verbatim_reply_seconds_count", 4.0),
        ("verbatim_reloads_total{result=\"done\"}", 1.0),
        ("verbatim_last_reload_failed", 0.0),
        ("verbatim_gateway_connected", 1.0),
        ("verbatim_store_up", 1.0),
        ("verbatim_store_errors_total", 0.0),
        ("verbatim_sources", 1.0),
    ];
    for (name, wanted) in counted {
        assert_eq!(value(&metrics, name), wanted, "{name} in {metrics}");
    }

    // What alert rules and the dashboard ask for is there.
    for file in ["deploy/alerts.yml", "deploy/dashboard.json"] {
        let text = std::fs::read_to_string(file).unwrap();
        let names = text.split(|c: char| !(c.is_ascii_lowercase() || c == '_')).filter(|word| word.starts_with("verbatim_"));
        for name in names.chain(["process_resident_memory_bytes", "process_open_fds"]) {
            let family = ["_total", "_bucket", "_info"].iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name);
            assert!(metrics.contains(&format!("# TYPE {family} ")), "{file} asks for {name}");
        }
    }

    for line in bot.log().lines().filter(|line| !line.is_empty()) {
        let line = serde_json::from_str::<Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(line["level"].is_string() && line["message"].is_string(), "{line}");
    }
    // Whoever asked, where and what stands neither in the log nor in the metrics.
    for text in [bot.log(), metrics] {
        for secret in [MARK, "Putin", TOKEN, &CHANNEL.to_string(), &USER.to_string()] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_discord_it_is_healthy_but_not_ready() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let bot = Bot::start_at(&nobody, Start { env: &[ANYWHERE], ..Start::default() });
    let address = bot.health().await;
    let ready = becomes(address, "/readyz", 503).await;
    let wanted = json!({"status": "not ready", "connected": false, "sources": 1, "memory": "sound"});
    assert_eq!(serde_json::from_str::<Value>(&ready).unwrap(), wanted);
    becomes(address, "/healthz", 200).await;
    assert_eq!(value(&becomes(address, "/metrics", 200).await, "verbatim_gateway_connected"), 0.0);
}

/// OpenMetrics as an independent parser reads it, and by the rules of the form that can be checked line by line.
fn parsed(metrics: &str) {
    assert!(metrics.ends_with("# EOF\n"), "no end mark");
    let mut families = std::collections::BTreeMap::new();
    for line in metrics.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').unwrap();
            assert!(families.insert(name, kind).is_none(), "{name} is declared twice");
        } else if !line.starts_with('#') {
            let name = line.split(['{', ' ']).next().unwrap();
            let suffixes = ["_total", "_bucket", "_sum", "_count", "_info", ""];
            let family = suffixes.iter().find_map(|suffix| families.get_key_value(name.strip_suffix(suffix)?));
            let (_, kind) = family.unwrap_or_else(|| panic!("{name} is not declared before its sample"));
            assert!(*kind != "counter" || name.ends_with("_total"), "{line}");
            assert!(line.rsplit(' ').next().unwrap().parse::<f64>().is_ok(), "{line}");
        }
    }
    let parser = "import sys; from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse; \
                  print(len(list(parse(sys.stdin.read()))))";
    let mut found = false;
    for python in ["target/ci/bin/python", "python3"] {
        let has = Command::new(python).args(["-c", "import prometheus_client"]).stderr(Stdio::null()).status();
        if !has.is_ok_and(|status| status.success()) {
            continue;
        }
        let mut child = Command::new(python).args(["-c", parser]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(metrics.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "the parser refuses {metrics}");
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), families.len().to_string());
        found = true;
        break;
    }
    if !found {
        eprintln!("not checked with an independent parser: Python's prometheus_client is not installed");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_request_for_health_is_refused() {
    let double = Double::start().await;
    let bot = Bot::start_with(&double, Start { env: &[ANYWHERE], ..Start::default() });
    let address = bot.health().await;
    assert_eq!(get(address, "/").0, 404);
    assert_eq!(get(address, "/metrics/../healthz").0, 404);
    assert_eq!(exchange(address, "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n").0, 405);
    let long = format!("GET /healthz HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "y".repeat(200_000));
    let refused = std::panic::catch_unwind(|| exchange(address, &long).0);
    assert!(refused.is_err() || refused.is_ok_and(|status| status != 200), "an endless head is not read");
    // It goes on.
    becomes(address, "/healthz", 200).await;
    let taken = Bot::start_with(&double, Start { env: &[("VERBATIM_LISTEN", &address.to_string())], ..Start::default() });
    assert!(taken.says("give another address with --listen, or off", PATIENCE).await, "{}", taken.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_are_taken_over_on_sighup_and_a_fault_changes_nothing() {
    let double = Double::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bot.toml");
    let write = |audience: &str, more: &str| {
        std::fs::write(&file, format!("[discord]\ndefault_audience = \"{audience}\"\n{more}")).unwrap();
    };
    write("readers", "");
    let args = ["--config", file.to_str().unwrap()];
    let bot = Bot::start_with(&double, Start { args: &args, ..Start::default() });
    assert!(double.connected().await, "{}", bot.log());
    let private = async || {
        let token =
            double.slash(&Place::server(1), "ask", json!([{"name": "question", "type": 3, "value": "what did Tajani say?"}]));
        double.callback(&token).await.message()["flags"].as_u64().unwrap_or(0) & 64 != 0
    };
    assert!(private().await, "readers get answers for themselves");

    write("newsroom", "patience = 90\n");
    bot.signal("HUP");
    assert!(bot.says("discord.patience has changed; that takes effect at the next start", PATIENCE).await, "{}", bot.log());
    assert!(bot.says("rules and sources are read anew", PATIENCE).await, "{}", bot.log());
    assert!(!private().await, "newsrooms get answers in the open");

    write("readers", "patiense = 90\n");
    bot.signal("HUP");
    assert!(bot.says("did you mean `discord.patience`?", PATIENCE).await, "{}", bot.log());
    assert!(!private().await, "a file with a fault changes nothing");
    assert_eq!(double.violations(), Vec::<String>::new());
}
