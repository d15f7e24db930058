//! `verify`: are these quotations in that edition? Checks a receipt, or a file with answers or receipts, offline.

mod document;
mod lines;

use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail};

use super::args::{Global, VerifyArgs};
use super::{Status, load, output};
use crate::document::Knowledge;
use crate::receipt::{Receipt, ReceiptError, RulesVersion};
use crate::render::text::{Canvas, Style};
use crate::span::Span;

/// What a check found: findings make it fail, remarks do not.
#[derive(Debug, Default)]
struct Report {
    passages: Vec<Span>,
    findings: Vec<String>,
    remarks: Vec<String>,
}

pub fn run(global: &Global, args: &VerifyArgs) -> anyhow::Result<Status> {
    let rules = load::rules(global)?;
    let knowledge = load::knowledge(global, &rules)?;
    let version = RulesVersion::of(&rules)?;
    let mut report = Report::default();
    match Receipt::parse(&args.what) {
        Ok(receipt) => report.receipt(&receipt, &knowledge, version),
        Err(error) => {
            let text = read(&args.what, &error)?;
            if text.trim_start().starts_with('{') {
                lines::check(&text, &knowledge, version, &mut report)?;
            } else {
                document::check(&text, &knowledge, version, &mut report)?;
            }
        }
    }
    output::print(&report.written(&knowledge))?;
    Ok(if report.findings.is_empty() { Status::Done } else { Status::Nothing })
}

fn read(what: &str, error: &ReceiptError) -> anyhow::Result<String> {
    let bytes = if what == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).context("standard input can't be read")?;
        bytes
    } else if Path::new(what).is_file() {
        std::fs::read(what).with_context(|| format!("{what} can't be read"))?
    } else if *error == ReceiptError::IdAlone {
        bail!("{error}");
    } else {
        bail!("`{what}` is neither a file nor a receipt: {error}");
    };
    String::from_utf8(bytes).map_err(|error| {
        anyhow::anyhow!("{what}: not UTF-8 from byte {} on; save it as UTF-8", error.utf8_error().valid_up_to())
    })
}

impl Report {
    fn receipt(&mut self, receipt: &Receipt, knowledge: &Knowledge, version: RulesVersion) {
        match receipt.check(knowledge) {
            Err(error) => self.findings.push(format!("{}: {error}", receipt.id())),
            Ok(spans) => {
                let new = spans.into_iter().filter(|span| !self.passages.contains(span)).collect::<Vec<_>>();
                self.passages.extend(new);
                if !receipt.has_rules(version) {
                    self.remarks.push(format!("{}: made with other rules than these", receipt.id()));
                }
                if let Some(day) = receipt.as_of() {
                    self.remarks.push(format!("{}: asked as of {day}", receipt.id()));
                }
            }
        }
    }

    fn written(&self, knowledge: &Knowledge) -> String {
        let mut canvas = Canvas::new(output::layout());
        for finding in &self.findings {
            canvas.paragraph(Style::Warning, finding);
        }
        let verdict = match (self.findings.len(), self.passages.len()) {
            (0, 0) => "holds; no passage was shown".to_owned(),
            (0, 1) => "holds: this passage stands in its edition, word for word".to_owned(),
            (0, count) => format!("holds: these {count} passages stand in their editions, word for word"),
            (1, _) => "does not hold".to_owned(),
            (count, _) => format!("does not hold: {count} findings"),
        };
        canvas.paragraph(Style::Heading, &verdict);
        for &span in self.passages.iter().filter(|_| self.findings.is_empty()) {
            canvas.gap();
            canvas.quote(knowledge.slice(span));
            let source = knowledge.source_of(span.edition).map_or("", |source| source.id.as_str());
            let edition = knowledge.edition(span.edition);
            let (number, digest) = edition.map_or((0, ""), |edition| (edition.number, edition.sha256.as_str()));
            let short = digest.get(..16).unwrap_or(digest);
            canvas.item("", &format!("{source} edition {number} (sha256 {short}…), bytes {}–{}", span.start, span.end));
        }
        if !self.remarks.is_empty() {
            canvas.gap();
        }
        self.remarks.iter().for_each(|remark| canvas.paragraph(Style::Remark, remark));
        canvas.finish()
    }
}
