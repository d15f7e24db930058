//! Answers that are larger than a message: whole passages only, the rest on further pages, an endless sentence in a file.

use crate::discord_double::Double;
use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::payloads::Place;
use crate::discord_double::record::Request;

const COUNT: usize = 40;

/// A sentence of about this many characters, with marks that Discord would read.
fn statement(number: usize, length: usize) -> String {
    let filler = "the *outer* harbour_wall [north] was ~~repaired~~ and `tested` ";
    let text: String = filler.chars().cycle().take(length).collect();
    format!("Ada Byron said that in section {number} {}.", text.trim())
}

/// A case in which one person says very much.
fn article() -> String {
    let mut text = "Harbour report\n\n".to_owned();
    for number in 0..COUNT {
        let length = if number == 5 { 5_000 } else { 240 };
        text.push_str(&statement(number, length));
        text.push_str("\n\n");
    }
    text
}

/// The numbers of the sections that a card shows, in order.
fn sections(card: &Request) -> Vec<usize> {
    let shown = card.shown();
    let number = |part: &str| part.split(' ').next().and_then(|word| word.parse().ok());
    shown.split("said that in section ").skip(1).filter_map(number).collect()
}

#[tokio::test]
async fn a_long_answer_comes_in_whole_passages_page_by_page() {
    let double = Double::start().await;
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("one");
    std::fs::create_dir_all(&source).unwrap();
    std::fs::write(source.join("article.txt"), article()).unwrap();
    std::fs::write(source.join("source.toml"), "title = \"Harbour report\"\nlanguage = \"en\"\n").unwrap();
    let args = ["--knowledge", folder.path().to_str().unwrap()];
    let bot = Bot::start_with(&double, Start { args: &args, ..Start::default() });
    assert!(double.connected().await, "{}", bot.log());

    let mut card = double.answer(&Place::server(1), "what did Ada Byron say?").await;
    let mut pages = 1;
    let mut seen = sections(&card);
    let mut files = card.files.clone();
    while let Some(more) = card.button("More") {
        assert!(card.shown().contains("more passage"), "{}", card.shown());
        let token = double.press_under(&Place::server(100 + pages), &more, &card);
        card = double.callback(&token).await;
        assert!(card.is_ephemeral());
        seen.extend(sections(&card));
        files.extend(card.files.clone());
        pages += 1;
        assert!(pages < 40, "the pages never end");
    }
    assert!(pages > 2, "{}", card.shown());
    let expected: Vec<usize> = (0..COUNT).filter(|number| *number != 5).collect();
    assert_eq!(seen, expected, "each passage once and in order");
    for number in expected {
        let whole = statement(number, 240);
        let texts = double.state.requests_where(|r| r.shown().contains(&whole));
        assert!(!texts.is_empty(), "passage {number} is whole");
    }
    let file = files.iter().find(|file| String::from_utf8_lossy(&file.bytes).contains(&statement(5, 5_000)));
    assert!(file.is_some(), "the endless sentence stands in a file, complete");
    assert_eq!(double.violations(), Vec::<String>::new());
}
