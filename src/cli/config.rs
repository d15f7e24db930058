//! Works out the settings for every command; `config`: shows them and prints the file with the defaults. Knows no bot.

use serde_json::json;

use super::args::{Command, ConfigArgs, ConfigCommand, Global, ListFormat, LogFormat};
use super::{Status, output};
use crate::ops::{Config, Kind, Layers, SETTINGS, default_file, unknown_variables};

/// The arguments with what the environment and the file add, and all settings with their origins.
pub fn resolved(global: Global, command: Option<&Command>) -> anyhow::Result<(Global, Config)> {
    let config = read(&global, command)?;
    Ok((with(&config), config))
}

/// The arguments that hold for every command, as the settings have them.
pub fn with(config: &Config) -> Global {
    Global {
        config: config.file.clone(),
        knowledge: config.path("knowledge"),
        prompts: config.path("prompts"),
        data: config.path("data"),
        locale: config.text("locale").map(str::to_owned),
    }
}

/// The settings as flags, environment and file give them.
fn read(global: &Global, command: Option<&Command>) -> anyhow::Result<Config> {
    let mut flags = Vec::new();
    let paths = [("knowledge", &global.knowledge), ("prompts", &global.prompts), ("data", &global.data)];
    flags.extend(paths.iter().filter_map(|(key, path)| Some((*key, path.as_ref()?.display().to_string()))));
    flags.extend(global.locale.iter().map(|tag| ("locale", tag.clone())));
    let listen = match command {
        Some(Command::Discord(args)) => {
            let format = args.log_format.map(|format| if format == LogFormat::Json { "json" } else { "text" });
            flags.extend(format.map(|format| ("log.format", format.to_owned())));
            args.listen.clone()
        }
        Some(Command::Health(args)) => args.listen.clone(),
        _ => None,
    };
    flags.extend(listen.map(|address| ("health.listen", address)));
    let layers = Layers { flags, file: global.config.clone(), environment: &|name| std::env::var(name).ok() };
    Ok(Config::resolve(&layers)?)
}

/// Whether no settings need to be read for this.
pub fn needs_none(args: &ConfigArgs) -> bool {
    matches!(args.command, ConfigCommand::Default)
}

/// `config default`.
pub fn default() -> anyhow::Result<Status> {
    output::print(&default_file())?;
    Ok(Status::Done)
}

/// `config show`.
pub fn run(args: &ConfigArgs, config: &Config) -> anyhow::Result<Status> {
    let ConfigCommand::Show { format } = args.command else { return default() };
    warn_of_strange_variables();
    let rows = SETTINGS.iter().map(|setting| {
        let value = config.get(setting.key);
        let shown = value.map(|value| if setting.kind == Kind::Secret { "(set, not shown)" } else { value.text.as_str() });
        (setting, shown, value.map(|value| value.origin.to_string()))
    });
    let text = match format {
        ListFormat::Json => rows
            .map(|(setting, shown, origin)| {
                let value = if setting.kind == Kind::Secret { None } else { shown };
                let line = json!({"key": setting.key, "value": value, "set": shown.is_some(), "origin": origin,
                    "variable": setting.variable, "flag": setting.flag, "default": setting.default, "reloads": setting.reloads});
                format!("{line}\n")
            })
            .collect(),
        ListFormat::Text => {
            let cells = rows.map(|(setting, shown, origin)| {
                [setting.key, shown.unwrap_or("(not set)"), &origin.unwrap_or_default()].map(str::to_owned).to_vec()
            });
            output::columns(&cells.collect::<Vec<_>>())
        }
    };
    output::print(&text)?;
    config.checked()?;
    Ok(Status::Done)
}

/// Says on standard error which variables look like settings and are none.
pub fn warn_of_strange_variables() {
    for (name, near) in unknown_variables(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())) {
        match near {
            Some(near) => eprintln!("warning: {name} is no setting; did you mean {near}?"),
            None => eprintln!("warning: {name} is no setting"),
        }
    }
}
