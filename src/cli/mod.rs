//! The command line: reads arguments, the environment and the clock, prints results. Knows no analysis of its own.

mod args;
mod ask;
mod batch;
mod briefing;
mod chat;
mod check;
mod claim;
mod config;
mod data;
mod discord;
mod generate;
mod health;
mod help;
mod index;
mod inspect;
mod load;
mod logging;
mod output;
mod people;
mod progress;
mod source;
mod timeline;
mod verify;
mod writing;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// Answered, done, nothing found by a check.
    Done,
    /// Abstained, ambiguous, or a check's findings.
    Nothing,
}

/// Runs the program with the process's arguments; a fault goes to stderr and gives status 2.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match dispatch(cli) {
        Ok(Status::Done) => ExitCode::SUCCESS,
        Ok(Status::Nothing) => ExitCode::from(1),
        Err(error) => {
            output::complain(&error);
            ExitCode::from(2)
        }
    }
}

fn dispatch(cli: Cli) -> anyhow::Result<Status> {
    match &cli.command {
        Some(Command::Completions(args)) => return generate::completions(args),
        Some(Command::Man(args)) => return generate::man(args),
        Some(Command::Config(args)) if config::needs_none(args) => return config::default(),
        // Help is there also where the settings are at fault.
        Some(Command::Help(args)) => {
            let settled = config::resolved(cli.global.clone(), cli.command.as_ref());
            return help::run(&settled.map_or(cli.global, |(global, _)| global), args);
        }
        _ => {}
    }
    let (global, settings) = config::resolved(cli.global, cli.command.as_ref())?;
    match cli.command {
        None | Some(Command::Chat) => chat::run(&global),
        Some(Command::Ask(args)) => ask::run(&global, &args),
        Some(Command::Claim(args)) => claim::run(&global, &args),
        Some(Command::Brief(args)) => briefing::run(&global, &args),
        Some(Command::Timeline(args)) => timeline::run(&global, &args),
        Some(Command::People(args)) => people::run(&global, &args),
        Some(Command::Source(args)) => source::run(&global, args.command),
        Some(Command::Inspect(args)) => inspect::run(&global, &args),
        Some(Command::Index(args)) => index::run(&global, &args),
        Some(Command::Check(args)) => check::run(&global, &args),
        Some(Command::Verify(args)) => verify::run(&global, &args),
        Some(Command::Gaps(args)) => data::gaps(&global, &args),
        Some(Command::Data(args)) => data::run(&global, &args.command),
        Some(Command::Discord(args)) => discord::run(&global, &args, &settings),
        Some(Command::Health(args)) => health::run(&args, &settings),
        Some(Command::Config(args)) => config::run(&args, &settings),
        Some(Command::Completions(args)) => generate::completions(&args),
        Some(Command::Man(args)) => generate::man(&args),
        Some(Command::Help(args)) => help::run(&global, &args),
    }
}
