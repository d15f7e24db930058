//! A person asked for by a phrase ("the mayor", "il sindaco"): the one person of the sources who holds that role.

use super::name_of;
use crate::analysis::{EntityKind, MentionKind};
use crate::answer::matching;
use crate::answer::scene::Scene;
use crate::question::{Intent, SlotValue};

/// The name of the only person whose role holds all words of the phrase in the question's `person` slot; `None` for a name, for a
/// role that nobody or several hold, and where the question asks who holds it.
pub(super) fn holder(scene: &Scene<'_>) -> Option<String> {
    if matches!(scene.question.intent, Intent::RoleHolder | Intent::WhoIs) || scene.question.slot("owner").is_some() {
        return None;
    }
    let person = scene.question.slot("person")?;
    match person {
        SlotValue::Entity(name) if is_named(scene, name) => return None,
        SlotValue::Entity(_) | SlotValue::Words(_) => {}
        _ => return None,
    }
    let wanted = matching::terms(name_of(person), scene.question_rules()?);
    if wanted.is_empty() {
        return None;
    }
    let mut holders: Vec<String> = Vec::new();
    for (edition, analysis) in scene.readings() {
        let Some(rules) = scene.source_rules(edition.id) else { continue };
        for entity in analysis.entities.iter().filter(|entity| entity.kind == EntityKind::Person) {
            let holds = entity
                .roles
                .iter()
                .filter(|role| !role.former)
                .any(|role| matching::coverage(&matching::bag(edition.slice(role.span), rules), &wanted) >= 1.0);
            if holds && is_named(scene, &entity.name) && !holders.contains(&entity.name) {
                holders.push(entity.name.clone());
            }
        }
    }
    match holders.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// Whether an entity of that name is mentioned by name somewhere, and not by a phrase alone.
pub(super) fn is_named(scene: &Scene<'_>, name: &str) -> bool {
    scene.readings().any(|(edition, analysis)| {
        let entities = scene.entities(edition.id, name);
        let mut mentions = analysis.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
        mentions.any(|mention| mention.entity.is_some_and(|id| entities.contains(&id)))
    })
}
