//! What is the latest: passages about what goes on, newest source first, as of its last update.

use super::Finding;
use crate::answer::scene::{Passage, Scene};

/// How many passages tell the state of things.
const MOST: usize = 2;

/// The last passages of the newest source that say what goes on; where none does, its last paragraph's.
pub(super) fn latest(scene: &Scene<'_>) -> Finding {
    let ongoing = scene.passages(|edition, _, sentence| {
        let Some(rules) = scene.source_rules(edition.id) else { return false };
        let tokens = crate::token::tokenize(edition.slice(sentence.span), &rules.locale.clitics);
        rules.lexicon.holds_class(&tokens, "state.ongoing")
    });
    let chosen = of_newest(scene, ongoing);
    let chosen = if chosen.is_empty() { of_newest(scene, scene.passages(|_, _, _| true)) } else { chosen };
    Finding { as_of_update: true, ..Finding::passages(chosen) }.traced("gate latest: what goes on, last in the newest source")
}

/// The last passages of the first (newest) edition among them.
fn of_newest(scene: &Scene<'_>, passages: Vec<Passage>) -> Vec<Passage> {
    let Some(newest) = scene.editions().first().map(|edition| edition.id) else { return Vec::new() };
    let own = passages.into_iter().filter(|passage| passage.edition == newest).collect::<Vec<_>>();
    own.into_iter().rev().take(MOST).rev().collect()
}
