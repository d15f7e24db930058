//! What somebody is accused of, with the reply the source reports from the accused.

use super::topic::is_on_topic;
use super::{Finding, Pick, name_of, reply};
use crate::analysis::{Analysis, EntityId, Sentence, Standing, Statement};
use crate::answer::reason::Reason;
use crate::answer::scene::{Passage, Scene};
use crate::answer::types::RelatedRole;
use crate::document::Edition;
use crate::span::Span;

/// Concepts whose words accuse somebody.
const ACCUSING: [&str; 5] = ["hedge.accused", "hedge.accuse", "status.accused", "status.suspected", "status.investigated"];

/// Those whose allegations accuse, whatever the words.
const ACCUSERS: [&str; 4] = ["law.prosecutor", "role.prosecutor", "role.deputy_prosecutor", "role.investigator"];

/// What is X accused of? What are the allegations?
pub(super) fn accusations(scene: &Scene<'_>) -> Finding {
    let name = scene.question.slot("person").map(name_of);
    let all = allegations(scene, name);
    let found = all.iter().copied().filter(|&passage| is_on_topic(scene, passage)).collect::<Vec<_>>();
    if found.is_empty() {
        let finding = Finding::refused(Reason::NotMentioned);
        return match name {
            Some(name) if all.is_empty() => finding.about(name).near(super::said::mentions(scene, name)),
            Some(name) => finding.about(name).near(all),
            None => finding.near(all),
        };
    }
    let related = with_replies(scene, name, &found).into_iter().filter(|(role, _)| *role == RelatedRole::Reply).collect();
    let picks = found.into_iter().map(Pick::new).collect();
    Finding { related, wants_reply: true, ..Finding::answered(picks) }.traced("gate accusations: sentences that accuse")
}

/// Passages that accuse `name`, or anybody.
pub(super) fn allegations(scene: &Scene<'_>, name: Option<&str>) -> Vec<Passage> {
    let alleges =
        |edition: &Edition, sentence: &Sentence| sentence.standing == Standing::Alleged && accuses(scene, edition, sentence);
    let Some(name) = name else { return scene.passages(|edition, _, sentence| alleges(edition, sentence)) };
    scene.passages_with(name, |edition, analysis, sentence, entities| {
        alleges(edition, sentence) && is_accused(scene, edition, analysis, sentence, entities)
    })
}

/// Allegations and the replies to them, as related passages.
pub(super) fn with_replies(scene: &Scene<'_>, name: Option<&str>, allegations: &[Passage]) -> Vec<(RelatedRole, Passage)> {
    let mut related = allegations.iter().map(|&passage| (RelatedRole::Allegation, passage)).collect::<Vec<_>>();
    if let Some(name) = name {
        related.extend(reply::replies(scene, name).into_iter().map(|passage| (RelatedRole::Reply, passage)));
    }
    related
}

/// Whether a cue of the sentence accuses somebody, or those allege who accuse (and it is not mere hearsay).
pub(crate) fn accuses(scene: &Scene<'_>, edition: &Edition, sentence: &Sentence) -> bool {
    let Some(rules) = scene.source_rules(edition.id) else { return false };
    let holds = |span: Span, classes: &[&str]| {
        let tokens = crate::token::tokenize(edition.slice(span), &rules.locale.clitics);
        rules.lexicon.holds(&tokens, |found| classes.iter().any(|class| found.entry.is_a(class)))
    };
    let alleged = |statement: &&Statement| {
        let speaker = statement.speaker.as_ref();
        statement.standing == Standing::Alleged && speaker.is_some_and(|speaker| holds(speaker.span, &ACCUSERS))
    };
    holds(sentence.span, &ACCUSING)
        || scene.passage_at(sentence.span).is_some_and(|passage| scene.statements_in(passage).iter().any(alleged))
}

/// Whether one of the entities is accused in the sentence: mentioned, but not as the one who speaks.
fn is_accused(scene: &Scene<'_>, edition: &Edition, analysis: &Analysis, sentence: &Sentence, entities: &[EntityId]) -> bool {
    if !scene.concerns(analysis, sentence, entities) {
        return false;
    }
    let Some(passage) = scene.passage_at(sentence.span) else { return false };
    let speaks = scene.statements_in(passage).iter().any(|statement| {
        statement.speaker.as_ref().and_then(|speaker| speaker.entity).is_some_and(|speaker| entities.contains(&speaker))
    });
    let _ = edition;
    !speaks
}
