//! Whether a passage speaks of what the question names beside a status or an accusation: an offence, a place, a day. Who was convicted of
//! something is no answer to who was convicted of something else.

use super::{Pick, name_of};
use crate::answer::matching::{self, Term};
use crate::answer::scene::{Passage, Scene};
use crate::question::SlotValue;
use crate::rules::LocaleRules;
use crate::token;

/// Words that speak of the whole case: "is anybody accused of wrongdoing?".
const GENERAL: &str = "gram.general";

/// Of so many words one may be lacking.
const ONE_LACKING: usize = 3;

/// Those of the passages that speak of the question's topic; all where it has none.
pub(super) fn on_topic(scene: &Scene<'_>, mut picks: Vec<Pick>) -> Vec<Pick> {
    picks.retain(|pick| is_on_topic(scene, pick.passage));
    picks
}

/// Whether the passage, with the sentences it points back to, speaks of the question's topic.
pub(super) fn is_on_topic(scene: &Scene<'_>, passage: Passage) -> bool {
    let (Some(topic), Some(rules)) = (scene.question.slot("topic"), scene.question_rules()) else { return true };
    let (Some(analysis), Some(sentence)) = (scene.analysis(passage.edition), scene.sentence(passage)) else { return false };
    if let SlotValue::Entity(name) = topic
        && scene.concerns(analysis, sentence, &scene.entities(passage.edition, name))
    {
        return true;
    }
    let Some(source) = scene.source_rules(passage.edition) else { return false };
    let mut bag = matching::bag(scene.text(passage), source);
    scene.antecedents(passage).for_each(|before| bag.extend(matching::bag(before, source)));
    let wanted = telling(name_of(topic), rules);
    let lacking = wanted.iter().filter(|term| !bag.holds_kin(term)).collect::<Vec<_>>();
    lacking.len() * ONE_LACKING <= wanted.len() && !lacking.iter().any(|term| term.strict)
}

/// The words of a topic that tell one from another.
fn telling(topic: &str, rules: &LocaleRules) -> Vec<Term> {
    let empty = &rules.templates.reading.empty;
    let general = |term: &Term| rules.lexicon.holds_class(&token::tokenize(term.word(), &rules.locale.clitics), GENERAL);
    let mut terms = matching::topic_terms(topic, rules);
    terms.retain(|term| !empty.iter().any(|word| word == term.word()) && !general(term));
    terms
}
