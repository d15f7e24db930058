//! Starts the program with nothing of the surroundings' settings.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run gave.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// The program, to be given arguments.
pub fn verbatim() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verbatim"));
    let settings =
        std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).filter(|name| name.starts_with("VERBATIM_"));
    settings.for_each(|name| {
        command.env_remove(name);
    });
    for name in [
        "DISCORD_TOKEN",
        "DISCORD_TOKEN_FILE",
        "RUST_LOG",
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
    ] {
        command.env_remove(name);
    }
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// Runs it with `args`.
pub fn run(args: &[&str]) -> Run {
    finish(verbatim().args(args), b"")
}

/// Runs it in `folder`.
pub fn run_in(folder: &Path, args: &[&str]) -> Run {
    finish(verbatim().current_dir(folder).args(args), b"")
}

/// Runs `command` with `input` on standard input.
pub fn finish(command: &mut Command, input: &[u8]) -> Run {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A program that ends early closes its side; that is its right.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Run {
        status: output.status.code().expect("ended by a signal"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
