//! Batches: every line has its reply, in order, whatever it holds.

use serde_json::Value;

use crate::program::{finish, run, verbatim};

fn batch(input: &[u8], args: &[&str]) -> Vec<Value> {
    let run = finish(verbatim().args(["ask", "--batch", "-"]).args(args), input);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const FIELDS: [&str; 14] = [
    "id",
    "question",
    "locale",
    "intent",
    "slots",
    "outcome",
    "reason",
    "confidence",
    "quotations",
    "related",
    "nearest",
    "choices",
    "read_as",
    "receipt",
];

#[test]
fn each_line_has_a_reply_with_every_field_in_order() {
    let input = "\u{feff}{\"id\":1,\"question\":\"what did Tajani say?\"}\r\n\
                 nonsense\n\
                 \n\
                 {\"id\":\"b\"}\n\
                 {\"id\":3,\"question\":7}\n\
                 [1]\n\
                 {\"id\":4,\"question\":\"who?\",\"as_of\":\"soon\"}\n\
                 {\"id\":5,\"question\":\"who?\",\"source\":\"other\"}\n\
                 {\"id\":6,\"question\":\"chi è agli arresti domiciliari?\",\"locale\":\"it\",\"more\":true}\n\n\n";
    let replies = batch(input.as_bytes(), &["--format", "json"]);
    let outcomes = replies.iter().map(|reply| reply["outcome"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(outcomes, ["answered", "error", "error", "error", "error", "error", "error", "error", "answered"]);
    let ids = replies.iter().map(|reply| reply["id"].to_string()).collect::<Vec<_>>();
    assert_eq!(ids, ["1", "null", "null", "\"b\"", "3", "null", "4", "5", "6"]);
    for reply in &replies {
        for field in FIELDS {
            assert!(reply.get(field).is_some(), "{field} is missing in {reply}");
        }
        assert!(reply["confidence"].as_f64().is_some_and(|confidence| (0.0..=1.0).contains(&confidence)));
        assert_eq!(reply["outcome"] == "error", reply["error"].is_string());
    }
    assert!(replies[6]["error"].as_str().unwrap().contains("write it as 2024-11-19"), "{}", replies[6]);
}

#[test]
fn quotations_are_the_bytes_they_name() {
    let article = std::fs::read("knowledge/equalize-scandal/article.txt").unwrap();
    let reply = &batch(b"{\"question\":\"what did Tajani say?\"}", &[])[0];
    let quotation = &reply["quotations"][0];
    let at = |name: &str| usize::try_from(quotation[name].as_u64().unwrap()).unwrap();
    assert_eq!(quotation["text"].as_str().unwrap().as_bytes(), &article[at("start")..at("end")]);
    for field in [
        "source",
        "edition",
        "language",
        "section",
        "block",
        "speaker",
        "standing",
        "negated",
        "score",
        "title",
        "byline",
        "publisher",
        "published",
        "updated",
        "url",
        "event_dates",
        "context",
    ] {
        assert!(quotation.get(field).is_some(), "{field} is missing in {quotation}");
    }
    assert_eq!(quotation["speaker"], "Antonio Tajani");
    assert_eq!(quotation["published"], "2024-11-03T10:40:00");
    assert_eq!(quotation["publisher"], Value::Null);
}

#[test]
fn nearest_pads_to_the_limit_and_never_cuts_the_answer() {
    for limit in [1_usize, 3, 5] {
        let limit_text = limit.to_string();
        let replies = batch(
            b"{\"question\":\"who is under house arrest?\"}\n{\"question\":\"what did Putin say?\"}",
            &["--limit", &limit_text],
        );
        let count = |reply: &Value, list: &str| reply[list].as_array().unwrap().len();
        assert_eq!(count(&replies[0], "quotations"), 2);
        assert_eq!(count(&replies[0], "nearest"), limit.saturating_sub(2), "limit {limit}");
        assert_eq!((count(&replies[1], "quotations"), count(&replies[1], "nearest")), (0, limit), "limit {limit}");
    }
}

#[test]
fn broken_utf8_is_told_with_its_place() {
    let replies = batch(b"{\"id\":1,\"question\":\"\xff\"}\n{\"id\":2,\"question\":\"who?\"}\n", &[]);
    assert_eq!(replies[0]["error"], "not UTF-8 from byte 20 of the line on");
    assert_ne!(replies[1]["outcome"], "error");
}

#[test]
fn the_environment_changes_no_batch() {
    let input = b"{\"question\":\"Tajani?\"}";
    let italian = finish(verbatim().env("LANG", "it_IT.UTF-8").args(["ask", "--batch", "-"]), input);
    let plain = finish(verbatim().args(["ask", "--batch", "-"]), input);
    assert_eq!(italian.out, plain.out);
}

#[test]
fn a_missing_file_is_a_fault() {
    let run = run(&["ask", "--batch", "/nowhere.jsonl"]);
    assert_eq!(run.status, 2);
    assert!(run.err.starts_with("error: /nowhere.jsonl can't be read: "), "{}", run.err);
}

#[test]
fn texts_are_inspected_line_by_line() {
    let input = "{\"id\":\"a\",\"text\":\"Anna Rossi said she was “tired”.\",\"language\":\"en\",\"published\":\"2024-11-03\"}\n{\"id\":2}\n";
    let run = finish(verbatim().args(["inspect", "--batch", "-", "--format", "json"]), input.as_bytes());
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let replies = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>();
    for field in ["id", "blocks", "sentences", "mentions", "statements", "statuses", "dates", "corrections"] {
        assert!(replies[0].get(field).is_some(), "{field}");
    }
    assert_eq!(replies[0]["statements"][0]["speaker"]["entity"], "Anna Rossi");
    assert_eq!((&replies[1]["id"], replies[1]["error"].is_string()), (&Value::from(2), true));
}
