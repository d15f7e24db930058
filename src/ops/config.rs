//! What holds for each setting and who says so: flags before the environment, before `verbatim.toml`, before defaults. Knows no command.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::config_file;
use super::settings::{Kind, SETTINGS, Setting, setting_of};
use crate::rules::Fault;
use crate::rules::fault::nearest;
use crate::store::Retention;

/// The file that is read where none is named.
pub const CONFIG_FILE: &str = "verbatim.toml";
/// The variable that names another.
pub const CONFIG_VARIABLE: &str = "VERBATIM_CONFIG";

/// Who says what a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A flag.
    Flag(&'static str),
    /// An environment variable.
    Variable(&'static str),
    /// The file, by path, line and column.
    File(String),
    /// Nobody.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag(name) | Origin::Variable(name) => out.write_str(name),
            Origin::File(place) => out.write_str(place),
            Origin::Default => out.write_str("default"),
        }
    }
}

/// A value and its origin.
#[derive(Clone, PartialEq, Eq)]
pub struct Value {
    /// The value as text.
    pub text: String,
    /// Who says so.
    pub origin: Origin,
}

impl fmt::Debug for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // One of the values is a secret.
        write!(out, "Value(…, {})", self.origin)
    }
}

/// A fault of what is configured; the messages say where and what is right.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file that was named can't be read.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is at fault.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    File(Vec<Fault>),
    /// A variable or flag has a value that means nothing.
    #[error("{name} is `{value}`: expected {expected}")]
    Value {
        /// The variable or flag.
        name: &'static str,
        /// What it is; never a secret.
        value: String,
        /// What it may be.
        expected: String,
    },
}

/// What holds for every setting that anybody sets or that has a default.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The file that was read.
    pub file: Option<PathBuf>,
    flags: Vec<(&'static str, String)>,
    values: BTreeMap<&'static str, Value>,
}

/// Where values come from.
pub struct Layers<'l> {
    /// Values of flags, by the setting's key.
    pub flags: Vec<(&'static str, String)>,
    /// The file that a flag names.
    pub file: Option<PathBuf>,
    /// The environment.
    pub environment: &'l dyn Fn(&str) -> Option<String>,
}

impl fmt::Debug for Layers<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Layers({} flags, {:?})", self.flags.len(), self.file)
    }
}

impl Config {
    /// Works out what holds. A file is read where one is named, or `verbatim.toml` where there is one.
    ///
    /// # Errors
    /// A file that was named and can't be read, or one with a fault.
    pub fn resolve(layers: &Layers<'_>) -> Result<Self, ConfigError> {
        let set = |name: &str| (layers.environment)(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let named = layers.file.clone().or_else(|| set(CONFIG_VARIABLE).map(PathBuf::from));
        let mut config = Self { flags: layers.flags.clone(), ..Self::default() };
        for setting in SETTINGS {
            if let Some(text) = setting.default {
                config.values.insert(setting.key, Value { text: text.to_owned(), origin: Origin::Default });
            }
        }
        let path = named.clone().unwrap_or_else(|| PathBuf::from(CONFIG_FILE));
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                config.values.extend(config_file::read(&path, &text).map_err(ConfigError::File)?);
                config.file = Some(path);
            }
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {}
            Err(source) => return Err(ConfigError::Unreadable { path, source }),
        }
        for setting in SETTINGS {
            if let Some(text) = set(setting.variable) {
                config.values.insert(setting.key, Value { text, origin: Origin::Variable(setting.variable) });
            }
        }
        for (key, text) in &layers.flags {
            if let Some(Setting { key, flag: Some(flag), .. }) = setting_of(key) {
                config.values.insert(key, Value { text: text.clone(), origin: Origin::Flag(flag) });
            }
        }
        Ok(config)
    }

    /// Works out anew what holds, with the same flags and the same file.
    ///
    /// # Errors
    /// As [`Config::resolve`].
    pub fn again(&self, environment: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        Self::resolve(&Layers { flags: self.flags.clone(), file: self.file.clone(), environment })
    }

    /// Settings with another value in `other` that a running bot does not take over.
    #[must_use]
    pub fn needing_restart(&self, other: &Self) -> Vec<&'static str> {
        let differs = |setting: &&Setting| !setting.reloads && self.text(setting.key) != other.text(setting.key);
        SETTINGS.iter().filter(differs).map(|setting| setting.key).collect()
    }

    /// The value of a setting.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }

    /// The text of a setting's value.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).map(|value| value.text.as_str())
    }

    /// A setting's value as a path.
    #[must_use]
    pub fn path(&self, key: &str) -> Option<PathBuf> {
        self.text(key).map(PathBuf::from)
    }

    /// What somebody has set under the name of an environment variable, wherever it was set.
    #[must_use]
    pub fn set_as(&self, variable: &str) -> Option<String> {
        let setting = SETTINGS.iter().find(|setting| setting.variable == variable)?;
        let value = self.get(setting.key).filter(|value| value.origin != Origin::Default)?;
        Some(value.text.clone())
    }

    /// For how long what is kept.
    #[must_use]
    pub fn retention(&self) -> Retention {
        let days = |key: &str, default: u32| self.text(key).and_then(|text| text.parse().ok()).unwrap_or(default);
        let default = Retention::default();
        Retention {
            receipts: days("keep.receipts", default.receipts),
            gaps: days("keep.gaps", default.gaps),
            questions: days("keep.questions", default.questions),
            audit: days("keep.audit", default.audit),
            left_servers: days("keep.left_servers", default.left_servers),
        }
    }

    /// Whether every value that a variable or flag gives means something; those of the file were looked at when it was read.
    ///
    /// # Errors
    /// The first that means nothing.
    pub fn checked(&self) -> Result<(), ConfigError> {
        for setting in SETTINGS {
            let Some(value) = self.get(setting.key).filter(|value| !setting.kind.takes(&value.text)) else { continue };
            let name = setting.flag.filter(|_| matches!(value.origin, Origin::Flag(_))).unwrap_or(setting.variable);
            let shown = if setting.kind == Kind::Secret { "…".to_owned() } else { value.text.clone() };
            return Err(ConfigError::Value { name, value: shown, expected: setting.kind.expected() });
        }
        Ok(())
    }
}

/// Variables that look like settings and are none, each with the nearest that is.
pub fn unknown_variables(names: impl IntoIterator<Item = String>) -> Vec<(String, Option<&'static str>)> {
    let known = || SETTINGS.iter().map(|setting| setting.variable).chain([CONFIG_VARIABLE]);
    let strange = names.into_iter().filter(|name| name.starts_with("VERBATIM_") && known().all(|variable| variable != name));
    strange.map(|name| (name.clone(), nearest(&name, known()))).collect()
}

/// What a path in the file means: from where the file is.
pub(super) fn from_file(file: &Path, text: &str) -> String {
    match file.parent() {
        Some(folder) if Path::new(text).is_relative() && folder != Path::new("") => folder.join(text).display().to_string(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::ops::settings::default_file;

    fn resolve(file: &str, variables: &[(&str, &str)], flags: &[(&'static str, &str)]) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("v.toml");
        std::fs::write(&path, file).unwrap();
        let environment = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let flags = flags.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        Config::resolve(&Layers { flags, file: Some(path), environment: &environment })
    }

    #[test]
    fn flags_go_before_variables_before_the_file_before_defaults() {
        let file = "locale = \"it\"\n[log]\nformat = \"json\"\n[health]\nlisten = \"off\"\n";
        let config =
            resolve(file, &[("VERBATIM_LISTEN", "127.0.0.1:1"), ("VERBATIM_LOG_FORMAT", "text")], &[("log.format", "json")]);
        let config = config.unwrap();
        let shown = |key: &str| config.get(key).map(|value| (value.text.clone(), value.origin.clone())).unwrap();
        assert_eq!(shown("log.format"), ("json".to_owned(), Origin::Flag("--log-format")));
        assert_eq!(shown("health.listen"), ("127.0.0.1:1".to_owned(), Origin::Variable("VERBATIM_LISTEN")));
        let (locale, origin) = shown("locale");
        assert_eq!(locale, "it");
        assert!(matches!(origin, Origin::File(place) if place.ends_with("v.toml:1:10")));
        assert_eq!(shown("discord.patience"), ("60".to_owned(), Origin::Default));
    }

    #[test]
    fn every_default_is_a_value_and_the_file_with_all_of_them_is_read() {
        let live = |line: &str| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line).to_owned();
        let all = default_file().lines().map(live).collect::<Vec<_>>().join("\n");
        let config = resolve(&all, &[], &[]).unwrap();
        config.checked().unwrap();
        for setting in SETTINGS.iter().filter(|setting| setting.kind != Kind::Secret) {
            let value = config.get(setting.key).unwrap();
            assert!(matches!(value.origin, Origin::File(_)), "{} is not in the file", setting.key);
            if let Some(default) = setting.default {
                assert_eq!(value.text, default, "{}", setting.key);
            }
        }
        assert_eq!(config.retention(), Retention::default());
        // As it is printed everything is a comment, and nothing is set.
        let untouched = resolve(&default_file(), &[], &[]).unwrap();
        assert!(SETTINGS.iter().all(|setting| untouched.set_as(setting.variable).is_none()));
    }

    #[test]
    fn a_variable_that_means_nothing_is_named_and_a_secret_is_not_shown() {
        let config = resolve("", &[("VERBATIM_KEEP_GAPS", "soon"), ("DISCORD_TOKEN", "sesame")], &[]).unwrap();
        assert_eq!(
            config.checked().unwrap_err().to_string(),
            "VERBATIM_KEEP_GAPS is `soon`: expected a whole number, 1 or more"
        );
        assert!(!format!("{config:?}").contains("sesame"));
    }

    #[test]
    fn a_strange_variable_is_told_with_the_nearest() {
        let names = ["VERBATIM_KNOWLEGDE", "VERBATIM_CONFIG", "PATH", "VERBATIM_QQQQQQQQQQQQQQQQQQ"].map(String::from);
        let found = unknown_variables(names);
        assert_eq!(found[0], ("VERBATIM_KNOWLEGDE".to_owned(), Some("VERBATIM_KNOWLEDGE")));
        assert_eq!(found.len(), 2);
    }
}
