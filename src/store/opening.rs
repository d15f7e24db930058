//! Opens the store: takes the lock, checks every record, sets a damaged store aside and keeps what is whole. Knows no particular record.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use sled::IVec;

use super::StoreError;
use super::anchor::{self, Anchor, Found};
use super::damage::{Damage, Fault};
use super::files;
use super::ledger::{LEDGER_KEY, Ledger, Line, SCHEMA, WITHOUT_USERS};
use super::record::unseal_bytes;
use super::tree::Tree;
use super::walk::walk;

/// An open and checked store.
pub(super) struct Opened {
    pub db: sled::Db,
    pub anchor: Anchor,
    pub ledger: Ledger,
    pub damage: Option<Damage>,
}

/// What a look through all records has found.
#[derive(Default)]
struct Census {
    ledger: Option<Ledger>,
    trees: BTreeMap<u8, Line>,
    broken: BTreeMap<u8, u64>,
    faults: Vec<Fault>,
}

/// Opens the store of `folder`, whose lock is held.
pub(super) fn open(folder: &Path) -> Result<Opened, StoreError> {
    files::finish_interrupted(folder)?;
    let memory = files::memory(folder);
    let (mut anchor, found) = Anchor::open(&files::anchor(folder))?;
    let mut faults = Vec::new();
    let was_there = memory.exists();
    if let Some(files) = found.mark.and_then(|mark| mark.files)
        && (!was_there || anchor::digest_of(&memory)? != files)
    {
        faults.push(Fault::FilesChanged);
    }
    check_writable(folder)?;
    let looked = guarded(&memory, look_through);
    let (db, census) = match looked {
        Ok(looked) => looked,
        Err(reason) => {
            faults.push(Fault::Unreadable(reason));
            return replace(folder, anchor, found, faults, None);
        }
    };
    if let Some(ledger) = &census.ledger
        && ledger.schema > SCHEMA
    {
        return Err(StoreError::Newer { path: folder.to_owned(), found: ledger.schema, known: SCHEMA });
    }
    let empty = census.ledger.is_none() && census.trees.is_empty() && census.broken.is_empty();
    if empty && census.faults.is_empty() && found.mark.is_none() && !found.broken {
        let ledger = Ledger::new();
        anchor.book(&ledger, None)?;
        files::sync(folder)?;
        return Ok(Opened { db, anchor, ledger, damage: None });
    }
    faults.extend(disagreements(&census, found));
    match census.ledger {
        Some(ledger) if faults.is_empty() => {
            anchor.book(&ledger, None)?;
            Ok(Opened { db, anchor, ledger, damage: None })
        }
        // An empty store is whole when nothing was acknowledged yet.
        None if empty && faults.is_empty() => {
            let ledger = Ledger::new();
            anchor.book(&ledger, None)?;
            Ok(Opened { db, anchor, ledger, damage: None })
        }
        ledger => replace(folder, anchor, found, faults, Some((db, ledger))),
    }
}

/// A disk that takes nothing is told before sled, which might not say it.
fn check_writable(folder: &Path) -> Result<(), StoreError> {
    let probe = folder.join("memory.probe");
    let written = std::fs::write(&probe, [0; 4096]).and_then(|()| std::fs::remove_file(&probe));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&probe);
        StoreError::folder(folder, error)
    })
}

/// Runs in a thread of its own, for sled answers some damage with a panic.
fn guarded<T: Send + 'static>(
    memory: &Path,
    work: fn(sled::Db) -> Result<(sled::Db, T), String>,
) -> Result<(sled::Db, T), String> {
    let path = memory.to_owned();
    let thread = std::thread::Builder::new().name("memory-opening".to_owned());
    let thread = thread.spawn(move || work(files::open_sled(&path).map_err(|error| error.to_string())?));
    let thread = thread.map_err(|error| error.to_string())?;
    thread.join().unwrap_or_else(|_| Err("sled stopped at a damaged place".to_owned()))
}

fn look_through(db: sled::Db) -> Result<(sled::Db, Census), String> {
    let mut census = Census::default();
    for entry in walk(&db, &[]) {
        let (key, value) = match entry {
            Ok(entry) => entry,
            Err(error) => {
                census.faults.push(Fault::Unreadable(error.to_string()));
                break;
            }
        };
        if key.as_ref() == LEDGER_KEY {
            census.ledger = Ledger::read(&value);
            continue;
        }
        let tree = key.first().copied().unwrap_or_default();
        match unseal_bytes(&key, &value) {
            Some((_, share)) => {
                let line = census.trees.entry(tree).or_default();
                line.count += 1;
                line.sum = line.sum.wrapping_add(share);
            }
            None => *census.broken.entry(tree).or_default() += 1,
        }
    }
    Ok((db, census))
}

fn disagreements(census: &Census, found: Found) -> Vec<Fault> {
    let mut faults = census.faults.clone();
    let name = |tree: u8| Tree::name_of(tree).map_or_else(|| format!("tree {tree}"), str::to_owned);
    for (&tree, &count) in &census.broken {
        faults.push(Fault::Broken { tree: name(tree), count });
    }
    let holds_something = !census.trees.is_empty();
    match &census.ledger {
        None => {
            if holds_something || found.mark.is_some_and(|mark| mark.sequence > 0) {
                faults.push(Fault::Ledger);
            }
        }
        Some(ledger) => {
            let trees = ledger.trees.keys().chain(census.trees.keys()).copied().collect::<BTreeSet<_>>();
            for tree in trees {
                let line = |lines: &BTreeMap<u8, Line>| lines.get(&tree).copied().unwrap_or_default();
                let (expected, there) = (line(&ledger.trees), line(&census.trees));
                if expected != there {
                    faults.push(Fault::Records { tree: name(tree), found: there.count, expected: expected.count });
                }
            }
        }
    }
    let sequence = census.ledger.as_ref().map_or(0, |ledger| ledger.sequence);
    match found.mark {
        Some(mark) if mark.sequence > sequence => {
            faults.push(Fault::Behind { found: sequence, acknowledged: mark.sequence });
        }
        Some(mark) if mark.sequence == sequence => {
            let agrees = census.ledger.as_ref().is_none_or(|ledger| ledger.sum() == mark.sum && ledger.total() == mark.count);
            if !agrees {
                faults.push(Fault::Disagrees);
            }
        }
        None if holds_something => faults.push(Fault::Anchor),
        _ => {}
    }
    if found.broken && !faults.contains(&Fault::Anchor) {
        faults.push(Fault::Anchor);
    }
    faults
}

fn take_over(db: &sled::Db, ledger: &mut Ledger, entries: &mut Vec<Result<(IVec, IVec), StoreError>>) {
    for (key, value) in walk(db, &[]).map_while(Result::ok) {
        let tree = key.first().copied().unwrap_or_default();
        if let Some((_, share)) = unseal_bytes(&key, &value)
            && Tree::kind_under(&key).is_some()
        {
            ledger.add(tree, share);
            entries.push(Ok((key, value)));
        }
    }
}

/// Sets the damaged store aside and builds another from what is whole.
fn replace(
    folder: &Path,
    mut anchor: Anchor,
    found: Found,
    faults: Vec<Fault>,
    damaged: Option<(sled::Db, Option<Ledger>)>,
) -> Result<Opened, StoreError> {
    let (db, old) = damaged.map_or((None, None), |(db, ledger)| (Some(db), ledger));
    let mut entries = Vec::new();
    let mut ledger = Ledger::new();
    if let Some(db) = &db {
        // Where sled stops with a panic, what was read until then is kept.
        let _ = catch_unwind(AssertUnwindSafe(|| take_over(db, &mut ledger, &mut entries)));
    }
    let sequences = [old.as_ref().map(|old| old.sequence), found.mark.map(|mark| mark.sequence)];
    ledger.sequence = sequences.into_iter().flatten().max().unwrap_or_default() + 1;
    // The index of users is made anew from the records that are left.
    ledger.schema = old.as_ref().map_or(WITHOUT_USERS, |old| old.schema.min(WITHOUT_USERS));
    let expected = found.mark.map(|mark| mark.count).or(old.map(|old| old.total()));
    let kept = ledger.total();
    entries.push(Ok((IVec::from(LEDGER_KEY), IVec::from(ledger.sealed()))));
    let memory = files::memory(folder);
    let was_open = db.is_some();
    drop(db);
    if was_open {
        files::wait_until_closed(&memory)?;
    }
    files::build(folder, entries.into_iter())?;
    let aside = files::aside(folder);
    files::swap(folder, Some(&aside))?;
    let db = files::open_sled(&memory)?;
    anchor.begin_anew();
    anchor.book(&ledger, None)?;
    files::sync(folder)?;
    let damage = Damage { faults, aside, kept, expected };
    tracing::error!("{damage}");
    Ok(Opened { db, anchor, ledger, damage: Some(damage) })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::super::record::{self, Record};
    use super::super::{Scope, Settings, Store, StoreError, Time};
    use super::*;

    fn filled(folder: &Path) {
        let store = Store::open(folder).unwrap();
        let settings = Settings { off: Some(true), ..Settings::default() };
        store.set_settings(Scope::Server(1), settings, 5, Time(0)).unwrap();
    }

    /// Rewrites the ledger as a program of another schema would have left it.
    fn leave_schema(folder: &Path, schema: u16) {
        let db = files::open_sled(&files::memory(folder)).unwrap();
        let mut ledger = Ledger::read(&db.get(LEDGER_KEY).unwrap().unwrap()).unwrap();
        ledger.schema = schema;
        db.insert(LEDGER_KEY, ledger.sealed()).unwrap();
        db.flush().unwrap();
        drop(db);
        files::wait_until_closed(&files::memory(folder)).unwrap();
        let (mut anchor, _) = Anchor::open(&files::anchor(folder)).unwrap();
        anchor.book(&ledger, None).unwrap();
    }

    #[test]
    fn an_earlier_schema_is_brought_to_todays_and_a_later_one_refused_untouched() {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path());
        leave_schema(folder.path(), 0);
        let store = Store::open(folder.path()).unwrap();
        assert_eq!((store.damage(), store.settings(1, 1).unwrap().off), (None, Some(true)));
        drop(store);
        let db = files::open_sled(&files::memory(folder.path())).unwrap();
        assert_eq!(Ledger::read(&db.get(LEDGER_KEY).unwrap().unwrap()).unwrap().schema, SCHEMA);
        drop(db);
        files::wait_until_closed(&files::memory(folder.path())).unwrap();
        leave_schema(folder.path(), SCHEMA + 1);
        for _ in 0..2 {
            let error = Store::open(folder.path()).unwrap_err();
            let newer = StoreError::Newer { path: folder.path().to_owned(), found: SCHEMA + 1, known: SCHEMA };
            assert_eq!(error, newer);
        }
        assert_eq!(files::set_aside(folder.path()), Vec::<std::path::PathBuf>::new());
    }

    /// Version 1 had no count.
    #[derive(Serialize, Deserialize, PartialEq, Debug)]
    struct Grown {
        name: String,
        count: u32,
    }

    impl Record for Grown {
        const TREE: Tree = Tree::Settings;
        const VERSION: u8 = 2;
        type Key = u8;

        fn older(version: u8, bytes: &[u8]) -> Option<Self> {
            (version == 1).then(|| postcard::from_bytes(bytes).ok())?.map(|name| Self { name, count: 1 })
        }
    }

    #[test]
    fn records_of_an_earlier_version_are_read_and_of_no_known_version_refused() {
        let old = [vec![1], postcard::to_allocvec("Ada").unwrap()].concat();
        let read = Grown { name: "Ada".into(), count: 1 };
        assert_eq!(record::decode::<Grown>(&old), Some(Grown { name: "Ada".into(), count: 1 }));
        assert_eq!(record::decode::<Grown>(&record::body(&read)), Some(read));
        assert_eq!(record::decode::<Grown>(&[&[3], &old[1..]].concat()), None);
        assert_eq!(record::decode::<Grown>(&[]), None);
    }
}
