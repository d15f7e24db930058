//! A source gets a new edition while the bot is down: those who follow are told, and answers replied to, once and only once.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::faults::Fault;
use crate::discord_double::payloads::Place;
use crate::discord_double::record::{Request, Route};
use crate::discord_double::{CHANNEL, Double};

const OLD: &str = "We want to know why the second alarm was switched off";
const NEW: &str = "The second alarm had been switched off from the bridge";
const SAME: &str = "had passed its last inspection in March";

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { fs::copy(&path, &target).map(|_| ()).unwrap() }
    }
}

/// Sources of which one has only its first edition; the second one lies ready.
struct Sources {
    folder: TempDir,
    aside: TempDir,
}

impl Sources {
    fn new() -> Self {
        let (folder, aside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        copy(Path::new("tests/knowledge/editions"), folder.path());
        fs::rename(folder.path().join("ferry-fire/editions"), aside.path().join("editions")).unwrap();
        Self { folder, aside }
    }

    /// The source is updated.
    fn update(&self) {
        fs::rename(self.aside.path().join("editions"), self.folder.path().join("ferry-fire/editions")).unwrap();
    }

    async fn start(&self, double: &Double, data: Option<TempDir>, times: usize) -> Bot {
        let args = ["--knowledge", self.folder.path().to_str().unwrap()];
        let env = [("VERBATIM_DEFAULT_AUDIENCE", "newsroom")];
        let bot = Bot::start_with(double, Start { args: &args, env: &env, data });
        assert!(double.identified(times).await && double.connected().await, "{}", bot.log());
        bot
    }
}

fn posts(double: &Double) -> Vec<Request> {
    double.state.requests_where(|r| r.route == Route::Message && r.status == 200)
}

async fn slash(double: &Double, place: &Place, name: &str, options: Value) -> Request {
    let token = double.slash(place, name, options);
    let reply = double.callback(&token).await;
    assert!(reply.is_ephemeral());
    reply
}

fn option(name: &str, value: &str) -> Value {
    json!([{"name": name, "type": 3, "value": value}])
}

/// Waits until so many showings are kept: what is answered in the open is noted once Discord has named its message.
async fn kept(bot: &Bot, showings: u64) {
    for _ in 0..200 {
        if verbatim::ops::info(bot.data()).unwrap().records["showings"] >= showings {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{showings} showings were to be kept: {}", bot.log());
}

/// Waits until nothing has been posted for a while: what was going to be sent is sent.
async fn quiet(double: &Double) -> usize {
    let mut count = posts(double).len();
    loop {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        let now = posts(double).len();
        if now == count {
            return count;
        }
        count = now;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_while_the_bot_is_down_is_told_once_and_only_once() {
    let sources = Sources::new();
    let double = Double::start().await;
    let bot = sources.start(&double, None, 1).await;
    let manager = Place::server(1).manager();
    let about_person = Place::server(1).manager().channel(CHANNEL + 1);
    // One channel follows a source and a person of it, and is told once; another one the person alone.
    for (place, what, name) in
        [(&manager, "source", "ferry-fire"), (&manager, "person", "Kenji Moreau"), (&about_person, "person", "Kenji Moreau")]
    {
        let reply = slash(&double, place, "follow", option(what, name)).await;
        assert!(reply.text().contains("is told of new sentences"), "{}", reply.text());
    }
    let token = double.choose(&manager, "set|c|notices", &["on"]);
    double.callback(&token).await;
    // Answers: by command, by mention, by command in a channel where nobody wants replies.
    let answered = double.answer(&Place::server(2), "what did Odile Farrant say?").await;
    assert!(answered.shown().contains(OLD) && !answered.is_ephemeral(), "{}", answered.shown());
    let message = double.state.interaction(answered.token.as_deref().unwrap()).unwrap().message.unwrap();
    double.mention(&Place::server(3), "what did Odile Farrant say?");
    let mentioned = double.nth(Route::Message, 0).await;
    assert!(mentioned.shown().contains(OLD));
    double.answer(&Place::server(4), "what did Rafaela Quiroz say?").await;
    double.answer(&Place::server(5).channel(CHANNEL + 1), "what did Odile Farrant say?").await;
    kept(&bot, 4).await;
    assert!(slash(&double, &manager, "recall", json!([])).await.text().contains("No answer given"));

    let data = bot.kill();
    sources.update();
    let bot = sources.start(&double, Some(data), 2).await;
    // Two follows in one channel make one message; one in the other; replies to two answers.
    double.nth(Route::Message, 4).await;
    assert_eq!(quiet(&double).await, 5);
    let all = posts(&double);
    let told: Vec<&Request> = all[1..].iter().filter(|r| r.message()["message_reference"].is_null()).collect();
    let replies: Vec<&Request> = all[1..].iter().filter(|r| !r.message()["message_reference"].is_null()).collect();
    assert_eq!((told.len(), replies.len()), (2, 2), "{all:#?}");
    let of = |channel: u64| told.iter().find(|r| r.path.contains(&format!("/{channel}/"))).unwrap().shown();
    let whole = of(CHANNEL);
    for wanted in [NEW, "left hospital on Wednesday", "Jul 8, 2025 10:15 AM", "Jul 9, 2025 6:30 PM"] {
        assert!(whole.contains(wanted), "{wanted}: {whole}");
    }
    assert!(!whole.contains(SAME) && !whole.contains(OLD), "only what is new: {whole}");
    let person = of(CHANNEL + 1);
    assert!(person.contains("left hospital on Wednesday") && !person.contains(NEW), "{person}");
    let answered_to: Vec<&str> =
        replies.iter().map(|r| r.message()["message_reference"]["message_id"].as_str().unwrap()).collect();
    assert!(answered_to.contains(&message.to_string().as_str()), "{answered_to:?} without {message}");
    for reply in &replies {
        for wanted in ["has changed since this answer", OLD, NEW, "Jul 8, 2025 10:15 AM", "Jul 9, 2025 6:30 PM"] {
            assert!(reply.shown().contains(wanted), "{wanted}: {}", reply.shown());
        }
    }
    let listed = slash(&double, &manager, "recall", json!([])).await;
    assert!(listed.text().contains(&format!("/{message})")), "{}", listed.text());
    assert!(listed.text().contains("ferry fire"), "{}", listed.text());

    // Neither a restart nor another look tells it again.
    let data = bot.kill();
    let bot = sources.start(&double, Some(data), 3).await;
    bot.signal("HUP");
    assert!(bot.says("read anew", Duration::from_secs(20)).await);
    assert_eq!(quiet(&double).await, 5);
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_shared_is_replied_to_and_what_was_private_is_not() {
    let sources = Sources::new();
    let double = Double::start().await;
    let args = ["--knowledge", sources.folder.path().to_str().unwrap()];
    let bot = Bot::start_with(&double, Start { args: &args, ..Start::default() });
    assert!(double.connected().await, "{}", bot.log());
    let private = double.answer(&Place::server(2), "what did Odile Farrant say?").await;
    assert!(private.is_ephemeral() && private.shown().contains(OLD));
    double.answer(&Place::server(3), "what did Odile Farrant say?").await;
    let token = double.press_under(&Place::server(2), &private.button("Share").unwrap(), &private);
    assert!(!double.callback(&token).await.is_ephemeral());
    let shared = double.state.interaction(&token).unwrap().message.unwrap();
    kept(&bot, 3).await;
    sources.update();
    bot.signal("HUP");
    assert!(bot.says("read anew", Duration::from_secs(20)).await);
    assert_eq!(quiet(&double).await, 0, "nobody has switched it on");
    // Switched on, it holds for what was shown before, too.
    let token = double.choose(&Place::server(1).manager(), "set|c|notices", &["on"]);
    double.callback(&token).await;
    let reply = double.nth(Route::Message, 0).await;
    assert_eq!(reply.message()["message_reference"]["message_id"], shared.to_string());
    assert!(reply.shown().contains(OLD) && reply.shown().contains(NEW), "{}", reply.shown());
    assert_eq!(quiet(&double).await, 1);
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_between_sending_and_noting_makes_no_second_message() {
    let sources = Sources::new();
    let double = Double::start().await;
    let bot = sources.start(&double, None, 1).await;
    let manager = Place::server(1).manager();
    for (what, name) in [("source", "ferry-fire"), ("person", "Kenji Moreau")] {
        slash(&double, &manager, "follow", option(what, name)).await;
    }
    let data = bot.kill();
    sources.update();
    // The message arrives, its answer does not come before the kill.
    double.order(Route::Message, Fault::SlowAnswer(Duration::from_secs(60)));
    let bot = sources.start(&double, Some(data), 2).await;
    double.nth(Route::Message, 0).await;
    let data = bot.kill();
    double.state.forget_nonces();
    let bot = sources.start(&double, Some(data), 3).await;
    assert!(double.request(|r| r.route == Route::ReadMessages).await.is_some(), "looks whether it is there: {}", bot.log());
    assert_eq!(quiet(&double).await, 1);
    // And it counts as told from then on.
    let data = bot.kill();
    let _bot = sources.start(&double, Some(data), 4).await;
    assert_eq!(quiet(&double).await, 1);
    assert_eq!(double.state.requests_where(|r| r.route == Route::ReadMessages).len(), 1, "nothing is open any more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_not_be_sent_is_not_lost() {
    let sources = Sources::new();
    let double = Double::start().await;
    let bot = sources.start(&double, None, 1).await;
    let manager = Place::server(1).manager();
    slash(&double, &manager, "follow", option("source", "ferry-fire")).await;
    double.order(Route::Message, Fault::Error { status: 403, code: 50013 });
    sources.update();
    bot.signal("HUP");
    assert!(bot.says("tried again later", Duration::from_secs(20)).await, "{}", bot.log());
    bot.signal("HUP");
    let told = double.nth(Route::Message, 1).await;
    assert!(told.shown().contains(NEW), "{}", told.shown());
    assert_eq!(quiet(&double).await, 1);
}

#[tokio::test]
async fn follows_are_listed_and_ended_by_managers() {
    let sources = Sources::new();
    let double = Double::start().await;
    let bot = sources.start(&double, None, 1).await;
    let manager = Place::server(1).manager();
    assert!(slash(&double, &Place::server(2), "follow", json!([])).await.text().contains("Only members"));
    assert!(slash(&double, &manager, "follow", json!([])).await.text().contains("follows nothing"));
    for unknown in ["no-such-source", "inquiry-report"] {
        let reply = slash(&double, &manager, "follow", option("source", unknown)).await;
        assert!(reply.text().contains("There is nothing called"), "{unknown}: {}", reply.text());
    }
    slash(&double, &manager, "follow", option("source", "ferry-fire")).await;
    slash(&double, &manager, "follow", option("person", "Kenji Moreau")).await;
    let data = bot.kill();
    let _bot = sources.start(&double, Some(data), 2).await;
    let list = slash(&double, &manager, "follow", json!([])).await;
    assert!(list.text().contains("Fourteen hurt") && list.text().contains("Kenji Moreau"), "{}", list.text());
    let token = double.choose(&manager, &list.menu().unwrap(), &["s:ferry-fire"]);
    let left = double.callback(&token).await;
    assert!(left.text().contains("No longer followed"), "{}", left.text());
    let list = slash(&double, &manager, "follow", json!([])).await;
    assert!(!list.text().contains("Fourteen hurt") && list.text().contains("Kenji Moreau"), "{}", list.text());
    let offered = double.autocomplete(&manager, "follow", "source", "");
    let offered = double.callback(&offered).await.body.to_string();
    assert!(
        offered.contains("ferry-fire") && offered.contains("dockside-notes") && !offered.contains("inquiry-report"),
        "{offered}"
    );
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_is_checked_and_tells_what_has_changed() {
    let sources = Sources::new();
    let double = Double::start().await;
    let bot = sources.start(&double, None, 1).await;
    let card = double.answer(&Place::server(2), "what did Odile Farrant say?").await;
    let id = card.shown().lines().find_map(|line| line.strip_prefix("receipt ").map(str::to_owned)).unwrap();
    kept(&bot, 1).await;
    let check = |id: &str| option("receipt", id);
    let reply = slash(&double, &Place::server(3), "sources", check(&id)).await.shown();
    assert!(reply.contains("It holds") && reply.contains(OLD) && !reply.contains(NEW), "{reply}");
    sources.update();
    bot.signal("HUP");
    assert!(bot.says("read anew", Duration::from_secs(20)).await);
    let reply = slash(&double, &Place::server(3), "sources", check(&id.to_lowercase())).await.shown();
    assert!(reply.contains("It holds") && reply.contains("has changed since") && reply.contains(NEW), "{reply}");
    for (text, said) in [("AAAA-AAAA", "No such receipt"), ("hello", "This is no receipt")] {
        let reply = slash(&double, &Place::server(4), "sources", check(text)).await;
        assert!(reply.text().contains(said), "{text}: {}", reply.text());
    }
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_briefing_and_a_timeline_are_recalled_as_an_answer_is() {
    let sources = Sources::new();
    let double = Double::start().await;
    let bot = sources.start(&double, None, 1).await;
    let manager = Place::server(1).manager();
    let token = double.choose(&manager, "set|c|notices", &["on"]);
    double.callback(&token).await;
    let mut messages = Vec::new();
    for (command, options) in [("brief", option("words", "600")), ("timeline", json!([]))] {
        let token = double.slash(&Place::server(2), command, options);
        let first = double.callback(&token).await;
        assert!(!first.is_ephemeral());
        if first.body["type"] == 5 {
            double.request(|r| r.route == Route::EditOriginal && r.token.as_deref() == Some(&token)).await.unwrap();
        }
        messages.push(token);
    }
    kept(&bot, 2).await;
    let messages = messages.iter().map(|token| double.state.interaction(token).unwrap().message.unwrap().to_string());
    let messages = messages.collect::<Vec<_>>();
    let data = bot.kill();
    sources.update();
    let bot = sources.start(&double, Some(data), 2).await;
    double.nth(Route::Message, 1).await;
    assert_eq!(quiet(&double).await, 2, "{}", bot.log());
    let replies = posts(&double);
    for message in &messages {
        let replied = |r: &&Request| r.message()["message_reference"]["message_id"] == message.as_str();
        let reply = replies.iter().find(replied).unwrap_or_else(|| panic!("no reply to {message}: {replies:#?}"));
        assert!(reply.shown().contains("has changed since"), "{}", reply.shown());
    }
    let listed = slash(&double, &manager, "recall", json!([])).await;
    for message in &messages {
        assert!(listed.text().contains(message), "{message} is not in {}", listed.text());
    }
    assert_eq!(double.violations(), Vec::<String>::new());
}
