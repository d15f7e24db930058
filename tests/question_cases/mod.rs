//! One question file: asks every case and tells all failures at once.

mod case;
mod judge;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use verbatim::document::Knowledge;
use verbatim::engine::{AskOptions, Snapshot};
use verbatim::folder::Folder;
use verbatim::rules::Rules;

use case::{Case, File};

/// The day on which all cases are asked: after every date of the articles, before the embargo's end.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 1, 15);

/// Asks every case of the file at `path`; the error lists the cases that fail, and those that should and don't.
pub fn run(path: &Path, text: String) -> datatest_stable::Result<()> {
    let file: File = toml::from_str(&text)?;
    let rules = Arc::new(Rules::embedded().map_err(|faults| format!("{faults:?}"))?);
    let knowledge = Knowledge::load(&Folder::Disk(file.knowledge.clone().into()), &rules)?;
    let snapshot = Snapshot::new(rules, knowledge);
    let locale = path.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or("en");
    let mut failures = Vec::new();
    for case in &file.cases {
        let faults = faults_of(&snapshot, case, locale);
        match (&case.xfail, faults.is_empty()) {
            (None, false) => failures.push(format!("{}\n{}", case.shown(), faults.join("\n"))),
            (Some(reason), true) => failures.push(format!("{}\n    passes, but is marked: {reason}", case.shown())),
            _ => {}
        }
    }
    if failures.is_empty() {
        return Ok(());
    }
    Err(Failures(format!("{} of {} cases fail\n{}", failures.len(), file.cases.len(), failures.join("\n"))).into())
}

/// What failed; the harness prints it as `Debug`, so that is made readable.
struct Failures(String);

impl fmt::Debug for Failures {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Display for Failures {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Failures {}

fn faults_of(snapshot: &Snapshot, case: &Case, locale: &str) -> Vec<String> {
    let options = AskOptions {
        source: case.source.clone(),
        locale: Some(case.locale.clone().unwrap_or_else(|| locale.to_owned())),
        as_of: case.as_of.as_ref().map(|day| day.parse().expect("as_of is a date")),
        today: Some(TODAY),
        newsroom: case.newsroom,
        ..AskOptions::default()
    };
    match (&case.ask, &case.claim) {
        (Some(ask), None) => judge::answer(case, &snapshot.ask(&ask.repeat(case.repeat), &options), &snapshot.knowledge),
        (None, Some(claim)) => judge::check(case, &snapshot.claim(claim, &options)),
        _ => vec!["    a case has either `ask` or `claim`".to_owned()],
    }
}
