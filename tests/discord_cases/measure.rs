//! Measurements, for a release build:
//! `cargo build --release && VERBATIM_BIN=target/release/verbatim cargo test --test discord -- --ignored --nocapture --test-threads 1 measure`

use std::time::{Duration, Instant};

use super::hostile;
use crate::discord_double::bot::Bot;
use crate::discord_double::payloads::Place;
use crate::discord_double::{CHANNEL, Double};

const QUESTIONS: [&str; 5] = [
    "who is under house arrest?",
    "what did Tajani say?",
    "is Gallo guilty?",
    "who called it intolerable?",
    "chi è agli arresti domiciliari?",
];

/// Asks this many at once; gives the sorted times from delivery to callback.
async fn at_once(double: &Double, count: u64) -> Vec<Duration> {
    let tokens: Vec<String> = (0..count)
        .map(|n| {
            let place = Place::server(500 + n).channel(CHANNEL + 500 + n);
            double.ask(&place, QUESTIONS[usize::try_from(n).unwrap() % QUESTIONS.len()])
        })
        .collect();
    let mut times = Vec::new();
    for token in &tokens {
        double.callback(token).await;
        let interaction = double.state.interaction(token).unwrap();
        times.push(interaction.acknowledged.unwrap().duration_since(interaction.sent));
    }
    times.sort();
    times
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_questions_at_once_are_all_acknowledged() {
    let double = Double::start().await;
    let _bot = Bot::start(&double);
    assert!(double.connected().await);
    let times = at_once(&double, 100).await;
    assert_eq!(times.len(), 100);
    assert!(times[99] < Duration::from_secs(3), "{times:?}");
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn measure_start_memory_idle_and_latency() {
    let mut starts = Vec::new();
    for _ in 0..10 {
        let double = Double::start().await;
        let started = Instant::now();
        let _bot = Bot::start(&double);
        assert!(double.connected().await);
        starts.push(started.elapsed().as_millis());
    }
    starts.sort_unstable();
    println!("start to READY: median {} ms, longest {} ms", starts[5], starts[9]);
    let double = Double::start().await;
    let bot = Bot::start(&double);
    assert!(double.connected().await);
    tokio::time::sleep(Duration::from_secs(2)).await;
    println!("resident, idle: {} KiB", bot.resident_kib());
    let before = bot.cpu_ticks();
    tokio::time::sleep(Duration::from_secs(10)).await;
    println!("processor time of 10 s idle: {} ms", (bot.cpu_ticks() - before) * 10);
    let mut best = Duration::MAX;
    for round in 0..5 {
        tokio::time::sleep(Duration::from_secs(12)).await;
        let one = at_once(&double, 1).await[0];
        let before = bot.cpu_ticks();
        let times = at_once(&double, 100).await;
        let used = (bot.cpu_ticks() - before) * 10;
        println!(
            "round {round}: one alone {one:?}; 100 at once: p50 {:?}, p99 {:?}, longest {:?}, processor time {used} ms",
            times[49], times[98], times[99]
        );
        best = best.min(times[98]);
    }
    assert!(best <= Duration::from_millis(150), "{best:?}");
    println!("resident, after 300 questions: {} KiB", bot.resident_kib());
    assert!(starts[9] <= 300 && bot.resident_kib() <= 40 * 1024);
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn measure_ten_thousand_hostile_questions() {
    let started = Instant::now();
    hostile::ask(10_000).await;
    println!("10,000 hostile questions: {:?}", started.elapsed());
}
