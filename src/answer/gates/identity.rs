//! Who is X, what is X: the passages that give a role or an apposition, else the first that names it.

use super::Finding;
use crate::analysis::EntityId;
use crate::answer::reason::Reason;
use crate::answer::scene::{Passage, Scene};
use crate::document::BlockKind;
use crate::question::SlotValue;

/// How many passages say who somebody is.
const MOST: usize = 2;

/// Who is X?
pub(super) fn who_is(scene: &Scene<'_>) -> Finding {
    match scene.question.slot("person").or_else(|| scene.question.slot("thing")) {
        Some(SlotValue::Entity(name)) => {
            identity(scene, name).unwrap_or_else(|| Finding::refused(Reason::NotMentioned).about(name))
        }
        Some(_) => super::role::holder(scene),
        None => super::free::free(scene),
    }
}

/// What is X?
pub(super) fn what_is(scene: &Scene<'_>) -> Finding {
    match scene.question.slot("thing").or_else(|| scene.question.slot("person")) {
        Some(SlotValue::Entity(name)) => identity(scene, name).unwrap_or_else(|| super::free::free(scene)),
        _ => super::free::free(scene),
    }
}

/// Passages with a role of the entity, in text order; else its first passage; else a caption, labelled as such.
fn identity(scene: &Scene<'_>, name: &str) -> Option<Finding> {
    let mut with_role = Vec::new();
    let mut first = Vec::new();
    let mut captions = Vec::new();
    for (edition, analysis) in scene.readings() {
        let entities = scene.entities(edition.id, name);
        with_role.extend(role_passages(scene, &entities, edition.id));
        let mut mentions = analysis.mentions.iter().filter(|mention| mention.entity.is_some_and(|id| entities.contains(&id)));
        let places = mentions.by_ref().filter_map(|mention| scene.passage_at(mention.span)).collect::<Vec<_>>();
        first.extend(places.iter().find(|&&passage| scene.is_evidence(passage)));
        captions.extend(places.iter().find(|&&passage| scene.block(passage) == Some(BlockKind::Caption)));
    }
    with_role.truncate(MOST);
    let chosen = [with_role, first, captions].into_iter().find(|passages| !passages.is_empty())?;
    Some(Finding::passages(chosen).traced(format!("gate who_is: {name}")))
}

fn role_passages(scene: &Scene<'_>, entities: &[EntityId], edition: crate::span::EditionId) -> Vec<Passage> {
    let Some(analysis) = scene.analysis(edition) else { return Vec::new() };
    let roles = entities.iter().filter_map(|&id| analysis.entity(id)).flat_map(|entity| &entity.roles);
    let mut passages =
        roles.filter_map(|role| scene.passage_at(role.span)).filter(|&passage| scene.is_evidence(passage)).collect::<Vec<_>>();
    passages.sort();
    passages.dedup();
    passages
}
