//! Receipts and answers are checked offline; whatever is altered is found.

use std::fs;

use crate::program::{run, run_in};

const QUESTION: &str = "what did Calamucci say about the Church?";

fn written(format: &str) -> String {
    run(&["ask", "--format", format, QUESTION]).out
}

fn verified(content: &str, name: &str) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    let run = run(&["verify", path.to_str().unwrap()]);
    (run.status, run.out + &run.err)
}

#[test]
fn an_answer_holds_and_each_altered_field_is_found() {
    let answer = written("json");
    let (status, report) = verified(&answer, "answer.json");
    assert_eq!(status, 0, "{report}");
    assert!(report.contains("word for word") && report.contains("assisting the Church"), "{report}");
    for (from, to) in [
        ("Calamucci reportedly boasted", "Calamucci boasted"),
        ("he referenced", "he mentioned"),
        ("\"speaker\":\"Nunzio Samuele Calamucci\"", "\"speaker\":\"Carmine Gallo\""),
        ("2024-11-03T10:40:00", "2024-11-04T10:40:00"),
        ("Nov 19, 2024 1:50 PM", "Nov 20, 2024 1:50 PM"),
        ("\"standing\":\"attributed\"", "\"standing\":\"stated\""),
        ("\"byline\":\"Newsroom\"", "\"byline\":\"Somebody\""),
        ("d34a3af8", "d34a3af9"),
        ("High-profile data breach", "Low-profile data breach"),
    ] {
        assert!(answer.contains(from), "{from} is not in {answer}");
        let (status, report) = verified(&answer.replace(from, to), "answer.json");
        assert_eq!(status, 1, "{from} → {to}: {report}");
    }
}

#[test]
fn another_passage_of_the_same_edition_is_not_the_receipts() {
    let mut answer: serde_json::Value = serde_json::from_str(&written("json")).unwrap();
    let other: serde_json::Value =
        serde_json::from_str(&run(&["ask", "--format", "json", "what did Tajani say?"]).out).unwrap();
    answer["quotations"][0]["start"] = other["quotations"][0]["start"].clone();
    answer["quotations"][0]["end"] = other["quotations"][0]["end"].clone();
    answer["quotations"][0]["text"] = other["quotations"][0]["text"].clone();
    let (status, report) = verified(&answer.to_string(), "answer.json");
    assert_eq!(status, 1, "{report}");
    assert!(report.contains("not the passages of its receipt"), "{report}");
}

#[test]
fn a_receipt_alone_is_enough_where_the_editions_are() {
    let answer: serde_json::Value = serde_json::from_str(&written("json")).unwrap();
    let receipt = answer["receipt"].as_str().unwrap();
    assert_eq!(run(&["verify", receipt]).status, 0);
    assert_eq!(run(&["verify", &receipt.to_lowercase()]).status, 0);
    let altered = format!("{}{}", receipt, "0");
    assert_ne!(run(&["verify", &altered]).status, 0);
    // The same text of another case is not there.
    let elsewhere = run(&["--knowledge", "tests/knowledge/court", "verify", receipt]);
    assert_eq!(elsewhere.status, 1);
    assert!(elsewhere.out.contains("is not in this knowledge"), "{}", elsewhere.out);
    let id = receipt.split('.').next().unwrap();
    let alone = run(&["verify", id]);
    assert!(alone.status == 2 && alone.err.contains("give all of it"), "{}", alone.err);
}

#[test]
fn a_document_with_a_receipt_must_hold_its_words() {
    let document = format!("# A note\n\n{}\nMore text.\n", written("markdown"));
    let (status, report) = verified(&document, "note.md");
    assert_eq!(status, 0, "{report}");
    let (status, report) = verified(&document.replace("reportedly boasted", "boasted"), "note.md");
    assert_eq!(status, 1, "{report}");
    let (status, report) = verified("# A note without any\n", "note.md");
    assert_eq!(status, 2, "{report}");
}

#[test]
fn a_changed_article_no_longer_fits_an_old_receipt() {
    let receipt = serde_json::from_str::<serde_json::Value>(&written("json")).unwrap()["receipt"].as_str().unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("knowledge/equalize-scandal");
    fs::create_dir_all(&home).unwrap();
    let article = fs::read_to_string("knowledge/equalize-scandal/article.txt").unwrap();
    fs::write(home.join("article.txt"), article.replace("recording", "letter")).unwrap();
    fs::copy("knowledge/equalize-scandal/source.toml", home.join("source.toml")).unwrap();
    assert_eq!(run_in(folder.path(), &["verify", &receipt]).status, 1);
}

#[test]
fn a_briefing_is_verified_as_an_answer_is() {
    let folder = tempfile::tempdir().unwrap();
    for (format, name) in [("json", "brief.json"), ("markdown", "brief.md")] {
        let brief = run(&["brief", "--words", "150", "--format", format]);
        assert_eq!(brief.status, 0, "{}", brief.err);
        let path = folder.path().join(name);
        fs::write(&path, brief.out).unwrap();
        let verified = run(&["verify", path.to_str().unwrap()]);
        assert_eq!(verified.status, 0, "{}{}", verified.out, verified.err);
        assert!(verified.out.contains("passages"), "{}", verified.out);
    }
}
