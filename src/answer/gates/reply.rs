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

/// "Ada Roe, who represented X": a verb of what holders of the role do.
fn acts_as(id: &str, role: &str) -> bool {
    matches!((id.strip_prefix("acts_as."), role.strip_prefix("role.")), (Some(does), Some(role)) if does == role)
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
    in_role(scene, edition, analysis, statement, role).iter().any(|id| entities.contains(id))
}

/// Those whom the speaker may stand for as a lawyer.
pub(crate) fn stands_for(scene: &Scene<'_>, edition: EditionId, analysis: &Analysis, statement: &Statement) -> Vec<EntityId> {
    in_role(scene, edition, analysis, statement, LAWYER)
}

/// Those named in, or pointed to by, the phrases that give the speaker the role.
fn in_role(scene: &Scene<'_>, edition: EditionId, analysis: &Analysis, statement: &Statement, role: &str) -> Vec<EntityId> {
    let Some(speaker) = &statement.speaker else { return Vec::new() };
    let Some(rules) = scene.source_rules(edition) else { return Vec::new() };
    let own_roles = speaker.entity.and_then(|id| analysis.entity(id)).map(|entity| entity.roles.as_slice()).unwrap_or_default();
    let mut found = Vec::new();
    // Whoever is told once to be somebody's lawyer is so in every statement.
    let phrases = analysis.statements.iter().filter_map(|other| other.speaker.as_ref());
    let phrases =
        phrases.filter(|other| other.span == speaker.span || (other.entity.is_some() && other.entity == speaker.entity));
    for place in phrases.map(|other| other.span).chain(own_roles.iter().map(|role| role.span)) {
        let tokens = crate::token::tokenize(scene.knowledge.slice(place), &rules.locale.clitics);
        if !rules.lexicon.holds(&tokens, |found| found.entry.is_a(role) || acts_as(&found.entry.id, role)) {
            continue;
        }
        found.extend(analysis.mentions_in(place).iter().filter_map(|mention| mention.entity));
        let pointed = scene.passage_at(place).and_then(|passage| scene.sentence(passage));
        let antecedents = pointed.into_iter().flat_map(|sentence| &sentence.antecedents);
        let antecedents = antecedents.filter_map(|&number| analysis.sentences.get(number as usize));
        found.extend(antecedents.flat_map(|sentence| analysis.mentions_in(sentence.span)).filter_map(|mention| mention.entity));
    }
    found
}
