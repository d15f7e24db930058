//! Standard output and standard error: colour, width, closed pipes. Knows no content.

use std::io::{self, IsTerminal, Write};

use anstream::ColorChoice;
use unicode_width::UnicodeWidthStr;

use crate::render::text::Layout;

/// Widest column that running text is set to, and the width where no terminal tells one.
const WIDEST: usize = 100;

/// How text is laid out on this standard output.
pub fn layout() -> Layout {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse::<usize>().ok()).filter(|&columns| columns > 0);
    let terminal = || {
        let terminal = io::stdout().is_terminal();
        terminal.then(terminal_size::terminal_size).flatten().map(|(width, _)| usize::from(width.0))
    };
    let width = terminal().or(told).unwrap_or(WIDEST).min(WIDEST);
    let colour = anstream::AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    Layout { width, colour }
}

/// Prints a result. A reader that went away is no fault.
///
/// # Errors
/// When standard output can't be written.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    still_read(out.write_all(text.as_bytes()).and_then(|()| out.flush())).map(drop)
}

/// Whether the reader of standard output is still there.
///
/// # Errors
/// Any other fault of writing.
pub fn still_read(result: io::Result<()>) -> anyhow::Result<bool> {
    match result {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(anyhow::Error::new(error).context("standard output can't be written")),
    }
}

/// Says on standard error what went wrong.
pub fn complain(error: &anyhow::Error) {
    let mut chain: Vec<String> = Vec::new();
    for cause in error.chain().map(ToString::to_string) {
        // Some errors repeat their cause in their own message.
        if !chain.last().is_some_and(|last| last.contains(&cause)) {
            chain.push(cause);
        }
    }
    let _ = writeln!(io::stderr().lock(), "error: {}", chain.join(": "));
}

/// Rows as columns, two spaces apart; the last column is not padded.
pub fn columns(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<usize> = (0..count)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or_default())
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
