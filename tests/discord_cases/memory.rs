//! What the bot keeps: asked of it while it runs, over a kill, and forgotten on request.

use serde_json::json;
use verbatim::ops;

use crate::discord_double::Double;
use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::payloads::Place;

fn exported(data: &std::path::Path) -> String {
    let mut lines = Vec::new();
    ops::export(data, &mut lines).unwrap();
    String::from_utf8(lines).unwrap()
}

fn count(data: &std::path::Path, tree: &str) -> u64 {
    ops::info(data).unwrap().records[tree]
}

#[tokio::test]
async fn receipts_and_gaps_are_kept_over_a_kill_and_a_person_is_forgotten() {
    let double = Double::start().await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_owned();
    let bot = Bot::start_with(&double, Start { data: Some(folder), ..Start::default() });
    assert!(double.connected().await);
    let (asker, other) = (Place::server(1), Place::server(2));
    double.answer(&asker, "what did Tajani say?").await;
    double.answer(&asker, "what did Putin say?").await;
    double.answer(&other, "what did Meloni say?").await;
    let gaps = ops::gaps(&data, None).unwrap();
    assert_eq!(gaps.iter().map(|gap| (gap.reason.as_str(), gap.count)).collect::<Vec<_>>(), [("no_statement_by_person", 1)]);
    assert_eq!((count(&data, "receipts"), count(&data, "showings")), (3, 3));
    let kept = exported(&data);
    assert!(!kept.contains("did Putin") && !kept.contains("did Tajani"), "no text of a question is kept: {kept}");

    let folder = bot.kill();
    let bot = Bot::start_with(&double, Start { data: Some(folder), ..Start::default() });
    assert!(double.identified(2).await && double.connected().await);
    assert_eq!(exported(&data), kept, "a kill loses nothing");
    let token = double.slash(&asker, "forgetme", json!([]));
    let reply = double.callback(&token).await;
    assert!(
        reply.is_ephemeral() && reply.text().contains("4 kept records") && reply.text().contains("0 left"),
        "{}",
        reply.text()
    );
    assert_eq!((count(&data, "receipts"), count(&data, "showings")), (1, 1));
    let token = double.slash(&asker, "forgetme", json!([]));
    assert!(double.callback(&token).await.text().contains("0 kept records"));
    drop(bot);
}

#[tokio::test]
async fn a_bot_without_memory_answers_and_tells_managers() {
    let double = Double::start().await;
    let folder = tempfile::tempdir().unwrap();
    // Where the secret should be is something else: the store can't be opened.
    std::fs::create_dir(folder.path().join("secret")).unwrap();
    let _bot = Bot::start_with(&double, Start { data: Some(folder), ..Start::default() });
    assert!(double.connected().await);
    assert!(double.answer(&Place::server(1), "what did Tajani say?").await.shown().contains("Antonio Tajani"));
    let token = double.slash(&Place::server(1).manager(), "settings", json!([]));
    let reply = double.callback(&token).await;
    assert!(reply.text().contains("secret"), "{}", reply.text());
}
