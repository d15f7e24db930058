//! Damage to the files is noticed, said, and survived.

use std::fs;
use std::path::{Path, PathBuf};

use verbatim::store::{Scope, Settings, Store, Time};

use super::{Numbers, copy, exported, filled};

/// The files of the store with their lengths.
fn files(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.join("memory")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let length = entry.metadata().unwrap().len();
            if entry.path().is_dir() { folders.push(entry.path()) } else { files.push((entry.path(), length)) }
        }
    }
    files.push((folder.join("memory.anchor"), fs::metadata(folder.join("memory.anchor")).unwrap().len()));
    files.sort();
    files
}

/// Puts 64 random bytes at a random place of the store's files.
fn hurt(folder: &Path, numbers: &mut Numbers) -> String {
    let files = files(folder);
    let mut place = numbers.next(files.iter().map(|(_, length)| *length).sum());
    let (path, _) = files
        .into_iter()
        .find(|(_, length)| {
            if place < *length {
                true
            } else {
                place -= length;
                false
            }
        })
        .unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let at = place as usize;
    for byte in bytes.iter_mut().skip(at).take(64) {
        *byte = numbers.next(256) as u8;
    }
    fs::write(&path, bytes).unwrap();
    format!("{} at {at}", path.file_name().unwrap().display())
}

/// Cuts up to the last third of sled's file off.
fn cut(folder: &Path, numbers: &mut Numbers) -> String {
    let path = folder.join("memory/db");
    let length = fs::metadata(&path).unwrap().len();
    let left = length - 1 - numbers.next(length / 3);
    fs::File::options().write(true).open(&path).unwrap().set_len(left).unwrap();
    format!("db of {length} cut to {left}")
}

type Harm = fn(&Path, &mut Numbers) -> String;

#[test]
fn any_damage_to_a_closed_store_is_noticed_and_the_program_goes_on() {
    let whole = tempfile::tempdir().unwrap();
    let content = exported(&filled(whole.path(), 300));
    let mut numbers = Numbers(7);
    let harms = std::iter::repeat_n(hurt as Harm, 50).chain(std::iter::repeat_n(cut as Harm, 10));
    for harm in harms {
        let folder = tempfile::tempdir().unwrap();
        copy(whole.path(), folder.path());
        let what = harm(folder.path(), &mut numbers);
        let store = Store::open(folder.path()).unwrap();
        let damage = store.damage().unwrap_or_else(|| panic!("{what} was not noticed")).clone();
        assert!(damage.aside.is_dir(), "{what}: {damage}");
        assert!(damage.to_string().contains("set aside"));
        for line in exported(&store).lines() {
            assert!(content.contains(line), "{what}: {line} was never written");
        }
        let settings = Settings { freshness_days: Some(3), ..Settings::default() };
        store.set_settings(Scope::Server(3), settings, 5, Time(0)).unwrap();
        drop(store);
        let again = Store::open(folder.path()).unwrap();
        assert_eq!(again.damage(), None, "{what}");
        assert_eq!(again.set_aside(), [damage.aside], "{what}");
        assert_eq!(again.settings(3, 1).unwrap().freshness_days, Some(3), "{what}");
    }
}

#[test]
fn damage_to_a_killed_store_is_noticed_or_has_changed_nothing() {
    let whole = tempfile::tempdir().unwrap();
    let store = filled(whole.path(), 300);
    let killed = tempfile::tempdir().unwrap();
    copy(whole.path(), killed.path());
    let content = exported(&store);
    drop(store);
    let unhurt = tempfile::tempdir().unwrap();
    copy(killed.path(), unhurt.path());
    let store = Store::open(unhurt.path()).unwrap();
    assert_eq!((store.damage(), exported(&store)), (None, content.clone()), "a kill alone is no damage");
    let mut numbers = Numbers(8);
    let mut noticed = 0;
    let harms = std::iter::repeat_n(hurt as Harm, 50).chain(std::iter::repeat_n(cut as Harm, 10));
    for harm in harms {
        let folder = tempfile::tempdir().unwrap();
        copy(killed.path(), folder.path());
        let what = harm(folder.path(), &mut numbers);
        let store = Store::open(folder.path()).unwrap();
        match store.damage() {
            Some(_) => noticed += 1,
            None => assert_eq!(head_apart(&exported(&store)), head_apart(&content), "{what}"),
        }
    }
    assert!(noticed > 0);
    println!("noticed {noticed} of 60; the others touched no record");
}

fn head_apart(export: &str) -> &str {
    export.split_once('\n').unwrap().1
}
