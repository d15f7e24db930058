//! Time to analyse articles of growing length (1×, 4× and 16× show that it is linear), and the memory that a text of 10 MB takes.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::Instant;

use divan::Bencher;
use verbatim::analysis::analyse;
use verbatim::document::{Edition, Knowledge, Metadata};
use verbatim::rules::Rules;
use verbatim::span::EditionId;

const LARGE: usize = 10_000_000;

fn main() {
    divan::main();
    if !std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        large();
    }
}

/// The built-in article again and again, about `bytes` bytes of it.
fn repeated(bytes: usize, rules: &Rules) -> (String, Metadata) {
    let knowledge = Knowledge::embedded(rules).unwrap();
    let article = knowledge.editions.first().unwrap();
    (article.text().repeat(bytes.div_ceil(article.text().len())), article.metadata.clone())
}

/// An edition of about `words` words.
fn edition(words: usize, rules: &Rules) -> Edition {
    let (text, metadata) = repeated(words * 8, rules);
    let end = text.char_indices().filter(|(_, ch)| *ch == ' ').nth(words).map_or(text.len(), |(at, _)| at);
    of_text(text.get(..end).unwrap_or(&text).to_owned(), metadata, rules)
}

fn of_text(text: String, metadata: Metadata, rules: &Rules) -> Edition {
    let locale = &rules.language("en").unwrap().locale;
    Edition::of_text(EditionId(0), metadata, text, Some(locale))
}

#[divan::bench(args = [1_000, 4_000, 16_000])]
fn words(bencher: Bencher, words: usize) {
    let rules = Rules::embedded().unwrap();
    let edition = edition(words, &rules);
    bencher.counter(divan::counter::ItemsCount::new(words)).bench(|| analyse(&edition, &rules));
}

/// Analyses one text of 10 MB and tells how far the process grew meanwhile, where the system tells.
fn large() {
    let rules = Rules::embedded().unwrap();
    let (text, metadata) = repeated(LARGE, &rules);
    let edition = of_text(text, metadata, &rules);
    let before = memory("VmRSS:");
    let began = Instant::now();
    let analysis = analyse(&edition, &rules);
    let taken = began.elapsed().as_secs_f64();
    let grown = memory("VmHWM:").saturating_sub(before);
    let size = edition.text().len();
    println!("{:.1} MB, {} sentences: {taken:.1} s, {grown} MB more", size as f64 / 1e6, analysis.sentences.len());
}

/// A line of this process's status, in MB.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or_default() / 1_000
}
