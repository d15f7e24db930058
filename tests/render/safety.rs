//! What must hold for every text: quoted words survive wrapping and escaping, nothing reaches the terminal as a command.

use std::sync::Arc;

use proptest::prelude::*;
use verbatim::document::{Edition, Metadata};
use verbatim::render::markdown::escape;
use verbatim::render::text::{Canvas, Layout};
use verbatim::span::EditionId;

use crate::made::{Maker, answered, frame, text};
use verbatim::question::Intent;

fn quoted(text: &str, width: usize) -> String {
    let mut canvas = Canvas::new(Layout { width, colour: false });
    canvas.quote(text);
    canvas.finish()
}

fn words(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wrapping_keeps_every_character(text in "[a-zA-Zà-ü0-9 ,.“”’€\u{a0}\u{200d}\u{301}👩‍⚖️漢字א-ת-]{0,300}", width in 8usize..140) {
        let shown = quoted(&text, width).lines().map(|line| line.strip_prefix("  │").unwrap_or(line).to_owned()).collect::<String>();
        prop_assert_eq!(words(&shown), words(&text));
    }

    #[test]
    fn no_line_is_wider_than_asked_unless_one_word_is(text in "([a-z]{1,7} ){0,60}", width in 20usize..120) {
        for line in quoted(&text, width).lines() {
            prop_assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "{line:?}");
        }
    }

    #[test]
    fn no_control_character_reaches_the_terminal(text in "\\PC{0,20}[\u{0}-\u{1f}\u{7f}-\u{9f}]{0,6}\\PC{0,20}") {
        let shown = quoted(&text, 60);
        prop_assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
    }

    #[test]
    fn markdown_adds_backslashes_before_punctuation_only(text in "\\PC{0,80}") {
        let mut shown = String::new();
        let escaped = escape(&text);
        let mut letters = escaped.chars();
        while let Some(letter) = letters.next() {
            let kept = if letter == '\\' { letters.next().unwrap() } else { letter };
            prop_assert!(letter != '\\' || kept.is_ascii_punctuation());
            shown.push(kept);
        }
        prop_assert_eq!(shown, text);
    }
}

#[test]
fn an_article_cannot_write_markdown_or_escape_sequences() {
    let mut maker = Maker::new();
    let hostile = "# Not a heading \u{1b}[31m<script>alert(1)</script> [x](http://evil) *bold* `code` | cell\n";
    let metadata: Metadata =
        serde_json::from_value(serde_json::json!({"title": "A *title*\u{1b}]0;x\u{7}", "language": "en"})).unwrap();
    let edition = Edition::of_text(EditionId(0), metadata, hostile.to_owned(), None);
    maker.snapshot.knowledge.editions = vec![edition];
    let block = maker.snapshot.knowledge.editions[0].blocks[0].span;
    let answer = answered("?", "en", Intent::Free, vec![maker.quote_at(block)]);
    insta::assert_snapshot!("hostile_text", text(&answer, &maker.snapshot, 100));
    let markdown = verbatim::render::markdown::answer(&frame(&answer, &maker.snapshot));
    insta::assert_snapshot!("hostile_markdown", markdown);
}

#[test]
fn colour_is_only_added_to_what_is_shown_without_it() {
    let maker = Maker::new();
    let answer = answered("?", "en", Intent::Free, vec![maker.quote("four suspects")]);
    let frame = Arc::new(frame(&answer, &maker.snapshot));
    let plain = verbatim::render::text::answer(&frame, Layout { width: 80, colour: false });
    let coloured = verbatim::render::text::answer(&frame, Layout { width: 80, colour: true });
    assert_ne!(plain, coloured);
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}
