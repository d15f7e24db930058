//! What changed between two editions, passage by passage. Knows no language and no question.

use std::collections::HashMap;

use super::line;
use crate::span::Span;

/// Two passages that share at least this part of their words are one that was changed.
const ALIKE: f64 = 0.5;
/// Pairs of passages compared in one place at most; beyond it they count as removed and added.
const PAIRS: usize = 40_000;

/// One difference between an earlier and a later edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Only in the earlier edition.
    Removed(Span),
    /// Only in the later edition.
    Added(Span),
    /// In both, with other words.
    Changed {
        /// In the earlier edition.
        before: Span,
        /// In the later edition.
        after: Span,
    },
}

/// What changed from `before` to `after`: passages with their words, in text order.
///
/// Passages with the same words are the same wherever they moved to in order; the changes come in the order of the later
/// edition, removed passages where they would stand.
#[must_use]
pub fn diff(before: &[(Span, &str)], after: &[(Span, &str)]) -> Vec<Change> {
    let mut changes = Vec::new();
    let (mut old, mut new) = (0, 0);
    for (at, to) in common(before, after).into_iter().chain([(before.len(), after.len())]) {
        let gone = before.get(old..at).unwrap_or_default();
        let come = after.get(new..to).unwrap_or_default();
        place(gone, come, &mut changes);
        (old, new) = (at + 1, to + 1);
    }
    changes
}

/// Pairs of indices of the same words, increasing in both: a longest increasing run over equal occurrences.
fn common(before: &[(Span, &str)], after: &[(Span, &str)]) -> Vec<(usize, usize)> {
    let mut places: HashMap<(&str, usize), usize> = HashMap::new();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (at, &(_, words)) in before.iter().enumerate() {
        let count = counts.entry(words).or_default();
        places.insert((words, *count), at);
        *count += 1;
    }
    counts.clear();
    let mut pairs = Vec::new();
    for (at, &(_, words)) in after.iter().enumerate() {
        let count = counts.entry(words).or_default();
        pairs.extend(places.get(&(words, *count)).map(|&old| (old, at)));
        *count += 1;
    }
    longest_increasing(&pairs)
}

/// Patience sorting: the longest run of pairs whose first numbers increase (their second ones do already).
fn longest_increasing(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tops: Vec<usize> = Vec::new();
    let mut previous = vec![None; pairs.len()];
    let first = |index: usize| pairs.get(index).map_or(0, |pair| pair.0);
    for (index, &(old, _)) in pairs.iter().enumerate() {
        let pile = tops.partition_point(|&top| first(top) < old);
        if let Some(slot) = previous.get_mut(index) {
            *slot = pile.checked_sub(1).and_then(|below| tops.get(below).copied());
        }
        match tops.get_mut(pile) {
            Some(top) => *top = index,
            None => tops.push(index),
        }
    }
    let mut run = Vec::new();
    let mut at = tops.last().copied();
    while let Some(index) = at {
        run.extend(pairs.get(index).copied());
        at = previous.get(index).copied().flatten();
    }
    run.reverse();
    run
}

/// Between two common passages: pairs what is alike, in order, and tells the rest as removed and added.
fn place(gone: &[(Span, &str)], come: &[(Span, &str)], changes: &mut Vec<Change>) {
    let mut old = 0;
    for &(after, words) in come {
        let rest = gone.get(old..).unwrap_or_default();
        let fits =
            if gone.len() * come.len() <= PAIRS { rest.iter().position(|&(_, other)| alike(other, words)) } else { None };
        match fits.and_then(|at| rest.get(at).map(|&(before, _)| (at, before))) {
            Some((at, before)) => {
                changes.extend(rest.iter().take(at).map(|&(span, _)| Change::Removed(span)));
                changes.push(Change::Changed { before, after });
                old += at + 1;
            }
            None => changes.push(Change::Added(after)),
        }
    }
    changes.extend(gone.iter().skip(old).map(|&(span, _)| Change::Removed(span)));
}

/// Dice's coefficient over the words of both.
fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (line::words(one), line::words(other));
    let total = one.len() + other.len();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in &one {
        *counts.entry(&word.folded).or_default() += 1;
    }
    let mut shared = 0;
    for word in &other {
        if let Some(count) = counts.get_mut(word.folded.as_str())
            && *count > 0
        {
            *count -= 1;
            shared += 1;
        }
    }
    #[allow(clippy::cast_precision_loss)]
    let part = 2.0 * shared as f64 / total.max(1) as f64;
    part >= ALIKE
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::span::EditionId;

    fn passages(edition: u32, texts: &[String]) -> Vec<(Span, &str)> {
        texts.iter().enumerate().map(|(at, text)| (Span::new(EditionId(edition), at, at + 1), text.as_str())).collect()
    }

    fn shown(before: &[&str], after: &[&str]) -> Vec<String> {
        let own = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let (before, after) = (own(before), own(after));
        let text = |span: Span| {
            let texts = if span.edition.0 == 1 { &before } else { &after };
            texts.get(span.start as usize).cloned().unwrap_or_default()
        };
        let changes = diff(&passages(1, &before), &passages(2, &after));
        changes
            .into_iter()
            .map(|change| match change {
                Change::Removed(span) => format!("- {}", text(span)),
                Change::Added(span) => format!("+ {}", text(span)),
                Change::Changed { before, after } => format!("{} > {}", text(before), text(after)),
            })
            .collect()
    }

    #[test]
    fn changed_added_and_removed_passages_are_told_apart() {
        assert_eq!(shown(&["a b", "c d"], &["a b", "c d"]), Vec::<String>::new());
        assert_eq!(
            shown(
                &["Title", "Fourteen people were hurt on the ferry.", "Nobody knew why.", "The end."],
                &[
                    "Title",
                    "Seventeen people were hurt on the ferry.",
                    "The captain was charged.",
                    "The end.",
                    "Correction: x."
                ]
            ),
            [
                "Fourteen people were hurt on the ferry. > Seventeen people were hurt on the ferry.",
                "+ The captain was charged.",
                "- Nobody knew why.",
                "+ Correction: x."
            ]
        );
        assert_eq!(shown(&["same", "x"], &["same", "same", "x"]), ["+ same"]);
    }

    proptest! {
        #[test]
        fn every_passage_is_common_or_told_once(
            before in proptest::collection::vec("[abc]( [abc]){0,2}", 0..12),
            after in proptest::collection::vec("[abc]( [abc]){0,2}", 0..12)
        ) {
            let changes = diff(&passages(1, &before), &passages(2, &after));
            let (mut old, mut new) = (Vec::new(), Vec::new());
            for change in &changes {
                match *change {
                    Change::Removed(span) => old.push(span.start as usize),
                    Change::Added(span) => new.push(span.start as usize),
                    Change::Changed { before, after } => {
                        old.push(before.start as usize);
                        new.push(after.start as usize);
                    }
                }
            }
            let left = |texts: &[String], told: &[usize]| {
                let kept = texts.iter().enumerate().filter(|(at, _)| !told.contains(at));
                kept.map(|(_, text)| text.clone()).collect::<Vec<_>>()
            };
            prop_assert!(old.is_sorted() && new.is_sorted());
            prop_assert_eq!(left(&before, &old), left(&after, &new));
        }
    }
}
