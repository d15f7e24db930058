//! `source diff`: the sentences in which the two newest editions differ. Knows no question.

use std::collections::HashMap;

use super::super::args::Global;
use super::super::{Status, load, output};
use super::{editions, find};
use crate::document::Edition;
use crate::engine::Snapshot;
use crate::render::text::{Canvas, Style};

pub fn run(global: &Global, id: &str) -> anyhow::Result<Status> {
    let snapshot = load::snapshot(global)?.snapshot;
    let source = find(&snapshot.knowledge, id)?;
    let mut newest = editions(&snapshot.knowledge, source).rev();
    let (Some(new), Some(old)) = (newest.next(), newest.next()) else {
        output::print(&format!("{id} has one edition; there is nothing to compare\n"))?;
        return Ok(Status::Done);
    };
    let (before, after) = (sentences(&snapshot, old), sentences(&snapshot, new));
    let mut canvas = Canvas::new(output::layout());
    canvas.paragraph(Style::Heading, &format!("{id}: edition {} and edition {}", old.number, new.number));
    let (gone, added) = (missing(&before, &after), missing(&after, &before));
    if gone.is_empty() && added.is_empty() {
        canvas.paragraph(Style::Plain, "the same sentences");
    }
    for (mark, label, list) in [("−  ", "Only in the earlier edition", gone), ("+  ", "Only in the later edition", added)] {
        if !list.is_empty() {
            canvas.gap();
            canvas.paragraph(Style::Heading, label);
        }
        list.iter().for_each(|sentence| canvas.item(mark, sentence));
    }
    output::print(&canvas.finish())?;
    Ok(Status::Done)
}

fn sentences<'s>(snapshot: &'s Snapshot, edition: &'s Edition) -> Vec<&'s str> {
    let analysis = snapshot.analyses.get(edition.id.0 as usize);
    analysis
        .map(|analysis| analysis.sentences.iter().map(|sentence| edition.slice(sentence.span)).collect())
        .unwrap_or_default()
}

/// The sentences of `of` that `from` has not, each as often as it is missing.
fn missing<'s>(of: &[&'s str], from: &[&'s str]) -> Vec<&'s str> {
    let mut left: HashMap<&str, usize> = HashMap::new();
    from.iter().for_each(|sentence| *left.entry(sentence).or_default() += 1);
    let mut missing = Vec::new();
    for &sentence in of {
        match left.get_mut(sentence) {
            Some(count) if *count > 0 => *count -= 1,
            _ => missing.push(sentence),
        }
    }
    missing
}
