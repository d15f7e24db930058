//! Buttons that ask again: a name that several people share, and an answer that has changed since it was shown.

use std::path::Path;
use std::time::Duration;

use crate::discord_double::Double;
use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::payloads::Place;

fn write_source(folder: &Path, text: &str) {
    let source = folder.join("one");
    std::fs::create_dir_all(&source).unwrap();
    std::fs::write(source.join("article.txt"), format!("Harbour report\n\n{text}\n")).unwrap();
    std::fs::write(source.join("source.toml"), "title = \"Harbour report\"\nlanguage = \"en\"\n").unwrap();
}

async fn running(folder: &Path) -> (Double, Bot) {
    let double = Double::start().await;
    let args = ["--knowledge", folder.to_str().unwrap()];
    let bot = Bot::start_with(&double, Start { args: &args, ..Start::default() });
    assert!(double.connected().await, "{}", bot.log());
    (double, bot)
}

#[tokio::test]
async fn a_shared_name_is_asked_about_and_the_chosen_person_answered() {
    let folder = tempfile::tempdir().unwrap();
    let mayor = "Mayor Carla Neri said that the harbour would stay open.";
    let lawyer = "Paolo Neri, a lawyer, said that the harbour should be closed.";
    write_source(folder.path(), &format!("{mayor}\n\n{lawyer}"));
    let (double, _bot) = running(folder.path()).await;
    let card = double.answer(&Place::server(1), "what did Neri say?").await;
    let labels: Vec<String> = card.components().iter().map(|c| c["label"].as_str().unwrap_or_default().to_owned()).collect();
    assert!(
        labels.iter().any(|l| l.contains("Carla Neri")) && labels.iter().any(|l| l.contains("Paolo Neri")),
        "{}",
        card.shown()
    );
    let choice = card.button("Paolo Neri").unwrap();
    let token = double.press_under(&Place::server(1), &choice, &card);
    let answer = double.callback(&token).await;
    assert!(answer.is_ephemeral());
    assert!(answer.shown().contains(lawyer) && !answer.shown().contains(mayor), "{}", answer.shown());
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn what_has_changed_is_shown_to_the_asker_before_it_is_shared() {
    let folder = tempfile::tempdir().unwrap();
    write_source(folder.path(), "Mayor Carla Neri said that the harbour would stay open.");
    let (double, bot) = running(folder.path()).await;
    let card = double.answer(&Place::server(1), "what did Carla Neri say?").await;
    assert!(card.shown().contains("would stay open"), "{}", card.shown());
    let share = card.button("Share").unwrap();
    write_source(folder.path(), "Mayor Carla Neri said that the harbour would be closed.");
    bot.signal("HUP");
    assert!(bot.says("read anew", Duration::from_secs(10)).await);
    let token = double.press_under(&Place::server(1), &share, &card);
    let again = double.callback(&token).await;
    assert!(again.is_ephemeral(), "not shared unseen");
    assert!(again.shown().contains("have changed") && again.shown().contains("would be closed"), "{}", again.shown());
    let token = double.press_under(&Place::server(1), &again.button("Share").unwrap(), &again);
    assert!(!double.callback(&token).await.is_ephemeral());
    assert_eq!(double.violations(), Vec::<String>::new());
}
