//! Pictures: what they say, that all of it stands inside them, and their pixels.

use insta::assert_snapshot;
use verbatim::engine::AskOptions;
use verbatim::people;
use verbatim::render::people::network;
use verbatim::render::picture::{self, Picture, PictureError, Shape, Theme};
use verbatim::render::words::Words;

use crate::made;

fn card(question: &str, theme: Theme, shape: Shape) -> Picture {
    let snapshot = made::snapshot(None);
    picture::card(&made::answer(&snapshot, question), theme, shape, Words::of(&snapshot.rules, "en")).unwrap()
}

/// Width and height as the file's head says.
fn size(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

/// The lines of a drawing, each with its place.
fn lines(svg: &str) -> Vec<(f32, f32, String)> {
    let texts = svg.lines().filter(|line| line.starts_with("<text"));
    let attribute = |line: &str, name: &str| {
        line.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse::<f32>().unwrap()
    };
    let words = |line: &str| line.split_once('>').unwrap().1.trim_end_matches("</text>").to_owned();
    texts.map(|line| (attribute(line, "x"), attribute(line, "y"), words(line))).collect()
}

#[test]
fn a_card_in_both_shapes_and_themes() {
    assert_snapshot!("card_light", card("what did Tajani say?", Theme::Light, Shape::Card).svg);
    assert_snapshot!("card_alternative", card("who is under house arrest?", Theme::Light, Shape::Card).alternative);
    let dark = card("what did Tajani say?", Theme::Dark, Shape::Square);
    assert_eq!((dark.width, dark.height), (1080, 1080));
    assert!(dark.svg.contains("fill=\"#161616\"/>"));
}

#[test]
fn the_foot_with_both_dates_stands_inside_every_card() {
    let questions =
        ["what did Tajani say?", "is Gallo guilty?", "what did Putin say?", "who is under house arrest?", "who is Rossi?"];
    for question in questions {
        for shape in [Shape::Card, Shape::Square] {
            let picture = card(question, Theme::Light, shape);
            let lines = lines(&picture.svg);
            assert!(lines.iter().any(|(_, _, line)| line.contains("Nov 3, 2024 10:40 AM")), "{question}: {lines:?}");
            assert!(lines.iter().any(|(_, _, line)| line.contains("receipt")), "{question}");
            assert!(lines.iter().all(|&(_, y, _)| y > 0.0 && y < picture.height as f32), "{question}");
            let places = lines.iter().map(|(_, y, _)| *y).collect::<Vec<_>>();
            assert!(places.is_sorted(), "{question}: lines overlap: {lines:?}");
        }
    }
}

#[test]
fn a_card_of_allegations_ends_with_the_reply_or_says_that_there_is_none() {
    for shape in [Shape::Card, Shape::Square] {
        let gallo = card("is Gallo guilty?", Theme::Light, shape).alternative;
        assert!(gallo.contains("Reply reported:") && gallo.contains("Their legal representatives"), "{gallo}");
        let pazzali = card("what is Pazzali accused of?", Theme::Light, shape).alternative;
        let reply = pazzali.contains("No reply by them was found in this source.") || pazzali.contains("Reply reported:");
        assert!(reply, "{pazzali}");
    }
}

#[test]
fn a_sentence_longer_than_any_card_makes_it_higher_and_loses_no_word() {
    let long =
        "and Ann Roe of the Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft ".repeat(40);
    let text = format!("T\n\nThe mayor, Ann Roe, said the bridge was closed {long}on that day.\n");
    let snapshot = made::article("T", &text);
    let page = made::answer(&snapshot, "what did Ann Roe say?");
    let picture = picture::card(&page, Theme::Light, Shape::Card, Words::of(&snapshot.rules, "en")).unwrap();
    assert!(picture.height > 630, "{}", picture.height);
    let shown = lines(&picture.svg).into_iter().map(|(_, _, line)| line).collect::<String>().replace(' ', "");
    assert_eq!(shown.matches("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft").count(), 40);
    assert_eq!(size(&picture::png(&picture).unwrap()), (1200, picture.height));
}

#[test]
fn pages_timelines_and_people_have_pictures_with_their_words() {
    let snapshot = made::snapshot(Some("editions"));
    let words = Words::of(&snapshot.rules, "en");
    let page = picture::document(&made::brief(&snapshot, 300, "en"), Theme::Light).unwrap();
    assert!(page.alternative.contains("Legal status, as reported"));
    let dates = picture::timeline(&made::timeline_of(&snapshot, "en"), Theme::Dark).unwrap();
    assert!(dates.alternative.contains("July 8, 2025"));
    let view = snapshot.knowledge.view(&AskOptions::default().viewer());
    let people_found = people::people(&snapshot.knowledge, &snapshot.analyses, &view);
    let pairs = people::together(&snapshot.knowledge, &snapshot.analyses, &view);
    assert!(!pairs.is_empty());
    let network = network(&people_found, &pairs, &view.editions, &snapshot, words, Theme::Light).unwrap();
    assert!(network.alternative.contains("A line says only this"));
    for picture in [page, dates, network] {
        assert_eq!(size(&picture::png(&picture).unwrap()), (picture.width, picture.height));
        assert!(picture.svg.contains("<title id=\"title\">") && picture.svg.contains("<desc id=\"description\">"));
    }
}

#[test]
fn two_people_are_linked_only_where_one_sentence_names_both() {
    let snapshot = made::snapshot(None);
    let view = snapshot.knowledge.view(&AskOptions::default().viewer());
    let pairs = people::together(&snapshot.knowledge, &snapshot.analyses, &view);
    let names =
        pairs.iter().map(|pair| (pair.names.0.as_str(), pair.names.1.as_str(), pair.sentences.len())).collect::<Vec<_>>();
    assert!(names.contains(&("Carmine Gallo", "Enrico Pazzali", 2)), "{names:?}");
    assert!(!names.iter().any(|(a, b, _)| *a == "Giorgia Meloni" || *b == "Giorgia Meloni"), "{names:?}");
}

#[test]
fn a_script_without_letters_in_the_font_gives_no_picture_and_says_why() {
    let snapshot = made::article("T", "T\n\nThe mayor, Ann Roe, said “мост закрыт” on March 3, 2025.\n");
    let refused = picture::timeline(&made::timeline_of(&snapshot, "en"), Theme::Light);
    assert_eq!(refused, Err(PictureError::NoGlyph('м')));
}
