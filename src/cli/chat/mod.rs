//! `chat`: questions and answers in turn; history is in memory only. Knows no store.

mod completion;
mod session;

use std::io::{self, BufRead, IsTerminal};

use rustyline::error::ReadlineError;
use rustyline::history::DefaultHistory;
use rustyline::{CompletionType, Config, Editor};

use super::args::{Global, ViewArgs};
use super::{Status, load, output};
use completion::Completion;
use session::{Session, Turn};

const PROMPT: &str = "› ";

pub fn run(global: &Global) -> anyhow::Result<Status> {
    let loaded = load::answering(global)?;
    let view = ViewArgs { as_of: None, source: None, newsroom: false };
    let options = load::options(&view, global, &loaded.snapshot)?;
    let mut session = Session::new(&loaded, options);
    if io::stdin().is_terminal() { converse(&mut session) } else { read_through(&mut session) }
}

/// A person types.
fn converse(session: &mut Session<'_>) -> anyhow::Result<Status> {
    let config = Config::builder().completion_type(CompletionType::List).auto_add_history(false).build();
    let mut editor = Editor::<Completion, DefaultHistory>::with_config(config)?;
    editor.set_helper(Some(session.completion()));
    output::print(&session.greeting())?;
    loop {
        match editor.readline(PROMPT) {
            Ok(line) => {
                if !line.trim().is_empty() {
                    // In memory only: without a file the history ends with the chat.
                    editor.add_history_entry(line.trim())?;
                }
                match session.turn(&line)? {
                    Turn::Reply(text) => output::print(&format!("\n{text}\n"))?,
                    Turn::Silence => {}
                    Turn::Quit => break,
                }
            }
            // Ctrl-C gives up the line, Ctrl-D the chat.
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Status::Done)
}

/// Lines come from a pipe or file: each is answered, nothing else is printed.
fn read_through(session: &mut Session<'_>) -> anyhow::Result<Status> {
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    let mut first = true;
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        match session.turn(&String::from_utf8_lossy(&line))? {
            Turn::Reply(text) => {
                let gap = if std::mem::take(&mut first) { "" } else { "\n" };
                output::print(&format!("{gap}{text}"))?;
            }
            Turn::Silence => {}
            Turn::Quit => break,
        }
    }
    Ok(Status::Done)
}
