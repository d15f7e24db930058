//! What is kept of people, and that it goes when they ask.

use std::collections::BTreeMap;
use std::path::Path;

use verbatim::store::{ChangeKind, Complaint, Followed, Refused, Retention, Scope, Settings, Showing, Store, Time};

use super::{copy, exported, receipt, showing};

const USER: u64 = 112_233_445_566_778_899;
const OTHER: u64 = 998_877_665_544_332_211;
const DAY: i64 = Time::DAY;

fn refused() -> Refused {
    Refused { reason: "not_mentioned".to_owned(), form: "free topic=…".to_owned() }
}

/// A store in which both users have left every kind of trace.
fn used(folder: &Path) -> Store {
    let store = Store::open(folder).unwrap();
    let logging = Settings { log_questions: Some(true), ..Settings::default() };
    store.set_settings(Scope::Server(1), logging, USER, Time(0)).unwrap();
    for (number, user) in [USER, OTHER].into_iter().enumerate() {
        let number = number as u64;
        let asker = Some(store.user(user));
        store.keep_receipt(&format!("{number}-OWN"), receipt(number), showing(number, asker));
        store.keep_receipt("BOTH", receipt(7), showing(number + 10, asker));
        store.complain("BOTH", 1, user, Complaint::WrongSpeaker, Time(5));
        store.note_gap(1, 10, user, refused(), &format!("secret words of {number}"), Time(6));
        let what = Followed::Person(format!("Person {number}"));
        store.follow((1, 10), what, BTreeMap::new(), user, Time(7)).unwrap();
    }
    store.flush().unwrap();
    store
}

#[test]
fn forgetting_leaves_no_trace_of_one_and_everything_of_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = used(folder.path());
    let mark = store.user(USER).to_string();
    let before = exported(&store);
    assert!(before.contains(&mark) && before.contains("secret words of 0"));
    assert!(!before.contains(&USER.to_string()), "numbers of users are kept as keyed hashes only");
    let forgotten = store.forget_user(USER).unwrap();
    let expected = [("feedback", 1), ("questions", 1), ("receipts", 1), ("showings", 2)];
    assert_eq!(forgotten.deleted, expected.map(|(tree, count)| (tree.to_owned(), count)).into());
    assert_eq!(forgotten.unmarked, [("audit".to_owned(), 2), ("follows".to_owned(), 1)].into());
    assert_eq!(forgotten.left, 0);
    let after = exported(&store);
    assert!(!after.contains(&mark) && !after.contains("secret words of 0"));
    let other = store.user(OTHER).to_string();
    let lines_of_other = |text: &str| text.lines().filter(|line| line.contains(&other)).count();
    assert_eq!(lines_of_other(&after), lines_of_other(&before));
    assert!(after.contains("secret words of 1"));
    assert_eq!(store.receipt("0-OWN").unwrap(), None);
    assert!(store.receipt("BOTH").unwrap().is_some(), "another person was shown it, too");
    assert_eq!(store.gaps(Some(1), false).unwrap()[0].count, 2, "a count says nothing of who asked");
    assert_eq!(store.forget_user(USER).unwrap().deleted, BTreeMap::new());
}

/// Whether some file of a folder, or of a folder in it, has these bytes.
fn on_disk(folder: &Path, trace: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| match path.is_dir() {
        true => on_disk(&path, trace),
        false => std::fs::read(&path).unwrap().windows(trace.len()).any(|window| window == trace),
    })
}

#[test]
fn a_mark_goes_with_the_last_record_that_it_is_in() {
    let folder = tempfile::tempdir().unwrap();
    let store = used(folder.path());
    let mark = store.user(USER).0;
    store.compact().unwrap();
    assert!(on_disk(folder.path(), &mark), "the search must be able to find something");
    store.sweep(Time(100_000 * DAY), Retention::default()).unwrap();
    store.compact().unwrap();
    assert!(on_disk(folder.path(), &mark), "what they let a channel follow stays");
    store.forget_server(1).unwrap();
    store.compact().unwrap();
    assert!(!on_disk(folder.path(), &mark));
    assert_eq!(store.forget_user(USER).unwrap().deleted, BTreeMap::new());
}

#[test]
fn after_compaction_the_disk_holds_no_trace_either() {
    let folder = tempfile::tempdir().unwrap();
    let store = used(folder.path());
    store.forget_user(USER).unwrap();
    store.compact().unwrap();
    let content = exported(&store);
    let mark = store.user(USER).0;
    drop(store);
    assert!(on_disk(folder.path(), b"secret words of 1"), "the search must be able to find something");
    assert!(!on_disk(folder.path(), b"secret words of 0") && !on_disk(folder.path(), &mark));
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.damage(), None);
    assert_eq!(exported(&store), content);
}

#[test]
fn texts_of_questions_are_kept_only_where_a_server_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.note_gap(1, 10, USER, refused(), "words nobody shall keep", Time(0));
    store.flush().unwrap();
    assert!(!exported(&store).contains("nobody shall keep"));
    let gaps = store.gaps(None, true).unwrap();
    assert_eq!((gaps[0].count, gaps[0].texts.len()), (1, 0));
}

#[test]
fn withheld_questions_are_told_to_newsrooms_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let refused = Refused { reason: "withheld".to_owned(), form: "statement person=\"Ada Low\"".to_owned() };
    store.note_gap(1, 10, USER, refused, "", Time(0));
    store.flush().unwrap();
    assert_eq!(store.gaps(Some(1), false).unwrap(), []);
    assert_eq!(store.gaps(Some(1), true).unwrap().len(), 1);
}

#[test]
fn the_sweep_ends_what_is_old_and_keeps_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let store = used(folder.path());
    let late = Showing { at: Time(300 * DAY), ..showing(99, None) };
    store.keep_receipt("BOTH", verbatim::store::KeptReceipt { last: late.at, ..receipt(7) }, late);
    store.flush().unwrap();
    let retention = Retention { receipts: 100, gaps: 200, questions: 10, audit: 1000, left_servers: 7 };
    let first = showing(0, None).at;
    // Showings lie at one day, texts and gaps at the beginning of 1970.
    let swept = store.sweep(Time(50 * DAY), retention).unwrap();
    assert_eq!(swept, [("questions".to_owned(), 2)].into());
    let swept = store.sweep(Time(first.0 + 101 * DAY), retention).unwrap();
    assert_eq!(swept.get("gaps"), Some(&1));
    assert_eq!(store.receipts().unwrap(), []);
    assert_eq!(store.follows(Some(1)).unwrap().len(), 2, "follows stay until somebody ends them");
    assert!(store.settings(1, 10).unwrap().log_questions.is_some());
}

#[test]
fn a_server_that_left_is_deleted_after_the_days_of_grace_and_not_if_it_came_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = used(folder.path());
    store.set_settings(Scope::Server(2), Settings { off: Some(true), ..Settings::default() }, USER, Time(0)).unwrap();
    let retention = Retention::default();
    let days = i64::from(retention.left_servers);
    for server in [1, 2] {
        store.server_left(server, Time(0)).unwrap();
    }
    store.server_joined(2).unwrap();
    assert_eq!(store.sweep(Time(days * DAY - 1), retention).unwrap().get("servers"), None);
    assert!(store.settings(1, 10).unwrap().log_questions.is_some());
    assert_eq!(store.sweep(Time(days * DAY), retention).unwrap().get("servers"), Some(&1));
    let after = exported(&store);
    assert_eq!(after.lines().count(), 3, "the head, the other server's setting and its trail: {after}");
    assert_eq!(store.settings(2, 1).unwrap().off, Some(true));
}

#[test]
fn an_export_moves_to_another_folder_without_marks_nobody_could_forget() {
    let folder = tempfile::tempdir().unwrap();
    let store = used(folder.path());
    let export = exported(&store);
    let elsewhere = tempfile::tempdir().unwrap();
    let other = Store::open(elsewhere.path()).unwrap();
    let imported = other.import(export.as_bytes()).unwrap();
    assert!(imported.without_user > 0);
    let moved = exported(&other);
    for user in [USER, OTHER] {
        assert!(!moved.contains(&store.user(user).to_string()));
    }
    assert_eq!(other.settings(1, 10).unwrap(), store.settings(1, 10).unwrap());
    assert_eq!(other.receipts().unwrap(), store.receipts().unwrap());
    let trail = other.audit(1).unwrap();
    assert!(matches!(&trail[0].what, ChangeKind::Setting { field, .. } if field == "log_questions"));
    // Back in the same folder nothing is lost.
    let copied = tempfile::tempdir().unwrap();
    drop(store);
    copy(folder.path(), copied.path());
    std::fs::remove_dir_all(copied.path().join("memory")).unwrap();
    std::fs::remove_file(copied.path().join("memory.anchor")).unwrap();
    let same = Store::open(copied.path()).unwrap();
    assert_eq!(same.import(export.as_bytes()).unwrap().without_user, 0);
    assert_eq!(exported(&same), export);
}

#[test]
fn a_bad_line_of_an_import_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = used(folder.path());
    let before = exported(&store);
    let head = before.lines().next().unwrap();
    for (line, said) in [
        (r#"{"tree":"setings","key":["1","0"],"value":{}}"#, "line 3: `setings` is no tree; there are settings, audit"),
        (r#"{"tree":"settings","key":["1","x"],"value":{}}"#, "line 3: key: `x` is no number"),
        (r#"{"tree":"settings","key":["1","0"],"value":{"audiense":"readers"}}"#, "line 3: value: unknown field `audiense`"),
        ("{", "line 3: EOF"),
    ] {
        let good = r#"{"tree":"settings","key":["5","0"],"value":{"off":true}}"#;
        let error = store.import(format!("{head}\n{good}\n{line}\n").as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(said), "{error}");
    }
    assert!(store.import(&b""[..]).is_err());
    assert!(store.import(&b"{\"tree\":1}\n"[..]).unwrap_err().to_string().contains("data export"));
    assert_eq!(exported(&store), before);
}

#[test]
fn a_new_secret_takes_the_marks_of_all_users_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let old = used(folder.path()).user(USER).to_string();
    std::fs::remove_file(folder.path().join("secret")).unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert_ne!(store.user(USER).to_string(), old);
    let content = exported(&store);
    assert!(!content.contains(&old) && !content.contains("secret words"));
    assert_eq!(store.follows(Some(1)).unwrap().len(), 2);
}
