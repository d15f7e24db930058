//! The arguments of `source`, with their help.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::ListFormat;

#[derive(Debug, Args)]
pub struct SourceArgs {
    #[command(subcommand)]
    pub command: SourceCommand,
}

#[derive(Debug, Subcommand)]
pub enum SourceCommand {
    /// List all sources and where they are read from
    #[command(after_help = "Examples:\n  verbatim source list\n  verbatim source list --format json")]
    List {
        /// How the list is written
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
    },
    /// Show a source: what is known about it, and its text
    #[command(after_help = "Examples:\n  verbatim source show my-article\n  verbatim source show my-article | less")]
    Show {
        /// The source
        id: String,
    },
    /// Add a text, unchanged, with what is known about it
    #[command(after_help = "Examples:\n  verbatim source add article.txt --title 'A title' --language en\n  \
                            verbatim source add new.txt --id a-title --title 'A title' --updated 2025-01-10T09:30")]
    Add(Box<AddArgs>),
    /// Show the sentences in which the two newest editions differ
    #[command(after_help = "Examples:\n  verbatim source diff my-article\n  verbatim source diff ferry-fire")]
    Diff {
        /// The source
        id: String,
    },
    /// Check every edition: readable, its dates as printed, its digest as on record in SHA256SUMS
    #[command(after_help = "Examples:\n  verbatim source verify\n  verbatim --knowledge sources source verify")]
    Verify,
    /// Stop the quoting of a source or a passage; recorded in the data folder
    #[command(after_help = "Examples:\n  verbatim source suppress ferry-fire --reason 'court order 12/25'\n  \
                            verbatim source suppress ferry-fire --span 310-402 --reason 'names a minor'")]
    Suppress(SuppressArgs),
    /// Take a stop back
    #[command(after_help = "Examples:\n  verbatim source allow 1 --reason 'order lifted'\n  \
                            verbatim --data kept source allow 3 --reason mistake")]
    Allow(AllowArgs),
    /// List all stops ever ordered, by whom and why, and which of them hold
    #[command(after_help = "Examples:\n  verbatim source stops\n  verbatim source stops --format json")]
    Stops {
        /// How the list is written
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
    },
}

#[derive(Debug, Args)]
pub struct SuppressArgs {
    /// The source
    pub id: String,
    /// Only this passage: bytes of its newest edition; its words are stopped in every edition
    #[arg(long, value_name = "START-END", value_parser = span)]
    pub span: Option<(u32, u32)>,
    /// Why, for the record
    #[arg(long)]
    pub reason: String,
}

#[derive(Debug, Args)]
pub struct AllowArgs {
    /// Number of the stop
    pub stop: usize,
    /// Why, for the record
    #[arg(long)]
    pub reason: String,
}

fn span(text: &str) -> Result<(u32, u32), String> {
    let ends = text.split_once(['-', '–']).and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    ends.filter(|(start, end)| start < end).ok_or_else(|| "expected two byte offsets, such as 310-402".to_owned())
}

#[derive(Debug, Args)]
pub struct AddArgs {
    /// The text, in UTF-8 (- for standard input)
    pub file: PathBuf,
    /// Title as printed
    #[arg(long)]
    pub title: String,
    /// Language of the text, such as en or it [default: the case's]
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Name of its folder [default: made from the title]; where it is there already this is its next edition
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Who wrote it, as printed
    #[arg(long)]
    pub byline: Option<String>,
    /// Who published it
    #[arg(long)]
    pub publisher: Option<String>,
    /// Where it stands on the web
    #[arg(long)]
    pub url: Option<String>,
    /// When it was published: 2024-11-03, 2024-11-03T10:40, with or without +01:00
    #[arg(long, value_name = "MOMENT")]
    pub published: Option<String>,
    /// When it was last updated
    #[arg(long, value_name = "MOMENT")]
    pub updated: Option<String>,
    /// The publication date as printed
    #[arg(long, value_name = "TEXT")]
    pub published_text: Option<String>,
    /// The date of the last update as printed
    #[arg(long, value_name = "TEXT")]
    pub updated_text: Option<String>,
    /// Embargo: for readers the source does not exist before this
    #[arg(long, value_name = "MOMENT")]
    pub not_before: Option<String>,
    /// Kind of document
    #[arg(long, value_parser = ["article", "court_order", "statement", "transcript"])]
    pub class: Option<String>,
    /// Who may know of it
    #[arg(long, value_parser = ["public", "newsroom"])]
    pub visibility: Option<String>,
    /// Licence of the text
    #[arg(long)]
    pub licence: Option<String>,
}
