//! Every setting of the program: its name in the file, its variable, its flag, what it may be. Knows no value that is set.

/// What a value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A folder or file; in the file it is meant from where the file is.
    Path,
    /// Any words.
    Words,
    /// One of these.
    Choice(&'static [&'static str]),
    /// `on` or `off`; `true` or `false` in the file.
    Switch,
    /// A whole number of at least so much.
    Number(u64),
    /// An address to listen at, or `off`.
    Listen,
    /// `http://` or `https://` and a host.
    Base,
    /// Never shown, and never in the file.
    Secret,
}

/// One setting.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its name in the file, with its table.
    pub key: &'static str,
    /// Its environment variable.
    pub variable: &'static str,
    /// Its flag, where it has one.
    pub flag: Option<&'static str>,
    /// What it may be.
    pub kind: Kind,
    /// What it is when nobody sets it; `None` where that depends.
    pub default: Option<&'static str>,
    /// Whether a running bot takes a change over on SIGHUP.
    pub reloads: bool,
    /// What it is, for the file with the defaults.
    pub about: &'static str,
}

const fn setting(key: &'static str, variable: &'static str, kind: Kind, about: &'static str) -> Setting {
    Setting { key, variable, flag: None, kind, default: None, reloads: false, about }
}

impl Setting {
    const fn flag(self, flag: &'static str) -> Self {
        Self { flag: Some(flag), ..self }
    }

    const fn default(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }

    const fn reloads(self) -> Self {
        Self { reloads: true, ..self }
    }

    /// The table of the file that it stands in; empty for the top.
    #[must_use]
    pub fn table(&self) -> &'static str {
        self.key.split_once('.').map_or("", |(table, _)| table)
    }

    /// Its name within its table.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.key.split_once('.').map_or(self.key, |(_, name)| name)
    }
}

/// All settings, in the order of the file.
pub const SETTINGS: &[Setting] = &[
    setting(
        "knowledge",
        "VERBATIM_KNOWLEDGE",
        Kind::Path,
        "Folder of sources. Default: ./knowledge where it is there, else the built-in case.",
    )
    .flag("--knowledge")
    .reloads(),
    setting("prompts", "VERBATIM_PROMPTS", Kind::Path, "Folder of rules and wording. Default: the built-in ones.")
        .flag("--prompts")
        .reloads(),
    setting("data", "VERBATIM_DATA", Kind::Path, "Folder for what the bot keeps. Default: the platform's data folder.")
        .flag("--data"),
    setting(
        "locale",
        "VERBATIM_LOCALE",
        Kind::Words,
        "Language of the reader; a question's own language goes before it. Default: the surroundings'.",
    )
    .flag("--locale"),
    setting(
        "discord.token",
        "DISCORD_TOKEN",
        Kind::Secret,
        "The bot's token; only from the environment, never in a file like this one.",
    ),
    setting("discord.token_file", "DISCORD_TOKEN_FILE", Kind::Path, "File that holds the bot's token and nothing else."),
    setting(
        "discord.default_audience",
        "VERBATIM_DEFAULT_AUDIENCE",
        Kind::Choice(&["readers", "newsroom"]),
        "Whom a channel is for before a manager sets it.",
    )
    .default("readers")
    .reloads(),
    setting("discord.direct_messages", "VERBATIM_DIRECT_MESSAGES", Kind::Switch, "Whether direct messages are answered.")
        .default("on")
        .reloads(),
    setting(
        "discord.patience",
        "VERBATIM_DISCORD_PATIENCE",
        Kind::Number(5),
        "Seconds after which a connection that is not back is begun anew.",
    )
    .default("60"),
    setting("discord.api", "VERBATIM_DISCORD_API", Kind::Base, "Another REST base, for a proxy or a test.")
        .default("https://discord.com"),
    setting(
        "log.level",
        "RUST_LOG",
        Kind::Words,
        "How much is logged: error, warn, info, debug, or directives such as verbatim=debug.",
    )
    .default("info")
    .reloads(),
    setting("log.format", "VERBATIM_LOG_FORMAT", Kind::Choice(&["text", "json"]), "How the log is written.")
        .flag("--log-format")
        .default("text"),
    setting(
        "health.listen",
        "VERBATIM_LISTEN",
        Kind::Listen,
        "Where /healthz, /readyz and /metrics are served by a running bot, or off.",
    )
    .flag("--listen")
    .default("127.0.0.1:9464"),
    setting(
        "keep.receipts",
        "VERBATIM_KEEP_RECEIPTS",
        Kind::Number(1),
        "Days for receipts, where they were shown, and feedback on them.",
    )
    .default("365")
    .reloads(),
    setting("keep.gaps", "VERBATIM_KEEP_GAPS", Kind::Number(1), "Days for counts of questions without an answer.")
        .default("365")
        .reloads(),
    setting(
        "keep.questions",
        "VERBATIM_KEEP_QUESTIONS",
        Kind::Number(1),
        "Days for texts of such questions, where a server keeps them.",
    )
    .default("30")
    .reloads(),
    setting("keep.audit", "VERBATIM_KEEP_AUDIT", Kind::Number(1), "Days for the trail of who changed what.")
        .default("730")
        .reloads(),
    setting(
        "keep.left_servers",
        "VERBATIM_KEEP_LEFT_SERVERS",
        Kind::Number(1),
        "Days for what is left of a server that has removed the bot.",
    )
    .default("7")
    .reloads(),
];

/// The setting of that name.
#[must_use]
pub fn setting_of(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

impl Kind {
    /// What is expected, for a message.
    #[must_use]
    pub fn expected(self) -> String {
        match self {
            Kind::Path => "a path".to_owned(),
            Kind::Words => "text".to_owned(),
            Kind::Choice(words) => words.join(" or "),
            Kind::Switch => "on or off".to_owned(),
            Kind::Number(least) => format!("a whole number, {least} or more"),
            Kind::Listen => "an address and a port, such as 127.0.0.1:9464, or off".to_owned(),
            Kind::Base => "http:// or https:// and a host, such as http://127.0.0.1:3000".to_owned(),
            Kind::Secret => "a secret in the environment".to_owned(),
        }
    }

    /// Whether `text` is such a value.
    #[must_use]
    pub fn takes(self, text: &str) -> bool {
        match self {
            Kind::Path | Kind::Words | Kind::Secret => !text.is_empty(),
            Kind::Choice(words) => words.contains(&text),
            Kind::Switch => matches!(text, "on" | "off"),
            Kind::Number(least) => text.parse::<u32>().is_ok_and(|number| u64::from(number) >= least),
            Kind::Listen => text == "off" || text.parse::<std::net::SocketAddr>().is_ok(),
            Kind::Base => ["http://", "https://"].iter().any(|scheme| {
                let host = text.strip_prefix(scheme).map(|host| host.trim_end_matches('/'));
                host.is_some_and(|host| !host.is_empty() && !host.contains('/'))
            }),
        }
    }
}

/// The commented file with every setting at its default.
#[must_use]
pub fn default_file() -> String {
    let mut text = String::from(
        "# verbatim.toml: the settings of Verbatim, with their defaults. Uncomment what you change.\n\
         # A flag goes before an environment variable, that before this file, this before the default.\n\
         # Paths are meant from where this file is. `verbatim config show` tells what holds and why.\n",
    );
    let mut table = "";
    for setting in SETTINGS.iter().filter(|setting| setting.kind != Kind::Secret) {
        if setting.table() != table {
            table = setting.table();
            text.push_str(&format!("\n[{table}]\n"));
        }
        let flag = setting.flag.map(|flag| format!("{flag}, ")).unwrap_or_default();
        let when = if setting.reloads { "taken over on SIGHUP" } else { "read at the start" };
        text.push_str(&format!("\n# {}\n# {flag}{}; {when}.\n", setting.about, setting.variable));
        text.push_str(&format!("#{} = {}\n", setting.name(), example(setting)));
    }
    text
}

fn example(setting: &Setting) -> String {
    match (setting.kind, setting.default) {
        (Kind::Switch, Some(word)) => (word == "on").to_string(),
        (Kind::Number(_), Some(number)) => number.to_owned(),
        (_, Some(word)) => format!("\"{word}\""),
        (Kind::Path, None) => format!("\"{}\"", setting.name()),
        (_, None) => "\"en\"".to_owned(),
    }
}
