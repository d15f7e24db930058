//! Stores and exports written by every earlier schema still open, with all that is in them.
//!
//! `schema-N/` is a data folder as that schema left it and `schema-N.jsonl` its export. When the schema changes, write the folder
//! of the schema before it first: `cargo test --test memory schema -- --ignored`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use verbatim::store::{
    Audience, Complaint, Confidence, Delivery, EditionHash, Followed, Id, Occasion, Refused, Scope, Settings, Store, Time,
};

use super::{copy, exported, receipt, showing};

const NEWEST: u32 = 2;

fn fixture(schema: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/memory_cases/schema-{schema}"))
}

/// A copy of the folder of a schema, opened.
fn opened(schema: u32) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    copy(&fixture(schema), folder.path());
    let store = Store::open(folder.path()).unwrap();
    (folder, store)
}

/// Something in every tree.
fn fill(store: &Store) {
    let all = Settings {
        audience: Some(Audience::Newsroom),
        off: Some(false),
        locale: Some("it".into()),
        allow_list: Some(vec![Id(10), Id(11)]),
        sources: Some(vec!["ferry-fire".into()]),
        suppressed: Some(vec!["sound-wire".into()]),
        freshness_days: Some(14),
        quote_budget: Some(120),
        confidence: Some(Confidence::Public),
        log_questions: Some(true),
        recall_notices: Some(true),
        desk: Some(Id(12)),
    };
    store.set_settings(Scope::Server(1), all, 5, Time(1_700_000_000)).unwrap();
    store.keep_receipt("0001-ABCD", receipt(1), showing(2, Some(store.user(5))));
    let refused = Refused { reason: "not_mentioned".into(), form: "statement person=\"Ada Low\"".into() };
    store.note_gap(1, 10, 5, refused.clone(), "did she say so?", Time(1_700_000_001));
    store.note_desk_asked(1, refused, Time(1_700_000_002));
    store.complain("0001-ABCD", 1, 5, Complaint::Missing, Time(1_700_000_003));
    let what = Followed::Source("ferry-fire".into());
    let told = BTreeMap::from([("ferry-fire".to_owned(), EditionHash([3; 32]))]);
    store.follow((1, 10), what.clone(), told, 5, Time(1_700_000_004)).unwrap();
    store.follow((1, 10), Followed::Person("Ada Low".into()), BTreeMap::new(), 5, Time(1_700_000_005)).unwrap();
    let follow = Occasion::Follow { what, source: "ferry-fire".into() };
    let recall = Occasion::Recall { receipt: "0001-ABCD".into(), message: Id(2) };
    for (occasion, sent) in [(follow, false), (recall, true)] {
        let delivery = Delivery { server: Id(1), channel: Id(10), occasion, edition: EditionHash([4; 32]) };
        store.begin(&delivery, Time(1_700_000_006)).unwrap();
        if sent {
            store.sent(&delivery, 3, Time(1_700_000_007)).unwrap();
        }
    }
    store.server_left(2, Time(1_700_000_008)).unwrap();
    store.flush().unwrap();
}

#[test]
#[ignore = "writes the fixture of the newest schema"]
fn writes_the_fixture() {
    let folder = fixture(NEWEST);
    let _ = fs::remove_dir_all(&folder);
    let store = Store::open(&folder).unwrap();
    fill(&store);
    store.compact().unwrap();
    fs::write(folder.with_extension("jsonl"), exported(&store)).unwrap();
}

#[test]
fn stores_of_every_schema_open_whole() {
    for schema in 1..=NEWEST {
        let (folder, store) = opened(schema);
        assert_eq!(store.damage(), None, "schema {schema}");
        let content = exported(&store);
        assert!(store.info().unwrap().records.values().all(|count| *count > 0), "every tree holds something: {content}");
        if schema == NEWEST {
            assert_eq!(content, fs::read_to_string(fixture(schema).with_extension("jsonl")).unwrap());
        }
        // What was brought to today's form stays there.
        drop(store);
        let again = Store::open(folder.path()).unwrap();
        assert_eq!((again.damage(), exported(&again)), (None, content), "schema {schema}");
    }
}

#[test]
fn a_user_of_an_earlier_schema_is_forgotten() {
    for schema in 1..=NEWEST {
        let (_folder, store) = opened(schema);
        let mark = store.user(5).to_string();
        assert!(exported(&store).contains(&mark), "schema {schema}");
        let forgotten = store.forget_user(5).unwrap();
        assert_eq!((forgotten.left, exported(&store).contains(&mark)), (0, false), "schema {schema}");
    }
}

#[test]
fn exports_of_every_schema_are_taken_in() {
    for schema in 1..=NEWEST {
        let export = fs::read_to_string(fixture(schema).with_extension("jsonl")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::copy(fixture(schema).join("secret"), folder.path().join("secret")).unwrap();
        let store = Store::open(folder.path()).unwrap();
        let imported = store.import(export.as_bytes()).unwrap();
        assert_eq!((imported.records as usize, imported.without_user), (export.lines().count() - 1, 0));
        if schema == NEWEST {
            assert_eq!(exported(&store), export);
        }
    }
}

#[test]
fn a_later_schema_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let error = store.import(&b"{\"memory\":999,\"secret\":\"\"}\n"[..]).unwrap_err();
    assert!(error.to_string().contains("schema 999 is later"), "{error}");
}
