//! The arguments of `config` and `health`, with their help.

use clap::{Args, Subcommand, ValueEnum};

use super::ListFormat;

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people
    Text,
    /// For programs, one object a line
    Json,
}

#[derive(Debug, Args)]
pub struct ConfigArgs {
    #[command(subcommand)]
    pub command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Show every setting, its value and where it comes from; no secrets
    #[command(after_help = "A flag goes before an environment variable, that before the file, that before the default.\n\n\
                            Examples:\n  verbatim config show\n  verbatim --config bot.toml config show --format json")]
    Show {
        /// How the list is written
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
    },
    /// Print a file with every setting and its default
    #[command(after_help = "Examples:\n  verbatim config default\n  verbatim config default > verbatim.toml")]
    Default,
}

#[derive(Debug, Args)]
pub struct HealthArgs {
    /// Whether it is connected and answers, not only whether it runs
    #[arg(long)]
    pub ready: bool,
    /// Where the bot serves its health [default: 127.0.0.1:9464; env: VERBATIM_LISTEN]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<String>,
}
