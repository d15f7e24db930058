//! Who speaks, who is meant and who stands where in the articles of the tests and the built-in one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::path::PathBuf;

use verbatim::analysis::{Analysis, EntityKind, Standing, analyse};
use verbatim::document::{Edition, Knowledge};
use verbatim::folder::Folder;
use verbatim::rules::Rules;
use verbatim::span::EditionId;

fn read(folder: &str) -> (Edition, Analysis) {
    let rules = Rules::embedded().unwrap();
    let knowledge = match folder {
        "" => Knowledge::embedded(&rules).unwrap(),
        name => Knowledge::load(&Folder::Disk(PathBuf::from(format!("tests/knowledge/{name}"))), &rules).unwrap(),
    };
    let edition = knowledge.editions[0].clone();
    let analysis = analyse(&edition, &rules);
    (edition, analysis)
}

/// The speaker of the statement whose content holds `words`; the last such statement, so the innermost one.
fn speaker(edition: &Edition, analysis: &Analysis, words: &str) -> Option<String> {
    let holds =
        |statement: &&verbatim::analysis::Statement| statement.content.iter().any(|&span| edition.slice(span).contains(words));
    let statement = analysis.statements.iter().rfind(holds).unwrap_or_else(|| panic!("no statement holds {words:?}"));
    statement.speaker.as_ref().map(|speaker| speaker.name.clone())
}

fn says(edition: &Edition, analysis: &Analysis, pairs: &[(&str, &str)]) {
    for (words, name) in pairs {
        assert_eq!(speaker(edition, analysis, words).as_deref(), Some(*name), "{words}");
    }
}

/// Every status as name, concept and whether it is denied.
fn statuses(analysis: &Analysis) -> Vec<(String, String, bool)> {
    let named = |status: &verbatim::analysis::Status| {
        let name = status.entity.and_then(|id| analysis.entity(id)).map(|entity| entity.name.clone())?;
        Some((name, status.status.clone(), status.negated))
    };
    analysis.statuses.iter().filter_map(named).collect()
}

fn has(found: &[(String, String, bool)], name: &str, status: &str, negated: bool) -> bool {
    found.iter().any(|(a, b, c)| a == name && b == status && *c == negated)
}

#[test]
fn the_built_in_article_gives_its_speakers() {
    let (edition, analysis) = read("");
    says(
        &edition,
        &analysis,
        &[
            ("“intolerable”", "Giorgia Meloni"),
            ("tip of the iceberg", "Guido Crosetto"),
            ("“unacceptable,”", "Antonio Tajani"),
            ("he accessed state databases", "Marco Malerba"),
            ("felt obliged", "Marco Malerba"),
            ("15 terabytes", "Nunzio Samuele Calamucci"),
            ("a cyber operation", "Nunzio Samuele Calamucci"),
            ("further clarity", "Their legal representatives"),
        ],
    );
}

#[test]
fn the_built_in_article_gives_statuses_and_standing() {
    let (edition, analysis) = read("");
    let found = statuses(&analysis);
    assert!(has(&found, "Marco Malerba", "status.house_arrest", false), "{found:?}");
    assert!(has(&found, "Carmine Gallo", "status.house_arrest", false), "{found:?}");
    assert!(!found.iter().any(|status| status.1 == "status.convicted"), "{found:?}");
    let standing = |words: &str| {
        let held = analysis.sentences.iter().find(|sentence| edition.slice(sentence.span).contains(words));
        held.map(|sentence| sentence.standing).unwrap()
    };
    assert_eq!(standing("are alleged to have funneled"), Standing::Alleged);
    assert_eq!(standing("reportedly targeted"), Standing::Alleged);
    assert_eq!(standing("may have been involved"), Standing::Alleged);
    assert_eq!(standing("placed under house arrest"), Standing::Attributed);
    assert_eq!(standing("A specialized task force"), Standing::Stated);
}

#[test]
fn a_sentence_that_points_back_carries_the_one_that_names() {
    let (edition, analysis) = read("");
    let antecedent = |words: &str| {
        let held = analysis.sentences.iter().find(|sentence| edition.slice(sentence.span).contains(words)).unwrap();
        let first = held.antecedents.first().map(|&index| edition.slice(analysis.sentences[index as usize].span).to_owned());
        first.unwrap_or_default()
    };
    assert!(antecedent("he referenced assisting").contains("Calamucci reportedly"));
    assert!(antecedent("The suspects are accused").contains("Enrico Pazzali"));
    assert!(antecedent("The scope of the operation").contains("cyber operation"));
    assert!(antecedent("Their legal representatives").contains("four suspects"));
    assert!(antecedent("The firm reportedly").contains("Equalize"));
}

#[test]
fn two_people_with_one_surname_stay_two() {
    let (edition, analysis) = read("surnames");
    says(
        &edition,
        &analysis,
        &[
            ("eleven Dunmores", "Eleanor Dunmore"),
            ("We can read a calendar", "Maria Halloran"),
            ("kept quiet", "Peter Halloran"),
            ("We lose four minutes", "Ana Lindqvist"),
        ],
    );
    let names: Vec<&str> = analysis.entities.iter().map(|entity| entity.name.as_str()).collect();
    for name in ["Eleanor Dunmore", "Victor Dunmore"] {
        assert_eq!(names.iter().filter(|other| **other == name).count(), 1, "{names:?}");
    }
}

#[test]
fn a_trial_gives_its_verdicts() {
    let (edition, analysis) = read("court");
    let found = statuses(&analysis);
    assert!(has(&found, "Lucille Ormond", "status.convicted", false), "{found:?}");
    assert!(has(&found, "Ingrid Solbakken", "status.acquitted", false), "{found:?}");
    assert!(has(&found, "Gordon Pettigrew", "status.charged", true), "{found:?}");
    assert!(!found.iter().any(|(_, status, negated)| status == "status.investigated" && !negated), "{found:?}");
    says(&edition, &analysis, &[("the only deep-water channel", "Philippa Ashgrove"), ("I wrote it down", "Ingrid Solbakken")]);
    assert!(!analysis.corrections.is_empty());
}

#[test]
fn a_company_that_may_be_one_of_two_is_not_guessed() {
    let (edition, analysis) = read("business");
    says(&edition, &analysis, &[("hard lesson", "Mireille Castellane"), ("not forecasting a miracle", "Jonas Everhart")]);
    let silent = analysis.statements.iter().filter(|statement| statement.silence);
    let names: Vec<String> =
        silent.filter_map(|statement| statement.speaker.as_ref().map(|speaker| speaker.name.clone())).collect();
    assert!(!names.iter().any(|name| name.contains("Brenner")), "{names:?}");
}

#[test]
fn italian_verbs_without_a_subject_speak_for_the_last_one() {
    let (edition, analysis) = read("locale-it");
    says(
        &edition,
        &analysis,
        &[
            ("Ho appreso tutto dai giornali", "Ottavio Brandolini"),
            ("un quaderno a quadretti", "Fulvia Sanseverino"),
            ("confonde il consiglio con il bar", "Ottavio Brandolini"),
        ],
    );
    let found = statuses(&analysis);
    assert!(has(&found, "Ottavio Brandolini", "status.investigated", true), "{found:?}");
    assert!(has(&found, "Lazzaro Pentima", "status.detained", false), "{found:?}");
    assert!(has(&found, "Ettore Scuderi", "status.wanted", false), "{found:?}");
}

#[test]
fn an_italian_trial_gives_its_verdicts() {
    let (edition, analysis) = read("giudiziaria");
    let found = statuses(&analysis);
    assert!(has(&found, "Loredana Vismara", "status.acquitted", false), "{found:?}");
    assert!(has(&found, "Fausto Gherardesca", "status.convicted", false), "{found:?}");
    assert!(has(&found, "Sergio Gherardesca", "status.investigated", true), "{found:?}");
    says(
        &edition,
        &analysis,
        &[("Leggeremo le motivazioni", "Corrado Anselmetti"), ("mi hanno tolto la delega", "Loredana Vismara")],
    );
}

#[test]
fn a_weekday_of_an_updated_text_stays_open_where_publication_and_update_give_other_days() {
    let rules = Rules::embedded().unwrap();
    let dates = |updated: &str| {
        let data = format!("title = \"T\"\nlanguage = \"en\"\npublished = \"2025-07-08\"\n{updated}");
        let text = "T\n\nThe captain was charged on Wednesday. The fire broke out on Monday. It began on July 1.\n";
        let edition = Edition::of_text(EditionId(0), toml::from_str(&data).unwrap(), text.to_owned(), rules.locale("en"));
        analyse(&edition, &rules).dates.into_iter().map(|date| date.value).collect::<Vec<_>>()
    };
    let some = |day: &str| Some(day.to_owned());
    assert_eq!(dates(""), [some("2025-07-02"), some("2025-07-07"), some("2025-07-01")]);
    let text = |words: &str| {
        let data = "title = \"T\"\nlanguage = \"en\"\npublished = \"2025-07-08\"\n";
        let text = format!("T\n\n{words}\n");
        let edition = Edition::of_text(EditionId(0), toml::from_str(data).unwrap(), text, rules.locale("en"));
        analyse(&edition, &rules).dates.into_iter().map(|date| date.value).collect::<Vec<_>>()
    };
    assert_eq!(text("Service will resume on July 14 and in May."), [some("2025-07-14"), some("2026-05")]);
    assert_eq!(text("It was sold on July 14. It was built on March 3."), [None, some("2025-03-03")]);
    assert_eq!(dates("updated = \"2025-07-09\""), [None, some("2025-07-07"), some("2025-07-01")]);
}

#[test]
fn a_town_a_month_and_a_work_are_not_the_person_whose_name_they_share() {
    let rules = Rules::embedded().unwrap();
    let text = "T\n\nThe strike began in Malvern in May. On 1 May 2019, the ferries stopped. Polonia Malvern lost its match. Malvern was quiet.\n\n\
        Ada Roe wrote it. The Disputation of Ada Roe was printed in Malvern. Roe said the town would pay.\n";
    let metadata = toml::from_str("title = \"T\"\nlanguage = \"en\"\n").unwrap();
    let edition = Edition::of_text(EditionId(0), metadata, text.to_owned(), rules.locale("en"));
    let analysis = analyse(&edition, &rules);
    let names = analysis.entities.iter().map(|entity| (entity.name.as_str(), entity.kind)).collect::<Vec<_>>();
    assert!(names.contains(&("Malvern", EntityKind::Place)), "{names:?}");
    assert!(names.iter().all(|(name, _)| *name != "May"), "{names:?}");
    assert_eq!(speaker(&edition, &analysis, "the town would pay").as_deref(), Some("Ada Roe"), "{names:?}");
}
