//! A knowledge too large for memory: time to index it, to index it again after a change, to open it, and to answer from it, beside the
//! bare search engine on the same index: `cargo bench --bench large -- 1000000 [FOLDER]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod made;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, ReloadPolicy, Term};
use verbatim::answer::Outcome;
use verbatim::archive::{self, Archive, Step};
use verbatim::document::Knowledge;
use verbatim::engine::{AskOptions, Snapshot};
use verbatim::folder::Folder;
use verbatim::receipt::RulesVersion;
use verbatim::rules::Rules;

/// Questions that are timed, after a tenth as many that only warm up.
const QUESTIONS: usize = 2_000;

/// What the process that asks is told first.
const ASK: &str = "ask-only";

fn main() {
    let arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect::<Vec<_>>();
    if let [what, home, folder] = arguments.as_slice()
        && what == ASK
    {
        return ask(Path::new(home), Path::new(folder));
    }
    let sentences = arguments.first().and_then(|size| size.parse::<usize>().ok()).unwrap_or(100_000);
    let place = arguments.get(1).map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")), PathBuf::from);
    let folder = place.join(format!("made-{sentences}"));
    let home = place.join(format!("index-{sentences}"));
    if !folder.is_dir() {
        made::write_knowledge(&folder, sentences);
    }
    println!("{sentences} sentences");
    let rules = Rules::embedded().unwrap();
    build("built", &home, &folder, &rules, true);
    build("nothing changed", &home, &folder, &rules, false);
    change(&folder, sentences / 40 / 100);
    build("one source in a hundred changed", &home, &folder, &rules, false);
    if sentences <= COMPARED {
        compare(&home, &folder, Rules::embedded().unwrap());
    }
    // Another process answers: this one still holds what building took.
    let own = std::env::current_exe().unwrap();
    assert!(Command::new(own).arg(ASK).args([&home, &folder]).status().unwrap().success());
}

/// Sentences up to which the same knowledge is asked in memory, too.
const COMPARED: usize = 20_000;

/// How often an answer from disk has the outcome and the first quotation that the whole knowledge in memory gives.
fn compare(home: &Path, folder: &Path, rules: Rules) {
    let version = RulesVersion::of(&rules).unwrap();
    let rules = Arc::new(rules);
    let archive = Archive::open(home, folder, version, Vec::new()).unwrap().unwrap();
    let disk = Arc::new(Snapshot::of_archive(rules.clone(), archive));
    let knowledge = Knowledge::load(&Folder::Disk(folder.to_owned()), &rules).unwrap();
    let memory = Snapshot::new(rules, knowledge);
    let same = (0..QUESTIONS).filter(|number| {
        let (question, options) = (made::question(number * 13), AskOptions::default());
        let tell = |snapshot: &Snapshot| {
            let answer = snapshot.ask(&question, &options);
            let first = answer.quotations.first().map(|quotation| quotation.text().to_owned());
            (matches!(answer.outcome, Outcome::Answered), first)
        };
        tell(&disk.for_question(&question, &options).unwrap()) == tell(&memory)
    });
    println!("{:<44} {} of {QUESTIONS}", "answered as from memory", same.count());
}

fn build(what: &str, home: &Path, folder: &Path, rules: &Rules, anew: bool) {
    let began = Instant::now();
    let mut closing = None;
    let version = RulesVersion::of(rules).unwrap();
    let built = archive::build(home, folder, rules, version, anew, |step| {
        if step == Step::Closing {
            closing = Some(began.elapsed());
        }
    });
    let built = built.unwrap();
    let closing = closing.unwrap_or_default();
    println!(
        "{what:<44} {:>7.1} s, of which closing {:.1} s; {} sources read, {} kept, {:.0} MB",
        began.elapsed().as_secs_f64(),
        (began.elapsed() - closing).as_secs_f64(),
        built.read,
        built.kept,
        built.bytes as f64 / 1e6
    );
}

/// Adds a sentence to, or takes it from, every hundredth source.
fn change(folder: &Path, count: usize) {
    for number in 0..count {
        let file = folder.join(format!("made-{:05}/article.txt", number * 100));
        let text = std::fs::read_to_string(&file).unwrap();
        let line = "\n\nThe archive was opened again.\n";
        let changed = text.strip_suffix(line).map_or_else(|| format!("{text}{line}"), String::from);
        std::fs::write(&file, changed).unwrap();
    }
}

fn ask(home: &Path, folder: &Path) {
    let rules = Rules::embedded().unwrap();
    let version = RulesVersion::of(&rules).unwrap();
    let open = || Archive::open(home, folder, version, Vec::new()).unwrap().unwrap();
    let opening = |_| {
        let began = Instant::now();
        drop(std::hint::black_box(open()));
        began.elapsed()
    };
    tell("opening", (0..50).map(opening).collect());
    let snapshot = Arc::new(Snapshot::of_archive(Arc::new(rules), open()));
    let one = |number: usize| {
        let question = made::question(number * 13);
        let options = AskOptions::default();
        let began = (Instant::now(), processor_time());
        std::hint::black_box(snapshot.for_question(&question, &options).unwrap().ask(&question, &options));
        (began.0.elapsed(), processor_time() - began.1)
    };
    (0..QUESTIONS / 10).map(one).for_each(drop);
    let (times, spent) = (0..QUESTIONS).map(one).unzip();
    tell("a question", times);
    tell("the same, processor time", spent);
    println!("{:<44} {:.1} MB", "anonymous memory after that", anonymous_memory());
    bare(home);
}

/// The words of the same questions, as one query over the same index.
fn bare(home: &Path) {
    let current = std::fs::read_to_string(home.join("current")).unwrap();
    let index = Index::open_in_dir(home.join(current.trim()).join("words")).unwrap();
    let field = index.schema().get_field("stems").unwrap();
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().unwrap();
    let searcher: tantivy::Searcher = reader.searcher();
    let stemmer = frostem::Stemmer::try_from_name("english").unwrap();
    let one = |number: usize| {
        let question = made::question(number * 13).to_lowercase();
        let began = Instant::now();
        let words = question.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty());
        let term = |word| -> (Occur, Box<dyn Query>) {
            let term = Term::from_field_text(field, &stemmer.stem(word));
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
        };
        let query = BooleanQuery::new(words.map(term).collect());
        std::hint::black_box(searcher.search(&query, &TopDocs::with_limit(20).order_by_score()).unwrap());
        began.elapsed()
    };
    (0..QUESTIONS / 10).map(one).for_each(drop);
    tell("bare search engine, the same index", (0..QUESTIONS).map(one).collect());
}

/// What this thread has computed so far; on a busy machine that tells more than the clock.
fn processor_time() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(told.split(' ').next().and_then(|spent| spent.parse().ok()).unwrap_or_default())
}

fn anonymous_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    println!("{what:<44} median {:>9.1?}  p99 {:>9.1?}  slowest {:>9.1?}", at(50), at(99), at(100));
}
