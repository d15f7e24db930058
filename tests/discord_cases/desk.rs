//! Refusals reach the desk, and what readers say of answers is counted; both without a reader's words unless the server keeps them.

use serde_json::json;

use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::payloads::Place;
use crate::discord_double::record::{Request, Route};
use crate::discord_double::{CHANNEL, Double};

const DESK: u64 = CHANNEL + 60;

async fn running(args: &[&str]) -> (Double, Bot) {
    let double = Double::start().await;
    let bot = Bot::start_with(&double, Start { args, ..Start::default() });
    assert!(double.connected().await, "{}", bot.log());
    (double, bot)
}

async fn choose(double: &Double, place: &Place, id: &str, values: &[&str]) -> Request {
    let token = double.choose(place, id, values);
    double.callback(&token).await
}

async fn gaps(double: &Double, place: &Place) -> String {
    let token = double.slash(place, "gaps", json!([]));
    let reply = double.callback(&token).await;
    assert!(reply.is_ephemeral());
    reply.shown()
}

#[tokio::test]
async fn a_refusal_is_put_to_the_desk_without_the_readers_words() {
    let (double, _bot) = running(&[]).await;
    let manager = Place::server(1).manager();
    let refusal = double.answer(&Place::server(2), "what did Putin say about Qzxw?").await;
    let ask = refusal.button("Ask the desk").expect("a refusal has the button");
    assert!(double.answer(&Place::server(2), "what did Tajani say?").await.button("Ask the desk").is_none());
    let token = double.press_under(&Place::server(2), &ask, &refusal);
    assert!(double.callback(&token).await.text().contains("counted for the desk"), "no channel is set");
    choose(&double, &manager, "set|s|desk", &[&DESK.to_string()]).await;
    let token = double.press_under(&Place::server(3), &ask, &refusal);
    assert!(double.callback(&token).await.text().contains("desk is told"));
    let told = double.nth(Route::Message, 0).await;
    assert!(told.path.contains(&DESK.to_string()));
    assert!(told.shown().contains("Vladimir Putin") && told.shown().contains("[no_statement_by_person]"), "{}", told.shown());
    assert!(!told.shown().contains("Qzxw"), "{}", told.shown());
    // The same again is counted and not told again.
    let token = double.press_under(&Place::server(4), &ask, &refusal);
    assert!(double.callback(&token).await.text().contains("desk is told"));
    let listed = gaps(&double, &manager).await;
    assert!(listed.contains("1×") && listed.contains("3× to the desk") && listed.contains("Vladimir Putin"), "{listed}");
    assert!(!listed.contains("Qzxw"), "{listed}");
    assert_eq!(double.state.requests_where(|r| r.route == Route::Message).len(), 1);

    choose(&double, &manager, "set|s|logging", &["on"]).await;
    let other = double.answer(&Place::server(5), "what did Crosetto say about Qzxw?").await;
    let token = double.press_under(&Place::server(5), &other.button("Ask the desk").unwrap(), &other);
    double.callback(&token).await;
    let told = double.nth(Route::Message, 1).await;
    assert!(told.shown().contains("Qzxw"), "the server keeps the words: {}", told.shown());
    assert!(gaps(&double, &manager).await.contains("Qzxw"));
    assert!(gaps(&double, &Place::server(6)).await.contains("Only members who may manage"));
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn what_readers_say_of_an_answer_is_counted_once_for_each_person() {
    let (double, _bot) = running(&[]).await;
    let card = double.answer(&Place::server(2), "what did Tajani say?").await;
    // Somebody else is shown the same: the receipt is not forgotten with the first asker.
    double.answer(&Place::server(5), "what did Tajani say?").await;
    let feedback = card.button("Wrong or missing?").expect("a button");
    for (reader, what) in [(2, "missing"), (2, "wrong_speaker"), (3, "wrong_speaker"), (4, "out_of_date")] {
        let token = double.press_under(&Place::server(reader), &feedback, &card);
        let menu = double.callback(&token).await;
        assert!(menu.is_ephemeral() && menu.body.to_string().contains("not_an_answer"));
        let thanks = choose(&double, &Place::server(reader), &menu.menu().unwrap(), &[what]).await;
        assert!(thanks.text().contains("Thank you"), "{}", thanks.text());
    }
    let listed = gaps(&double, &Place::server(1).manager()).await;
    assert!(listed.contains("wrong speaker 2 · out of date 1"), "{listed}");
    assert!(!listed.contains("something is missing"), "a later word replaces the earlier: {listed}");
    let token = double.slash(&Place::server(2), "forgetme", json!([]));
    double.callback(&token).await;
    assert!(gaps(&double, &Place::server(1).manager()).await.contains("wrong speaker 1"));
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn what_was_asked_where_more_is_known_is_told_only_there() {
    let (double, _bot) = running(&["--knowledge", "tests/knowledge/editions"]).await;
    let newsroom = Place::server(1).manager().channel(CHANNEL + 5);
    let readers = Place::server(1).manager();
    let token = double.slash(&newsroom, "settings", json!([{"name": "channel_is", "type": 3, "value": "newsroom"}]));
    double.callback(&token).await;
    choose(&double, &readers, "set|s|desk", &[&DESK.to_string()]).await;
    let question = "what did Kenji Moreau say about the moon?";
    let refusal = double.answer(&Place::server(2).channel(CHANNEL + 5), question).await;
    let token = double.press_under(&Place::server(2).channel(CHANNEL + 5), &refusal.button("Ask the desk").unwrap(), &refusal);
    assert!(double.callback(&token).await.text().contains("counted"), "the desk's channel is for readers");
    assert!(gaps(&double, &newsroom).await.contains("place=newsroom"));
    let elsewhere = gaps(&double, &readers).await;
    assert!(elsewhere.contains("Nothing so far") && !elsewhere.contains("Moreau"), "{elsewhere}");
    assert!(double.state.requests_where(|r| r.route == Route::Message).is_empty());
}
