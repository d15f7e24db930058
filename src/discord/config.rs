//! What the bot is told by its environment; the token is never shown. Knows no network.

use std::fmt;
use std::time::Duration;

use crate::store::Audience;

/// Where Discord's interface is when nothing else is said.
const DISCORD: &str = "https://discord.com";
/// serenity notices most things at the next heartbeat, which is up to 41 seconds away.
const PATIENCE: Duration = Duration::from_secs(60);

/// The bot's secret; it shows itself to nobody.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// The secret itself, for the one header and the gateway.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// The application's id, which is the first part of every token.
    #[must_use]
    pub fn application(&self) -> Option<u64> {
        let first = self.0.split('.').next()?.trim_end_matches('=');
        let bytes = data_encoding::BASE64_NOPAD.decode(first.as_bytes()).ok()?;
        String::from_utf8(bytes).ok()?.parse().ok()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(…)")
    }
}

/// The configuration of a bot.
#[derive(Debug, Clone)]
pub struct Config {
    /// The secret.
    pub token: Token,
    /// Base of the REST interface, without a path.
    pub base: String,
    /// Whether `base` is not Discord itself but a proxy or a double.
    pub other_base: bool,
    /// What a channel is before a manager sets it.
    pub default_audience: Audience,
    /// Whether direct messages are answered.
    pub direct_messages: bool,
    /// How long the library underneath may take to get a lost connection back before everything begins anew.
    pub patience: Duration,
}

/// A fault of the configuration; the messages say what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Neither variable is set.
    #[error(
        "no token: set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds it (Discord developer portal, Bot, Reset Token)"
    )]
    NoToken,
    /// The file can't be read.
    #[error("DISCORD_TOKEN_FILE: {path}: {source}")]
    TokenFile {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// What is there is no token; it is not repeated here.
    #[error(
        "the token is not of the form that Discord issues (three parts with dots between); copy it again from the developer portal"
    )]
    BadToken,
    /// A base that is no HTTP address.
    #[error("VERBATIM_DISCORD_API is `{0}`: expected http:// or https:// and a host, such as http://127.0.0.1:3000")]
    BadBase(String),
    /// A word that is no audience.
    #[error("VERBATIM_DEFAULT_AUDIENCE is `{0}`: expected readers or newsroom")]
    BadAudience(String),
    /// A word that is no switch.
    #[error("VERBATIM_DIRECT_MESSAGES is `{0}`: expected on or off")]
    BadSwitch(String),
    /// A word that is no time.
    #[error("VERBATIM_DISCORD_PATIENCE is `{0}`: expected seconds, 5 or more")]
    BadPatience(String),
}

impl Config {
    /// Reads the configuration through `lookup` (the environment) and, where the token is in a file, `read_file`.
    ///
    /// # Errors
    /// No token, one that can't be one, or a variable with a value that means nothing.
    pub fn read(
        lookup: impl Fn(&str) -> Option<String>,
        read_file: impl Fn(&str) -> std::io::Result<String>,
    ) -> Result<Self, ConfigError> {
        let set = |name: &str| lookup(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let token = match (set("DISCORD_TOKEN"), set("DISCORD_TOKEN_FILE")) {
            (Some(token), _) => token,
            (None, Some(path)) => {
                read_file(&path).map(|text| text.trim().to_owned()).map_err(|source| ConfigError::TokenFile { path, source })?
            }
            (None, None) => return Err(ConfigError::NoToken),
        };
        let other = set("VERBATIM_DISCORD_API");
        Ok(Self {
            token: checked_token(&token)?,
            other_base: other.is_some(),
            base: checked_base(other)?,
            default_audience: match set("VERBATIM_DEFAULT_AUDIENCE").as_deref() {
                None | Some("readers") => Audience::Readers,
                Some("newsroom") => Audience::Newsroom,
                Some(word) => return Err(ConfigError::BadAudience(word.to_owned())),
            },
            direct_messages: match set("VERBATIM_DIRECT_MESSAGES").as_deref() {
                None | Some("on") => true,
                Some("off") => false,
                Some(word) => return Err(ConfigError::BadSwitch(word.to_owned())),
            },
            patience: match set("VERBATIM_DISCORD_PATIENCE") {
                None => PATIENCE,
                Some(word) => match word.parse() {
                    Ok(seconds) if seconds >= 5 => Duration::from_secs(seconds),
                    _ => return Err(ConfigError::BadPatience(word)),
                },
            },
        })
    }
}

fn checked_token(text: &str) -> Result<Token, ConfigError> {
    let text = text.strip_prefix("Bot ").unwrap_or(text);
    let parts: Vec<&str> = text.split('.').collect();
    let plausible = parts.len() == 3 && parts.iter().all(|part| !part.is_empty()) && text.chars().all(|c| c.is_ascii_graphic());
    if plausible { Ok(Token(text.to_owned())) } else { Err(ConfigError::BadToken) }
}

fn checked_base(other: Option<String>) -> Result<String, ConfigError> {
    let Some(base) = other else { return Ok(DISCORD.to_owned()) };
    let host = base.strip_prefix("http://").or_else(|| base.strip_prefix("https://"));
    match host {
        Some(host) if !host.trim_end_matches('/').is_empty() && !host.trim_end_matches('/').contains('/') => {
            Ok(base.trim_end_matches('/').to_owned())
        }
        _ => Err(ConfigError::BadBase(base)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let lookup = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Config::read(lookup, |_| Err(std::io::ErrorKind::NotFound.into()))
    }

    #[test]
    fn the_token_is_read_and_never_shown() {
        let config = read(&[("DISCORD_TOKEN", " MTIz.abc.secretpart \n")]).unwrap();
        assert_eq!(config.token.secret(), "MTIz.abc.secretpart");
        assert_eq!(config.token.application(), Some(123));
        assert!(!format!("{config:?}").contains("secretpart"));
        assert_eq!(config.base, "https://discord.com");
        assert_eq!(config.default_audience, Audience::Readers);
    }

    #[test]
    fn faults_say_what_is_wrong_without_the_secret() {
        assert!(matches!(read(&[]), Err(ConfigError::NoToken)));
        let error = read(&[("DISCORD_TOKEN", "hunter2")]).unwrap_err();
        assert!(!error.to_string().contains("hunter2"));
        let missing = read(&[("DISCORD_TOKEN_FILE", "/nowhere/token")]).unwrap_err();
        assert!(missing.to_string().contains("/nowhere/token"));
        let base = read(&[("DISCORD_TOKEN", "a.b.c"), ("VERBATIM_DISCORD_API", "localhost:1")]);
        assert!(matches!(base, Err(ConfigError::BadBase(_))));
        let audience = read(&[("DISCORD_TOKEN", "a.b.c"), ("VERBATIM_DEFAULT_AUDIENCE", "all")]);
        assert!(matches!(audience, Err(ConfigError::BadAudience(_))));
    }
}
