//! A writing process killed at random moments loses nothing that it had acknowledged.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use verbatim::store::{Scope, Settings, Store, Time};

use super::{Numbers, receipt, showing};

const FOLDER: &str = "VERBATIM_TEST_FOLDER";
const WRITERS: u64 = 4;

/// The process that is killed; says each number once it is on disk.
#[test]
#[ignore = "the other half of the kill test"]
fn writes_until_killed() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let store = Store::open(folder.as_ref()).unwrap();
    assert_eq!(store.damage(), None);
    println!("open");
    let first = store.settings(9, 1).unwrap().quote_budget.unwrap_or_default();
    std::thread::scope(|scope| {
        for writer in 1..=WRITERS {
            let store = &store;
            scope.spawn(move || {
                for number in first + 1.. {
                    store.keep_receipt(&format!("{writer}-{number}"), receipt(number.into()), showing(number.into(), None));
                    let settings = Settings { quote_budget: Some(number), ..Settings::default() };
                    let place = Scope::Channel { server: 9, channel: writer };
                    store.set_settings(place, settings, 5, Time(i64::from(number))).unwrap();
                    let line = format!("{writer} {number}\n");
                    std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
                }
            });
        }
    });
}

/// `VERBATIM_KILLS=300 cargo test --release --test memory kill -- --nocapture` is the full measurement.
#[test]
fn what_was_acknowledged_survives_every_kill() {
    let kills = std::env::var("VERBATIM_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(6);
    let folder = tempfile::tempdir().unwrap();
    let mut numbers = Numbers(42);
    let (mut acknowledged, mut slowest) = (0, Duration::ZERO);
    for kill in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--nocapture", "--exact", "memory_cases::kill::writes_until_killed"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.ends_with("open")), "kill {kill}: the store did not open");
        std::thread::sleep(Duration::from_millis(numbers.next(150)));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut last = [0; WRITERS as usize + 1];
        for line in lines {
            // The last line may be cut.
            if let Some((writer, number)) = line.split_once(' ')
                && let (Ok(writer), Ok(number)) = (writer.parse::<usize>(), number.parse::<u32>())
            {
                acknowledged += 1;
                last[writer] = number;
            }
        }
        let before = std::time::Instant::now();
        let store = Store::open(folder.path()).unwrap();
        slowest = slowest.max(before.elapsed());
        assert_eq!(store.damage(), None, "kill {kill}");
        for writer in 1..=WRITERS {
            let number = last[writer as usize];
            let kept = store.settings(9, writer).unwrap().quote_budget.unwrap_or_default();
            assert!(kept >= number, "kill {kill}: writer {writer} was told {number}, kept is {kept}");
            if number > 0 {
                // Queued before, so stored with it or earlier.
                assert!(store.receipt(&format!("{writer}-{number}")).unwrap().is_some(), "kill {kill}");
            }
        }
        // Every start begins where the last one ended.
        let most = (1..=WRITERS).filter_map(|writer| store.settings(9, writer).unwrap().quote_budget).max();
        store
            .set_settings(
                Scope::Channel { server: 9, channel: 1 },
                Settings { quote_budget: most, ..Settings::default() },
                5,
                Time(0),
            )
            .unwrap();
    }
    assert!(acknowledged > 0);
    println!("{kills} kills, {acknowledged} acknowledged writes, none lost; slowest opening {slowest:?}");
}
