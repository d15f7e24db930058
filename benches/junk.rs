//! Asks 200,000 questions of every bad kind and tells the slowest: `cargo bench --bench junk [-- NUMBER]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "../tests/junk_cases/mod.rs"]
mod junk_cases;

use std::sync::Arc;
use std::time::{Duration, Instant};

use junk_cases::Junk;
use verbatim::document::Knowledge;
use verbatim::engine::{AskOptions, Snapshot};
use verbatim::rules::Rules;

const QUESTIONS: usize = 200_000;

fn main() {
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(QUESTIONS);
    let rules = Arc::new(Rules::embedded().unwrap());
    let knowledge = Knowledge::embedded(&rules).unwrap();
    let snapshot = Snapshot::new(rules, knowledge);
    let mut junk = Junk::new(2);
    let (began, mut slowest, mut total, mut answered) = (Instant::now(), (Duration::ZERO, String::new()), Duration::ZERO, 0);
    for number in 0..count {
        let question = junk.question();
        let options = AskOptions { locale: Some(if number % 2 == 0 { "en" } else { "it" }.into()), ..AskOptions::default() };
        let before = cpu_time(began);
        let answer = snapshot.ask(&question, &options);
        let taken = cpu_time(began).saturating_sub(before);
        total += taken;
        answered += usize::from(!answer.quotations.is_empty());
        if taken > slowest.0 {
            slowest = (taken, question);
        }
    }
    let start = slowest.1.chars().take(60).collect::<String>();
    println!("{count} questions in {:.1} s, none panicked; {answered} answered", began.elapsed().as_secs_f64());
    println!("CPU time: mean {:?}, slowest {:?}", total / u32::try_from(count.max(1)).unwrap(), slowest.0);
    println!("slowest ({} characters): {start:?}", slowest.1.chars().count());
}

/// Time that this thread has spent on a processor; elsewhere than on Linux the time that has passed.
fn cpu_time(began: Instant) -> Duration {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = spent.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| began.elapsed(), Duration::from_nanos)
}
