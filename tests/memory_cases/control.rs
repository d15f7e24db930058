//! What the operator asks works with the store free and with it held, in the same words.

use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use verbatim::ops::{self, Control, OpsError};
use verbatim::store::{Refused, Retention, Store, StoreError, Time};

use super::{exported, filled, receipt, showing};

#[test]
fn requests_work_while_another_holds_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(filled(folder.path(), 50));
    store.keep_receipt("MINE", receipt(1), showing(7, Some(store.user(42))));
    let refused = Refused { reason: "not_mentioned".to_owned(), form: "free".to_owned() };
    store.note_gap(1, 10, 42, refused, "", Time(0));
    store.flush().unwrap();
    // Held, and no door open.
    let error = ops::info(folder.path()).unwrap_err();
    assert!(matches!(&error, OpsError::Store(StoreError::InUse { .. })), "{error}");
    assert!(error.to_string().contains(folder.path().to_str().unwrap()));

    let control = Control::open(Arc::clone(&store)).unwrap();
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let socket = ops::socket(folder.path());
    assert_eq!((mode(socket.parent().unwrap()), mode(socket.as_path())), (0o700, 0o600));
    let held_info = ops::info(folder.path()).unwrap();
    assert_eq!(held_info.records.get("receipts"), Some(&51));
    let mut export = Vec::new();
    assert_eq!(ops::export(folder.path(), &mut export).unwrap(), held_info.records.values().sum::<u64>());
    assert_eq!(String::from_utf8(export.clone()).unwrap(), exported(&store));
    let gaps = ops::gaps(folder.path(), None).unwrap();
    assert_eq!((gaps.len(), gaps[0].count), (1, 1));
    assert_eq!(ops::import(folder.path(), &mut export.as_slice()).unwrap().records, held_info.records.values().sum::<u64>());
    let bad = ops::import(folder.path(), &mut &b"nonsense\n"[..]).unwrap_err().to_string();
    assert!(bad.contains("line 1"), "{bad}");
    assert!(ops::compact(folder.path()).unwrap().after > 0);
    let forgotten = ops::forget(folder.path(), 42).unwrap();
    assert_eq!((forgotten.left, forgotten.deleted.get("receipts")), (0, Some(&1)));
    assert_eq!(ops::trail(folder.path(), 1).unwrap().len(), 20);
    assert_eq!(ops::complaints(folder.path(), Some(1)).unwrap(), []);
    assert_eq!(ops::sweep(folder.path(), Time(0), Retention::default()).unwrap().len(), 0);
    assert_eq!(store.receipt("MINE").unwrap(), None, "the holder sees what was done");

    // Free again: the same through the store itself.
    let content = exported(&store);
    drop(control);
    drop(store);
    assert!(!socket.exists());
    let free_info = ops::info(folder.path()).unwrap();
    assert_eq!(free_info.records.get("receipts"), Some(&50));
    let mut export = Vec::new();
    ops::export(folder.path(), &mut export).unwrap();
    assert_eq!(String::from_utf8(export).unwrap(), content);
}

#[test]
fn asking_makes_no_store() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(ops::info(folder.path()).unwrap_err(), OpsError::Nothing { .. }));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_long_path_and_what_a_killed_process_left_are_no_hindrance() {
    let folder = tempfile::tempdir().unwrap();
    let long = folder.path().join("a-folder-with-a-rather-long-name".repeat(5));
    let store = Arc::new(Store::open(&long).unwrap());
    std::fs::create_dir(long.join("control")).unwrap();
    std::fs::write(ops::socket(&long), "left").unwrap();
    let _control = Control::open(Arc::clone(&store)).unwrap();
    assert_eq!(ops::info(&long).unwrap().records.get("receipts"), Some(&0));
}

#[test]
fn one_who_says_nothing_does_not_keep_the_others_out() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(Store::open(folder.path()).unwrap());
    let control = Control::open(store).unwrap();
    let silent = std::os::unix::net::UnixStream::connect(ops::socket(folder.path())).unwrap();
    let begun = std::time::Instant::now();
    assert!(ops::info(folder.path()).is_ok());
    assert!(begun.elapsed().as_secs() < 5);
    drop(silent);
    drop(control);
}
