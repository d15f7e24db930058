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

/// Lines of the export that name a server, user or text.
fn traces(data: &std::path::Path, of: &[&str]) -> Vec<String> {
    exported(data).lines().filter(|line| of.iter().any(|trace| line.contains(trace))).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forgetting_leaves_no_trace_in_the_export_nor_on_the_disk() {
    const WORDS: &str = "Qzxwforget";
    let double = Double::start().await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_owned();
    let env = [("VERBATIM_DEFAULT_AUDIENCE", "newsroom")];
    let bot = Bot::start_with(&double, Start { data: Some(folder), env: &env, ..Start::default() });
    assert!(double.connected().await, "{}", bot.log());
    let user = 770_000_000_000_000_001;
    let (asker, manager) = (Place::server(user), Place::server(user).manager());
    // Everything that a person can leave behind: settings, a follow, receipts in the open and by mention, a text, feedback, the desk.
    double.callback(&double.choose(&manager, "set|s|logging", &["on"])).await;
    double.callback(&double.slash(&manager, "follow", json!([{"name": "person", "type": 3, "value": "Antonio Tajani"}]))).await;
    let card = double.answer(&asker, "what did Tajani say?").await;
    let refusal = double.answer(&asker, &format!("what did Putin say about {WORDS}?")).await;
    double.mention(&asker, "what did Meloni say?");
    double.nth(crate::discord_double::record::Route::Message, 0).await;
    double.callback(&double.press_under(&asker, &refusal.button("Ask the desk").unwrap(), &refusal)).await;
    let menu = double.callback(&double.press_under(&asker, &card.button("Wrong or missing?").unwrap(), &card)).await;
    double.callback(&double.choose(&asker, &menu.menu().unwrap(), &["missing"])).await;
    // Public answers are noted once Discord has named their message: wait until all three are there.
    let mut waited = 0;
    while count(&data, "showings") < 3 && waited < 200 {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        waited += 1;
    }
    let key = {
        let store = ops::trail(&data, crate::discord_double::GUILD).unwrap();
        store[0].by.unwrap().to_string()
    };
    let kept = traces(&data, &[&key, WORDS]);
    assert!(kept.len() >= 7, "{kept:#?}");
    assert!(traces(&data, &[&user.to_string()]).is_empty(), "never the user's own number");
    let token = double.slash(&asker, "forgetme", json!([]));
    let reply = double.callback(&token).await;
    assert!(reply.text().contains("0 left"), "{}", reply.text());
    assert_eq!(traces(&data, &[&key, WORDS, &user.to_string()]), Vec::<String>::new());
    // What sled may still hold in replaced pages goes with a compaction; the bot does one by itself, which the kill may cut short.
    let folder = bot.kill();
    ops::compact(folder.path()).unwrap();
    let mut files = Vec::new();
    list(&folder.path().join("memory"), &mut files);
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(WORDS.len()).any(|part| part == WORDS.as_bytes()), "{}", file.display());
    }
}

fn list(folder: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { list(&path, files) } else { files.push(path) }
    }
}

#[tokio::test]
async fn a_server_that_removes_the_bot_has_some_days_to_take_it_back() {
    let double = Double::start().await;
    let manager = Place::server(1).manager();
    let bot = Bot::start(&double);
    assert!(double.connected().await);
    let newsroom = json!([{"name": "channel_is", "type": 3, "value": "newsroom"}]);
    double.callback(&double.slash(&manager, "settings", newsroom)).await;
    double.remove_from_server();
    assert!(bot.says("deleted in 7 days", crate::discord_double::PATIENCE).await, "{}", bot.log());
    let data = bot.kill();
    let settings = |data: &std::path::Path| count(data, "settings");
    assert_eq!((settings(data.path()), count(data.path(), "servers")), (1, 1));
    // READY lists the server again: it has taken the bot back.
    let bot = Bot::start_with(&double, Start { data: Some(data), ..Start::default() });
    assert!(double.identified(2).await && double.connected().await);
    let card = double.answer(&Place::server(2), "what did Tajani say?").await;
    assert!(!card.is_ephemeral(), "still the newsroom's channel");
    let mut left = count(bot.data(), "servers");
    for _ in 0..200 {
        if left == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        left = count(bot.data(), "servers");
    }
    assert_eq!(left, 0);
    double.remove_from_server();
    assert!(bot.says("deleted in 7 days", crate::discord_double::PATIENCE).await);
    let data = bot.kill();
    // Eight days later the sweep takes everything of that server.
    let later: verbatim::store::Time = "2099-01-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap().into();
    ops::sweep(data.path(), later, verbatim::store::Retention::default()).unwrap();
    assert_eq!(settings(data.path()), 0);
    let kept = exported(data.path());
    assert!(!kept.contains(&crate::discord_double::GUILD.to_string()), "{kept}");
}
