//! Which commands there are, as Discord wants them described, in every language. Knows no handler.

use serde_json::{Map, Value, json};

use super::phrases::Phrases;
use crate::rules::Wording;

/// The name of the message command.
pub const CHECK_CLAIM: &str = "Check this claim";
/// Longest question that a command takes.
pub const MAX_QUESTION: usize = 256;

/// Longest text of a receipt that a command takes.
const MAX_RECEIPT: usize = 4000;

/// Manage Server: whoever has it may use the managers' commands.
const MANAGE_GUILD: &str = "32";

/// A kind of option.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    /// Text with offers while typing.
    Offered,
    /// The text of a receipt, which may be long.
    Receipt,
    /// One of these values.
    OneOf(&'static [&'static str]),
}

struct Choice {
    name: &'static str,
    required: bool,
    kind: Kind,
}

struct Command {
    name: &'static str,
    options: &'static [Choice],
    managers_only: bool,
    in_direct_messages: bool,
}

const fn everyone(name: &'static str, options: &'static [Choice]) -> Command {
    Command { name, options, managers_only: false, in_direct_messages: true }
}

const fn managers(name: &'static str, options: &'static [Choice]) -> Command {
    Command { name, options, managers_only: true, in_direct_messages: false }
}

const PICTURE: Choice = Choice { name: "picture", required: false, kind: Kind::OneOf(&["light", "dark"]) };

const COMMANDS: &[Command] = &[
    everyone("ask", &[Choice { name: "question", required: true, kind: Kind::Offered }, PICTURE]),
    everyone(
        "said",
        &[
            Choice { name: "person", required: true, kind: Kind::Offered },
            Choice { name: "topic", required: false, kind: Kind::Text },
            PICTURE,
        ],
    ),
    everyone("who", &[Choice { name: "name", required: true, kind: Kind::Offered }, PICTURE]),
    everyone("brief", &[Choice { name: "words", required: false, kind: Kind::OneOf(&["150", "300", "600"]) }, PICTURE]),
    everyone("timeline", &[PICTURE]),
    everyone("sources", &[Choice { name: "receipt", required: false, kind: Kind::Receipt }]),
    everyone("help", &[]),
    everyone("about", &[]),
    everyone("privacy", &[]),
    everyone("forgetme", &[]),
    managers(
        "settings",
        &[Choice { name: "channel_is", required: false, kind: Kind::OneOf(&["readers", "newsroom", "off", "default"]) }],
    ),
    managers("gaps", &[]),
    managers(
        "follow",
        &[
            Choice { name: "source", required: false, kind: Kind::Offered },
            Choice { name: "person", required: false, kind: Kind::Offered },
        ],
    ),
    managers("recall", &[]),
];

/// Everything to register. For one guild, without what only global commands have.
#[must_use]
pub fn definitions(phrases: &Phrases, for_guild: bool) -> Value {
    let mut all: Vec<Value> = COMMANDS.iter().map(|command| slash(command, phrases)).collect();
    all.push(check_claim(phrases));
    if !for_guild {
        for (command, in_direct) in all.iter_mut().zip(COMMANDS.iter().map(|c| c.in_direct_messages).chain([true])) {
            let (contexts, installs) = if in_direct { (json!([0, 1, 2]), json!([0, 1])) } else { (json!([0]), json!([0])) };
            set(command, "contexts", contexts);
            set(command, "integration_types", installs);
        }
    }
    Value::Array(all)
}

fn slash(command: &Command, phrases: &Phrases) -> Value {
    let mut value = json!({"type": 1, "name": command.name});
    describe(&mut value, &format!("command.{}", command.name), phrases);
    if !command.options.is_empty() {
        let options = command.options.iter().map(|choice| option(command.name, choice, phrases)).collect();
        set(&mut value, "options", options);
    }
    if command.managers_only {
        set(&mut value, "default_member_permissions", json!(MANAGE_GUILD));
    }
    value
}

fn option(command: &str, choice: &Choice, phrases: &Phrases) -> Value {
    let mut value = json!({"type": 3, "name": choice.name, "required": choice.required});
    describe(&mut value, &format!("command.{command}_{}", choice.name), phrases);
    let names = translations(phrases, &format!("option.{}", choice.name));
    if !names.is_empty() {
        set(&mut value, "name_localizations", Value::Object(names));
    }
    match choice.kind {
        Kind::OneOf(values) => {
            let choices = values.iter().map(|word| one_of(word, &format!("choice.{word}"), phrases)).collect();
            set(&mut value, "choices", choices);
        }
        Kind::Receipt => set(&mut value, "max_length", json!(MAX_RECEIPT)),
        Kind::Offered | Kind::Text => {
            set(&mut value, "max_length", json!(MAX_QUESTION));
            if choice.kind == Kind::Offered {
                set(&mut value, "autocomplete", json!(true));
            }
        }
    }
    value
}

fn one_of(word: &str, key: &str, phrases: &Phrases) -> Value {
    let mut value = json!({"name": phrases.of("en").get(key), "value": word});
    let names = translations(phrases, key);
    if !names.is_empty() {
        set(&mut value, "name_localizations", Value::Object(names));
    }
    value
}

fn check_claim(phrases: &Phrases) -> Value {
    let mut value = json!({"type": 3, "name": CHECK_CLAIM});
    let names = translations(phrases, "command.check_claim");
    if !names.is_empty() {
        set(&mut value, "name_localizations", Value::Object(names));
    }
    value
}

fn describe(value: &mut Value, key: &str, phrases: &Phrases) {
    set(value, "description", json!(phrases.of("en").get(key)));
    let others = translations(phrases, key);
    if !others.is_empty() {
        set(value, "description_localizations", Value::Object(others));
    }
}

fn translations(phrases: &Phrases, key: &str) -> Map<String, Value> {
    let one = |(tag, wording): (&str, &Wording)| {
        let code = discord_locale(tag)?;
        wording.has(key).then(|| (code.to_owned(), json!(wording.text(key, &[]))))
    };
    phrases.translations().filter_map(one).collect()
}

fn set(value: &mut Value, key: &str, to: Value) {
    if let Some(fields) = value.as_object_mut() {
        fields.insert(key.to_owned(), to);
    }
}

/// Discord's code of a language, where it has one.
fn discord_locale(tag: &str) -> Option<&'static str> {
    const CODES: [&str; 33] = [
        "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR", "ro",
        "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko", "es",
    ];
    let full = match tag {
        "es" => "es-ES",
        "pt" => "pt-BR",
        "sv" => "sv-SE",
        "zh" => "zh-CN",
        "nb" | "nn" => "no",
        other => other,
    };
    CODES.into_iter().find(|code| code.eq_ignore_ascii_case(full))
}

/// What Discord would refuse in these definitions; empty when all is well.
#[must_use]
pub fn faults(definitions: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for command in definitions.as_array().into_iter().flatten() {
        check(command, command.get("type") == Some(&json!(1)), &mut found);
    }
    found
}

fn check(item: &Value, described: bool, found: &mut Vec<String>) {
    let name = item.get("name").and_then(Value::as_str).unwrap_or_default();
    for (key, max) in [("name", 32), ("description", 100)] {
        let own = item.get(key).into_iter();
        let others =
            item.get(format!("{key}_localizations")).and_then(Value::as_object).into_iter().flat_map(|map| map.values());
        for text in own.chain(others).filter_map(Value::as_str) {
            let length = text.chars().count();
            if !(1..=max).contains(&length) {
                found.push(format!("{name}: {key} of {length} characters, 1 to {max} are allowed: {text}"));
            }
            let plain = |c: char| c.is_alphanumeric() || "-_'".contains(c);
            if described && key == "name" && (!text.chars().all(plain) || text.to_lowercase() != *text) {
                found.push(format!("{name}: `{text}` must be lower case without spaces"));
            }
        }
    }
    for option in item.get("options").and_then(Value::as_array).into_iter().flatten() {
        check(option, true, found);
    }
}
