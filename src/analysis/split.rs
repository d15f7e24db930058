//! A plain sentence splitter. Knows marks only.

use crate::document::{Block, Edition};
use crate::span::Span;

/// Sentences of a block.
pub(crate) fn split(edition: &Edition, block: &Block, _tag: &str) -> Vec<Span> {
    let text = edition.slice(block.span);
    let base = block.span.start as usize;
    let mut out = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut at = 0;
    while let Some(&(_, ch)) = chars.get(at) {
        at += 1;
        if !matches!(ch, '.' | '!' | '?') {
            continue;
        }
        let mut end = at;
        while chars.get(end).is_some_and(|&(_, ch)| "\"”’»)'.!?".contains(ch)) {
            end += 1;
        }
        let after = chars.get(end).map(|&(_, ch)| ch);
        let next = chars.iter().skip(end).map(|&(_, ch)| ch).find(|ch| !ch.is_whitespace());
        let before = text.get(..chars.get(at - 1).map_or(0, |&(at, _)| at)).unwrap_or_default();
        let last = before.rsplit(|ch: char| !ch.is_alphanumeric()).next().unwrap_or_default();
        let short = ch == '.' && last.chars().next().is_some_and(char::is_uppercase) && last.chars().count() <= 3 && end == at;
        if after.is_none_or(char::is_whitespace) && next.is_none_or(|ch| !ch.is_lowercase()) && !short {
            let stop = chars.get(end).map_or(text.len(), |&(at, _)| at);
            push(&mut out, edition, base, text, start, stop);
            start = stop;
            at = end;
        }
    }
    push(&mut out, edition, base, text, start, text.len());
    out
}

fn push(out: &mut Vec<Span>, edition: &Edition, base: usize, text: &str, start: usize, end: usize) {
    let part = text.get(start..end).unwrap_or_default();
    let inner = part.trim();
    if !inner.is_empty() {
        let from = base + start + (part.len() - part.trim_start().len());
        out.push(Span::new(edition.id, from, from + inner.len()));
    }
}
