//! `source verify`: every edition is readable, its printed dates are the dates of its data, its digest is told.

use anyhow::Context;
use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime;

use super::super::args::Global;
use super::super::{Status, load, output};
use super::editions;
use crate::document::{CHECKSUM_FILE, Edition, Metadata, Mismatch, Moment};
use crate::rules::Rules;

pub fn run(global: &Global) -> anyhow::Result<Status> {
    let rules = load::rules(global)?;
    let knowledge = load::knowledge(global, &rules)?;
    let (mut rows, mut findings) = (Vec::new(), Vec::new());
    for source in &knowledge.sources {
        let mut before: Option<&Edition> = None;
        for edition in editions(&knowledge, source) {
            let place = format!("{} edition {}", source.id, edition.number);
            findings.extend(dates(&edition.metadata, &rules).into_iter().map(|finding| format!("{place}: {finding}")));
            if let Some(earlier) = before.filter(|earlier| is_out_of_order(earlier, edition)) {
                findings.push(format!("{place}: it is dated before edition {}", earlier.number));
            }
            rows.push(vec![place, format!("{} bytes", edition.text().len()), format!("sha256 {}", edition.sha256)]);
            before = Some(edition);
        }
    }
    if let Some(record) = load::knowledge_folder(global).map(|folder| folder.join(CHECKSUM_FILE)).filter(|path| path.is_file())
    {
        let recorded = std::fs::read_to_string(&record).with_context(|| format!("{} can't be read", record.display()))?;
        findings.extend(knowledge.verify(&recorded).iter().map(mismatch));
    }
    let mut text = output::columns(&rows);
    findings.iter().for_each(|finding| text.push_str(&format!("{finding}\n")));
    output::print(&text)?;
    Ok(if findings.is_empty() { Status::Done } else { Status::Nothing })
}

fn mismatch(mismatch: &Mismatch) -> String {
    match mismatch {
        Mismatch::Changed { path, recorded, found } => {
            format!("{path}: changed: {CHECKSUM_FILE} has {recorded}, the file {found}")
        }
        Mismatch::Missing { path } => format!("{path}: in {CHECKSUM_FILE}, but not there"),
        Mismatch::Unrecorded { path } => format!("{path}: not in {CHECKSUM_FILE}"),
    }
}

fn is_out_of_order(earlier: &Edition, later: &Edition) -> bool {
    earlier.valid_from().zip(later.valid_from()).is_some_and(|(earlier, later)| later.local() < earlier.local())
}

fn dates(data: &Metadata, rules: &Rules) -> Vec<String> {
    let mut findings = Vec::new();
    if let (Some(published), Some(updated)) = (&data.published, &data.updated)
        && updated.local() < published.local()
    {
        findings.push(format!("updated {} lies before published {}", updated.as_str(), published.as_str()));
    }
    let pairs = [("published", &data.published_text, &data.published), ("updated", &data.updated_text, &data.updated)];
    for (name, printed, moment) in pairs {
        let (Some(printed), Some(moment)) = (printed, moment) else { continue };
        if let Some(read) = read(printed, data, rules).filter(|&read| differs(read, moment)) {
            findings.push(format!("{name}_text `{printed}` says {read}, but {name} says {}", moment.as_str()));
        }
    }
    findings
}

/// The printed date by the shapes of its language; `None` where no shape fits.
fn read(printed: &str, data: &Metadata, rules: &Rules) -> Option<DateTime> {
    let shapes = &rules.language(&data.language)?.locale.dates.printed;
    shapes.iter().find_map(|shape| {
        let time = strtime::parse(shape, printed).ok()?;
        time.to_datetime().or_else(|_| time.to_date().map(Date::into)).ok()
    })
}

fn differs(read: DateTime, moment: &Moment) -> bool {
    let same_day = read.date() == moment.date();
    let has_time = read.time() != jiff::civil::Time::midnight();
    !same_day
        || (has_time && moment.has_time() && (read.hour(), read.minute()) != (moment.local().hour(), moment.local().minute()))
}
