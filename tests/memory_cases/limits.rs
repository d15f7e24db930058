//! A full disk and a folder that can't be written: said clearly, and the program goes on without memory.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use verbatim::store::{Memory, Scope, Settings, Store, StoreError, Time};

use super::{receipt, showing};

const FOLDER: &str = "VERBATIM_TEST_FOLDER";

fn set(store: &Store, number: u32) -> Result<(), StoreError> {
    let settings = Settings { quote_budget: Some(number), ..Settings::default() };
    store.set_settings(Scope::Server(9), settings, 5, Time(0))
}

#[test]
fn a_folder_that_cannot_be_made_is_named_and_answers_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    let data = file.join("data");
    let memory = Memory::open(&data);
    let error = memory.store().unwrap_err();
    assert!(matches!(error, StoreError::Folder { .. }));
    assert!(error.to_string().contains(data.to_str().unwrap()), "{error}");
    assert_eq!(memory.trouble(), Some(error.to_string()));
    assert_eq!(memory.settings(1, 2), Settings::default());
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_file_system_is_named() {
    let memory = Memory::open(Path::new("/proc/verbatim"));
    assert!(memory.trouble().unwrap().starts_with("/proc/verbatim: "), "{:?}", memory.trouble());
}

/// The process whose disk is full; says the last number that was acknowledged.
#[test]
#[ignore = "the other half of the disk test"]
fn writes_until_the_disk_is_full() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let memory = Memory::Present(Arc::new(Store::open(folder.as_ref()).unwrap()));
    let mut last = 0;
    let error = loop {
        let store = memory.store().unwrap();
        for receipts in 0..100 {
            let number = u64::from(last) * 100 + receipts;
            store.keep_receipt(&format!("{number}"), receipt(number), showing(number, None));
        }
        match set(store, last + 1) {
            Ok(()) => last += 1,
            Err(error) => break error,
        }
        assert!(last < 10_000, "the disk is never full");
    };
    assert!(error.to_string().contains(&folder) && error.to_string().contains("the memory failed"), "{error}");
    assert_eq!(memory.store().unwrap_err().to_string(), error.to_string(), "managers are told the same");
    assert!(memory.trouble().is_some());
    // Nothing that answers is in the way of it.
    let _ = memory.settings(9, 1);
    if let Memory::Present(store) = &memory {
        store.keep_receipt("AFTER", receipt(1), showing(1, None));
        assert!(set(store, 0).is_err());
    }
    println!("\nlast {last}");
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_said_and_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path()).unwrap());
    // No file may grow beyond 2 MB: for sled the same as a disk without room. The signal is ignored, so the write fails.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 4096; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(["--ignored", "--nocapture", "--exact", "memory_cases::limits::writes_until_the_disk_is_full"])
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let last: u32 = said.lines().find_map(|line| line.strip_prefix("last ")).unwrap().parse().unwrap();
    assert!(last > 0);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.damage(), None);
    assert!(store.settings(9, 1).unwrap().quote_budget >= Some(last));
    assert!(store.receipt(&format!("{}", u64::from(last) * 100 - 1)).unwrap().is_some());
    set(&store, 77).unwrap();
}
