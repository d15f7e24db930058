//! Time to load, analyse and index knowledge of three sizes, and to answer from it: `cargo bench --bench answering`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod alone;
mod made;

use std::sync::Arc;
use std::time::{Duration, Instant};

use divan::{Bencher, black_box};
use verbatim::document::Knowledge;
use verbatim::engine::{AskOptions, Snapshot};
use verbatim::folder::Folder;
use verbatim::rules::Rules;

/// Sizes in sentences; 0 is the built-in article.
const SIZES: [usize; 3] = [0, 1_000, 20_000];

const QUESTIONS: [&str; 8] = [
    "who is under house arrest?",
    "what did Tajani say?",
    "how much data did Calamucci claim to have?",
    "who leads the investigation?",
    "is Gallo guilty?",
    "what is Carmine Gallo accused of?",
    "chi conduce l’inchiesta?",
    "did the Bank of Japan raise its rates?",
];

fn main() {
    divan::main();
    if !std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        SIZES.into_iter().for_each(percentiles);
        alone::measure(SIZES[2]);
    }
}

/// How long each of 1,000 different questions takes, once warm.
fn percentiles(size: usize) {
    let snapshot = load(folder(size).as_ref());
    let ask = |number| {
        let question = question(size, number);
        let began = Instant::now();
        black_box(snapshot.ask(&question, &AskOptions::default()));
        began.elapsed()
    };
    (0..200).map(ask).for_each(drop);
    tell(&format!("a question, {size} sentences"), (0..1_000).map(ask).collect());
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    println!("{what:<44} median {:>9.1?}  p99 {:>9.1?}  slowest {:>9.1?}", at(50), at(99), at(100));
}

/// A folder of that size; the built-in one has none.
fn folder(size: usize) -> Option<tempfile::TempDir> {
    let folder = (size > 0).then(|| tempfile::tempdir().unwrap())?;
    made::write_knowledge(folder.path(), size);
    Some(folder)
}

fn load(folder: Option<&tempfile::TempDir>) -> Snapshot {
    let rules = Arc::new(Rules::embedded().unwrap());
    let knowledge = match folder {
        Some(folder) => Knowledge::load(&Folder::Disk(folder.path().to_owned()), &rules).unwrap(),
        None => Knowledge::embedded(&rules).unwrap(),
    };
    Snapshot::new(rules, knowledge)
}

fn question(size: usize, number: usize) -> String {
    if size == 0 { QUESTIONS[number % QUESTIONS.len()].to_owned() } else { made::question(number * 13) }
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn load_analyse_index(bencher: Bencher, size: usize) {
    let folder = folder(size);
    bencher.bench(|| load(folder.as_ref()));
}

#[divan::bench(args = SIZES, sample_count = 200, sample_size = 1)]
fn one_question(bencher: Bencher, size: usize) {
    let snapshot = load(folder(size).as_ref());
    let mut number = 0;
    bencher
        .with_inputs(|| {
            number += 1;
            question(size, number)
        })
        .bench_local_values(|question| black_box(snapshot.ask(&question, &AskOptions::default())));
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn thousand_questions(bencher: Bencher, size: usize) {
    let snapshot = load(folder(size).as_ref());
    let questions = (0..1_000).map(|number| question(size, number)).collect::<Vec<_>>();
    bencher.bench_local(|| {
        for question in &questions {
            black_box(snapshot.ask(question, &AskOptions::default()));
        }
    });
}

#[divan::bench(args = SIZES, sample_count = 100, sample_size = 1)]
fn one_briefing(bencher: Bencher, size: usize) {
    let snapshot = load(folder(size).as_ref());
    bencher.bench(|| snapshot.brief(300, &AskOptions::default()));
}
