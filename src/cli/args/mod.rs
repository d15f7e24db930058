//! The arguments of every command, with their help. Knows nothing of what the commands do.

mod config;
mod data;
mod document;
mod index;
mod source;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub use config::{ConfigArgs, ConfigCommand, HealthArgs, LogFormat};
pub use data::{DataArgs, DataCommand, GapsArgs};
pub use document::{BriefArgs, PeopleArgs, ShapeArg, TimelineArgs, WriteArgs};
pub use index::{IndexArgs, IndexCommand};
pub use source::{AddArgs, AllowArgs, SourceArgs, SourceCommand, SuppressArgs};

/// Answers questions about a news case only with the source's own words.
#[derive(Debug, Parser)]
#[command(
    name = "verbatim",
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    after_help = "Without a command a chat starts. `verbatim help reader` tells how to read an answer.\n\nExamples:\n  verbatim\n  verbatim ask who is under house arrest\n\n\
                  Exit status: 0 answered or done, 1 no answer or a check's findings, 2 a fault."
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What holds for every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// File of settings [default: ./verbatim.toml where it is there; env: VERBATIM_CONFIG]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of sources [default: ./knowledge, else the built-in case; env: VERBATIM_KNOWLEDGE]
    #[arg(long, global = true, value_name = "DIR")]
    pub knowledge: Option<PathBuf>,
    /// Folder of rules and wording [default: the built-in ones]
    #[arg(long, global = true, value_name = "DIR")]
    pub prompts: Option<PathBuf>,
    /// Folder for what the bot keeps [default: the platform's data folder]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Language of the reader, such as en or it; a question's own language goes before it
    #[arg(long, global = true, value_name = "TAG")]
    pub locale: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Ask in a chat; nothing of it is kept
    #[command(after_help = "Examples:\n  verbatim chat\n  verbatim --locale it chat")]
    Chat,
    /// Answer one question, or a file of them
    #[command(after_help = "Examples:\n  verbatim ask who is under house arrest\n  \
                            verbatim ask --batch questions.jsonl > answers.jsonl")]
    Ask(AskArgs),
    /// Check a claim: are these words in the sources, and said by whom
    #[command(after_help = "Examples:\n  verbatim claim 'The minister called the scandal “unacceptable”.'\n  \
                            verbatim claim --format json 'They had over 50 terabytes of data'")]
    Claim(ClaimArgs),
    /// One page on the case, made only of the sources' own sentences
    #[command(
        after_help = "Passages are chosen for what they cover: every person's legal status, somebody's own words for each who \
                            speaks, allegations and replies first, then roles, statements, dates and names. Allegations, statuses and \
                            statements that do not fit are listed by section and paragraph; `verbatim source show` numbers the paragraphs.\n\nExamples:\n  verbatim brief --words 150\n  verbatim brief --out brief.html"
    )]
    Brief(BriefArgs),
    /// What happened when, as the sources date it
    #[command(
        after_help = "A day that only the source's own date tells is marked as resolved; a date that can't be told is listed apart.\n\n\
                            Examples:\n  verbatim timeline\n  verbatim timeline --out timeline.png"
    )]
    Timeline(TimelineArgs),
    /// List who is named, with roles and the passages that show them
    #[command(after_help = "Examples:\n  verbatim people\n  verbatim people --out people.html")]
    People(PeopleArgs),
    /// List, show, add, compare and verify sources
    #[command(after_help = "Examples:\n  verbatim source list\n  verbatim source add article.txt --title 'A title'")]
    Source(SourceArgs),
    /// Show what analysis finds, as JSON lines
    #[command(after_help = "Examples:\n  verbatim inspect my-article\n  verbatim inspect --batch texts.jsonl")]
    Inspect(InspectArgs),
    /// Index a large knowledge on disk, so that asking need not read all of it
    #[command(after_help = "Examples:\n  verbatim --knowledge archive index build\n  verbatim --knowledge archive index info")]
    Index(IndexArgs),
    /// Check all rule files and sources
    #[command(after_help = "Examples:\n  verbatim check\n  verbatim --prompts prompts check --locale it")]
    Check(CheckArgs),
    /// Check that quotations are in the edition they are said to be from
    #[command(after_help = "Examples:\n  verbatim verify answer.json\n  verbatim verify answer.md")]
    Verify(VerifyArgs),
    /// List what people asked and the sources could not answer
    #[command(after_help = "Examples:\n  verbatim gaps\n  verbatim --data /var/lib/verbatim gaps --format json")]
    Gaps(GapsArgs),
    /// Look at, move or delete what the bot keeps; also while it runs
    #[command(after_help = "Examples:\n  verbatim data info\n  verbatim data export > kept.jsonl")]
    Data(DataArgs),
    /// Run the Discord bot
    #[command(after_help = "The token is read from DISCORD_TOKEN or from the file DISCORD_TOKEN_FILE names.\n\n\
                            Examples:\n  verbatim discord --check\n  verbatim discord --invite")]
    Discord(DiscordArgs),
    /// Ask a running bot how it is
    #[command(after_help = "Status 0 when all is well, else 1 with the reason.\n\n\
                            Examples:\n  verbatim health\n  verbatim health --ready --listen 127.0.0.1:9464")]
    Health(HealthArgs),
    /// Show what is configured and who says so
    #[command(after_help = "Examples:\n  verbatim config show\n  verbatim config default > verbatim.toml")]
    Config(ConfigArgs),
    /// Print a completion script for a shell
    #[command(after_help = "Examples:\n  verbatim completions bash > ~/.local/share/bash-completion/completions/verbatim\n  \
                            verbatim completions fish > ~/.config/fish/completions/verbatim.fish")]
    Completions(CompletionsArgs),
    /// Print the manual page
    #[command(after_help = "Examples:\n  verbatim man > verbatim.1\n  verbatim man ask | man -l -")]
    Man(ManArgs),
    /// Print the help of a command, or the page for readers, editors or operators
    #[command(after_help = "The pages are in the reader's language, where it is there.\n\n\
                            Examples:\n  verbatim help ask\n  verbatim --locale it help reader")]
    Help(HelpArgs),
}

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people, wrapped to the terminal
    #[default]
    Text,
    /// For programs, one line
    Json,
    /// For documents
    Markdown,
    /// For the web: one file that needs nothing beside it
    Html,
    /// A picture as a drawing
    Svg,
    /// A picture as pixels
    Png,
}

#[derive(Debug, Args)]
pub struct AskArgs {
    /// The question, in one or more words
    #[arg(required_unless_present = "batch", value_name = "QUESTION")]
    pub question: Vec<String>,
    /// Answer a file of questions, one JSON object a line (- for standard input)
    #[arg(long, value_name = "FILE", conflicts_with = "question")]
    pub batch: Option<PathBuf>,
    #[command(flatten)]
    pub write: WriteArgs,
    /// Form of a picture
    #[arg(long, value_enum, default_value_t)]
    pub shape: ShapeArg,
    #[command(flatten)]
    pub view: ViewArgs,
    /// Length to which JSON pads an answer with the nearest passages
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub limit: usize,
    /// Show the rules and weights that decided, and the whole receipt
    #[arg(long)]
    pub explain: bool,
}

/// Which editions may be read.
#[derive(Debug, Clone, Args)]
pub struct ViewArgs {
    /// Only editions valid at this date
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
    /// Only this source
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
    /// With newsroom rights: also sources that are not for readers
    #[arg(long)]
    pub newsroom: bool,
}

#[derive(Debug, Args)]
pub struct ClaimArgs {
    /// The claim, in one or more words
    #[arg(required = true, value_name = "TEXT")]
    pub text: Vec<String>,
    #[command(flatten)]
    pub write: WriteArgs,
    /// Form of a picture
    #[arg(long, value_enum, default_value_t)]
    pub shape: ShapeArg,
    #[command(flatten)]
    pub view: ViewArgs,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ListFormat {
    /// For people
    #[default]
    Text,
    /// For programs, one line each
    Json,
}

#[derive(Debug, Args)]
pub struct InspectArgs {
    /// The source
    #[arg(required_unless_present = "batch", value_name = "SOURCE")]
    pub source: Option<String>,
    /// Texts, one JSON object a line (- for standard input)
    #[arg(long, value_name = "FILE", conflicts_with = "source")]
    pub batch: Option<PathBuf>,
    /// How the result is written
    #[arg(long, value_parser = ["json"], default_value = "json")]
    pub format: String,
}

#[derive(Debug, Args)]
pub struct CheckArgs {}

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// A receipt, or a file that holds answers (JSON) or receipts (- for standard input)
    #[arg(value_name = "RECEIPT|FILE")]
    pub what: String,
}

#[derive(Debug, Args)]
pub struct DiscordArgs {
    /// Check configuration and commands without connecting
    #[arg(long, conflicts_with = "invite")]
    pub check: bool,
    /// Print the link that adds the bot to a server
    #[arg(long)]
    pub invite: bool,
    /// Register the commands in this server only, at once, to try them out
    #[arg(long, value_name = "ID")]
    pub guild: Option<u64>,
    /// How the log is written [default: text; env: VERBATIM_LOG_FORMAT]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
    /// Where to serve /healthz, /readyz and /metrics, or off [default: 127.0.0.1:9464; env: VERBATIM_LISTEN]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<String>,
}

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub struct ManArgs {
    /// The command whose page to print [default: the program's]
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

#[derive(Debug, Args)]
pub struct HelpArgs {
    /// A command, or reader, editor, operator [default: the program's help]
    #[arg(value_name = "COMMAND|PAGE")]
    pub what: Vec<String>,
}

/// Reads a date.
pub fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "no date; write it as 2024-11-19".to_owned())
}
