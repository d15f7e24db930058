//! Batches: JSON lines in, JSON lines out, in the same order, also for lines that are bad. Knows no single command.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;
use serde_json::Value;

use super::load::{self, Loaded};
use super::progress::Progress;
use super::{Status, ask, output};
use crate::engine::AskOptions;
use crate::receipt::Receipt;

/// One line of questions. Other fields are none of our business.
#[derive(Debug, Deserialize)]
struct QuestionLine {
    question: String,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    locale: Option<String>,
    #[serde(default)]
    as_of: Option<String>,
}

/// Answers every line of `file`.
pub fn answer(loaded: &Loaded, file: &Path, options: &AskOptions) -> anyhow::Result<Status> {
    each_line(file, |line| {
        let (id, parsed) = parse::<QuestionLine>(line);
        let reply = parsed.and_then(|asked| answer_line(loaded, &asked, options, id.clone()));
        reply.unwrap_or_else(|error| refused(id, line, &error))
    })
}

fn answer_line(loaded: &Loaded, asked: &QuestionLine, options: &AskOptions, id: Option<Value>) -> Result<String, String> {
    let mut options = options.clone();
    if let Some(date) = &asked.as_of {
        options.as_of = Some(super::args::date(date).map_err(|error| format!("as_of: {error}"))?);
    }
    if let Some(source) = &asked.source {
        load::known_source(source, &options, &loaded.snapshot).map_err(|error| error.to_string())?;
        options.source = Some(source.clone());
    }
    options.locale = asked.locale.clone().or(options.locale);
    let loaded = &loaded.for_question(&asked.question, &options).map_err(|error| format!("{error:#}"))?;
    let answer = loaded.snapshot.ask(&asked.question, &options);
    let receipt = Receipt::of(&answer, &options.receipt(), &loaded.snapshot.knowledge, loaded.version);
    let mut line = ask::line(&asked.question, &answer, loaded, &options, &receipt);
    line.id = id;
    serde_json::to_string(&line).map_err(|error| error.to_string())
}

/// A line that is no question keeps its place, with every field of the contract.
fn refused(id: Option<Value>, line: &[u8], error: &str) -> String {
    let question = serde_json::from_slice::<Value>(line).ok().and_then(|value| value.get("question").cloned());
    serde_json::json!({
        "id": id, "question": question, "locale": null, "intent": null, "slots": {}, "outcome": "error", "error": error,
        "reason": null, "confidence": 0.0, "quotations": [], "related": [], "nearest": [], "choices": [], "read_as": null,
        "receipt": null,
    })
    .to_string()
}

/// The line's id, where it has one, and the line as `T`, or what is wrong with it.
pub fn parse<T: serde::de::DeserializeOwned>(line: &[u8]) -> (Option<Value>, Result<T, String>) {
    let value = match std::str::from_utf8(line) {
        Err(error) => return (None, Err(format!("not UTF-8 from byte {} of the line on", error.valid_up_to()))),
        Ok(text) => match serde_json::from_str::<Value>(text) {
            Err(error) => return (None, Err(format!("no JSON: {error}"))),
            Ok(value) => value,
        },
    };
    if !value.is_object() {
        return (None, Err("no JSON object".to_owned()));
    }
    let id = value.get("id").cloned();
    (id, serde_json::from_value(value).map_err(|error| error.to_string()))
}

/// Writes `reply` to each line of `file`. Empty lines at the end are no lines.
pub fn each_line(file: &Path, mut reply: impl FnMut(&[u8]) -> String) -> anyhow::Result<Status> {
    let mut input = open(file)?;
    let mut out = BufWriter::new(io::stdout().lock());
    // Where the lines themselves are seen, they tell enough.
    let progress = (!io::stdout().is_terminal()).then(|| Progress::of("lines done:"));
    let (mut line, mut empty, mut first) = (Vec::new(), 0, true);
    loop {
        line.clear();
        let read = input.read_until(b'\n', &mut line).with_context(|| format!("{} can't be read", file.display()))?;
        if read == 0 {
            break;
        }
        let mut content = line.trim_ascii();
        if std::mem::take(&mut first) {
            content = content.strip_prefix("\u{feff}".as_bytes()).unwrap_or(content);
        }
        if content.is_empty() {
            empty += 1;
            continue;
        }
        for _ in 0..std::mem::take(&mut empty) {
            if !output::still_read(writeln!(out, "{}", reply(b"")))? {
                return Ok(Status::Done);
            }
        }
        let written = writeln!(out, "{}", reply(content));
        progress.iter().for_each(Progress::step);
        // Whoever sends line by line and waits for each reply must get it.
        let waiting = input.buffer().is_empty();
        if !output::still_read(written.and_then(|()| if waiting { out.flush() } else { Ok(()) }))? {
            return Ok(Status::Done);
        }
    }
    output::still_read(out.flush())?;
    Ok(Status::Done)
}

fn open(file: &Path) -> anyhow::Result<BufReader<Box<dyn Read>>> {
    if file == Path::new("-") {
        return Ok(BufReader::new(Box::new(io::stdin())));
    }
    let opened = File::open(file).with_context(|| format!("{} can't be read", file.display()))?;
    Ok(BufReader::new(Box::new(opened)))
}
