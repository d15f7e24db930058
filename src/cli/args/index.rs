//! The arguments of `index`, with their help.

use clap::{Args, Subcommand};

use super::ListFormat;

#[derive(Debug, Args)]
pub struct IndexArgs {
    #[command(subcommand)]
    pub command: IndexCommand,
}

#[derive(Debug, Subcommand)]
pub enum IndexCommand {
    /// Analyse and index all sources on disk, or those that have changed since the last time
    #[command(
        after_help = "From then on ask, claim and chat answer from the index. It is written beside the former one and takes its \
                            place at the end; it is kept in the data folder.\n\n\
                            Examples:\n  verbatim --knowledge archive index build\n  verbatim --knowledge archive index build --anew"
    )]
    Build {
        /// Take nothing over from the former index
        #[arg(long)]
        anew: bool,
    },
    /// Show what is indexed, and with --check whether it is whole and up to date
    #[command(after_help = "With --check status 0 when all is well, else 1.\n\n\
                            Examples:\n  verbatim --knowledge archive index info\n  verbatim --knowledge archive index info --check")]
    Info {
        /// Read every source and the whole index
        #[arg(long)]
        check: bool,
        /// How the result is written
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
    },
}
