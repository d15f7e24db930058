//! `/brief` and `/timeline`: private where readers are, page by page, and a picture with a text for who can't see it.

use serde_json::json;

use crate::discord_double::Double;
use crate::discord_double::bot::{Bot, Start};
use crate::discord_double::payloads::Place;
use crate::discord_double::record::{Request, Route};

/// The message that answers an interaction, also where it was announced first, and whether only the asker sees it.
async fn answer(double: &Double, token: &str) -> (Request, bool) {
    let callback = double.callback(token).await;
    let private = callback.is_ephemeral();
    if callback.body["type"] != 5 {
        return (callback, private);
    }
    let filled = double.request(|r| r.route == Route::EditOriginal && r.token.as_deref() == Some(token)).await;
    (filled.expect("the announced answer comes"), private)
}

const LEAD: &str = "Italian authorities are currently investigating a significant cyber espionage scandal";
const REPLY: &str = "Their legal representatives indicated that further clarity on the case would be provided";

#[tokio::test]
async fn a_briefing_is_private_where_readers_are_and_open_in_a_newsroom() {
    for (audience, private) in [("readers", true), ("newsroom", false)] {
        let double = Double::start().await;
        let env = [("VERBATIM_DEFAULT_AUDIENCE", audience)];
        let bot = Bot::start_with(&double, Start { env: &env, ..Start::default() });
        assert!(double.connected().await, "{}", bot.log());
        let place = Place::server(7);
        let token = double.slash(&place, "brief", json!([{"name": "words", "type": 3, "value": "300"}]));
        let (first, is_private) = answer(&double, &token).await;
        assert_eq!(is_private, private, "{audience}");
        assert!(first.shown().contains(LEAD), "{}", first.shown());
        let ids = first.components().into_iter().filter_map(|part| part["custom_id"].as_str().map(str::to_owned));
        let more = ids.into_iter().find(|id| id.starts_with("doc|"));
        let mut shown = first.shown();
        if let Some(more) = more {
            let token = double.press_under(&place, &more, &first);
            let (second, is_private) = answer(&double, &token).await;
            assert!(is_private, "a further page is for whoever asks for it");
            shown.push_str(&second.shown());
        }
        assert!(shown.contains(REPLY), "{shown}");
        assert_eq!(double.violations(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_picture_comes_with_its_words() {
    let double = Double::start().await;
    let bot = Bot::start(&double);
    assert!(double.connected().await, "{}", bot.log());
    let options = json!([{"name": "words", "type": 3, "value": "150"}, {"name": "picture", "type": 3, "value": "dark"}]);
    let token = double.slash(&Place::server(8), "brief", options);
    let (reply, _) = answer(&double, &token).await;
    let data = reply.message();
    assert_eq!(data["attachments"][0]["filename"], "page.png", "{}", reply.body);
    let words = data["attachments"][0]["description"].as_str().unwrap();
    assert!(words.contains(LEAD) && words.chars().count() <= 1024, "{words}");
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn a_timeline_names_its_dates_and_what_can_not_be_told() {
    let double = Double::start().await;
    let bot = Bot::start_with(&double, Start { args: &["--knowledge", "tests/knowledge/editions"], ..Start::default() });
    assert!(double.connected().await, "{}", bot.log());
    let token = double.slash(&Place::server(9).locale("it"), "timeline", json!([]));
    let (reply, is_private) = answer(&double, &token).await;
    assert!(is_private);
    assert!(reply.shown().contains("8 luglio 2025"), "{}", reply.shown());
    assert_eq!(double.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn an_answer_comes_as_a_picture_with_its_words() {
    let double = Double::start().await;
    let bot = Bot::start(&double);
    assert!(double.connected().await, "{}", bot.log());
    let place = Place::server(10);
    let question = json!({"name": "question", "type": 3, "value": "who is under house arrest?"});
    let wish = json!({"name": "picture", "type": 3, "value": "light"});
    let token = double.slash(&place, "ask", json!([question, wish]));
    let (with_option, _) = answer(&double, &token).await;
    let token = double.slash(&place, "ask", json!([question]));
    let (plain, _) = answer(&double, &token).await;
    assert_eq!(plain.message()["attachments"].as_array().map_or(0, Vec::len), 0, "nobody wanted a picture");
    let buttons = plain.components();
    let button = buttons.iter().find(|part| part["label"] == "Picture").expect("a button for the picture");
    let token = double.press_under(&place, button["custom_id"].as_str().unwrap(), &plain);
    let (pressed, is_private) = answer(&double, &token).await;
    assert!(is_private, "the picture is for whoever pressed");
    let quoted = plain.shown();
    for drawn in [&with_option, &pressed] {
        let attachment = &drawn.message()["attachments"][0];
        assert_eq!(attachment["filename"], "page.png", "{}", drawn.body);
        let words = attachment["description"].as_str().unwrap();
        let passage = words.lines().find(|line| line.contains("house arrest")).expect("the passage in words");
        assert!(quoted.contains(passage.trim_matches(['“', '”', ' '])) || words.chars().count() == 1024, "{words}\n{quoted}");
    }
    let token =
        double.slash(&place, "ask", json!([{"name": "question", "type": 3, "value": "who won the chess final?"}, wish]));
    let (refused, _) = answer(&double, &token).await;
    assert_eq!(refused.message()["attachments"].as_array().map_or(0, Vec::len), 0, "a refusal has nothing to draw");
    assert_eq!(double.violations(), Vec::<String>::new());
}
