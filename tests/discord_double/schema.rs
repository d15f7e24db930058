//! Judges a request body by the API description, by the documented limits that the description lacks, and by `allowed_mentions`.

use super::record::Route;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Compiled schemas, one for each kind of request.
pub struct Judge {
    validators: HashMap<&'static str, Validator>,
}

impl Judge {
    pub fn new() -> Self {
        let whole: Value = serde_json::from_str(include_str!("schemas/requests.json")).unwrap();
        let names = ["callback", "followup", "edit_original", "message", "message_edit", "commands"];
        let validators = names
            .into_iter()
            .map(|name| {
                let mut schema = whole["requests"][name].clone();
                schema["$defs"] = whole["$defs"].clone();
                schema["$schema"] = whole["$schema"].clone();
                (name, jsonschema::validator_for(&schema).unwrap())
            })
            .collect();
        Self { validators }
    }

    /// Everything that is wrong with this body; empty when Discord would take it.
    pub fn violations(&self, route: Route, body: &Value, files: usize) -> Vec<String> {
        let mut found = Vec::new();
        let name = match route {
            Route::Callback => "callback",
            Route::FollowUp => "followup",
            Route::EditOriginal => "edit_original",
            Route::Message => "message",
            Route::EditMessage => "message_edit",
            Route::PutCommands => "commands",
            Route::Gateway | Route::GetCommands | Route::OpenDirect | Route::ReadMessages | Route::ReadOriginal => {
                return found;
            }
            Route::Other => return vec!["a route that the bot has no business with".to_owned()],
        };
        let described = integers_from_strings(body);
        found.extend(self.validators[name].iter_errors(&described).map(|e| format!("{}: {e}", e.instance_path())));
        match route {
            Route::PutCommands => commands(body, &mut found),
            Route::Callback => callback(body, files, &mut found),
            _ => message(body, files, &mut found),
        }
        found
    }
}

/// Permissions are documented as strings and described as integers; both are taken.
fn integers_from_strings(body: &Value) -> Value {
    let mut copy = body.clone();
    for command in copy.as_array_mut().into_iter().flatten() {
        if let Some(bits) = command["default_member_permissions"].as_str().and_then(|s| s.parse::<u64>().ok()) {
            command["default_member_permissions"] = json!(bits);
        }
    }
    copy
}

fn chars(value: &Value) -> usize {
    value.as_str().map_or(0, |s| s.chars().count())
}

fn over(found: &mut Vec<String>, what: &str, value: &Value, max: usize) {
    if chars(value) > max {
        found.push(format!("{what}: {} characters, at most {max}", chars(value)));
    }
}

fn callback(body: &Value, files: usize, found: &mut Vec<String>) {
    match body["type"].as_u64() {
        Some(4 | 7) => message(&body["data"], files, found),
        Some(5) if body["data"]["flags"].as_u64().unwrap_or(0) & !64 != 0 => {
            found.push("a defer takes no flag but ephemeral".to_owned());
        }
        Some(9) => form(&body["data"], found),
        Some(8) => {
            let choices = body["data"]["choices"].as_array().cloned().unwrap_or_default();
            if choices.len() > 25 {
                found.push(format!("{} choices, at most 25", choices.len()));
            }
            for choice in &choices {
                over(found, "choice name", &choice["name"], 100);
                over(found, "choice value", &choice["value"], 100);
                if chars(&choice["name"]) == 0 || chars(&choice["value"]) == 0 {
                    found.push("an empty choice".to_owned());
                }
            }
        }
        _ => {}
    }
}

/// Documented, and stricter than described: five parts at most.
fn form(body: &Value, found: &mut Vec<String>) {
    let rows = body["components"].as_array().cloned().unwrap_or_default();
    if rows.is_empty() || rows.len() > 5 {
        found.push(format!("a form of {} parts", rows.len()));
    }
    over(found, "title of a form", &body["title"], 45);
}

fn message(body: &Value, files: usize, found: &mut Vec<String>) {
    let mentions = &body["allowed_mentions"];
    let empty = |key: &str| mentions.get(key).is_none_or(|v| v.as_array().is_some_and(Vec::is_empty));
    let pings_nobody = mentions["parse"].as_array().is_some_and(Vec::is_empty)
        && empty("users")
        && empty("roles")
        && !mentions["replied_user"].as_bool().unwrap_or(false);
    if !pings_nobody {
        found.push(format!("allowed_mentions lets somebody be pinged: {mentions}"));
    }
    over(found, "content", &body["content"], 2000);
    let embeds = body["embeds"].as_array().cloned().unwrap_or_default();
    let mut total = 0;
    for embed in &embeds {
        total += embed_limits(embed, found);
    }
    if total > 6000 {
        found.push(format!("embeds: {total} characters together, at most 6000"));
    }
    components(body, found);
    let shows_something = chars(&body["content"]) > 0 || !embeds.is_empty() || files > 0;
    if !shows_something && body["components"].as_array().is_none_or(Vec::is_empty) {
        found.push("an empty message".to_owned());
    }
}

fn embed_limits(embed: &Value, found: &mut Vec<String>) -> usize {
    let parts = [("/title", 256), ("/description", 4096), ("/footer/text", 2048), ("/author/name", 256)];
    let mut total = 0;
    for (pointer, max) in parts {
        let value = embed.pointer(pointer).unwrap_or(&Value::Null);
        over(found, pointer, value, max);
        total += chars(value);
    }
    let fields = embed["fields"].as_array().cloned().unwrap_or_default();
    if fields.len() > 25 {
        found.push(format!("{} fields, at most 25", fields.len()));
    }
    for field in &fields {
        over(found, "field name", &field["name"], 256);
        over(found, "field value", &field["value"], 1024);
        if chars(&field["name"]) == 0 || chars(&field["value"]) == 0 {
            found.push("an empty field".to_owned());
        }
        total += chars(&field["name"]) + chars(&field["value"]);
    }
    total
}

fn components(body: &Value, found: &mut Vec<String>) {
    let rows = body["components"].as_array().cloned().unwrap_or_default();
    if rows.len() > 5 {
        found.push(format!("{} rows, at most 5", rows.len()));
    }
    let mut ids = Vec::new();
    for row in &rows {
        let parts = row["components"].as_array().cloned().unwrap_or_default();
        let menus = parts.iter().filter(|part| part["type"].as_u64() != Some(2)).count();
        if menus > 0 && parts.len() > 1 {
            found.push("a menu shares its row".to_owned());
        }
        if parts.is_empty() || parts.len() > 5 {
            found.push(format!("{} components in a row", parts.len()));
        }
        for part in &parts {
            let id = part["custom_id"].as_str().unwrap_or_default();
            let is_link = part["style"].as_u64() == Some(5);
            if is_link != id.is_empty() || id.chars().count() > 100 {
                found.push(format!("custom_id of {} characters", id.chars().count()));
            }
            if !id.is_empty() && ids.iter().any(|seen| seen == id) {
                found.push(format!("custom_id twice: {id}"));
            }
            ids.push(id.to_owned());
            over(found, "label", &part["label"], 80);
            over(found, "placeholder", &part["placeholder"], 150);
            let (least, most) = (part["min_values"].as_u64().unwrap_or(1), part["max_values"].as_u64().unwrap_or(1));
            let options = part["options"].as_array().map(Vec::len);
            if least > most || options.is_some_and(|n| n == 0 || n > 25 || most > n as u64) {
                found.push(format!("a menu of {options:?} of which {least} to {most} are chosen"));
            }
            for option in part["options"].as_array().into_iter().flatten() {
                for key in ["label", "value", "description"] {
                    over(found, key, &option[key], 100);
                }
            }
        }
    }
}

fn commands(body: &Value, found: &mut Vec<String>) {
    for command in body.as_array().into_iter().flatten() {
        let slash = command["type"].as_u64().unwrap_or(1) == 1;
        let name = command["name"].as_str().unwrap_or_default();
        if slash {
            named(command, found);
            option_order(command, found);
        } else if command.get("description").is_some_and(|d| d.as_str() != Some("")) || command.get("options").is_some() {
            found.push(format!("{name}: a message command has neither description nor options"));
        }
        if text_size(command) > 8000 {
            found.push(format!("{name}: over 8000 characters in all"));
        }
    }
}

/// Names are lower case and of letters, digits, `-`, `_` and `'`; descriptions have 1 to 100 characters; also in every translation.
fn named(item: &Value, found: &mut Vec<String>) {
    let translated = |key: &str| item[key].as_object().map(|m| m.values().cloned().collect::<Vec<_>>()).unwrap_or_default();
    for name in std::iter::once(item["name"].clone()).chain(translated("name_localizations")) {
        let text = name.as_str().unwrap_or_default();
        let fits = (1..=32).contains(&text.chars().count())
            && text.chars().all(|c| c.is_alphanumeric() || "-_'".contains(c))
            && text.to_lowercase() == text;
        if !fits {
            found.push(format!("bad name {text:?}"));
        }
    }
    for text in std::iter::once(item["description"].clone()).chain(translated("description_localizations")) {
        if !(1..=100).contains(&chars(&text)) {
            found.push(format!("bad description {text}"));
        }
    }
    for option in item["options"].as_array().into_iter().flatten() {
        named(option, found);
        let choices = option["choices"].as_array().cloned().unwrap_or_default();
        if choices.len() > 25 || (!choices.is_empty() && option["autocomplete"].as_bool() == Some(true)) {
            found.push(format!("bad choices of {}", option["name"]));
        }
    }
}

fn option_order(command: &Value, found: &mut Vec<String>) {
    let options = command["options"].as_array().cloned().unwrap_or_default();
    let required: Vec<bool> = options.iter().map(|o| o["required"].as_bool().unwrap_or(false)).collect();
    if required.windows(2).any(|pair| !pair[0] && pair[1]) {
        found.push(format!("{}: a required option after an optional one", command["name"]));
    }
}

/// Characters of names, descriptions and values (the longest translation of each).
fn text_size(item: &Value) -> usize {
    let longest = |key: &str, translations: &str| {
        let others = item[translations].as_object().into_iter().flat_map(|m| m.values()).map(chars).max();
        chars(&item[key]).max(others.unwrap_or(0))
    };
    let own = longest("name", "name_localizations") + longest("description", "description_localizations");
    let nested = ["options", "choices"].into_iter().flat_map(|k| item[k].as_array().into_iter().flatten());
    own + chars(&item["value"]) + nested.map(text_size).sum::<usize>()
}
