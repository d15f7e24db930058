//! Every message that the program asks for is there in every language, and none is there for nobody.

use std::collections::BTreeSet;
use std::path::Path;

use verbatim::answer::Reason;
use verbatim::briefing::Topic;
use verbatim::rules::Rules;

/// Tables whose keys are made from ids: reasons, standings, kinds of block and source, statuses, languages, commands,
/// topics.
const BY_ID: [&str; 8] = ["reason", "standing", "block", "class", "status", "language", "chat", "topic"];

fn asked_for(folder: &Path, keys: &mut BTreeSet<String>, tables: &BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            asked_for(&entry.path(), keys, tables);
        } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let literals = text.split('"').filter(|literal| {
                let plain = literal.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '.'));
                plain && literal.split_once('.').is_some_and(|(table, name)| tables.contains(table) && !name.is_empty())
            });
            keys.extend(literals.map(str::to_owned));
        }
    }
}

#[test]
fn every_message_asked_for_is_there_and_none_is_idle() {
    let rules = Rules::embedded().unwrap();
    let keys = |tag: &str| rules.language(tag).unwrap().wording.keys().collect::<BTreeSet<_>>();
    let english = keys("en");
    assert_eq!(english, keys("it"));
    let tables = english.iter().map(|key| key.split_once('.').unwrap().0.to_owned()).collect::<BTreeSet<_>>();
    let mut used = BTreeSet::new();
    for folder in ["src/render", "src/cli"] {
        asked_for(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut used, &tables);
    }
    let missing = used.difference(&english).collect::<Vec<_>>();
    assert!(missing.is_empty(), "asked for, but not there: {missing:?}");
    let idle = english.difference(&used).filter(|key| !BY_ID.contains(&key.split_once('.').unwrap().0)).collect::<Vec<_>>();
    assert!(idle.is_empty(), "there, but never asked for: {idle:?}");
}

#[test]
fn every_reason_status_and_language_has_its_words() {
    let rules = Rules::embedded().unwrap();
    for locale in rules.locales() {
        let wording = &rules.language(&locale.tag).unwrap().wording;
        for reason in Reason::ALL {
            assert!(wording.has(&format!("reason.{reason}")), "{reason} in {}", locale.tag);
        }
        for topic in Topic::ALL {
            assert!(wording.has(&format!("topic.{}", topic.key())), "{topic:?} in {}", locale.tag);
        }
        for other in rules.locales() {
            assert!(wording.has(&format!("language.{}", other.tag)), "{} in {}", other.tag, locale.tag);
            let entries = rules.language(&other.tag).unwrap().lexicon.entries();
            for id in entries.iter().map(|entry| &entry.id).filter(|id| id.starts_with("status.")) {
                assert!(wording.has(id), "{id} in {}", locale.tag);
            }
        }
    }
}

#[test]
fn refusals_speak_of_what_was_found_not_of_the_world() {
    let rules = Rules::embedded().unwrap();
    for (tag, found) in [("en", ["was found"; 2]), ("it", ["stat", "trovat"])] {
        let wording = &rules.language(tag).unwrap().wording;
        let silent = [
            Reason::UnknownName,
            Reason::VerdictNotReported,
            Reason::NoStatementByPerson,
            Reason::Forecast,
            Reason::NoAnswerOfThatKind,
            Reason::NotMentioned,
        ];
        for reason in silent {
            for n in ["1", "3"] {
                let text = wording.text(&format!("reason.{reason}"), &[("n", n), ("name", "X")]);
                assert!(found.iter().all(|part| text.contains(part)) && !text.contains('{'), "{text}");
            }
        }
    }
}
