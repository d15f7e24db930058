//! Time to analyse articles of growing length; lengths 1×, 4× and 16× show that it is linear.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use divan::Bencher;
use verbatim::analysis::analyse;
use verbatim::document::{Edition, Knowledge, Metadata};
use verbatim::rules::Rules;
use verbatim::span::EditionId;

fn main() {
    divan::main();
}

/// An edition of about `words` words: the built-in article again and again.
fn edition(words: usize, rules: &Rules) -> Edition {
    let knowledge = Knowledge::embedded(rules).unwrap();
    let article = knowledge.editions.first().unwrap();
    let once = article.text().split_whitespace().count();
    let text = article.text().repeat(words.div_ceil(once));
    let mut end = 0;
    let mut seen = 0;
    for (at, _) in text.char_indices().filter(|(_, ch)| *ch == ' ') {
        seen += 1;
        end = at;
        if seen == words {
            break;
        }
    }
    let metadata: Metadata = article.metadata.clone();
    let locale = &rules.language("en").unwrap().locale;
    Edition::of_text(EditionId(0), metadata, text.get(..end).unwrap_or(&text).to_owned(), Some(locale))
}

#[divan::bench(args = [1_000, 4_000, 16_000])]
fn words(bencher: Bencher, words: usize) {
    let rules = Rules::embedded().unwrap();
    let edition = edition(words, &rules);
    bencher.counter(divan::counter::ItemsCount::new(words)).bench(|| analyse(&edition, &rules));
}
