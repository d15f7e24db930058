//! Figures on which two sources differ stand side by side; figures of other things do not.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use verbatim::briefing::{Briefing, Matter, Topic};
use verbatim::document::Knowledge;
use verbatim::engine::{AskOptions, Snapshot};
use verbatim::folder::Folder;
use verbatim::render::text::Layout;
use verbatim::rules::Rules;

use crate::page::page_of;
use crate::shelf;

/// A knowledge of sources with a language, a date and a text each.
fn knowledge(sources: &[(&str, &str, &str)]) -> Snapshot {
    let folder = tempfile::tempdir().unwrap();
    for (number, (language, date, text)) in sources.iter().enumerate() {
        let path = folder.path().join(format!("source-{number}"));
        fs::create_dir(&path).unwrap();
        let data = format!("title = \"Report {number}\"\nlanguage = \"{language}\"\npublished = \"{date}\"\n");
        fs::write(path.join("source.toml"), data).unwrap();
        fs::write(path.join("article.txt"), format!("Report {number}\n\n{text}\n")).unwrap();
    }
    load(folder.path())
}

fn load(path: &Path) -> Snapshot {
    let rules = Arc::new(Rules::embedded().unwrap());
    let knowledge = Knowledge::load(&Folder::Disk(path.to_owned()), &rules).unwrap();
    Snapshot::new(rules, knowledge)
}

/// The words of the figures that differ, for each matter.
fn figures(snapshot: &Snapshot, briefing: &Briefing) -> Vec<Vec<String>> {
    let words = |matter: &Matter| match matter {
        Matter::Figure(spans) => Some(spans.iter().map(|&span| snapshot.knowledge.slice(span).to_owned()).collect()),
        Matter::Status(_) => None,
    };
    briefing.differing.iter().filter_map(|difference| words(&difference.matter)).collect()
}

fn differing(first: &str, second: &str) -> Vec<Vec<String>> {
    let snapshot = knowledge(&[("en", "2025-03-05", first), ("en", "2025-03-04", second)]);
    figures(&snapshot, &snapshot.brief(300, &AskOptions::default()))
}

const BLAST: &str = "Twelve people were injured when a gas tank exploded at the Korvin brewery, firefighters said.";

#[test]
fn two_numbers_for_the_same_thing_of_one_event_differ() {
    for (first, second, expected) in [
        (
            BLAST,
            "A gas tank explosion injured 14 people at the Korvin brewery, the owner said.",
            ["Twelve people", "14 people"],
        ),
        (BLAST, "At the Korvin brewery a gas tank burst and wounded 1,200 people.", ["Twelve people", "1,200 people"]),
        (
            "Ada Brandt was sentenced to six years in prison for fraud on Monday.",
            "A court sentenced Ada Brandt to five years in prison for fraud.",
            ["six years", "five years"],
        ),
        (
            "Thieves stole $2 million from the vault of Norden Bank.",
            "The vault of Norden Bank was opened and thieves stole $3.5 million.",
            ["$2 million", "$3.5 million"],
        ),
    ] {
        assert_eq!(differing(first, second), [expected], "{first}\n{second}");
    }
}

#[test]
fn numbers_of_other_things_do_not_differ() {
    for (first, second) in [
        // The same number, in words and digits.
        (BLAST, "A gas tank explosion injured 12 people at the Korvin brewery."),
        // Another thing is counted.
        (BLAST, "A gas tank explosion injured 14 horses at the Korvin brewery."),
        (BLAST, "A gas tank explosion killed 14 people at the Korvin brewery."),
        (
            "Twelve police officers were attacked at the Korvin brewery during the strike.",
            "Three police stations were attacked near the Korvin brewery during the strike.",
        ),
        ("Police seized 12 kilos of flour at the Korvin brewery.", "Police seized 30 kilos of sugar at the Korvin brewery."),
        // Another place, another firm, another person.
        (BLAST, "A gas tank explosion injured 14 people at the Lindholm brewery, firefighters said."),
        (
            "A gas tank explosion injured 12 people at a brewery in Paris.",
            "A gas tank explosion injured 14 people at a brewery in Rome.",
        ),
        (
            "Ada Brandt was sentenced to six years in prison for fraud on Monday.",
            "Nils Oskarsson was sentenced to four years in prison for fraud on Monday.",
        ),
        // A part of them.
        (
            "Eight suspects were arrested at the Korvin brewery after the theft.",
            "Three of the eight suspects were arrested at the Korvin brewery after the theft.",
        ),
        (
            "Eight suspects were arrested at the Korvin brewery after the theft.",
            "Police arrested three more suspects at the Korvin brewery after the theft.",
        ),
        (
            "Eight suspects were arrested at the Korvin brewery after the theft.",
            "Another three suspects were arrested at the Korvin brewery after the theft.",
        ),
        (BLAST, "Seven people were injured at the Korvin brewery and five people in the street by the gas tank."),
        // Rough, a range, not so, not yet so.
        (BLAST, "A gas tank explosion injured about 20 people at the Korvin brewery."),
        (BLAST, "A gas tank explosion injured more than 10 people at the Korvin brewery."),
        (BLAST, "A gas tank explosion injured at least 10 people at the Korvin brewery."),
        (BLAST, "A gas tank explosion injured 10 to 14 people at the Korvin brewery."),
        (BLAST, "A gas tank explosion did not injure 14 people at the Korvin brewery."),
        (BLAST, "A gas tank explosion could have injured 14 people at the Korvin brewery."),
        // Another time.
        (BLAST, "In 2019 a gas tank explosion injured 14 people at the Korvin brewery."),
        (
            "The Korvin brewery sold 12 percent less beer in the first quarter.",
            "The Korvin brewery sold 14 percent less beer in the second quarter.",
        ),
        // One source's own numbers.
        (
            "A gas tank explosion injured 12 people at the Korvin brewery.\n\nA gas tank explosion injured 14 people at the Korvin brewery, others say.",
            "Nothing is known of the cause.",
        ),
    ] {
        assert_eq!(differing(first, second), Vec::<Vec<String>>::new(), "{first}\n{second}");
    }
}

#[test]
fn figures_of_years_apart_and_of_undated_sources_do_not_differ() {
    let other = "A gas tank explosion injured 14 people at the Korvin brewery, the owner said.";
    let apart = knowledge(&[("en", "2025-03-05", BLAST), ("en", "2023-03-04", other)]);
    assert_eq!(figures(&apart, &apart.brief(300, &AskOptions::default())), Vec::<Vec<String>>::new());
}

#[test]
fn italian_figures_differ_alike() {
    let one = "Nell’esplosione al birrificio Korvin sono morte dodici persone, dicono i pompieri.";
    let other = "Sono morte 14 persone nell’esplosione al birrificio Korvin, secondo il proprietario.";
    let part = "Nell’esplosione al birrificio Korvin sono morte almeno 9 persone.";
    let of = |other| {
        let snapshot = knowledge(&[("it", "2025-03-05", one), ("it", "2025-03-04", other)]);
        figures(&snapshot, &snapshot.brief(300, &AskOptions::default()))
    };
    assert_eq!(of(other), [["dodici persone", "14 persone"]]);
    assert_eq!(of(part), Vec::<Vec<String>>::new());
}

#[test]
fn what_differs_stands_side_by_side_and_dated_and_is_never_shown_alone_as_a_difference() {
    let filler = "The brewery is the town’s oldest. It was built of brick. Its beer is dark.";
    let other = format!("{filler}\n\nA gas tank explosion injured 14 people at the Korvin brewery, the owner said.");
    let third = format!("{filler}\n\nAt the Korvin brewery a gas tank exploded. It hurt nobody else.");
    let sources = [("en", "2025-03-05", BLAST), ("en", "2025-03-04", other.as_str()), ("en", "2025-03-03", third.as_str())];
    let snapshot = knowledge(&sources);
    let briefing = snapshot.brief(300, &AskOptions::default());
    let section = briefing.sections.iter().find(|section| section.topic == Topic::Differing).unwrap();
    let numbers = section.entries.iter().map(|entry| entry.number).collect::<Vec<_>>();
    assert_eq!((numbers.len(), &briefing.differing[0].numbers), (2, &numbers));
    let text = page_of(&snapshot, 300, "en", &[]).text(Layout::default());
    let (before, after) = text.split_once("Where the sources differ").unwrap();
    let both = after.find("March 5, 2025").zip(after.find("March 4, 2025"));
    assert!(both.is_some() && after.contains("“Twelve people”") && after.contains("“14 people”"), "{before}…{after}");
    // Where only one of them fits, it stands under its own topic and the other is listed.
    let short = snapshot.brief(20, &AskOptions::default());
    assert!(short.sections.iter().all(|section| section.topic != Topic::Differing) && short.differing.is_empty());
    assert!(!short.left_out.is_empty());
}

#[test]
fn an_accusation_of_whom_nothing_names_is_listed_and_not_shown() {
    let text = "The bridge at Korvin opened in May.\n\nThey are accused of stealing grain.\n\nAda Brandt is accused of fraud.";
    let snapshot = knowledge(&[("en", "2025-03-05", text)]);
    let briefing = snapshot.brief(300, &AskOptions::default());
    let shown = briefing.entries().map(|entry| entry.quotation.text()).collect::<Vec<_>>();
    let listed = briefing.left_out.iter().map(|left| left.quotation.text()).collect::<Vec<_>>();
    assert!(shown.contains(&"Ada Brandt is accused of fraud."), "{shown:?}");
    assert_eq!(listed, ["They are accused of stealing grain."]);
}

#[test]
fn the_case_and_sources_alone_have_no_figures_that_differ() {
    for (name, snapshot) in shelf::all() {
        let briefing = snapshot.brief(600, &AskOptions::default());
        let found = figures(&snapshot, &briefing);
        let expected: Vec<[&str; 2]> = if name == "editions" { vec![["Seventeen people", "12 people"]] } else { Vec::new() };
        assert_eq!(found, expected, "{name}");
    }
}
