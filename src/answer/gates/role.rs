//! Who holds a role: "who is the foreign minister", "who leads the investigation".

use super::{Finding, Pick, name_of};
use crate::answer::matching::{self, Term};
use crate::answer::reason::Reason;
use crate::answer::scene::Scene;
use crate::question::SlotValue;
use crate::rules::{LexiconMatch, LocaleRules};

/// Passages that give the role to somebody by name; for a role told by a verb, the best passage that names a holder.
pub(super) fn holder(scene: &Scene<'_>) -> Finding {
    let Some(role) = scene.question.slot("role").or_else(|| scene.question.slot("person")) else {
        return super::free::free(scene);
    };
    if let SlotValue::Entity(name) = role {
        let name = name.clone();
        return Finding::passages(with_role_of(scene, &name)).or_refused(&name);
    }
    let Some(rules) = scene.question_rules() else { return Finding::refused(Reason::NoAnswerOfThatKind) };
    let wanted = matching::terms(name_of(role), rules);
    let picks = picks(scene, &wanted);
    if !picks.is_empty() {
        return Finding::answered(picks).traced("gate role: a role of a named person");
    }
    if wanted.iter().any(Term::means_role) {
        if begins_with_verb(name_of(role), rules) {
            return super::free::free(scene);
        }
        return Finding::refused(Reason::NoAnswerOfThatKind).about(name_of(role)).traced("gate role: nobody is given the role");
    }
    super::free::role_by_verb(scene, name_of(role))
}

/// "who praised the farmer?" asks for no farmer.
fn begins_with_verb(role: &str, rules: &LocaleRules) -> bool {
    let tokens = crate::token::tokenize(role, &rules.locale.clitics);
    let inflected = |found: &LexiconMatch<'_>| ["past", "third"].iter().any(|tag| found.has_tag(tag));
    rules.lexicon.at(&tokens).iter().any(|found| found.entry.pos == "verb" && inflected(found))
}

impl Finding {
    fn or_refused(self, about: &str) -> Self {
        if self.picks.is_empty() { Finding::refused(Reason::NoAnswerOfThatKind).about(about) } else { self }
    }
}

fn with_role_of(scene: &Scene<'_>, name: &str) -> Vec<crate::answer::scene::Passage> {
    scene.passages_with(name, |_, analysis, sentence, entities| {
        let roles = entities.iter().filter_map(|&id| analysis.entity(id)).flat_map(|entity| &entity.roles);
        roles.into_iter().any(|role| sentence.span.contains(role.span))
    })
}

/// Each passage in which a role holds all the wanted words; words that the role lacks may stand just around it (the country
/// before a title).
fn picks(scene: &Scene<'_>, wanted: &[Term]) -> Vec<Pick> {
    let mut picks = Vec::new();
    if wanted.is_empty() {
        return picks;
    }
    for (edition, analysis) in scene.readings() {
        let Some(rules) = scene.source_rules(edition.id) else { continue };
        for role in analysis.entities.iter().flat_map(|entity| &entity.roles) {
            let bag = matching::bag(scene.knowledge.slice(role.span), rules);
            let holds = |term: &&Term| match term.means_role() {
                true => role.concepts.iter().any(|concept| term.means(concept)),
                false => bag.holds(term),
            };
            let own = wanted.iter().filter(holds).count();
            let rest = wanted.iter().filter(|term| !holds(term)).collect::<Vec<_>>();
            let Some(passage) = scene.passage_at(role.span).filter(|&passage| scene.is_evidence(passage)) else { continue };
            let sentence = matching::bag(scene.text(passage), rules);
            let rest_is_near = rest.iter().all(|term| term.strict && sentence.holds(term));
            if own > 0 && rest_is_near {
                picks.push(Pick::new(passage));
            }
        }
    }
    picks
}
