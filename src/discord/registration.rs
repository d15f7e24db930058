//! Registers the commands, once for each start, and only when they differ from what is registered. Knows no handler.

use serde_json::{Map, Value, json};

use super::sender::{SendError, Sender};

/// Registers `wanted` where it differs; tells whether it did.
///
/// # Errors
/// As [`SendError`].
pub async fn register(sender: &Sender, application: u64, guild: Option<u64>, wanted: &Value) -> Result<bool, SendError> {
    let registered = sender.commands(application, guild).await?;
    if same(&registered, wanted) {
        return Ok(false);
    }
    match sender.set_commands(application, guild, wanted).await {
        // The application can't be installed by users: then its commands can't be offered to them.
        Err(SendError::Refused { status: 400, .. }) if guild.is_none() => {
            let fewer = for_servers_only(wanted);
            if same(&registered, &fewer) {
                return Ok(false);
            }
            sender.set_commands(application, guild, &fewer).await?;
        }
        other => other?,
    }
    Ok(true)
}

fn for_servers_only(wanted: &Value) -> Value {
    let mut fewer = wanted.clone();
    for command in fewer.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        command.insert("integration_types".to_owned(), json!([0]));
        if let Some(contexts) = command.get_mut("contexts").and_then(Value::as_array_mut) {
            contexts.retain(|context| *context != json!(2));
        }
    }
    fewer
}

/// Whether two sets of commands are one, whatever order and defaults they are written with.
#[must_use]
pub fn same(registered: &Value, wanted: &Value) -> bool {
    let sorted = |set: &Value| {
        let mut all: Vec<String> = set.as_array().into_iter().flatten().map(|c| canonical(c).to_string()).collect();
        all.sort();
        all
    };
    sorted(registered) == sorted(wanted)
}

/// What matters of a command, option or choice: without ids, and without what Discord fills in.
fn canonical(item: &Value) -> Value {
    const KEYS: [&str; 14] = [
        "type",
        "name",
        "name_localizations",
        "description",
        "description_localizations",
        "default_member_permissions",
        "contexts",
        "integration_types",
        "required",
        "max_length",
        "autocomplete",
        "value",
        "options",
        "choices",
    ];
    let mut kept = Map::new();
    for key in KEYS {
        match item.get(key) {
            Some(Value::Array(list)) if key == "options" || key == "choices" => {
                let list: Vec<Value> = list.iter().map(canonical).collect();
                kept.extend((!list.is_empty()).then(|| (key.to_owned(), Value::Array(list))));
            }
            Some(value) if !is_default(key, value) => drop(kept.insert(key.to_owned(), value.clone())),
            _ => {}
        }
    }
    Value::Object(kept)
}

fn is_default(key: &str, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(yes) => !yes,
        Value::String(text) => text.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Number(_) => key == "type" && *value == json!(1),
        Value::Array(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_order_and_defaults_make_no_difference() {
        let wanted = json!([
            {"type": 1, "name": "ask", "description": "d", "options": [{"type": 3, "name": "q", "description": "o", "required": true}]},
            {"type": 3, "name": "Check"},
        ]);
        let registered = json!([
            {"id": "2", "type": 3, "name": "Check", "description": "", "nsfw": false, "default_member_permissions": null},
            {"id": "1", "version": "9", "name": "ask", "description": "d",
             "options": [{"type": 3, "name": "q", "description": "o", "required": true, "autocomplete": false}]},
        ]);
        assert!(same(&registered, &wanted));
        let mut other = wanted.clone();
        if let Some(description) = other.pointer_mut("/0/options/0/description") {
            *description = json!("changed");
        }
        assert!(!same(&registered, &other));
    }
}
