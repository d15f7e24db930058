//! The reply of the accused: what the source reports from them or their lawyers.

use crate::analysis::{Analysis, EntityId, Statement};
use crate::answer::scene::{Passage, Scene};
use crate::span::EditionId;

/// Concept of those who speak for the accused.
const LAWYER: &str = "role.lawyer";

/// Passages in which `name`, or somebody who speaks for them, says something, denies, or declines to.
pub(super) fn replies(scene: &Scene<'_>, name: &str) -> Vec<Passage> {
    let mut found = Vec::new();
    for (edition, analysis) in scene.readings() {
        let entities = scene.entities(edition.id, name);
        for statement in &analysis.statements {
            if is_own(statement, &entities) || speaks_for(scene, edition.id, analysis, statement, &entities, LAWYER) {
                found.extend(scene.passages_of(edition.id, statement));
            }
        }
    }
    found.sort();
    found.dedup();
    found.retain(|&passage| scene.is_evidence(passage));
    found
}

fn is_own(statement: &Statement, entities: &[EntityId]) -> bool {
    let speaker = statement.speaker.as_ref().and_then(|speaker| speaker.entity);
    speaker.is_some_and(|speaker| entities.contains(&speaker))
}

/// Whether the speaker holds the role (a concept) for one of the entities: a word of the role in the speaker's phrase or roles,
/// and the entity named in that phrase or pointed to by it.
pub(super) fn speaks_for(
    scene: &Scene<'_>,
    edition: EditionId,
    analysis: &Analysis,
    statement: &Statement,
    entities: &[EntityId],
    role: &str,
) -> bool {
    let Some(speaker) = &statement.speaker else { return false };
    let Some(rules) = scene.source_rules(edition) else { return false };
    let own_roles = speaker.entity.and_then(|id| analysis.entity(id)).map(|entity| entity.roles.as_slice()).unwrap_or_default();
    let places = std::iter::once(speaker.span).chain(own_roles.iter().map(|role| role.span));
    places.into_iter().any(|place| {
        let tokens = crate::token::tokenize(scene.knowledge.slice(place), &rules.locale.clitics);
        if !rules.lexicon.holds_class(&tokens, role) {
            return false;
        }
        let named = analysis.mentions.iter().filter(|mention| place.contains(mention.span));
        let pointed = scene.passage_at(place).and_then(|passage| scene.sentence(passage));
        named.into_iter().any(|mention| mention.entity.is_some_and(|id| entities.contains(&id)))
            || pointed.is_some_and(|sentence| {
                let antecedents = sentence.antecedents.iter().filter_map(|&number| analysis.sentences.get(number as usize));
                antecedents.into_iter().any(|antecedent| scene.mentions(analysis, antecedent, entities))
            })
    })
}
