//! Writes documents and pictures to standard output or into a file. Knows no content.

use std::fs;
use std::io::{self, IsTerminal, Write};

use anyhow::{Context, bail};

use super::args::{Format, WriteArgs};
use super::output;
use crate::render::picture::{self, Picture};

/// Writes a text.
///
/// # Errors
/// When the file or standard output can't be written.
pub fn text(write: &WriteArgs, text: &str) -> anyhow::Result<()> {
    match &write.out {
        Some(file) => fs::write(file, text).with_context(|| format!("{} can't be written", file.display())),
        None => output::print(text),
    }
}

/// Writes a picture as SVG or PNG; where it goes into a file, what it says is printed.
///
/// # Errors
/// As [`text`]; when there are no pixels of it, or a terminal would get them.
pub fn picture(write: &WriteArgs, picture: &Picture) -> anyhow::Result<()> {
    let bytes = if write.format() == Format::Png {
        if write.out.is_none() && io::stdout().is_terminal() {
            bail!("a terminal can't show a picture; name a file with --out");
        }
        picture::png(picture)?
    } else {
        picture.svg.clone().into_bytes()
    };
    match &write.out {
        Some(file) => {
            fs::write(file, bytes).with_context(|| format!("{} can't be written", file.display()))?;
            output::print(&format!("{}\n", picture.alternative))
        }
        None => {
            let mut out = io::stdout().lock();
            output::still_read(out.write_all(&bytes).and_then(|()| out.flush())).map(drop)
        }
    }
}
