//! What articles are made of: blocks, exact bytes, dates, faults in the data, and who may read which edition.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

use std::path::Path;

use proptest::prelude::*;
use verbatim::analysis;
use verbatim::document::{
    AddError, BlockKind, CHECKSUM_FILE, Change, Edition, Knowledge, KnowledgeError, Metadata, Mismatch, Moment, Viewer,
    add_source, diff, id_of_title,
};
use verbatim::folder::Folder;
use verbatim::rules::Rules;
use verbatim::span::EditionId;

fn edition(language: &str, title: &str, text: &str) -> Edition {
    let rules = Rules::embedded().expect("the built-in rules are sound");
    let metadata: Metadata = toml::from_str(&format!("title = {title:?}\nlanguage = {language:?}")).expect("metadata");
    Edition::of_text(EditionId(0), metadata, text.to_owned(), rules.locale(language))
}

/// Kinds and texts of the blocks.
fn blocks(edition: &Edition) -> Vec<(BlockKind, &str)> {
    edition.blocks.iter().map(|block| (block.kind, edition.slice(block.span))).collect()
}

fn load(folder: &Path) -> Result<Knowledge, KnowledgeError> {
    Knowledge::load(&Folder::Disk(folder.to_owned()), &Rules::embedded().expect("rules"))
}

const PROSE: &str = "The mayor opened the bridge on Monday, nine years after the first stone had been laid.";

#[test]
fn a_page_is_taken_apart() {
    let title = "Bridge opens after nine years of delay";
    let text = format!(
        "Menu\nSkip to content\n\nLocal news\n\n{title}\n\nBy Ann Roe\nJan 5, 2025 | 9:10 AM\n\n{PROSE}\n\nBridge opens after nine \
         years of delay The mayor cuts a ribbon. (AP Photo)\n\nWhat it cost\n\n{PROSE}\n\nPhoto: The river in 1954\n\n## \
         The road ahead\n\n{PROSE}\n\nCorrection: The bridge is 90 meters long.\n\nUpdated on January 6, 2025"
    );
    let edition = edition("en", title, &text);
    let kinds = blocks(&edition).into_iter().filter(|&(kind, _)| kind != BlockKind::Paragraph).collect::<Vec<_>>();
    assert_eq!(
        kinds,
        [
            (BlockKind::Boilerplate, "Menu"),
            (BlockKind::Boilerplate, "Skip to content"),
            (BlockKind::Boilerplate, "Local news"),
            (BlockKind::Title, title),
            (BlockKind::Byline, "By Ann Roe"),
            (BlockKind::Dateline, "Jan 5, 2025 | 9:10 AM"),
            (BlockKind::Boilerplate, title),
            (BlockKind::Caption, "The mayor cuts a ribbon. (AP Photo)"),
            (BlockKind::Heading, "What it cost"),
            (BlockKind::Caption, "Photo: The river in 1954"),
            (BlockKind::Heading, "## The road ahead"),
            (BlockKind::Correction, "Correction: The bridge is 90 meters long."),
            (BlockKind::Dateline, "Updated on January 6, 2025"),
        ]
    );
    let sections = edition.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    let sections = sections.map(|block| block.section.map(|span| edition.slice(span))).collect::<Vec<_>>();
    assert_eq!(sections, [None, Some("What it cost"), Some("## The road ahead")]);
}

#[test]
fn an_italian_page_is_taken_apart() {
    let prosa = "Il sindaco ha inaugurato il ponte lunedì, nove anni dopo la posa della prima pietra.";
    let text = format!(
        "Vai al contenuto\n\nIl ponte apre, dopo nove anni d'attesa\n\ndi Anna Neri e Ugo Bo\nPubblicato il 5 gennaio 2025 alle \
         9.10\n\n{prosa}\n\nFoto: il fiume nel 1954\n\nI costi\n\n{prosa}\n\nRettifica: il ponte è lungo 90 metri.\n\nAggiornato il \
         6 gennaio 2025 alle ore 8:00"
    );
    let edition = edition("it", "Il ponte apre, dopo nove anni d’attesa", &text);
    let kinds = edition.blocks.iter().map(|block| block.kind).collect::<Vec<_>>();
    use BlockKind::{Boilerplate, Byline, Caption, Correction, Dateline, Heading, Paragraph, Title};
    assert_eq!(kinds, [Boilerplate, Title, Byline, Dateline, Paragraph, Caption, Heading, Paragraph, Correction, Dateline]);
}

#[test]
fn running_text_stays_running_text() {
    // Words that could be taken for something else, each between two paragraphs.
    let lines = [
        "By Monday the water had gone down again and the road was open.",
        "Published in 1990, the book was forgotten.",
        "Nobody came.",
        "A bridge that opens after nine years of delay is still a bridge.",
        "She said: “Never again.”",
        "Of the pictures taken that day (there were many) none is left (the archive burnt).",
        "The share fell by 3 percent (from 40 to 38.8).",
        "Correction of the course came too late for them all.",
    ];
    for line in lines {
        let text = format!("Bridge opens after nine years of delay\n\n{PROSE}\n\n{line}\n\n{PROSE}\n");
        let edition = edition("en", "Bridge opens after nine years of delay", &text);
        assert_eq!(blocks(&edition)[2], (BlockKind::Paragraph, line));
    }
}

#[test]
fn what_a_colon_introduces_is_no_heading() {
    let text = format!("{PROSE}\n\nShe told reporters on the phone:\n\nWe came here to open a bridge\n\n{PROSE}");
    assert_eq!(blocks(&edition("en", "T", &text))[2].0, BlockKind::Paragraph);
}

#[test]
fn lines_broken_to_a_width_are_one_paragraph() {
    let text = "THE BRIDGE\n\nThe mayor opened the bridge on Monday, nine years after the first stone\nhad been laid, and said \
                that nobody would ever have to wait that long for\na bridge again.\n\n“It is a good bridge,” said a man who had \
                come all the way from the other\nside of the river on foot.\n";
    let edition = edition("en", "The bridge", text);
    let found = blocks(&edition);
    assert_eq!(found.len(), 3);
    assert!(found[1].1.starts_with("The mayor") && found[1].1.ends_with("again."));
    assert!(found[2].1.contains("from the other\nside"));
}

#[test]
fn one_line_for_each_paragraph_needs_no_blank_lines() {
    let text = format!("{PROSE} {PROSE}\n{PROSE} {PROSE}\nThe cost\n{PROSE} {PROSE}\n");
    let kinds = blocks(&edition("en", "T", &text)).iter().map(|&(kind, _)| kind).collect::<Vec<_>>();
    use BlockKind::{Heading, Paragraph};
    assert_eq!(kinds, [Paragraph, Paragraph, Heading, Paragraph]);
}

#[test]
fn every_byte_keeps_its_place() {
    let text = "\u{feff}Café\u{a0}society\r\n\r\n\u{a0}«Cosi\u{300}», disse — ‘già’… 👩‍👩‍👧 e via. \r\n\r\nقال الوزير: «لا». نعم.\r\n\r\nno end";
    let edition = edition("it", "Café society", text);
    assert_eq!(edition.text().as_bytes(), text.as_bytes());
    let found = blocks(&edition).into_iter().map(|(_, words)| words).collect::<Vec<_>>();
    assert_eq!(found, ["Café\u{a0}society", "«Cosi\u{300}», disse — ‘già’… 👩‍👩‍👧 e via.", "قال الوزير: «لا». نعم.", "no end"]);
    assert_eq!(edition.blocks[0].span.start, 3);
    assert!(blocks(&self::edition("en", "T", "")).is_empty());
    assert!(blocks(&self::edition("en", "T", " \r\n\u{feff}\n")).is_empty());
}

#[test]
fn one_enormous_line_is_one_paragraph() {
    let text = "The mayor said so. ".repeat(10_000_000 / 19);
    let began = std::time::Instant::now();
    let edition = edition("en", "The mayor said so", &text);
    assert_eq!(edition.blocks.len(), 1);
    assert_eq!(edition.blocks[0].span.len(), text.trim_end().len());
    // Quadratic work on ten million bytes would take hours.
    assert!(began.elapsed().as_secs() < 60);
}

proptest! {
    #[test]
    fn blocks_are_disjoint_in_order_and_hold_all_that_is_visible(
        text in "([A-Za-z .,:()#\"“’éà🙂\u{301}0-9-]{0,90}(\n|\r\n|\n\n|\r|\u{2028}| ?\n\t\n)|By Ann\n|Jan 5, 2025\n|A title of four words( and more)?\n|Photo: x\n|\u{feff}|[\\PC]{0,20}\n){0,14}"
    ) {
        let edition = edition("en", "A title of four words", &text);
        let is_blank = |ch: char| ch.is_whitespace() || matches!(ch, '\u{feff}' | '\u{200b}' | '\u{2060}');
        let mut last = 0;
        for block in &edition.blocks {
            let range = block.span.range();
            prop_assert!(range.start >= last && range.start < range.end);
            prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
            prop_assert!(text[last..range.start].chars().all(is_blank));
            prop_assert_eq!(text[range.clone()].trim_matches(is_blank), &text[range.clone()]);
            last = range.end;
        }
        prop_assert!(text[last..].chars().all(is_blank));
    }
}

#[test]
fn moments_are_read_as_given_and_no_zone_is_invented() {
    let read = |text| Moment::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    for (text, local, time, offset) in [
        ("2024-11-03", "2024-11-03T00:00:00", false, false),
        ("2024-11-03T10:40", "2024-11-03T10:40:00", true, false),
        ("2024-11-03 10:40:30", "2024-11-03T10:40:30", true, false),
        ("2024-11-03T10:40:00Z", "2024-11-03T10:40:00", true, true),
        ("2024-11-03t10:40:00z", "2024-11-03T10:40:00", true, true),
        ("2024-11-03T10:40:00+01:00", "2024-11-03T10:40:00", true, true),
        ("2024-11-03T10:40+01:00", "2024-11-03T10:40:00", true, true),
        ("2024-11-03T10:40:00-0530", "2024-11-03T10:40:00", true, true),
        ("2024-11-03T10:40:00.250+01:00", "2024-11-03T10:40:00.25", true, true),
        ("2024-11-03T23:59:59.999", "2024-11-03T23:59:59.999", true, false),
    ] {
        let moment = read(text);
        let found = (moment.local().to_string(), moment.has_time(), moment.has_offset());
        assert_eq!(found, (local.to_owned(), time, offset), "{text}");
        assert_eq!(moment.as_str(), text);
    }
    for wrong in ["", "yesterday", "2024-13-01", "2024-02-30", "03/11/2024", "10:40", "2024-11-03T25:00"] {
        assert!(Moment::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn faults_of_a_source_name_file_line_column_and_the_nearest_key() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("bridge");
    std::fs::create_dir(&source).unwrap();
    std::fs::write(source.join("article.txt"), PROSE).unwrap();
    let fault = |data: &str| {
        std::fs::write(source.join("source.toml"), data).unwrap();
        load(folder.path()).unwrap_err().to_string()
    };
    let message = fault("title = \"T\"\nlanguage = \"en\"\npublishr = \"The Paper\"\n");
    assert!(message.contains("bridge/source.toml:3:1: unknown field `publishr`"), "{message}");
    assert!(message.contains("did you mean `publisher`?"), "{message}");
    let message = fault("title = \"T\"\nlanguage = \"en\"\npublished = \"3 Nov\"\n");
    assert!(message.contains("source.toml:3:13: `3 Nov` is no date: write 2024-11-03"), "{message}");
    assert!(fault("language = \"en\"\n").contains("missing field `title`"));
    std::fs::write(source.join("source.toml"), "title = \"T\"\nlanguage = \"en\"\n").unwrap();
    assert_eq!(load(folder.path()).unwrap().editions[0].text(), PROSE);
}

#[test]
fn broken_utf8_is_refused_with_its_byte_and_an_empty_folder_with_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    assert!(load(folder.path()).unwrap_err().to_string().contains("no source was found"));
    let source = folder.path().join("bridge");
    std::fs::create_dir(&source).unwrap();
    std::fs::write(source.join("source.toml"), "title = \"T\"\nlanguage = \"en\"\n").unwrap();
    std::fs::write(source.join("article.txt"), b"caf\xc3\xa9 caf\xe9 bar").unwrap();
    let message = load(folder.path()).unwrap_err().to_string();
    assert!(message.contains("article.txt: not UTF-8: the bytes from 9 on"), "{message}");
}

/// Source id and number of each edition that the viewer may read.
fn seen(viewer: &Viewer) -> Vec<(String, u32)> {
    let knowledge = load(Path::new("tests/knowledge/editions")).unwrap();
    let view = knowledge.view(viewer);
    let editions = view.editions.iter().map(|&id| (knowledge.source_of(id).unwrap(), knowledge.edition(id).unwrap()));
    editions.map(|(source, edition)| (source.id.clone(), edition.number)).collect()
}

fn pairs(wanted: &[(&str, u32)]) -> Vec<(String, u32)> {
    wanted.iter().map(|&(id, number)| (id.to_owned(), number)).collect()
}

#[test]
fn the_newest_edition_answers_and_an_earlier_one_as_of_its_day() {
    let today = Some("2025-07-20".parse().unwrap());
    let now = Viewer { today, ..Viewer::default() };
    assert_eq!(seen(&now), pairs(&[("ferry-fire", 2), ("sound-wire", 1)]));
    let as_of = |day: &str| Viewer { as_of: Some(day.parse().unwrap()), ..now.clone() };
    assert_eq!(seen(&as_of("2025-07-08")), pairs(&[("ferry-fire", 1), ("sound-wire", 1)]));
    assert_eq!(seen(&as_of("2025-07-09")), pairs(&[("ferry-fire", 2), ("sound-wire", 1)]));
    let knowledge = load(Path::new("tests/knowledge/editions")).unwrap();
    let before = knowledge.view(&as_of("2025-07-07"));
    assert!(before.editions.is_empty() && before.not_yet);
    let one = Viewer { source: Some("sound-wire".into()), ..now };
    assert_eq!(seen(&one), pairs(&[("sound-wire", 1)]));
}

#[test]
fn an_embargo_hides_a_source_until_its_day_and_a_newsroom_note_always() {
    let knowledge = load(Path::new("tests/knowledge/editions")).unwrap();
    let today = Some("2025-07-20".parse().unwrap());
    let reader = knowledge.view(&Viewer { today, ..Viewer::default() });
    assert!(reader.withheld.is_empty());
    let editor = Viewer { today, newsroom: true, ..Viewer::default() };
    assert_eq!(seen(&editor), pairs(&[("dockside-notes", 1), ("ferry-fire", 2), ("sound-wire", 1)]));
    let withheld = knowledge.view(&editor).withheld.iter().map(|&at| knowledge.sources[at].id.clone()).collect::<Vec<_>>();
    assert_eq!(withheld, ["inquiry-report"]);
    let later = Viewer { today: Some("2099-01-12".parse().unwrap()), ..Viewer::default() };
    assert!(seen(&later).contains(&("inquiry-report".to_owned(), 1)));
    // Without a clock no embargo ever ends.
    assert!(!seen(&Viewer::default()).contains(&("inquiry-report".to_owned(), 1)));
}

fn metadata(title: &str) -> Metadata {
    toml::from_str(&format!("title = {title:?}\nlanguage = \"en\"\npublished = \"2025-01-05T09:10:00+01:00\"")).unwrap()
}

#[test]
fn a_source_is_added_byte_for_byte_and_then_its_later_editions() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("knowledge");
    let first = "\u{feff}The bridge\r\n\r\nIt opened “on Monday”.".as_bytes();
    assert_eq!(add_source(&home, "bridge", &metadata("The bridge"), first).unwrap().edition, 1);
    let unchanged = add_source(&home, "bridge", &metadata("The bridge"), first);
    assert!(matches!(unchanged, Err(AddError::Unchanged { edition: 1, .. })));
    for number in 2..=11 {
        let text = format!("The bridge\n\nIt opened {number} times.");
        let added = add_source(&home, "bridge", &metadata("The bridge, again"), text.as_bytes()).unwrap();
        assert_eq!(added.edition, number);
        assert_eq!(added.path, home.join("bridge/editions").join(number.to_string()));
    }
    let knowledge = load(&home).unwrap();
    assert_eq!(knowledge.sources.len(), 1);
    assert_eq!(knowledge.editions[0].text().as_bytes(), first);
    assert_eq!(knowledge.editions[0].metadata, metadata("The bridge"));
    let numbers = knowledge.editions.iter().map(|edition| edition.number).collect::<Vec<_>>();
    assert_eq!(numbers, (1..=11).collect::<Vec<_>>());
    assert!(knowledge.editions[10].text().contains("11 times"));
    // Nothing written aside is left.
    let names = std::fs::read_dir(&home).unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
    assert_eq!(names, ["bridge"]);
}

#[test]
fn what_cannot_be_a_source_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for id in ["", "../x", "a/b", "A", "-x", "è"] {
        assert!(matches!(add_source(folder.path(), id, &metadata("T"), b"x"), Err(AddError::BadId { .. })), "{id}");
    }
    let broken = add_source(folder.path(), "x", &metadata("T"), b"caf\xe9");
    assert!(matches!(broken, Err(AddError::NotUtf8 { offset: 3 })));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    assert_eq!(id_of_title("L’“inchiesta” è finita: 3 città, 5 anni e un po’ di più"), "l-inchiesta-e-finita-3-citta-5-anni");
    assert_eq!(id_of_title("…"), "source");
}

#[test]
fn checksums_tell_changed_missing_and_unrecorded_files() {
    let folder = tempfile::tempdir().unwrap();
    add_source(folder.path(), "a", &metadata("A"), b"one").unwrap();
    add_source(folder.path(), "b", &metadata("B"), b"two").unwrap();
    let knowledge = load(folder.path()).unwrap();
    let sums = knowledge.checksums();
    // As `printf one | sha256sum` prints it.
    assert_eq!(sums[0].sha256, "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
    let record = sums.iter().map(|sum| format!("{}  {}\n", sum.sha256, sum.path)).collect::<String>();
    assert_eq!(knowledge.verify(&record), []);
    std::fs::write(folder.path().join(CHECKSUM_FILE), &record).unwrap();
    std::fs::write(folder.path().join("a/article.txt"), "One").unwrap();
    std::fs::remove_dir_all(folder.path().join("b")).unwrap();
    add_source(folder.path(), "a", &metadata("A"), b"one more").unwrap();
    let found = load(folder.path()).unwrap().verify(&record);
    assert!(matches!(&found[0], Mismatch::Changed { path, .. } if path == "a/article.txt"));
    assert_eq!(found[1], Mismatch::Missing { path: "b/article.txt".into() });
    assert_eq!(found[2], Mismatch::Unrecorded { path: "a/editions/2/article.txt".into() });
}

#[test]
fn two_editions_differ_in_whole_sentences() {
    let rules = Rules::embedded().unwrap();
    let knowledge = load(Path::new("tests/knowledge/editions")).unwrap();
    let source = knowledge.sources.iter().find(|source| source.id == "ferry-fire").unwrap();
    let passages = |at: usize| {
        let edition = knowledge.edition(source.editions[at]).unwrap();
        let sentences = analysis::analyse(edition, &rules).sentences;
        sentences.into_iter().map(|sentence| (sentence.span, edition.slice(sentence.span))).collect::<Vec<_>>()
    };
    let changes = diff(&passages(0), &passages(1));
    let text = |span| knowledge.slice(span);
    assert!(changes.iter().any(|change| matches!(change, Change::Changed { before, after }
        if text(*before).starts_with("Fourteen hurt") && text(*after).starts_with("Seventeen hurt"))));
    assert!(changes.iter().any(|change| matches!(change, Change::Added(span) if text(*span).starts_with("Correction:"))));
    assert!(diff(&passages(1), &passages(1)).is_empty());
}
