//! What makes a passage that passes all other gates sure, however the model that learned from words alone judges it.

use super::name_of;
use crate::analysis::Statement;
use crate::answer::matching::{self, Term};
use crate::answer::scene::{Passage, Scene};
use crate::question::{AnswerKind, Intent, SlotValue};
use crate::rules::LocaleRules;
use crate::token::{self, TokenKind};

/// Classes of cues by which a question asks for something as somebody told it.
const TOLD: [&str; 7] = ["say", "boast", "admit", "deny", "warn", "promise", "accuse"];

/// How many content words a question must have, what it asks for among them, so that meeting them all means something.
const ENOUGH: usize = 2;
/// Letters of a name by whose beginning another form of it is known.
const NAME: usize = 4;

/// Whether the passage is sure to answer.
pub(super) fn is_sure(scene: &Scene<'_>, passage: Passage) -> bool {
    is_met_across(scene, passage) || is_told(scene, passage)
}

/// Whether the one whose words are asked for tells it, and the passage holds every other word of the question.
fn is_told(scene: &Scene<'_>, passage: Passage) -> bool {
    let (Some(rules), Some(source)) = (scene.question_rules(), scene.source_rules(passage.edition)) else { return false };
    let Some(name) = asked_of(scene, rules) else { return false };
    let own = token::fold(name);
    let mut rest = matching::asked_terms(&scene.question.text, rules);
    rest.retain(|term| !term.is_under(&TOLD) && !own.split(' ').any(|word| word == term.word()));
    let bag = matching::bag(scene.text(passage), source);
    !rest.is_empty() && rest.iter().all(|term| bag.holds(term)) && is_told_by(scene, passage, name)
}

/// Whether question and passage are of two languages and every word meets, by meaning or as a name: the model learned within one
/// language and trusts this too little.
pub(super) fn is_met_across(scene: &Scene<'_>, passage: Passage) -> bool {
    let (Some(rules), Some(source)) = (scene.question_rules(), scene.source_rules(passage.edition)) else { return false };
    if rules.locale.tag == source.locale.tag {
        return false;
    }
    let text = scene.text(passage);
    let wanted = matching::asked_terms(&scene.question.text, rules);
    let (bag, tokens) = (matching::bag(text, source), token::tokenize(text, &source.locale.clitics));
    // "Israel" in "Israeli agencies".
    let named = |term: &Term| {
        let long = term.strict && term.word().chars().count() >= NAME;
        long && tokens.iter().any(|token| token.is_capitalised(text) && token.folded.starts_with(term.word()))
    };
    let question = scene.question;
    let told = question.intent != Intent::Free
        || !matches!(question.kind, AnswerKind::Any | AnswerKind::YesNo | AnswerKind::Definition);
    wanted.len() + usize::from(told) >= ENOUGH && wanted.iter().all(|term| bag.holds(term) || named(term))
}

/// Whose words the question asks for beside something else: "how much data did Roe claim to have?".
fn asked_of<'s>(scene: &Scene<'s>, rules: &LocaleRules) -> Option<&'s str> {
    let tokens = token::tokenize(&scene.question.text, &rules.locale.clitics);
    let told = |at: usize| {
        let found = rules.lexicon.at(tokens.get(at..).unwrap_or_default());
        found.iter().any(|found| found.entry.pos == "verb" && TOLD.iter().any(|class| found.entry.is_a(class)))
    };
    let before = |at: usize| tokens.get(..at)?.iter().rev().find(|token| token.kind != TokenKind::Mark);
    let slots = scene.question.slots.values().chain(&scene.question.named);
    let names = slots.filter(|value| matches!(value, SlotValue::Entity(_))).map(name_of);
    let names = names.filter(|name| scene.is_person(name)).collect::<Vec<_>>();
    let speaks = |name: &str, at: usize| {
        let last = before(at).map(|token| token.folded.as_str());
        told(at) && last.is_some_and(|last| token::fold(name).split(' ').any(|word| word == last))
    };
    let asked = names.iter().copied().find(|name| (0..tokens.len()).any(|at| speaks(name, at)));
    // Where only one is named, wherever the name stands: "quanti dati diceva di avere Roe?".
    let alone = (0..tokens.len()).any(told).then_some(names.as_slice());
    asked.or_else(|| alone.and_then(|names| if let [one] = names { Some(*one) } else { None }))
}

/// Whether the passage holds a statement of the one called `name`.
fn is_told_by(scene: &Scene<'_>, passage: Passage, name: &str) -> bool {
    let entities = scene.entities(passage.edition, name);
    let theirs = |statement: &&Statement| {
        let speaker = statement.speaker.as_ref().and_then(|speaker| speaker.entity);
        !statement.silence && speaker.is_some_and(|speaker| entities.contains(&speaker))
    };
    scene.statements_in(passage).iter().any(theirs)
}
