//! How long a briefing and a picture take: `cargo test --release --test pages measure -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use verbatim::engine::AskOptions;
use verbatim::render::picture::{self, Shape, Theme};
use verbatim::render::words::Words;

use crate::made;

/// Median of so many runs.
const RUNS: usize = 30;

fn median(mut work: impl FnMut()) -> (Duration, Duration) {
    let mut took = (0..RUNS)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .collect::<Vec<_>>();
    let first = took[0];
    took.sort();
    (first, took[RUNS / 2])
}

#[test]
#[ignore = "measures, and asserts only that something came of it"]
fn measure() {
    let snapshot = made::snapshot(None);
    let words = Words::of(&snapshot.rules, "en");
    let mut passages = 0;
    let briefing = median(|| passages = snapshot.brief(300, &AskOptions::default()).entries().count());
    let page = made::answer(&snapshot, "what did Tajani say?");
    let mut pixels = 0;
    let card = median(|| {
        let drawn = picture::card(&page, Theme::Light, Shape::Card, words).unwrap();
        pixels = picture::png(&drawn).unwrap().len();
    });
    assert!(passages > 5 && pixels > 1_000);
    println!("a briefing of 300 words: first {:?}, median {:?}", briefing.0, briefing.1);
    println!("a card as PNG, {pixels} bytes: first {:?}, median {:?}", card.0, card.1);
}
