//! What is the latest: passages about what goes on, newest source first, as of its last update.

use super::Finding;
use crate::answer::scene::{Passage, Scene};

/// How many passages tell the state of things.
const MOST: usize = 2;

/// The last passages of the newest source that say what goes on; where none does, its last paragraph's.
pub(super) fn latest(scene: &Scene<'_>) -> Finding {
    let newest = scene.editions().first().map(|edition| edition.id);
    let ongoing = scene.passages(|edition, _, sentence| {
        let Some(rules) = scene.source_rules(edition.id).filter(|_| newest == Some(edition.id)) else { return false };
        let tokens = crate::token::tokenize(edition.slice(sentence.span), &rules.locale.clitics);
        rules.lexicon.holds_class(&tokens, "state.ongoing")
    });
    let chosen = last(ongoing);
    let chosen = if chosen.is_empty() { last(scene.passages(|edition, _, _| newest == Some(edition.id))) } else { chosen };
    Finding { as_of_update: true, ..Finding::passages(chosen) }.traced("gate latest: what goes on, last in the newest source")
}

/// The last few of them.
fn last(passages: Vec<Passage>) -> Vec<Passage> {
    let first = passages.len().saturating_sub(MOST);
    passages.into_iter().skip(first).collect()
}
