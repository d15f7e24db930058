//! What each fuzz target does with its bytes, and what must hold; shared by the fuzzer and by `cargo test --test fuzz`. Knows no engine.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use verbatim::analysis::{analyse, inspect};
use verbatim::answer::Outcome;
use verbatim::document::Knowledge;
use verbatim::engine::{AskOptions, Snapshot};
use verbatim::folder::Folder;
use verbatim::question::check_examples;
use verbatim::receipt::{Receipt, RulesVersion, Settings};
use verbatim::render::discord_card::{Card, Remarks};
use verbatim::render::frame::Frame;
use verbatim::render::json::AnswerLine;
use verbatim::render::text::Layout;
use verbatim::render::{discord_markdown, markdown, text};
use verbatim::rules::{Rules, check};

/// Every target by its name.
pub const TARGETS: &[(&str, fn(&[u8]))] =
    &[("article", article), ("rules", rules), ("question", question), ("receipt", receipt), ("markdown", markdown_escaping)];

/// Longer input is cut: what takes long is another matter than what goes wrong.
pub const LONGEST: usize = 4096;

/// Parts the fields of an input.
const PART: u8 = 0x1e;

fn snapshot() -> &'static Snapshot {
    static SNAPSHOT: OnceLock<Snapshot> = OnceLock::new();
    SNAPSHOT.get_or_init(|| {
        let rules = Arc::new(Rules::embedded().unwrap());
        let knowledge = Knowledge::embedded(&rules).unwrap();
        Snapshot::new(rules, knowledge)
    })
}

/// A folder of this process for one target, empty.
fn folder(name: &str) -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let base = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let folder = base.join(format!("verbatim-fuzz-{name}-{}", std::process::id()));
    let _none = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn parts(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|&byte| byte == PART) {
        Some(at) => (&data[..at], &data[at + 1..]),
        None => (b"", data),
    }
}

/// `source.toml`, a part mark, `article.txt`: refused with a reason, or read byte for byte with blocks that hold all that is visible.
pub fn article(data: &[u8]) {
    let (metadata, bytes) = parts(data);
    let known = &snapshot().rules;
    let folder = folder("article");
    let source = folder.join("a-source");
    fs::create_dir_all(&source).unwrap();
    let metadata = if metadata.is_empty() { b"title = \"A title\"\nlanguage = \"en\"\n".as_slice() } else { metadata };
    fs::write(source.join("source.toml"), metadata).unwrap();
    fs::write(source.join("article.txt"), bytes).unwrap();
    match Knowledge::load(&Folder::Disk(folder.clone()), known) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(knowledge) => {
            for edition in &knowledge.editions {
                assert_eq!(edition.text().as_bytes(), bytes, "bytes were changed");
                let mut covered = vec![false; bytes.len()];
                let mut last = 0;
                for block in &edition.blocks {
                    assert!(block.span.start >= last && block.span.end > block.span.start, "blocks overlap or are empty");
                    last = block.span.end;
                    assert!(!edition.slice(block.span).is_empty(), "a block cuts a character");
                    covered[block.span.range()].fill(true);
                }
                for (at, c) in edition.text().char_indices() {
                    // A byte order mark and spaces without width show nothing; the rule of layout passes over them.
                    let visible = !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}');
                    assert!(!visible || covered[at], "{c:?} at {at} is in no block");
                }
                let analysis = analyse(edition, known);
                let spans = analysis.sentences.iter().map(|s| s.span).chain(analysis.mentions.iter().map(|m| m.span));
                for span in spans.chain(analysis.statements.iter().flat_map(|s| s.content.iter().copied())) {
                    assert!(!edition.slice(span).is_empty(), "{span:?} points to nothing");
                }
                assert!(serde_json::to_string(&inspect(edition, &analysis)).is_ok());
            }
        }
    }
    let _gone = fs::remove_dir_all(&folder);
}

/// Which file, a part mark, its text: loaded, or refused by faults that have a place in it.
pub fn rules(data: &[u8]) {
    const FILES: [&str; 7] = [
        "intents.toml",
        "xx/locale.toml",
        "xx/lexicon/a.toml",
        "xx/wording.toml",
        "xx/statement.toml",
        "xx/shared.toml",
        "xx/discord.toml",
    ];
    let (which, text) = parts(data);
    let file = FILES[usize::from(which.first().copied().unwrap_or(b'4').saturating_sub(b'0')) % FILES.len()];
    let folder = folder("rules");
    fs::create_dir_all(folder.join("xx/lexicon")).unwrap();
    fs::write(
        folder.join("intents.toml"),
        "[[intent]]\nid = \"statement\"\nslots = { person = \"name\", topic = \"words\" }\n",
    )
    .unwrap();
    fs::write(folder.join("xx/locale.toml"), "tag = \"xx\"\nname = \"X\"\nstop_words = [\"the\"]\n").unwrap();
    fs::write(folder.join(file), text).unwrap();
    let placed = |fault: &verbatim::rules::Fault| assert!(!fault.message.is_empty() && !fault.path.is_empty(), "{fault}");
    match Rules::load(Folder::Disk(folder.clone())) {
        Err(faults) => faults.iter().for_each(placed),
        Ok(rules) => {
            rules.faults().iter().for_each(placed);
            check(&rules, None).iter().for_each(placed);
            for locale in rules.locales() {
                check_examples(&rules, &locale.tag).iter().for_each(placed);
            }
            let _phrases = verbatim::discord::Phrases::load(&rules);
        }
    }
    let _gone = fs::remove_dir_all(&folder);
}

/// Options, a part mark, a question: whatever is asked, what is shown is the source's own words, on every surface.
pub fn question(data: &[u8]) {
    let (options, text) = parts(data);
    let asked = String::from_utf8_lossy(text);
    let bits = options.first().copied().unwrap_or_default();
    let snapshot = snapshot();
    let flag = |bit: u8| bits & 1 << bit != 0;
    let options = AskOptions {
        locale: Some(if flag(0) { "it" } else { "en" }.to_owned()),
        newsroom: flag(1),
        as_of: flag(2).then(|| jiff::civil::date(2024, 11, 10)),
        today: flag(3).then(|| jiff::civil::date(2026, 1, 1)),
        previous: flag(4).then(|| "what did Tajani say?".to_owned()),
        limit: flag(5).then_some(usize::from(bits)),
        explain: flag(6),
        ..AskOptions::default()
    };
    let answer = snapshot.ask(&asked, &options);
    let shown = answer.quotations.iter().chain(&answer.nearest).chain(answer.related.iter().map(|related| &related.quotation));
    for quotation in shown {
        assert_eq!(quotation.text(), snapshot.knowledge.slice(quotation.span()));
        assert!(!quotation.text().is_empty());
    }
    assert_eq!(answer.outcome == Outcome::Answered, !answer.quotations.is_empty());
    assert!((0.0..=1.0).contains(&answer.confidence));
    let settings = Settings { as_of: options.as_of, newsroom: options.newsroom, ..Settings::default() };
    let made = Receipt::of(&answer, &settings, &snapshot.knowledge, RulesVersion::default());
    assert!(made.check(&snapshot.knowledge).is_ok(), "its own receipt does not hold");
    assert!(Receipt::parse(&made.to_string()).is_ok_and(|read| read == made), "its own receipt is not read back");
    let frame = Frame::of(&answer, snapshot, &options, &made);
    let _text = text::answer(&frame, Layout { width: usize::from(bits).max(20), colour: flag(7) });
    let _markdown = markdown::answer(&frame);
    assert!(serde_json::to_string(&AnswerLine::of(&asked, &answer, &snapshot.knowledge, &made)).is_ok());
    let card = Card::of(&frame);
    let mut from = 0;
    let more = |n: usize| format!("{n} more");
    while from < card.passages() {
        let page = card.lay_out(from, Remarks { more: &more, in_file: "in the file", over_budget: "too long for here" });
        assert!(page.shown > 0, "a page holds nothing");
        from += page.shown;
    }
    for quotation in &snapshot.claim(&asked, &options).quotations {
        assert_eq!(quotation.text(), snapshot.knowledge.slice(quotation.span()));
    }
}

/// The text of a receipt: refused, or read, and then it has no other text and names only places that are there.
pub fn receipt(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(read) = Receipt::parse(&text) else { return };
    let written = read.to_string();
    assert!(Receipt::parse(&written).is_ok_and(|again| again == read));
    let knowledge = &snapshot().knowledge;
    for span in read.check(knowledge).unwrap_or_default() {
        assert!(!knowledge.slice(span).is_empty());
    }
    let _day = read.as_of();
}

/// Any text: what Discord and Markdown are given is that text with backslashes before marks, and can ping nobody.
pub fn markdown_escaping(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let escaped = discord_markdown::escape(&text);
    assert_eq!(unescaped(&escaped), text);
    let mut before = None;
    for c in escaped.chars() {
        assert!(!matches!(c, '@' | '<' | '*' | '`' | '|' | '~' | '_' | '[') || before == Some('\\'), "{c} is not escaped");
        before = if before == Some('\\') && c == '\\' { None } else { Some(c) };
    }
    let quoted = discord_markdown::block_quote(&text);
    let lines = quoted.split('\n').map(|line| unescaped(line.strip_prefix("> ").expect("a mark before each line")));
    assert_eq!(lines.collect::<Vec<_>>().join("\n"), text);
    let _document = markdown::escape(&text);
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(if c == '\\' { chars.next().expect("something behind each backslash") } else { c });
    }
    out
}
