//! A source gets a new edition while the bot is down: recall and follow each fire once and only once.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use verbatim::document::{Knowledge, View, Viewer};
use verbatim::engine::Snapshot;
use verbatim::folder::Folder;
use verbatim::recall::{self, Fate};
use verbatim::receipt::{Receipt, RulesVersion, Settings, Shown};
use verbatim::rules::Rules;
use verbatim::span::Span;
use verbatim::store::{Begun, Delivery, EditionHash, Follow, Followed, KeptReceipt, Store, Time};

use super::{copy, showing};

const NOW: Time = Time(1_760_000_000);

fn snapshot(folder: &Path) -> (Snapshot, View) {
    let rules = Rules::embedded().unwrap();
    let knowledge = Knowledge::load(&Folder::Disk(folder.to_owned()), &rules).unwrap();
    let view = knowledge.view(&Viewer::default());
    (Snapshot::new(Arc::new(rules), knowledge), view)
}

/// The words of a span of the snapshot.
fn words(snapshot: &Snapshot, span: Span) -> &str {
    snapshot.knowledge.slice(span)
}

fn find(snapshot: &Snapshot, view: &View, text: &str) -> Span {
    let edition = view.editions.iter().filter_map(|&id| snapshot.knowledge.edition(id)).find(|e| e.text().contains(text));
    let edition = edition.unwrap();
    let at = edition.text().find(text).unwrap();
    Span::new(edition.id, at, at + text.len())
}

/// Shows an answer made of these passages and returns the id of its receipt.
fn show(store: &Store, snapshot: &Snapshot, message: u64, spans: &[Span]) -> String {
    let shown = Shown { asked: "who?", outcome: 0, spans, labels: &[] };
    let receipt = Receipt::of_shown(&shown, &Settings::default(), &snapshot.knowledge, RulesVersion::default());
    let kept = KeptReceipt::of(&receipt, &snapshot.knowledge, store.question("who?"), "rules".into(), NOW).unwrap();
    store.keep_receipt(receipt.id(), kept, showing(message, None));
    receipt.id().to_owned()
}

/// Everything that is to be said now; each message is sent unless it was before.
fn round(store: &Store, snapshot: &Snapshot, view: &View) -> Vec<(Delivery, u64)> {
    let due = recall::due(&store.follows(None).unwrap(), snapshot, view);
    for (follow, source, edition) in &due.passes {
        store.pass_over(follow, source, *edition).unwrap();
    }
    let mut deliveries: Vec<_> = due.firings.iter().map(recall::Firing::delivery).collect();
    for affected in recall::affected(&store.receipts().unwrap(), snapshot, view) {
        let showings = store.showings(&affected.receipt).unwrap();
        deliveries.extend(showings.iter().filter_map(|showing| affected.delivery(showing)));
    }
    let mut sent = Vec::new();
    for delivery in deliveries {
        match store.begin(&delivery, NOW).unwrap() {
            Begun::Done { .. } => {}
            Begun::Send { nonce } | Begun::Again { nonce, .. } => sent.push((delivery, nonce)),
        }
    }
    sent
}

#[test]
fn a_new_edition_fires_once_and_only_once_over_restarts() {
    let sources = tempfile::tempdir().unwrap();
    copy(Path::new("tests/knowledge/editions"), sources.path());
    let second = sources.path().join("ferry-fire/editions");
    let aside = tempfile::tempdir().unwrap();
    fs::rename(&second, aside.path().join("editions")).unwrap();
    let data = tempfile::tempdir().unwrap();

    let (first, view) = snapshot(sources.path());
    let (removed, changed, unchanged);
    {
        let store = Store::open(data.path()).unwrap();
        let cause = find(&first, &view, "The cause of the fire was not known on Tuesday morning.");
        let hurt = find(&first, &view, "Fourteen people were injured");
        let alarm = find(&first, &view, "The fire started in the engine room");
        removed = show(&store, &first, 1, &[cause]);
        changed = show(&store, &first, 2, &[alarm, hurt]);
        unchanged = show(&store, &first, 3, &[alarm]);
        let told = recall::known(&first, &view);
        for what in [
            Followed::Source("ferry-fire".into()),
            Followed::Source("sound-wire".into()),
            Followed::Person("Kenji Moreau".into()),
            Followed::Person("Lis Amparo".into()),
        ] {
            store.follow((1, 10), what, told.clone(), 5, NOW).unwrap();
        }
        store.flush().unwrap();
        assert_eq!(round(&store, &first, &view), []);
    }

    // The bot is down; the source changes.
    fs::rename(aside.path().join("editions"), &second).unwrap();
    let (after, view) = snapshot(sources.path());
    let begun = {
        let store = Store::open(data.path()).unwrap();
        let affected = recall::affected(&store.receipts().unwrap(), &after, &view);
        let of = |id: &str| affected.iter().find(|affected| affected.receipt == id);
        assert_eq!(of(&unchanged), None);
        let Fate::Removed(gone) = of(&removed).unwrap().fates[0] else { panic!("{affected:?}") };
        assert_eq!(words(&after, gone), "The cause of the fire was not known on Tuesday morning.");
        let [Fate::Changed { before, after: now }] = of(&changed).unwrap().fates[..] else { panic!("{affected:?}") };
        assert!(words(&after, before).contains("Fourteen people") && words(&after, now).contains("Seventeen people"));

        let due = recall::due(&store.follows(None).unwrap(), &after, &view);
        let firing = due.firings.iter().find(|firing| firing.follow.what == Followed::Person("Kenji Moreau".into()));
        let new: Vec<_> = firing.unwrap().new.iter().map(|&span| words(&after, span)).collect();
        assert!(!new.is_empty() && new.iter().all(|words| words.contains("Moreau")), "{new:?}");
        let firing = due.firings.iter().find(|firing| firing.follow.what == Followed::Source("ferry-fire".into())).unwrap();
        let before = fs::read_to_string(sources.path().join("ferry-fire/article.txt")).unwrap();
        assert!(firing.new.len() > 5 && firing.new.iter().all(|&span| !before.contains(words(&after, span))));
        assert_eq!(due.firings.len(), 2);
        assert!(due.passes.iter().any(|(follow, ..)| follow.what == Followed::Person("Lis Amparo".into())));

        // Two follows and two recalls are begun; the process is gone before any is known to be sent.
        let begun = round(&store, &after, &view);
        assert_eq!(begun.len(), 4);
        begun
    };
    {
        let store = Store::open(data.path()).unwrap();
        let unsent = store.unsent().unwrap();
        assert!(begun.iter().all(|(delivery, _)| unsent.contains(delivery)));
        let again = round(&store, &after, &view);
        assert_eq!(again, begun, "the same messages with the same nonces, none lost and none more");
        for (number, (delivery, _)) in again.iter().enumerate() {
            store.sent(delivery, 500 + number as u64, NOW).unwrap();
        }
    }
    let store = Store::open(data.path()).unwrap();
    assert_eq!(round(&store, &after, &view), []);
    assert_eq!(store.unsent().unwrap(), []);
    let newest = recall::known(&after, &view);
    let concerned = |follow: &Follow| follow.what != Followed::Source("sound-wire".into());
    for follow in store.follows(Some(1)).unwrap().into_iter().filter(concerned) {
        assert_eq!(follow.told.get("ferry-fire"), newest.get("ferry-fire"));
    }
}

#[test]
fn a_text_that_was_overwritten_is_said_to_be_unknown() {
    let sources = tempfile::tempdir().unwrap();
    copy(Path::new("tests/knowledge/editions/sound-wire"), &sources.path().join("sound-wire"));
    let (before, view) = snapshot(sources.path());
    let data = tempfile::tempdir().unwrap();
    let store = Store::open(data.path()).unwrap();
    let edition = before.knowledge.edition(view.editions[0]).unwrap();
    show(&store, &before, 1, &[Span::new(edition.id, 0, 20)]);
    store.follow((1, 10), Followed::Source("sound-wire".into()), recall::known(&before, &view), 5, NOW).unwrap();
    store.flush().unwrap();
    let path = sources.path().join("sound-wire/article.txt");
    fs::write(&path, fs::read_to_string(&path).unwrap() + "\nOne more thing happened.\n").unwrap();
    let (after, view) = snapshot(sources.path());
    let affected = recall::affected(&store.receipts().unwrap(), &after, &view);
    assert_eq!(affected[0].fates, [Fate::Unknown]);
    assert_eq!(affected[0].hash, EditionHash::of(after.knowledge.edition(view.editions[0]).unwrap()));
    let due = recall::due(&store.follows(None).unwrap(), &after, &view);
    assert!(due.firings[0].unknown && due.firings[0].new.is_empty());
}
