//! The arguments of `gaps` and `data`, with their help.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::ListFormat;

#[derive(Debug, Args)]
pub struct GapsArgs {
    /// Of this server only
    #[arg(long, value_name = "ID")]
    pub server: Option<u64>,
    /// How the list is written
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
}

#[derive(Debug, Args)]
pub struct DataArgs {
    #[command(subcommand)]
    pub command: DataCommand,
}

#[derive(Debug, Subcommand)]
pub enum DataCommand {
    /// Show how much is kept, and whether it is sound
    #[command(after_help = "Examples:\n  verbatim data info\n  verbatim --data /var/lib/verbatim data info")]
    Info,
    /// Write every record as a JSON line
    #[command(after_help = "Examples:\n  verbatim data export > kept.jsonl\n  verbatim data export | wc -l")]
    Export,
    /// Read an export back in
    #[command(after_help = "Examples:\n  verbatim data import kept.jsonl\n  verbatim --data new data import - < kept.jsonl")]
    Import {
        /// The export (- for standard input)
        file: PathBuf,
    },
    /// Write the store anew without what was deleted
    #[command(after_help = "Examples:\n  verbatim data compact\n  verbatim --data /var/lib/verbatim data compact")]
    Compact,
    /// Delete everything kept about a user
    #[command(
        after_help = "Examples:\n  verbatim data forget 80351110224678912\n  verbatim --data kept data forget 80351110224678912"
    )]
    Forget {
        /// The user's number at Discord
        user: u64,
    },
    /// List what readers say of answers
    #[command(after_help = "Examples:\n  verbatim data complaints\n  verbatim data complaints --server 81384788765712384")]
    Complaints {
        /// Of this server only
        #[arg(long, value_name = "ID")]
        server: Option<u64>,
    },
    /// List who changed what in a server
    #[command(
        after_help = "Examples:\n  verbatim data trail 81384788765712384\n  verbatim --data kept data trail 81384788765712384"
    )]
    Trail {
        /// The server's number at Discord
        server: u64,
    },
}
