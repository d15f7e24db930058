//! What is built is whole or not in force, takes over what has not changed, and tells when it no longer fits.

use std::fs;
use std::path::{Path, PathBuf};

use verbatim::archive::{self, Archive, ArchiveError};
use verbatim::engine::AskOptions;
use verbatim::index::CatalogueError;
use verbatim::receipt::RulesVersion;

use super::made::Made;
use super::parity::told;

const FOLDER: &str = "tests/knowledge/editions";

fn ask(made: &Made, question: &str) -> String {
    let options = AskOptions::default();
    let part = made.on_disk(&[]).for_question(question, &options).unwrap();
    told(&part.ask(question, &options), &part)
}

fn add(made: &Made, id: &str, text: &str) {
    let home = made.folder().join(id);
    fs::create_dir_all(&home).unwrap();
    fs::write(home.join("source.toml"), format!("title = \"About {id}\"\nlanguage = \"en\"\npublished = \"2024-03-01\"\n"))
        .unwrap();
    fs::write(home.join("article.txt"), text).unwrap();
}

/// Every file of the build in force but the one that no reader opens.
fn files(made: &Made) -> Vec<PathBuf> {
    let current = made.home().join(fs::read_to_string(made.home().join("current")).unwrap().trim());
    let inside = |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let mut files = inside(&current);
    files.extend(inside(&current.join("words")));
    files.retain(|path| path.is_file() && !path.file_name().unwrap().to_string_lossy().starts_with(".tantivy"));
    files
}

#[test]
fn only_what_has_changed_is_read_again() {
    let made = Made::of(FOLDER);
    let all = made.build().unwrap();
    assert!(all.read >= 4 && all.kept == 0 && all.gone == 0, "{all:?}");
    let again = made.build().unwrap();
    assert_eq!((again.read, again.kept, again.gone), (0, all.read, 0));
    let question = "what did Hester Vane say about the lighthouse?";
    assert!(ask(&made, question).contains("abstained"));
    add(&made, "lighthouse", "The lighthouse\n\nHester Vane said that the lighthouse would be sold for 3 million euros.\n");
    let more = made.build().unwrap();
    assert_eq!((more.read, more.kept, more.gone), (1, all.read, 0));
    assert!(ask(&made, question).contains("sold for 3 million"));
    add(&made, "lighthouse", "The lighthouse\n\nHester Vane said that the lighthouse would be kept.\n");
    let changed = made.build().unwrap();
    assert_eq!((changed.read, changed.kept, changed.gone), (1, all.read, 0));
    let told = ask(&made, question);
    assert!(told.contains("would be kept") && !told.contains("sold for"), "{told}");
    fs::remove_dir_all(made.folder().join("lighthouse")).unwrap();
    let less = made.build().unwrap();
    assert_eq!((less.read, less.kept, less.gone), (0, all.read, 1));
    assert!(ask(&made, question).contains("abstained"));
    let builds = fs::read_dir(made.home()).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(builds, 1, "former builds are removed");
}

#[test]
fn an_index_brought_up_to_date_answers_as_a_new_one() {
    let (step, whole) = (Made::of(FOLDER), Made::of(FOLDER));
    step.build().unwrap();
    for made in [&step, &whole] {
        add(made, "lighthouse", "The lighthouse\n\nHester Vane said that the lighthouse would be kept. Nobody was hurt.\n");
        made.build().unwrap();
    }
    for question in ["what did Hester Vane say?", "who was hurt?", "when did the ferry burn?", "what did Hestor Vane say?"] {
        assert_eq!(ask(&step, question), ask(&whole, question), "{question}");
    }
}

#[test]
fn what_a_killed_build_leaves_is_not_in_force_and_is_cleared_away() {
    let made = Made::of(FOLDER);
    made.build().unwrap();
    let before = ask(&made, "who was hurt?");
    // Half a build, as a kill leaves it: some files, no directory, not in force.
    let left = made.home().join("build-7");
    fs::create_dir_all(left.join("words")).unwrap();
    fs::write(left.join("analyses-7"), b"half").unwrap();
    fs::write(left.join("words/meta.json"), b"{").unwrap();
    assert_eq!(ask(&made, "who was hurt?"), before);
    let again = made.build().unwrap();
    assert_eq!(again.read, 0);
    assert!(!left.exists());
    assert_eq!(ask(&made, "who was hurt?"), before);
}

#[test]
fn a_build_that_fails_leaves_the_former_in_force() {
    let made = Made::of(FOLDER);
    made.build().unwrap();
    let before = ask(&made, "who was hurt?");
    add(&made, "broken", "A text\n\nSomething.\n");
    fs::write(made.folder().join("broken/source.toml"), "title = ").unwrap();
    assert!(matches!(made.build(), Err(ArchiveError::Knowledge(_))));
    assert_eq!(ask(&made, "who was hurt?"), before);
    fs::remove_dir_all(made.folder().join("broken")).unwrap();
    assert_eq!(made.build().unwrap().read, 0);
}

#[test]
fn an_open_archive_goes_on_while_another_is_built() {
    let made = Made::of(FOLDER);
    made.build().unwrap();
    let (open, options) = (made.on_disk(&[]), AskOptions::default());
    let one = |question: &str| {
        let part = open.for_question(question, &options).unwrap();
        told(&part.ask(question, &options), &part)
    };
    let before = one("who was hurt?");
    add(&made, "lighthouse", "The lighthouse\n\nHester Vane said that the lighthouse would be kept.\n");
    made.build().unwrap();
    assert_eq!(one("who was hurt?"), before);
    assert!(ask(&made, "what did Hester Vane say?").contains("would be kept"));
}

#[test]
fn two_do_not_build_at_once() {
    let made = Made::of(FOLDER);
    made.build().unwrap();
    let lock = fs::File::create(made.home().join("lock")).unwrap();
    lock.lock().unwrap();
    assert!(matches!(made.build(), Err(ArchiveError::Catalogue(CatalogueError::Busy { .. }))));
    drop(lock);
    made.build().unwrap();
}

#[test]
fn an_index_of_other_rules_another_folder_or_a_changed_source_says_so() {
    let made = Made::of(FOLDER);
    assert!(made.open(&[]).unwrap().is_none(), "nothing is built yet");
    made.build().unwrap();
    let other = Archive::open(&made.home(), &made.folder(), RulesVersion::default(), Vec::new());
    assert!(matches!(other, Err(ArchiveError::OtherRules)));
    let other = Archive::open(&made.home(), made.place.path(), made.version, Vec::new());
    assert!(matches!(other, Err(ArchiveError::OtherFolder { .. })));
    let disk = made.on_disk(&[]);
    let article = made.folder().join("ferry-fire/article.txt");
    let text = fs::read_to_string(&article).unwrap();
    let state = |made: &Made| made.open(&[]).unwrap().unwrap().state().unwrap();
    assert!(state(&made).is_current());
    fs::write(&article, text.replace('e', "a")).unwrap();
    add(&made, "lighthouse", "The lighthouse\n\nNothing.\n");
    fs::remove_dir_all(made.folder().join("sound-wire")).unwrap();
    let found = state(&made);
    assert_eq!(
        (found.new, found.changed, found.gone),
        (vec!["lighthouse".to_owned()], vec!["ferry-fire".to_owned()], vec!["sound-wire".to_owned()])
    );
    let asked = disk
        .for_question("when did the ferry burn?", &AskOptions { source: Some("ferry-fire".into()), ..AskOptions::default() });
    let error = asked.map(drop).unwrap_err();
    assert_eq!(error.to_string(), "the source `ferry-fire` has changed since the index was made");
    let gone = disk.for_question("what?", &AskOptions { source: Some("sound-wire".into()), ..AskOptions::default() });
    assert!(matches!(gone, Err(ArchiveError::Changed { id }) if id == "sound-wire"));
    fs::write(made.folder().join("case.toml"), "name = \"Another\"\n").unwrap();
    assert!(matches!(made.open(&[]), Err(ArchiveError::OtherCase)));
    // All of it is mended by building.
    made.build().unwrap();
    assert!(state(&made).is_current());
}

#[test]
fn a_file_cut_short_or_missing_is_told_when_it_is_opened() {
    let made = Made::of(FOLDER);
    made.build().unwrap();
    for path in files(&made) {
        let bytes = fs::read(&path).unwrap();
        for keep in [0, 1, bytes.len() / 2, bytes.len().saturating_sub(1)] {
            if keep == bytes.len() {
                continue;
            }
            fs::write(&path, &bytes[..keep]).unwrap();
            assert!(made.open(&[]).is_err(), "{} cut to {keep} of {}", path.display(), bytes.len());
        }
        fs::remove_file(&path).unwrap();
        assert!(made.open(&[]).is_err(), "{} missing", path.display());
        fs::write(&path, &bytes).unwrap();
        made.open(&[]).unwrap().unwrap().catalogue().verify().unwrap();
    }
    fs::write(made.home().join("current"), "nothing").unwrap();
    assert!(matches!(made.open(&[]), Err(ArchiveError::Catalogue(CatalogueError::Damaged { .. }))));
    assert!(made.build().unwrap().read > 0, "what can't be opened is built anew");
}

#[test]
fn a_changed_byte_is_told_by_verifying_and_never_shown() {
    let made = Made::of(FOLDER);
    made.build().unwrap();
    let questions = ["who was hurt?", "when did the ferry burn?", "what did the inquiry find?"];
    let whole = questions.map(|question| ask(&made, question));
    for path in files(&made) {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for part in 1..8 {
            let at = bytes.len() * part / 8;
            let mut damaged = bytes.clone();
            damaged[at.min(bytes.len() - 1)] ^= 0x55;
            fs::write(&path, &damaged).unwrap();
            let Ok(Some(archive)) = made.open(&[]) else { continue };
            // The lists of the search engine have no checksum: what they can do is fail to open.
            assert!(name.ends_with(".json") || archive.catalogue().verify().is_err(), "{name} at {at}");
            drop(archive);
            if name.starts_with("analyses-") || name.starts_with("passages-") {
                for (question, whole) in questions.iter().zip(&whole) {
                    let snapshot = made.on_disk(&[]);
                    match snapshot.for_question(question, &AskOptions::default()) {
                        Ok(part) => assert_eq!(&told(&part.ask(question, &AskOptions::default()), &part), whole),
                        Err(error) => assert!(error.to_string().contains("damaged"), "{error}"),
                    }
                }
            }
        }
        fs::write(&path, &bytes).unwrap();
    }
}

#[test]
fn anew_takes_nothing_over() {
    let made = Made::of(FOLDER);
    let first = made.build().unwrap();
    let again = archive::build(&made.home(), &made.folder(), &made.rules, made.version, true, |_| {}).unwrap();
    assert_eq!((again.read, again.kept), (first.read, 0));
}
