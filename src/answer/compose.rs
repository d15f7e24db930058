//! Turns what a gate found into an answer: quotations with speaker, standing and context. Knows no surface.

use super::gates::{self, Finding, Pick};
use super::reason::Reason;
use super::scene::{Passage, Scene};
use super::types::{Answer, Context, Outcome, Quotation, Related};
use crate::analysis::EntityKind;
use crate::question::{Intent, TimeWord};

/// Length of quotations + nearest where the asker names none.
pub const DEFAULT_LIMIT: usize = 3;

/// Decides the question and reads the answer from the sources. `limit` pads `nearest`: with the next passages in rank order and, where
/// more than [`DEFAULT_LIMIT`] are asked for than were ranked, with what else the sources hold, in text order.
#[must_use]
pub fn answer(scene: &Scene<'_>, limit: usize) -> Answer {
    let finding = gates::decide(scene);
    let quotations = finding.picks.iter().filter_map(|pick| quotation(scene, pick)).collect::<Vec<_>>();
    let outcome = outcome(&finding);
    let related = finding
        .related
        .iter()
        .filter_map(|&(role, passage)| Some(Related { role, quotation: quotation(scene, &plain(passage))? }))
        .collect();
    let nearest = nearest(scene, &finding, limit, quotations.len());
    Answer {
        question: scene.question.clone(),
        confidence: confidence(scene, &finding),
        groups: groups(&finding.picks),
        named: named(scene, &finding),
        as_of_update: finding.as_of_update || matches!(scene.question.time, Some(TimeWord::Now | TimeWord::Latest)),
        not_added_up: finding.not_added_up,
        wants_reply: finding.wants_reply,
        about: finding.about,
        explanation: finding.trace,
        outcome,
        quotations,
        related,
        nearest,
    }
}

/// The passage as a quotation with its place, speaker, standing and the sentences that name whom it means.
#[must_use]
pub fn quote(scene: &Scene<'_>, passage: Passage) -> Option<Quotation> {
    quotation(scene, &plain(passage))
}

fn plain(passage: Passage) -> Pick {
    Pick { passage, speaker: None, group: None }
}

fn quotation(scene: &Scene<'_>, pick: &Pick) -> Option<Quotation> {
    let analysis = scene.analysis(pick.passage.edition)?;
    let sentence = scene.sentence(pick.passage)?;
    let edition = scene.knowledge.edition(pick.passage.edition)?;
    let mut quotation = Quotation::new(sentence.span, scene.knowledge)?;
    let block = edition.blocks.get(sentence.block as usize)?;
    quotation.block = Some(block.kind);
    quotation.section = block.section;
    quotation.speaker = pick.speaker.clone().or_else(|| scene.speaker(pick.passage));
    quotation.standing = scene.is_evidence(pick.passage).then(|| scene.standing(pick.passage)).flatten();
    quotation.hedges.clone_from(&sentence.hedges);
    quotation.negated = sentence.negated;
    quotation.score = scene.ranked.iter().find(|(passage, _)| *passage == pick.passage).map_or(0.0, |&(_, score)| score);
    let antecedents = sentence.antecedents.iter().filter_map(|&number| analysis.sentences.get(number as usize));
    quotation.context = antecedents.filter_map(|sentence| Context::new(sentence.span, scene.knowledge)).collect();
    let dates = analysis.dates.iter().filter(|date| date.sentence == pick.passage.sentence);
    quotation.event_dates = dates.filter_map(|date| date.value.clone()).collect();
    Some(quotation)
}

fn outcome(finding: &Finding) -> Outcome {
    if !finding.choices.is_empty() {
        return Outcome::Ambiguous(finding.choices.clone());
    }
    match finding.reason {
        Some(reason) => Outcome::Abstained(reason),
        None if finding.picks.is_empty() => Outcome::Abstained(Reason::NotMentioned),
        None => Outcome::Answered,
    }
}

fn groups(picks: &[Pick]) -> Vec<String> {
    if picks.iter().all(|pick| pick.group.is_none()) {
        return Vec::new();
    }
    picks.iter().map(|pick| pick.group.clone().unwrap_or_default()).collect()
}

/// The passages nearest to the gate's subject, then the ranked ones; none where the reason forbids them.
fn nearest(scene: &Scene<'_>, finding: &Finding, limit: usize, quoted: usize) -> Vec<Quotation> {
    let hidden = finding.reason.is_some_and(|reason| !reason.shows_nearest()) || !finding.choices.is_empty();
    if hidden {
        return Vec::new();
    }
    let related = finding.related.iter().map(|&(_, passage)| passage);
    let mut seen: Vec<Passage> = finding.picks.iter().map(|pick| pick.passage).chain(related).collect();
    let count = limit.saturating_sub(quoted);
    let mut nearest = Vec::new();
    let mut pad = |passage: Passage| {
        if nearest.len() < count && !seen.contains(&passage) && scene.view.holds(passage.edition) {
            seen.push(passage);
            nearest.extend(quotation(scene, &plain(passage)));
        }
        nearest.len() < count
    };
    let ranked = scene.ranked.iter().map(|&(passage, _)| passage);
    let score =
        |passage: Passage| scene.ranked.iter().find(|(ranked, _)| *ranked == passage).map_or(f64::MIN, |&(_, score)| score);
    let mut subject = finding.nearest.clone();
    subject.sort_by(|&a, &b| score(b).total_cmp(&score(a)));
    let wants_more = subject.into_iter().chain(ranked).all(&mut pad);
    if wants_more && limit > DEFAULT_LIMIT {
        scene.evidence().all(pad);
    }
    nearest
}

/// The ranking's confidence, raised where a gate found the answer by structure and lowered where one refused; never constant.
fn confidence(scene: &Scene<'_>, finding: &Finding) -> f64 {
    let ranked = scene.confidence.clamp(0.0, 1.0);
    let gated = if finding.by_rank {
        if finding.reason.is_some() && ranked >= scene.threshold { ranked * 0.5 } else { ranked }
    } else if finding.reason.is_some() || !finding.choices.is_empty() {
        ranked * 0.3
    } else {
        1.0 - (1.0 - ranked) * doubt(scene.question.intent)
    };
    (gated * 10_000.0).round() / 10_000.0
}

/// What is left of the ranking's doubt where a gate found the answer by structure. Who or what somebody is has many passages that
/// could tell, of which the asker means one: on the development data 0.63 of such answers begin with the right one.
fn doubt(intent: Intent) -> f64 {
    match intent {
        Intent::WhoIs | Intent::WhatIs | Intent::WhoSaid => 0.8,
        _ => 0.3,
    }
}

/// People named in the quotations, each with the number of the first passage that names them (dialogue A).
fn named(scene: &Scene<'_>, finding: &Finding) -> Vec<(String, usize)> {
    let mut named: Vec<(String, usize)> = Vec::new();
    if scene.question.intent != Intent::Status || scene.question.slot("person").is_some() {
        return named;
    }
    for (number, pick) in finding.picks.iter().enumerate() {
        let Some(analysis) = scene.analysis(pick.passage.edition) else { continue };
        let holders = analysis.statuses.iter().filter(|status| status.sentence == pick.passage.sentence);
        for entity in holders.filter_map(|status| status.entity).filter_map(|id| analysis.entity(id)) {
            if entity.kind == EntityKind::Person && !named.iter().any(|(name, _)| *name == entity.name) {
                named.push((entity.name.clone(), number + 1));
            }
        }
    }
    named
}
