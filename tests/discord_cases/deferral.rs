//! Answers that take longer than a second: announced within Discord's three seconds, and then filled in.

use crate::discord_double::bot::Bot;
use crate::discord_double::payloads::Place;
use crate::discord_double::record::Route;
use crate::discord_double::{CHANNEL, Double};

/// More work at once than two cores do in a second.
const AT_ONCE: u64 = 300;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_takes_long_is_announced_and_then_filled_in() {
    let double = Double::start().await;
    let _bot = Bot::start(&double);
    assert!(double.connected().await);
    let question = "what did Tajani say about the scandal and what did Meloni say about it ".repeat(25);
    let tokens: Vec<String> =
        (0..AT_ONCE).map(|n| double.ask(&Place::server(5_000 + n).channel(CHANNEL + 5_000 + n), &question)).collect();
    let mut announced = 0;
    for token in &tokens {
        let callback = double.callback(token).await;
        if callback.body["type"] == 5 {
            announced += 1;
            assert_eq!(callback.body["data"]["flags"], 64, "a readers' channel: the answer will be private");
            let filled = double.request(|r| r.route == Route::EditOriginal && r.token.as_deref() == Some(token)).await;
            let filled = filled.expect("the announced answer comes");
            assert!(filled.message()["embeds"][0]["description"].is_string());
        }
    }
    println!("{announced} of {AT_ONCE} were announced first");
    assert_eq!(double.violations(), Vec::<String>::new());
}
