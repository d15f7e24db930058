//! Knowledge that changes while the bot runs: read anew on SIGHUP and when files change; nobody sees half of it, faults change nothing.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use crate::discord_double::Double;
use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::payloads::Place;

fn write_source(folder: &Path, title: &str) {
    let source = folder.join("one");
    std::fs::create_dir_all(&source).unwrap();
    std::fs::write(source.join("article.txt"), format!("{title}\n\nThe harbour was closed on Monday.\n")).unwrap();
    std::fs::write(source.join("source.toml"), format!("title = \"{title}\"\nlanguage = \"en\"\n")).unwrap();
}

async fn titles(double: &Double) -> String {
    let token = double.slash(&Place::server(1), "sources", json!([]));
    double.callback(&token).await.shown()
}

/// Asks until the answer has the new title; every answer on the way has the old one, whole.
async fn becomes(double: &Double, old: &str, new: &str) {
    for _ in 0..200 {
        let shown = titles(double).await;
        if shown.contains(new) {
            return;
        }
        assert!(shown.contains(old), "neither the old nor the new state: {shown}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{new} never came");
}

#[tokio::test]
async fn sources_are_read_anew_while_it_answers() {
    let double = Double::start().await;
    let folder = tempfile::tempdir().unwrap();
    write_source(folder.path(), "Harbour report, first");
    let args = ["--knowledge", folder.path().to_str().unwrap()];
    let bot = Bot::start_with(&double, Start { args: &args, ..Start::default() });
    assert!(double.connected().await, "{}", bot.log());
    assert!(titles(&double).await.contains("Harbour report, first"));

    write_source(folder.path(), "Harbour report, second");
    bot.signal("HUP");
    becomes(&double, "first", "Harbour report, second").await;

    write_source(folder.path(), "Harbour report, third");
    becomes(&double, "second", "Harbour report, third").await;

    std::fs::write(folder.path().join("one/source.toml"), "title = \n").unwrap();
    assert!(bot.says("the former ones stay", Duration::from_secs(8)).await, "{}", bot.log());
    assert!(titles(&double).await.contains("Harbour report, third"));
    assert_eq!(double.violations(), Vec::<String>::new());
}
