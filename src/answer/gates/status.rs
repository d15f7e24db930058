//! Legal status and verdict: answered only from statuses that the source reports, never inferred.

use super::topic::on_topic;
use super::{Finding, Pick, accusation, free, name_of};
use crate::analysis::Status;
use crate::answer::reason::Reason;
use crate::answer::scene::{Passage, Scene};
use crate::question::SlotValue;
use crate::span::EditionId;

/// Concepts of a verdict; a charge or an arrest is none, and a plea of not guilty neither.
const VERDICTS: [&str; 7] = [
    "status.convicted",
    "status.sentenced",
    "status.acquitted",
    "status.cleared",
    "status.guilty",
    "status.innocent",
    "status.plea_bargain",
];

/// Who is under house arrest? Is X charged? Where the status is a verdict on a person, the verdict gate decides.
pub(super) fn status(scene: &Scene<'_>) -> Finding {
    let person = scene.question.slot("person").filter(|person| super::phrase::is_named(scene, name_of(person)));
    let wanted = concept(scene);
    if let (Some(SlotValue::Entity(_)), Some(status)) = (person, wanted)
        && is_verdict(status)
    {
        return verdict(scene);
    }
    // "who was sued?": a deed, no status that the lexicon knows.
    if person.is_none() && wanted.is_none() {
        return free::free(scene);
    }
    let found = scene.statuses(|edition, analysis, status| {
        let kind_fits = wanted.is_none_or(|wanted| is_a(&status.status, wanted));
        let holder_fits = match person {
            Some(SlotValue::Entity(name)) => {
                status.entity.and_then(|id| analysis.entity(id)).is_some_and(|entity| scene.is_called(edition.id, entity, name))
            }
            _ => !status.negated,
        };
        kind_fits && holder_fits
    });
    let near = picks(scene, &found);
    let picks = on_topic(scene, near.clone());
    if !picks.is_empty() {
        let mut finding = Finding::answered(picks).traced(format!("gate status: {} places", found.len()));
        finding.not_added_up = finding.picks.len() > 1 && person.is_none();
        return finding;
    }
    let asks_date = scene.question.kind == crate::question::AnswerKind::Date;
    let finding = Finding::refused(if asks_date { Reason::NoAnswerOfThatKind } else { Reason::NotMentioned });
    match person {
        Some(person) => {
            let name = name_of(person);
            let others = picks_of_person(scene, name, |_| true);
            finding.about(name).near(others.into_iter().map(|pick| pick.passage).collect())
        }
        None => finding.near(near.into_iter().map(|pick| pick.passage).collect()),
    }
}

/// Is X guilty? Only a reported verdict on that person answers; else the refusal shows allegations and replies as such.
pub(super) fn verdict(scene: &Scene<'_>) -> Finding {
    let Some(person) = scene.question.slot("person") else {
        let all = scene.statuses(|_, _, status| is_verdict(&status.status) && !status.negated);
        let wanted = concept(scene);
        let fitting = all
            .iter()
            .filter(|(_, status)| wanted.is_none_or(|wanted| is_a(&status.status, wanted)))
            .copied()
            .collect::<Vec<_>>();
        let of_any = picks(scene, if wanted.is_some() { &fitting } else { &all });
        if let Some(finding) = verdicts(scene, of_any) {
            return finding;
        }
        return with_allegations(scene, None, Finding::refused(Reason::VerdictNotReported));
    };
    let name = name_of(person);
    let own = picks_of_person(scene, name, |status| is_verdict(&status.status));
    if let Some(finding) = verdicts(scene, own) {
        return finding.traced(format!("gate verdict: a verdict on {name} is reported"));
    }
    with_allegations(scene, Some(name), Finding::refused(Reason::VerdictNotReported).about(name))
}

/// The verdicts on what is asked; where all are on something else a refusal that does not say that none is reported; `None` where none is.
fn verdicts(scene: &Scene<'_>, picks: Vec<Pick>) -> Option<Finding> {
    let near = picks.iter().map(|pick| pick.passage).collect::<Vec<_>>();
    let picks = on_topic(scene, picks);
    if picks.is_empty() {
        return (!near.is_empty()).then(|| Finding::refused(Reason::NotMentioned).near(near));
    }
    Some(Finding::answered(picks))
}

/// Adds what the source alleges and the reply it reports.
fn with_allegations(scene: &Scene<'_>, name: Option<&str>, mut finding: Finding) -> Finding {
    let allegations = accusation::allegations(scene, name);
    finding.wants_reply = !allegations.is_empty();
    finding.related = accusation::with_replies(scene, name, &allegations);
    if finding.related.is_empty()
        && let Some(name) = name
    {
        finding.nearest = super::said::mentions(scene, name);
    }
    finding
}

fn picks_of_person(scene: &Scene<'_>, name: &str, wanted: impl Fn(&Status) -> bool) -> Vec<Pick> {
    let found = scene.statuses(|edition, analysis, status| {
        let holder = status.entity.and_then(|id| analysis.entity(id));
        wanted(status) && holder.is_some_and(|entity| scene.is_called(edition.id, entity, name))
    });
    picks(scene, &found)
}

fn picks(scene: &Scene<'_>, found: &[(EditionId, &Status)]) -> Vec<Pick> {
    let places = found.iter().map(|(edition, status)| Passage { edition: *edition, sentence: status.sentence });
    places.filter(|&passage| scene.is_evidence(passage)).map(Pick::new).collect()
}

/// The status asked for.
fn concept<'s>(scene: &Scene<'s>) -> Option<&'s str> {
    match scene.question.slot("status")? {
        SlotValue::Concept(id) => Some(id),
        _ => None,
    }
}

/// Whether the status `id` is `wanted` or lies under it.
fn is_a(id: &str, wanted: &str) -> bool {
    let wanted = match wanted {
        "status.guilty" => "status.convicted",
        "status.innocent" => "status.acquitted",
        other => other,
    };
    id.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether the status is a verdict.
pub(super) fn is_verdict(id: &str) -> bool {
    VERDICTS.iter().any(|verdict| is_a(id, verdict))
}
