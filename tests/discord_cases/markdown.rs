//! What Discord shows of a quotation is what the source says: by an independent implementation of Discord's Markdown.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use verbatim::render::discord_markdown::{block_quote, escape};

/// Pieces that mean something to Discord, and some that do not.
const PIECES: &[&str] = &[
    "*",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "`",
    "```",
    "||",
    "\\",
    ">",
    "> ",
    ">>> ",
    "# ",
    "## ",
    "### ",
    "-# ",
    "- ",
    "* ",
    "1. ",
    "12) ",
    "[",
    "](",
    ")",
    "[text](https://example.org)",
    "<https://example.org/a_b_c>",
    "https://example.org/a_b*c*d",
    "http://x.y:80/_",
    "@everyone",
    "@here",
    "<@123456789012345678>",
    "<@!123456789012345678>",
    "<@&123456789012345678>",
    "<#123456789012345678>",
    "<:name:123456789012345678>",
    "<a:name:123456789012345678>",
    "<t:1700000000:F>",
    "</ask:123456789012345678>",
    "<id:customize>",
    ":smile:",
    ":",
    "::",
    "discord.gg/abc",
    "a@b.org",
    "¯\\_(ツ)_/¯",
    "“",
    "”",
    "’",
    "—",
    "word",
    "two words",
    "10:40 AM",
    "3.14",
    "well-known",
    "snake_case_name",
    "€ 5",
    "é",
    "日本語",
    "😀",
    "👩‍👩‍👧",
    "\u{200b}",
    "\u{202e}",
    "\u{2066}",
    "\u{feff}",
    "|",
    "~",
    "-",
    "+ ",
    "=",
    "!",
    "?",
    ".",
    ",",
    ";",
    "(",
    "{",
    "}",
    "$",
    "%",
    "^",
    "&",
    "/",
    "'",
    "\"",
    "0",
    "1",
    "_a_",
    "*b*",
    "~~c~~",
    "||d||",
    "`e`",
];

/// A generator that gives the same passages every time (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
}

/// A passage of some pieces, with blanks and now and then a new line; as in sources, without blanks around it.
fn passage(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..1 + dice.roll(14) {
        text.push_str(PIECES[dice.roll(PIECES.len())]);
        text.push_str(["", " ", " ", "\n", "", " "][dice.roll(6)]);
    }
    text.trim().to_owned()
}

/// The folder with the parser installed, once for all cases; `None` where there is no Node.js or no network.
fn installed() -> Option<PathBuf> {
    static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    FOLDER.get_or_init(install).clone()
}

fn install() -> Option<PathBuf> {
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/discord_markdown");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("discord_markdown");
    Command::new("node").arg("--version").output().ok()?;
    std::fs::create_dir_all(&folder).unwrap();
    for file in ["package.json", "package-lock.json", "show.js"] {
        std::fs::copy(source.join(file), folder.join(file)).unwrap();
    }
    if !folder.join("node_modules").exists() {
        let done =
            Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder).status();
        // Without a network there is no parser; whoever asks decides whether that is a fault.
        if !done.is_ok_and(|status| status.success()) {
            return None;
        }
    }
    Some(folder)
}

fn shown(folder: &PathBuf, texts: &[String]) -> Vec<Value> {
    let mut node = Command::new("node");
    let mut child = node.arg("show.js").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = serde_json::to_vec(texts).unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn five_thousand_passages_are_shown_as_the_source_has_them() {
    let Some(folder) = installed() else {
        assert!(std::env::var_os("CI").is_none(), "Node.js is needed for this check");
        eprintln!("not checked: Node.js is not installed");
        return;
    };
    let mut dice = Dice(0x5eed_1234_abcd);
    let passages: Vec<String> = (0..5_000).map(|_| passage(&mut dice)).collect();
    for (what, write) in [("plain", escape as fn(&str) -> String), ("block quote", block_quote)] {
        let written: Vec<String> = passages.iter().map(|text| write(text)).collect();
        let seen = shown(&folder, &written);
        assert_eq!(seen.len(), passages.len());
        for (passage, (markdown, seen)) in passages.iter().zip(written.iter().zip(&seen)) {
            assert_eq!(seen["text"].as_str(), Some(passage.as_str()), "{what}: {markdown:?}");
            assert_eq!(seen["marks"].as_array().map(Vec::len), Some(0), "{what}: {markdown:?} {seen}");
        }
    }
}

#[test]
fn the_parser_does_see_formatting_where_nothing_is_escaped() {
    let Some(folder) = installed() else { return };
    let seen = shown(&folder, &["**bold** <@123456789012345678>".to_owned()]);
    let marks: Vec<&str> = seen[0]["marks"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(marks, ["strong", "user"]);
}
