//! What the memory costs: an answer with and without it, an acknowledged write, opening at 100,000 receipts: `cargo bench --bench memory`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use verbatim::document::Knowledge;
use verbatim::engine::{AskOptions, Snapshot};
use verbatim::receipt::{Receipt, RulesVersion, Settings as ReceiptSettings};
use verbatim::rules::Rules;
use verbatim::store::{
    EditionHash, Id, KeptEdition, KeptReceipt, KeptSpan, Refused, Retention, Scope, Settings, Showing, Store, Time,
};

const RECEIPTS: u64 = 100_000;
const ASKED: usize = 3_000;
const QUESTIONS: [&str; 4] =
    ["who is under house arrest?", "what did Tajani say?", "what did Putin say?", "did the Bank of Japan raise its rates?"];

fn main() {
    // `cargo test --benches` only wants to know that it starts.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    answers();
    acknowledged();
    large();
}

fn say(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    println!("{what:<58} median {:>10.1?}   p99 {:>10.1?}   most {:>10.1?}", at(50), at(99), at(100));
}

fn once<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let result = work();
    println!("{what:<58} {:>10.1?}", begun.elapsed());
    result
}

fn snapshot() -> Snapshot {
    let rules = Arc::new(Rules::embedded().unwrap());
    let knowledge = Knowledge::embedded(&rules).unwrap();
    Snapshot::new(rules, knowledge)
}

/// A question as the bot answers it; what it does for the memory is done with `store`, or not at all.
fn answer(snapshot: &Snapshot, store: Option<&Store>, number: usize) -> Duration {
    let text = QUESTIONS[number % QUESTIONS.len()];
    let begun = Instant::now();
    let settings = store.map(|store| store.settings(1, 10).unwrap()).unwrap_or_default();
    let answer = snapshot.ask(text, &AskOptions::default());
    let receipt = Receipt::of(&answer, &ReceiptSettings::default(), &snapshot.knowledge, RulesVersion::default());
    std::hint::black_box((&answer, &receipt, settings));
    if let Some(store) = store {
        let now = Time(number as i64);
        let kept = KeptReceipt::of(&receipt, &snapshot.knowledge, store.question(text), String::new(), now).unwrap();
        store.keep_receipt(receipt.id(), kept, showing(number as u64, Some(store.user(7))));
        if let Some(refused) = Refused::of(&answer) {
            store.note_gap(1, 10, 7, refused, text, now);
        }
    }
    begun.elapsed()
}

fn answers() {
    let snapshot = snapshot();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    // Pauses between questions, as there are in life, so that the writer works beside them and not only after them.
    let round = |store: Option<&Store>| {
        let ask = |number| {
            std::thread::sleep(Duration::from_micros(200));
            answer(&snapshot, store, number)
        };
        (0..ASKED).map(ask).collect::<Vec<_>>()
    };
    round(None);
    say("answer, without memory", round(None));
    let before = writes();
    let with_memory = round(Some(&store));
    let own = writes().zip(before).map(|(after, before)| after - before);
    say("answer, with memory (receipt and gap queued)", with_memory);
    say("answer, without memory, again", round(None));
    store.flush().unwrap();
    println!("writes dropped: {}", store.dropped());
    match own {
        Some(count) => println!("{:<58} {count}", "system calls to write by the thread that answers"),
        None => println!("this system does not count the system calls of a thread"),
    }
    assert!(own.is_none_or(|count| count == 0), "the answering path writes");
}

fn acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let set = |number: u32| {
        let begun = Instant::now();
        let settings = Settings { quote_budget: Some(number), ..Settings::default() };
        store.set_settings(Scope::Server(1), settings, 5, Time(i64::from(number))).unwrap();
        begun.elapsed()
    };
    say("settings written, flushed and acknowledged", (0..1_000).map(set).collect());
    let get = |_| {
        let begun = Instant::now();
        std::hint::black_box(store.settings(1, 10).unwrap());
        begun.elapsed()
    };
    say("settings read", (0..10_000).map(get).collect());
}

fn large() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    once("100,000 receipts and showings written", || {
        for number in 0..RECEIPTS {
            store.keep_receipt(&format!("{number:08X}"), receipt(number), showing(number, None));
            if number % 1_000 == 0 {
                store.flush().unwrap();
            }
        }
        store.flush().unwrap();
    });
    println!("on disk {} MB, dropped {}", store.size() >> 20, store.dropped());
    let killed = tempfile::tempdir().unwrap();
    copy(folder.path(), killed.path());
    once("closed", || drop(store));
    for _ in 0..3 {
        let store = once("opened after a clean end, every byte and record checked", || Store::open(folder.path()).unwrap());
        assert_eq!(store.damage(), None);
    }
    let after = once("opened after a kill, every record checked", || Store::open(killed.path()).unwrap());
    assert_eq!((after.damage(), after.info().unwrap().records["receipts"]), (None, RECEIPTS));
    drop(after);
    println!("resident {} MB", resident());
    let store = Store::open(folder.path()).unwrap();
    once("one user forgotten", || store.forget_user(7).unwrap());
    once("swept, nothing old", || store.sweep(Time(1_700_000_000), Retention::default()).unwrap());
    let compacted = once("compacted", || store.compact().unwrap());
    println!("{} MB to {} MB", compacted.before >> 20, compacted.after >> 20);
    once("exported", || store.export(&mut std::io::sink()).unwrap());
    drop(store);
    once("opened after compaction", || Store::open(folder.path()).unwrap());
}

fn receipt(number: u64) -> KeptReceipt {
    KeptReceipt {
        text: format!("{number:08X}.{}", "0123456789".repeat(9)),
        question: format!("{number:032x}"),
        rules: "0011223344556677".to_owned(),
        editions: vec![KeptEdition { source: "harbour-verdict".to_owned(), hash: EditionHash([9; 32]) }],
        spans: vec![KeptSpan { edition: 0, start: 1200, end: 1340 }, KeptSpan { edition: 0, start: 2200, end: 2390 }],
        first: Time(1_700_000_000),
        last: Time(1_700_000_000),
    }
}

fn showing(number: u64, asker: Option<verbatim::store::UserKey>) -> Showing {
    Showing { server: Id(1), channel: Id(10), message: Id(number), private: false, asker, at: Time(1_700_000_000) }
}

/// System calls to write that this thread has made, where the system tells.
fn writes() -> Option<u64> {
    let counts = std::fs::read_to_string("/proc/thread-self/io").ok()?;
    counts.lines().find_map(|line| line.strip_prefix("syscw: "))?.trim().parse().ok()
}

/// Resident memory of this process in MB, where the system tells.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or_default() >> 10
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { std::fs::copy(&path, &target).map(|_| ()).unwrap() }
    }
}
