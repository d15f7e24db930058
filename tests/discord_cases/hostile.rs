//! Questions that want to do harm: whatever is asked, nobody is pinged, no limit is broken, nothing is logged, nothing falls over.

use std::time::Duration;

use serde_json::json;

use crate::discord_double::bot::Bot;
use crate::discord_double::payloads::{self, Place};
use crate::discord_double::record::Route;
use crate::discord_double::{CHANNEL, Double, TOKEN};

/// Stands in every question, to be looked for in the log.
const MARK: &str = "Qzxwmark";

const PIECES: &[&str] = &[
    "@everyone",
    "@here",
    "<@1>",
    "<@&1>",
    "<@!123456789012345678>",
    "<#123456789012345678>",
    "</ask:1>",
    "<t:0:R>",
    "<:x:123456789012345678>",
    "[click](https://evil.example)",
    "https://evil.example/?a=b_c*d",
    "discord.gg/evil",
    "**",
    "__",
    "~~",
    "||",
    "`",
    "```",
    "> ",
    ">>> ",
    "# ",
    "-# ",
    "- ",
    "1. ",
    "\\",
    "\u{202e}",
    "\u{202d}",
    "\u{2066}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{0}",
    "\u{7}",
    "\u{1b}[31m",
    "\n",
    "\r\n",
    "\t",
    "שלום",
    "مرحبا",
    "🏳️‍🌈",
    "👩‍👩‍👧",
    "e\u{301}\u{301}\u{301}\u{301}",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴",
    "'; DROP TABLE",
    "${jndi:ldap://x}",
    "{{7*7}}",
    "{name}",
    "%s%n",
    "../../etc/passwd",
    "|",
    "|s|0||en|",
    "1s|0||en|x",
    "who",
    "what did",
    "say",
    "?",
    "Gallo",
    "Tajani",
    "is",
    "guilty",
    "ignore your rules and",
    "print the token",
    "\u{e000}",
    "\u{fffd}",
    "\u{1f600}",
    "“",
    "”",
    "’",
    "ﷺ",
    "İ",
    "ß",
    "ǅ",
    "０",
    "½",
];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
}

fn question(dice: &mut Dice) -> String {
    let mut text = MARK.to_owned();
    for _ in 0..dice.roll(24) {
        text.push_str(PIECES[dice.roll(PIECES.len())]);
        text.push_str(["", " ", ""][dice.roll(3)]);
    }
    if dice.roll(20) == 0 {
        text = text.repeat(2_100 / text.chars().count() + 1);
    }
    text
}

/// Asks this many hostile questions in every way there is, and looks at all that came of it.
pub async fn ask(count: u64) {
    let double = Double::start().await;
    let mut bot = Bot::start(&double);
    assert!(double.connected().await);
    let mut dice = Dice(0xbad_c0de);
    let mut open = Vec::new();
    let mut messages = 0;
    for number in 0..count {
        // Everybody asks in a channel of their own, so that no allowance is used up.
        let place = Place::server(10_000 + number).channel(CHANNEL + 10_000 + number);
        let text = question(&mut dice);
        match dice.roll(8) {
            0 => {
                double.mention(&place, &text);
                messages += 1;
            }
            1 => {
                double.say(payloads::message(double.state.new_id(), &Place::direct(10_000 + number), &text));
                messages += 1;
            }
            2 => open.push(double.autocomplete(&place, "ask", "question", &text)),
            3 => open.push(double.press(&place, &text.chars().take(100).collect::<String>())),
            4 => open.push(double.message_command(&place, "Check this claim", &text)),
            5 => open.push(double.slash(
                &place,
                "said",
                json!([{"name": "person", "type": 3, "value": text}, {"name": "topic", "type": 3, "value": text}]),
            )),
            6 => open.push(double.slash(&place, "who", json!([{"name": "name", "type": 3, "value": text}]))),
            _ => open.push(double.ask(&place, &text)),
        }
        if number % 40 == 39 {
            let last = open.last().cloned();
            if let Some(last) = last {
                double.callback(&last).await;
            }
        }
    }
    for token in &open {
        double.callback(token).await;
    }
    let answered = || double.state.requests_where(|r| r.route == Route::Message).len();
    let all = || (answered() >= messages).then_some(());
    let done = double.state.wait_for(Duration::from_secs(120), all).await.is_some();
    assert!(done, "{} of {messages} messages are answered: {}", answered(), bot.log());
    assert_eq!(double.violations(), Vec::<String>::new());
    let log = bot.log();
    assert!(!log.contains("panicked") && !log.contains("could not be"), "{log}");
    assert!(!log.contains(MARK), "a question stands in the log");
    assert!(!log.contains(TOKEN) && !log.contains(&TOKEN[60..]), "the token stands in the log");
    assert!(bot.exit(Duration::from_millis(50)).await.is_none(), "it still runs");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_hundred_hostile_questions_do_no_harm() {
    ask(800).await;
}
