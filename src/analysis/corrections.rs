//! Printed corrections: blocks of that kind, and sentences that open as one. Knows ids, not the words.

use super::line::Line;
use super::types::Correction;
use crate::document::BlockKind;

/// The corrections of a block.
pub(crate) fn find(line: &Line<'_>) -> Vec<Correction> {
    if line.kind == BlockKind::Correction {
        let span = line.span(0, line.words.len());
        return vec![Correction { span, rule: "correction.block".to_owned() }];
    }
    if line.kind != BlockKind::Paragraph {
        return Vec::new();
    }
    let opens = |&(lo, _): &(usize, usize)| line.hit(lo, |entry| entry.is_a("correction")).is_some();
    let Some(first) = line.sentences.iter().position(opens) else { return Vec::new() };
    let start = line.sentences.get(first).map_or(0, |sentence| sentence.0);
    vec![Correction { span: line.span(start, line.words.len()), rule: "correction.sentence".to_owned() }]
}
