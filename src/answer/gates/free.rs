//! Free questions: the ranked passages, kept by gates of name and kind, and last by the confidence threshold.

use super::{Finding, Pick, name_of};
use crate::analysis::EntityKind;
use crate::answer::matching;
use crate::answer::reason::Reason;
use crate::answer::scene::{Passage, Scene};
use crate::question::{AnswerKind, Intent, SlotValue, TimeWord};
use crate::token::TokenKind;

/// Passages a free answer may hold.
const MOST: usize = 1;

/// The first ranked passage, if the gates let it through and the confidence reaches the threshold.
pub(super) fn free(scene: &Scene<'_>) -> Finding {
    let evidence = scene.ranked.iter().map(|&(passage, _)| passage).filter(|&passage| scene.is_evidence(passage));
    let mut finding = Finding { by_rank: true, ..Finding::default() };
    let Some(first) = evidence.into_iter().next() else {
        finding.reason = Some(refusal(scene));
        return finding;
    };
    if let Some(missing) = missing_name(scene, first) {
        finding.reason = Some(refusal(scene));
        finding.trace.push(format!("gate name: the first passage does not concern {missing}"));
        return finding;
    }
    if !holds_kind(scene, first) {
        finding.reason = Some(refusal_of_kind(scene));
        finding.trace.push(format!("gate kind: no {:?} in the first passage", scene.question.kind));
        return finding;
    }
    if scene.confidence < scene.threshold {
        finding.reason = Some(refusal(scene));
        finding.trace.push(format!("threshold: confidence {:.3} is below {:.3}", scene.confidence, scene.threshold));
        return finding;
    }
    finding.picks = scene
        .ranked
        .iter()
        .map(|&(passage, _)| passage)
        .filter(|&passage| passage == first)
        .take(MOST)
        .map(Pick::new)
        .collect();
    finding
}

/// A role told by a verb ("who leads the investigation"): as a free question, but a refusal says that nobody holds it here.
pub(super) fn role_by_verb(scene: &Scene<'_>, role: &str) -> Finding {
    let Some(rules) = scene.question_rules() else { return Finding::refused(Reason::NoAnswerOfThatKind) };
    let wanted = matching::terms(role, rules);
    let best =
        scene.ranked.iter().map(|&(passage, _)| passage).filter(|&passage| scene.is_evidence(passage)).find(|&passage| {
            let source = scene.source_rules(passage.edition);
            let bag = source.map(|rules| matching::bag(scene.text(passage), rules)).unwrap_or_default();
            matching::coverage(&bag, &wanted) >= 1.0 && names_somebody(scene, passage)
        });
    match best {
        Some(passage) if scene.question.intent != Intent::RoleHolder || is_verbal(scene, role) => Finding::passages([passage]),
        _ => Finding::refused(Reason::NoAnswerOfThatKind).about(role),
    }
}

/// Whether the role is told by a verb of the lexicon.
fn is_verbal(scene: &Scene<'_>, role: &str) -> bool {
    let Some(rules) = scene.question_rules() else { return false };
    let tokens = crate::token::tokenize(role, &rules.locale.clitics);
    (0..tokens.len())
        .any(|at| rules.lexicon.at(tokens.get(at..).unwrap_or_default()).iter().any(|found| found.entry.pos == "verb"))
}

fn refusal(scene: &Scene<'_>) -> Reason {
    if scene.question.time == Some(TimeWord::Future) { Reason::Forecast } else { Reason::NotMentioned }
}

fn refusal_of_kind(scene: &Scene<'_>) -> Reason {
    match scene.question.kind {
        AnswerKind::Person
        | AnswerKind::Organisation
        | AnswerKind::Number
        | AnswerKind::Money
        | AnswerKind::Date
        | AnswerKind::Place
        | AnswerKind::Reason => Reason::NoAnswerOfThatKind,
        _ => refusal(scene),
    }
}

/// The first entity of the question's slots that the passage neither names nor points to.
fn missing_name(scene: &Scene<'_>, passage: Passage) -> Option<String> {
    let analysis = scene.analysis(passage.edition)?;
    let sentence = scene.sentence(passage)?;
    let names = scene.question.slots.values().filter(|value| matches!(value, SlotValue::Entity(_))).map(name_of);
    let mut missing = names.filter(|name| !scene.concerns(analysis, sentence, &scene.entities(passage.edition, name)));
    missing.next().map(String::from)
}

/// Whether the passage holds the kind of thing asked for.
pub(super) fn holds_kind(scene: &Scene<'_>, passage: Passage) -> bool {
    let text = scene.text(passage);
    let Some(rules) = scene.source_rules(passage.edition) else { return true };
    let tokens = crate::token::tokenize(text, &rules.locale.clitics);
    let number = || {
        let is_number_word = |word: &str| rules.locale.dates.numbers.iter().any(|(name, _)| name == word);
        tokens.iter().any(|token| token.kind == TokenKind::Number || is_number_word(&token.folded))
    };
    match scene.question.kind {
        AnswerKind::Number | AnswerKind::Money => number(),
        AnswerKind::Date => number() || names_time(scene, passage),
        AnswerKind::Person | AnswerKind::Organisation => names_somebody(scene, passage),
        _ => true,
    }
}

fn names_time(scene: &Scene<'_>, passage: Passage) -> bool {
    let Some(analysis) = scene.analysis(passage.edition) else { return true };
    analysis.dates.iter().any(|date| date.sentence == passage.sentence)
}

fn names_somebody(scene: &Scene<'_>, passage: Passage) -> bool {
    let (Some(analysis), Some(sentence)) = (scene.analysis(passage.edition), scene.sentence(passage)) else { return false };
    let mentions = analysis.mentions.iter().filter(|mention| sentence.span.contains(mention.span));
    mentions
        .filter_map(|mention| mention.entity)
        .filter_map(|id| analysis.entity(id))
        .any(|entity| entity.kind != EntityKind::Place)
}
