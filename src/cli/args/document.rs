//! The arguments of what writes documents and pictures, with their help.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Format, ViewArgs};
use crate::render::picture::{Shape, Theme};

#[derive(Debug, Args)]
pub struct BriefArgs {
    /// Most words of the sources on the page, such as 150, 300 or 600
    #[arg(long, value_name = "N", default_value_t = crate::briefing::DEFAULT_WORDS)]
    pub words: usize,
    /// Also list what people asked the bot in vain
    #[arg(long)]
    pub gaps: bool,
    #[command(flatten)]
    pub write: WriteArgs,
    #[command(flatten)]
    pub view: ViewArgs,
}

#[derive(Debug, Args)]
pub struct TimelineArgs {
    #[command(flatten)]
    pub write: WriteArgs,
    #[command(flatten)]
    pub view: ViewArgs,
}

#[derive(Debug, Args)]
pub struct PeopleArgs {
    #[command(flatten)]
    pub write: WriteArgs,
    #[command(flatten)]
    pub view: ViewArgs,
}

/// How and where to a result is written.
#[derive(Debug, Clone, Args)]
pub struct WriteArgs {
    /// How the result is written [default: as the file's name ends, else text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Write into this file; of a picture, what it says is then printed as text
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Colours of a picture
    #[arg(long, value_enum, default_value_t)]
    pub theme: ThemeArg,
}

impl WriteArgs {
    /// The format asked for, else the one that the file's name ends with.
    pub fn format(&self) -> Format {
        let ending = || self.out.as_ref()?.extension()?.to_str().map(str::to_lowercase);
        let by_ending = || match ending()?.as_str() {
            "json" => Some(Format::Json),
            "md" => Some(Format::Markdown),
            "html" | "htm" => Some(Format::Html),
            "svg" => Some(Format::Svg),
            "png" => Some(Format::Png),
            _ => None,
        };
        self.format.or_else(by_ending).unwrap_or_default()
    }
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ThemeArg {
    /// Dark on white
    #[default]
    Light,
    /// Light on black
    Dark,
}

/// The form of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ShapeArg {
    /// 1200 × 630
    #[default]
    Card,
    /// 1080 × 1080
    Square,
}

impl From<ThemeArg> for Theme {
    fn from(theme: ThemeArg) -> Self {
        match theme {
            ThemeArg::Light => Theme::Light,
            ThemeArg::Dark => Theme::Dark,
        }
    }
}

impl From<ShapeArg> for Shape {
    fn from(shape: ShapeArg) -> Self {
        match shape {
            ShapeArg::Card => Shape::Card,
            ShapeArg::Square => Shape::Square,
        }
    }
}
