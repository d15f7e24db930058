//! What others take for the same sentences: the search engine alone, and `grep`. Neither knows who speaks or refuses anything.

use std::process::Command;
use std::time::Instant;

use divan::black_box;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Schema, TEXT};
use tantivy::{Index, ReloadPolicy, TantivyDocument, Term};

use super::{made, tell};

/// Indexes made articles of that many sentences with the search engine's defaults, asks it, and looks for the same words with `grep`.
pub fn measure(sentences: usize) {
    let folder = tempfile::tempdir().unwrap();
    made::write_knowledge(folder.path(), sentences);
    let mut schema = Schema::builder();
    let body = schema.add_text_field("body", TEXT);
    let index = Index::create_in_ram(schema.build());
    let began = Instant::now();
    let mut writer = index.writer(50_000_000).unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path().join("article.txt")).unwrap();
        for sentence in text.split_inclusive(['.', '\n']) {
            let mut document = TantivyDocument::new();
            document.add_text(body, sentence);
            writer.add_document(document).unwrap();
        }
    }
    writer.commit().unwrap();
    println!("{:<44} {:.2} s", "search engine alone: index", began.elapsed().as_secs_f64());
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().unwrap();
    let searcher = reader.searcher();
    let ask = |number: usize| {
        let question = made::question(number * 13).to_lowercase();
        let began = Instant::now();
        let words = question.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty());
        let term = |word| -> (Occur, Box<dyn Query>) {
            (Occur::Should, Box::new(TermQuery::new(Term::from_field_text(body, word), IndexRecordOption::WithFreqs)))
        };
        let query = BooleanQuery::new(words.map(term).collect());
        black_box(searcher.search(&query, &TopDocs::with_limit(20).order_by_score()).unwrap());
        began.elapsed()
    };
    (0..200).map(ask).for_each(drop);
    tell("search engine alone: a question", (0..1_000).map(ask).collect());
    let grep = |_| {
        let began = Instant::now();
        let found = Command::new("grep").args(["-rhi", "--include=article.txt", "house arrest"]).arg(folder.path()).output();
        black_box(found.map(|found| found.stdout.len()).unwrap_or_default());
        began.elapsed()
    };
    tell("grep -rhi \"house arrest\"", (0..20).map(grep).collect());
}
