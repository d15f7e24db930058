//! One gate for each kind of question: which passages answer it, or why none does. Knows no surface.

mod accusation;
mod differs;
mod free;
mod identity;
mod instead;
mod latest;
mod opposite;
mod phrase;
mod reply;
mod role;
mod said;
mod source;
mod status;
mod sure;
mod topic;

pub(crate) use accusation::accuses;
pub(crate) use reply::stands_for;

use super::reason::Reason;
use super::scene::{Passage, Scene};
use super::types::{Choice, RelatedRole};
use super::voice;
use crate::question::{Intent, Question, SlotValue};

/// What a gate found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Finding {
    /// The answer, in the order it is shown.
    pub picks: Vec<Pick>,
    /// Why there is none.
    pub reason: Option<Reason>,
    /// Whom a shared name may mean.
    pub choices: Vec<Choice>,
    /// The name or status a refusal speaks of.
    pub about: Option<String>,
    /// Allegations and replies shown beside.
    pub related: Vec<(RelatedRole, Passage)>,
    /// Whether a reply, or its absence, must be shown.
    pub wants_reply: bool,
    /// Passages nearer to the question than the ranked ones.
    pub nearest: Vec<Passage>,
    /// Whether the date of the last update must be said.
    pub as_of_update: bool,
    /// Whether numbers stand side by side that are not added up.
    pub not_added_up: bool,
    /// Whether the confidence of the ranking alone decided.
    pub by_rank: bool,
    /// What was weighed, for `--explain`.
    pub trace: Vec<String>,
}

/// One passage of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pick {
    /// The passage.
    pub passage: Passage,
    /// Who speaks, where the gate knows better than the passage as a whole.
    pub speaker: Option<String>,
    /// The person it belongs to, where the question asks for two.
    pub group: Option<String>,
}

impl Pick {
    fn new(passage: Passage) -> Self {
        Self { passage, speaker: None, group: None }
    }

    fn by(passage: Passage, speaker: Option<String>) -> Self {
        Self { passage, speaker, group: None }
    }
}

impl Finding {
    fn answered(picks: Vec<Pick>) -> Self {
        let mut kept: Vec<Pick> = Vec::new();
        for pick in picks {
            if !kept.iter().any(|known| known.passage == pick.passage) {
                kept.push(pick);
            }
        }
        Self { picks: kept, ..Self::default() }
    }

    fn passages(passages: impl IntoIterator<Item = Passage>) -> Self {
        Self::answered(passages.into_iter().map(Pick::new).collect())
    }

    fn refused(reason: Reason) -> Self {
        Self { reason: Some(reason), ..Self::default() }
    }

    fn about(mut self, name: impl Into<String>) -> Self {
        self.about = Some(name.into());
        self
    }

    fn near(mut self, passages: Vec<Passage>) -> Self {
        self.nearest = passages;
        self
    }

    fn traced(mut self, line: impl Into<String>) -> Self {
        self.trace.push(line.into());
        self
    }
}

/// Decides a question: common refusals first, then the gate of its kind.
pub(crate) fn decide(scene: &Scene<'_>) -> Finding {
    if let Some(refusal) = before_all(scene) {
        return refusal;
    }
    if let Some(name) = phrase::holder(scene) {
        let mut question: Question = scene.question.clone();
        question.slots.insert("person".to_owned(), SlotValue::Entity(name));
        return decide(&Scene { question: &question, ..*scene });
    }
    let persons = scene.question.also.len();
    if persons == 0 {
        return by_intent(scene);
    }
    one_block_each(scene)
}

/// Two people in one question: one block for each, in the order asked; a refusal only where nobody has an answer.
fn one_block_each(scene: &Scene<'_>) -> Finding {
    let mut whole = Finding::default();
    let mut refusal = None;
    let first = scene.question.slot("person").cloned();
    for value in first.into_iter().chain(scene.question.also.iter().cloned()) {
        let name = name_of(&value).to_owned();
        let mut question: Question = scene.question.clone();
        question.also.clear();
        question.slots.insert("person".to_owned(), value);
        let part = decide(&Scene { question: &question, ..*scene });
        if part.reason.is_some() || !part.choices.is_empty() {
            refusal.get_or_insert(part);
            continue;
        }
        whole.trace.extend(part.trace);
        whole.related.extend(part.related);
        whole.wants_reply |= part.wants_reply;
        let named = part.picks.into_iter().map(|pick| Pick { group: Some(name.clone()), ..pick });
        whole.picks.extend(named);
    }
    match refusal {
        Some(refusal) if whole.picks.is_empty() => refusal,
        _ => whole,
    }
}

/// Refusals that go before every gate, in order of precedence.
fn before_all(scene: &Scene<'_>) -> Option<Finding> {
    let question = scene.question;
    if scene.view.editions.is_empty() {
        let reason = if scene.view.withheld.is_empty() { Reason::NotYet } else { Reason::Withheld };
        return Some(Finding::refused(reason));
    }
    match question.intent {
        // "what is the largest city of …": general knowledge, unless the sources speak of just that.
        Intent::OutOfScope if !free::is_met_wholly(scene) => return Some(Finding::refused(Reason::OutOfScope)),
        Intent::Help => return Some(Finding::refused(Reason::Help)),
        Intent::TooVague => return Some(Finding::refused(Reason::TooVague)),
        _ => {}
    }
    for value in question.slots.values() {
        match value {
            SlotValue::Ambiguous(names) => {
                let choices = names.iter().map(|name| Choice { id: name.clone(), label: label(scene, name) }).collect();
                return Some(Finding { choices, ..Finding::default() });
            }
            SlotValue::UnknownName(name) => {
                let reason = if scene.view.withheld.is_empty() { Reason::UnknownName } else { Reason::Withheld };
                return Some(Finding::refused(reason).about(name));
            }
            _ => {}
        }
    }
    None
}

fn by_intent(scene: &Scene<'_>) -> Finding {
    let finding = without_turned(scene, by_own_gate(scene));
    let asks_who = matches!(scene.question.intent, Intent::WhoSaid | Intent::WhoIs | Intent::RoleHolder);
    if asks_who && finding.reason.is_some() { free::actor(scene).unwrap_or(finding) } else { finding }
}

/// Without the passages in which the one whom the question names does what is asked to be done to them, or the other way round.
fn without_turned(scene: &Scene<'_>, mut finding: Finding) -> Finding {
    let before = finding.picks.len();
    finding.picks.retain(|pick| !voice::is_turned(scene, pick.passage));
    if finding.picks.is_empty() && before > 0 {
        return Finding::refused(free::refusal(scene))
            .traced("gate voice: who does it and to whom it is done are the other way round");
    }
    finding
}

fn by_own_gate(scene: &Scene<'_>) -> Finding {
    match scene.question.intent {
        Intent::Statement => said::statement(scene),
        Intent::WhoSaid => said::who_said(scene),
        Intent::Admissions => said::of_class(scene, "admit"),
        Intent::Denials => said::denials(scene),
        Intent::WhoIs => identity::who_is(scene),
        Intent::WhatIs => identity::what_is(scene),
        Intent::RoleHolder => role::holder(scene),
        Intent::Status => status::status(scene),
        Intent::Verdict => status::verdict(scene),
        Intent::Accusations => accusation::accusations(scene),
        Intent::Latest => latest::latest(scene),
        Intent::SourceDate | Intent::SourceAuthor | Intent::SourceTitle => source::source(scene),
        _ => free::free(scene),
    }
}

/// The name in a slot.
pub(crate) fn name_of(value: &SlotValue) -> &str {
    match value {
        SlotValue::Entity(name) | SlotValue::UnknownName(name) | SlotValue::Words(name) | SlotValue::Concept(name) => name,
        SlotValue::Ambiguous(names) => names.first().map_or("", String::as_str),
    }
}

/// A name with the role the source gives to it.
fn label(scene: &Scene<'_>, name: &str) -> String {
    let role = scene.readings().find_map(|(edition, analysis)| {
        let entities = scene.entities(edition.id, name);
        let role = entities.iter().filter_map(|&id| analysis.entity(id)).find_map(|entity| entity.roles.first())?;
        Some(scene.knowledge.slice(role.span).to_owned())
    });
    match role {
        Some(role) => format!("{name} ({role})"),
        None => name.to_owned(),
    }
}
