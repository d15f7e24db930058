//! The arguments of the commands that make whole documents, with their help.

use clap::{Args, ValueEnum};

use super::ViewArgs;

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum DocumentFormat {
    /// For people, wrapped to the terminal
    #[default]
    Text,
    /// For programs, one line
    Json,
    /// For documents
    Markdown,
}

#[derive(Debug, Args)]
pub struct BriefArgs {
    /// Most words of the sources on the page, such as 150, 300 or 600
    #[arg(long, value_name = "N", default_value_t = crate::briefing::DEFAULT_WORDS)]
    pub words: usize,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub format: DocumentFormat,
    #[command(flatten)]
    pub view: ViewArgs,
}
