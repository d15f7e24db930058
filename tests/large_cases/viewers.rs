//! Who may not know of a source can't tell it from one that is not there.

use std::sync::Arc;

use verbatim::archive::Stop;
use verbatim::engine::{AskOptions, Snapshot};

use super::made::Made;
use super::parity::told;

const FOLDER: &str = "tests/knowledge/editions";

/// Questions whose words stand in every source, in one that is hidden, or in none.
const QUESTIONS: [&str; 6] = [
    "what did the inquiry find?",
    "when did the ferry burn?",
    "what is the latest?",
    "what did Harcourt say?",
    "how many people were injured?",
    "did the Bank of Japan raise its rates?",
];

fn options(newsroom: bool, today: &str) -> AskOptions {
    AskOptions { newsroom, today: today.parse().ok(), ..AskOptions::default() }
}

/// Every question, answered from disk and from memory.
fn both(disk: &Arc<Snapshot>, memory: &Snapshot, options: &AskOptions) -> Vec<(String, String)> {
    let readable = memory.knowledge.view(&options.viewer()).editions.len();
    let answers = QUESTIONS.iter().map(|question| {
        let part = disk.for_question(question, options).unwrap();
        assert_eq!(part.searched(&part.knowledge.view(&options.viewer()), options), readable);
        (told(&part.ask(question, options), &part), told(&memory.ask(question, options), memory))
    });
    answers.collect()
}

#[test]
fn embargoes_newsrooms_dates_and_stops_hold_on_disk_as_in_memory() {
    let made = Made::of(FOLDER);
    made.build().unwrap();
    let all = verbatim::document::Knowledge::load(&verbatim::folder::Folder::Disk(made.folder()), &made.rules).unwrap();
    let ids = all.sources.iter().map(|source| source.id.clone()).collect::<Vec<_>>();
    assert!(ids.len() >= 4, "{ids:?}");
    let stop = |source: &String| Stop { source: source.clone(), words: None };
    let words = Stop {
        source: ids[1].clone(),
        words: Some(
            all.editions
                .iter()
                .find(|edition| edition.source == 1)
                .unwrap()
                .text()
                .lines()
                .rfind(|line| line.len() > 40)
                .unwrap()
                .to_owned(),
        ),
    };
    for stops in [vec![], vec![stop(&ids[0])], vec![stop(&ids[1])], vec![words], ids.iter().map(stop).collect()] {
        let (disk, memory) = (made.on_disk(&stops), made.in_memory(&stops));
        for newsroom in [false, true] {
            for today in ["2025-12-01", "2100-01-01"] {
                let base = options(newsroom, today);
                let mut asked = vec![base.clone(), AskOptions { without: vec![ids[2].clone()], ..base.clone() }];
                asked.push(AskOptions { only: Some(vec![ids[0].clone(), ids[3].clone()]), ..base.clone() });
                asked.push(AskOptions { as_of: "2025-07-08".parse().ok(), ..base.clone() });
                asked.push(AskOptions { as_of: all.editions[0].valid_from().map(|moment| moment.date()), ..base.clone() });
                asked.extend(ids.iter().map(|id| AskOptions { source: Some(id.clone()), ..base.clone() }));
                for options in asked {
                    for (question, (disk, memory)) in QUESTIONS.iter().zip(both(&disk, &memory, &options)) {
                        assert_eq!(disk, memory, "{question} {options:?} {stops:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_source_for_newsrooms_leaves_no_trace_in_what_a_reader_is_told() {
    let with = Made::of(FOLDER);
    with.build().unwrap();
    let name = "Zebulon Quillfeather";
    for (file, text) in [
        (
            "source.toml",
            "title = \"A note\"\nlanguage = \"en\"\nvisibility = \"newsroom\"\npublished = \"2024-06-01\"\n".to_owned(),
        ),
        ("article.txt", format!("A note\n\n{name}, the mayor, said that the ferry was sold.\n")),
    ] {
        let home = with.folder().join("hidden-note");
        std::fs::create_dir_all(&home).unwrap();
        std::fs::write(home.join(file), text).unwrap();
    }
    with.build().unwrap();
    let disk = with.on_disk(&[]);
    let (reader, editor) = (options(false, "2024-12-01"), options(true, "2024-12-01"));
    for asked in ["what did Zebulon Quillfeather say?", "what did Quillfeather say?", "what did Zebulon Quilfeather say?"] {
        let stranger =
            asked.replace("Zebulon", "Ferdinand").replace("Quillfeather", "Xylander").replace("Quilfeather", "Xylander");
        let ask = |question: &str, options: &AskOptions| {
            let part = disk.for_question(question, options).unwrap();
            let answer = part.ask(question, options);
            (format!("{:?}", answer.outcome), told(&answer, &part))
        };
        let (hidden, text) = ask(asked, &reader);
        assert_eq!(hidden, ask(&stranger, &reader).0, "{asked}");
        assert!(!text.contains("the mayor") && !text.contains("hidden-note"), "{text}");
        let (open, text) = ask(asked, &editor);
        assert!(open == "Answered" && text.contains("ferry was sold"), "{asked}: {open} {text}");
    }
}
