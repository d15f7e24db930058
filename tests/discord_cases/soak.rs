//! A long run: mixed traffic, sources that change all the time, faults of Discord's; nothing is lost and nothing grows. For a release build:
//! `VERBATIM_SOAK=100000 VERBATIM_BIN=target/release/verbatim cargo test --test discord -- --ignored --nocapture soak`

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::faults::Fault;
use crate::discord_double::gateway::Push;
use crate::discord_double::payloads::Place;
use crate::discord_double::record::Route;
use crate::discord_double::{CHANNEL, Double, PATIENCE};

/// Interactions that are under way at a time.
const BATCH: u64 = 40;
/// Between two changes of the sources.
const CHANGE: Duration = Duration::from_secs(4);

const QUESTIONS: [&str; 10] = [
    "who is under house arrest?",
    "what did Tajani say?",
    "is Gallo guilty?",
    "who called it intolerable?",
    "chi è agli arresti domiciliari?",
    "wat did melony say??",
    "@everyone **who** is Rossi?",
    "what did Calamucci say about the Church?",
    "what's the latest?",
    "capital of Italy",
];

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &target) } else { assert!(std::fs::copy(entry.path(), target).is_ok()) }
    }
}

/// One interaction of the mix, by a person and in a channel that have not been asking lately.
fn deliver(double: &Double, number: u64) {
    let place = Place::server(5_000_000 + number).channel(CHANNEL + 10_000 + number % 997);
    let place = if number.is_multiple_of(3) { place.locale("it") } else { place };
    let question = QUESTIONS[usize::try_from(number % 10).unwrap()];
    match number % 16 {
        0 | 1 => drop(double.autocomplete(&place, "ask", "question", "what did T")),
        2 => drop(double.slash(&place, "said", json!([{"name": "person", "type": 3, "value": "Tajani"}]))),
        3 => drop(double.slash(&place, "who", json!([{"name": "name", "type": 3, "value": "Gallo"}]))),
        4 => drop(double.slash(&place, "sources", json!([]))),
        5 => drop(double.slash(&place, "help", json!([]))),
        6 => drop(double.message_command(&place, "Check this claim", "Tajani called the scandal “intolerable”.")),
        // By somebody who asked a little earlier.
        7 => drop(double.slash(&Place::server(5_000_000 + number.saturating_sub(75)), "forgetme", json!([]))),
        8 => drop(double.autocomplete(&place, "who", "name", "g")),
        9 => double.mention(&place, question),
        10 => double.direct(&Place::direct(5_000_000 + number), question),
        _ => drop(double.ask(&place, question)),
    }
}

fn fault(number: u64) -> Fault {
    match number % 6 {
        0 => Fault::RateLimited { after: 0.2, global: false },
        1 => Fault::Error { status: 500, code: 0 },
        2 => Fault::HtmlBadGateway,
        3 => Fault::CutBefore,
        4 => Fault::CutAfter,
        _ => Fault::Slow(Duration::from_millis(200)),
    }
}

fn files(bot: &Bot) -> usize {
    std::fs::read_dir(format!("/proc/{}/fd", bot.pid())).unwrap().count()
}

fn mean(of: &[u64]) -> f64 {
    of.iter().map(|&n| f64::from(u32::try_from(n).unwrap())).sum::<f64>() / f64::from(u32::try_from(of.len().max(1)).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a long run"]
async fn soak() {
    let wanted: u64 = std::env::var("VERBATIM_SOAK").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new("knowledge"), folder.path());
    let args = ["--knowledge", folder.path().to_str().unwrap()];
    let double = Double::start().await;
    let start = Start { args: &args, env: &[("RUST_LOG", "error"), ("VERBATIM_LISTEN", "127.0.0.1:0")], ..Start::default() };
    let bot = Bot::start_with(&double, start);
    assert!(double.connected().await, "{}", bot.log());

    let ended = Arc::new(AtomicBool::new(false));
    let changes = Arc::new(AtomicU64::new(0));
    let changing = tokio::spawn({
        let (ended, changes, pid, folder) = (ended.clone(), changes.clone(), bot.pid(), folder.path().join("note"));
        async move {
            while !ended.load(Ordering::Relaxed) {
                let n = changes.fetch_add(1, Ordering::Relaxed);
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(
                    folder.join("article.txt"),
                    format!("A note\n\nThe harbour was closed {n} times, Ann Roe said.\n"),
                )
                .unwrap();
                std::fs::write(folder.join("source.toml"), "title = \"A note\"\nlanguage = \"en\"\n").unwrap();
                let _hup = std::process::Command::new("kill").args(["-HUP", &pid.to_string()]).status();
                tokio::time::sleep(CHANGE).await;
            }
        }
    });

    let began = Instant::now();
    let (mut memory, mut open_files) = (Vec::new(), Vec::new());
    let (mut done, mut lost, mut faults, mut messages, mut posted) = (0, 0, 0, 0, 0);
    let mut objections = Vec::new();
    while done < wanted {
        if done % (BATCH * 50) == BATCH * 25 {
            double.push(if done % (BATCH * 100) < BATCH * 50 { Push::Reconnect } else { Push::Drop });
            tokio::time::sleep(Duration::from_millis(100)).await;
            assert!(double.connected().await);
        }
        for number in done..done + BATCH {
            if number.is_multiple_of(25) {
                double.order(Route::Callback, fault(number / 25));
                faults += 1;
            }
            messages += usize::from(matches!(number % 16, 9 | 10));
            deliver(&double, number);
        }
        let all = || (double.state.unfinished() == 0).then_some(());
        if double.state.wait_for(PATIENCE, all).await.is_none() {
            lost += double.state.unfinished();
        }
        done += BATCH;
        let requests = double.state.forget();
        posted += requests.iter().filter(|r| r.route == Route::Message && r.status < 300).count();
        objections.extend(requests.iter().flat_map(|r| r.violations.clone()));
        memory.push(bot.resident_kib());
        open_files.push(files(&bot) as u64);
        if done % (BATCH * 100) == 0 {
            println!("{done}: {} s, {} KiB, {} files, {lost} lost", began.elapsed().as_secs(), bot.resident_kib(), files(&bot));
        }
    }
    let last = || {
        let more = double.state.requests_where(|r| r.route == Route::Message && r.status < 300).len();
        (posted + more >= messages).then_some(posted + more)
    };
    let posted = double.state.wait_for(PATIENCE, last).await.unwrap_or(posted);
    ended.store(true, Ordering::Relaxed);
    changing.await.unwrap();

    let quarter = memory.len() / 4;
    let (second, fourth) = (mean(&memory[quarter..quarter * 2]), mean(&memory[quarter * 3..]));
    let (files_second, files_fourth) = (mean(&open_files[quarter..quarter * 2]), mean(&open_files[quarter * 3..]));
    let changed = changes.load(Ordering::Relaxed);
    println!(
        "{done} interactions and messages in {} s, {lost} lost, {posted} of {messages} messages answered, {changed} reloads, {faults} faults\n\
         memory: second quarter {second:.0} KiB, last quarter {fourth:.0} KiB, ratio {:.3}; files: {files_second:.1}, {files_fourth:.1}",
        began.elapsed().as_secs(),
        fourth / second
    );
    assert_eq!(lost, 0, "{}", bot.log());
    assert_eq!(posted, messages, "messages that got no answer");
    assert_eq!(objections, Vec::<String>::new());
    assert!(!bot.log().contains("panicked"), "{}", bot.log());
    assert!(fourth <= second * 1.05, "memory grows");
    assert!(files_fourth <= files_second + 3.0, "open files grow");
}
