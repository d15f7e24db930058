//! `source diff`: the sentences in which the two newest editions differ. Knows no question.

use super::super::args::Global;
use super::super::{Status, load, output};
use super::{editions, find};
use crate::document::{Change, Edition, diff};
use crate::engine::Snapshot;
use crate::render::text::{Canvas, Style};
use crate::span::Span;

pub fn run(global: &Global, id: &str) -> anyhow::Result<Status> {
    let snapshot = load::snapshot(global)?.snapshot;
    let source = find(&snapshot.knowledge, id)?;
    let mut newest = editions(&snapshot.knowledge, source).rev();
    let (Some(new), Some(old)) = (newest.next(), newest.next()) else {
        output::print(&format!("{id} has one edition; there is nothing to compare\n"))?;
        return Ok(Status::Done);
    };
    let changes = diff(&sentences(&snapshot, old), &sentences(&snapshot, new));
    let mut canvas = Canvas::new(output::layout());
    canvas.paragraph(Style::Heading, &format!("{id}: edition {} and edition {}", old.number, new.number));
    if changes.is_empty() {
        canvas.paragraph(Style::Plain, "the same sentences");
    }
    for change in changes {
        canvas.gap();
        let (before, after) = match change {
            Change::Removed(span) => (Some(span), None),
            Change::Added(span) => (None, Some(span)),
            Change::Changed { before, after } => (Some(before), Some(after)),
        };
        if let Some(span) = before {
            canvas.item("− ", old.slice(span));
        }
        if let Some(span) = after {
            canvas.item("+ ", new.slice(span));
        }
    }
    output::print(&canvas.finish())?;
    Ok(Status::Done)
}

fn sentences<'s>(snapshot: &'s Snapshot, edition: &'s Edition) -> Vec<(Span, &'s str)> {
    let analysis = snapshot.analyses.get(edition.id.0 as usize);
    let sentences = analysis.map(|analysis| analysis.sentences.as_slice()).unwrap_or_default();
    sentences.iter().map(|sentence| (sentence.span, edition.slice(sentence.span))).collect()
}
