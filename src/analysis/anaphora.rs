//! Whom pronouns, possessives and definite phrases point back to, within the paragraph and the one before, or nobody.
//! Knows traces of what was mentioned, no text.

use std::collections::VecDeque;

use super::entities::{Gender, Registry};
use super::types::{EntityId, EntityKind};
use crate::rules::Entry;
use crate::span::Span;

/// Something mentioned that can be pointed back to.
#[derive(Debug, Clone)]
pub(crate) struct Trace {
    pub span: Span,
    pub entity: Option<EntityId>,
    /// The sentence (index in the edition) of the mention.
    pub sentence: u32,
    /// The sentence that names it; for a pronoun the one its antecedent is named in.
    pub named_in: u32,
    pub block: u32,
    pub subject: bool,
    pub speaker: bool,
    pub plural: bool,
    pub gender: Gender,
    pub kind: EntityKind,
    /// Whether it is a document or another thing that can "say".
    pub document: bool,
    /// Folded head noun of a phrase; empty for names.
    pub noun: String,
    /// Whether it stands inside another phrase ("X's lawyer", "head of X").
    pub inner: bool,
    /// Whether it stands inside a quotation.
    pub quoted: bool,
}

/// What a pointing word asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// One person.
    Person(Gender),
    /// Several.
    Many,
    /// An organisation or document.
    Thing,
}

/// Recent traces, oldest first.
#[derive(Debug, Default)]
pub(crate) struct History {
    traces: VecDeque<Trace>,
}

const KEPT: usize = 160;

impl History {
    pub(crate) fn push(&mut self, trace: Trace) {
        if self.traces.len() == KEPT {
            self.traces.pop_front();
        }
        self.traces.push_back(trace);
    }

    /// Gives the trace at `span` its entity.
    pub(crate) fn name(&mut self, span: Span, entity: EntityId) {
        for trace in self.traces.iter_mut().rev().filter(|trace| trace.span == span && trace.entity.is_none()) {
            trace.entity = Some(entity);
        }
    }

    /// Marks the traces inside `span` as the source of an attribution.
    pub(crate) fn mark_speaker(&mut self, span: Span) {
        for trace in self.traces.iter_mut().rev().take(40) {
            if span.contains(trace.span) && !trace.inner {
                trace.speaker = true;
            }
        }
    }

    /// The best antecedent for a pointing word at `span`, or none where two are as good.
    pub(crate) fn resolve(&self, wanted: Wanted, span: Span, sentence: u32, block: u32, blocks_back: u32) -> Option<&Trace> {
        let mut best: Option<(&Trace, i32)> = None;
        let mut second = i32::MIN;
        for trace in self.traces.iter().rev() {
            if trace.block + blocks_back < block {
                break;
            }
            if trace.span.start >= span.start {
                continue;
            }
            let Some(fit) = fit(trace, wanted) else { continue };
            let distance = i32::try_from(sentence.saturating_sub(trace.sentence)).unwrap_or(99);
            let mut score = fit - 4 * distance.min(8);
            score += if trace.subject { 5 } else { 0 };
            score += if trace.speaker { 4 } else { 0 };
            score -= if trace.inner { 3 } else { 0 };
            score -= if trace.quoted { 10 } else { 0 };
            score -= if trace.block < block { 2 } else { 0 };
            match &best {
                Some((chosen, _)) if same(chosen, trace) => {
                    if let Some((_, top)) = &mut best {
                        *top = (*top).max(score) + 1;
                    }
                }
                Some((_, top)) if score > *top => {
                    second = *top;
                    best = Some((trace, score));
                }
                Some(_) => second = second.max(score),
                None => best = Some((trace, score)),
            }
        }
        best.filter(|(_, score)| *score > second).map(|(trace, _)| trace)
    }

    /// Whom a verb without a subject means: the one person who is the subject of this sentence or the one before.
    pub(crate) fn dropped(&self, span: Span, sentence: u32, block: u32) -> Option<(EntityId, &Trace)> {
        let found = self.resolve(Wanted::Person(Gender::Unknown), span, sentence, block, 1)?;
        let near = sentence.saturating_sub(found.sentence) <= 1
            && (found.subject || found.speaker)
            && !found.inner
            && found.kind == EntityKind::Person;
        found.entity.filter(|_| near).map(|id| (id, found))
    }

    /// The last trace that `accepts`, at most `blocks_back` blocks back.
    pub(crate) fn last(&self, block: u32, blocks_back: u32, accepts: impl Fn(&Trace) -> bool) -> Option<&Trace> {
        self.traces.iter().rev().take_while(|trace| trace.block + blocks_back >= block).find(|trace| accepts(trace))
    }

    /// All traces at most `blocks_back` blocks back, newest first.
    pub(crate) fn recent(&self, block: u32, blocks_back: u32) -> impl Iterator<Item = &Trace> {
        self.traces.iter().rev().take_while(move |trace| trace.block + blocks_back >= block)
    }
}

fn same(a: &Trace, b: &Trace) -> bool {
    a.entity.is_some() && a.entity == b.entity
}

fn fit(trace: &Trace, wanted: Wanted) -> Option<i32> {
    match wanted {
        Wanted::Person(gender) => {
            let person = trace.kind == EntityKind::Person;
            let possible = person || (trace.kind == EntityKind::Other && trace.entity.is_some() && !trace.document);
            if trace.plural || !possible || !gender.fits(trace.gender) {
                return None;
            }
            let known = if trace.gender == gender && gender != Gender::Unknown { 3 } else { 0 };
            let named = if trace.entity.is_some() { 1 } else { 0 };
            let likely = if person {
                10
            } else if trace.speaker {
                8
            } else {
                5
            };
            Some(likely + known + named)
        }
        Wanted::Many => {
            let group = trace.plural && trace.kind == EntityKind::Person;
            let organisation = trace.kind == EntityKind::Organisation;
            match (group, organisation) {
                (true, _) => Some(10),
                (_, true) => Some(8),
                _ => None,
            }
        }
        Wanted::Thing => match trace.kind {
            EntityKind::Organisation if !trace.plural => Some(10),
            _ if trace.document && !trace.plural => Some(7),
            EntityKind::Other if trace.entity.is_some() => Some(4),
            _ => None,
        },
    }
}

/// The wanted gender of a pronoun's traits.
pub(crate) fn wanted(entry: &Entry, number_many: bool) -> Option<Wanted> {
    let has = |name: &str| entry.has_trait(name);
    if has("speaker") || has("hearer") || has("open") {
        return None;
    }
    if has("many") || number_many {
        return Some(Wanted::Many);
    }
    if has("thing") {
        return Some(Wanted::Thing);
    }
    let gender = match (has("male"), has("female")) {
        (true, false) => Gender::Male,
        (false, true) => Gender::Female,
        _ => Gender::Unknown,
    };
    has("one").then_some(Wanted::Person(gender))
}

/// The trace of a resolved entity.
pub(crate) fn profile(registry: &Registry, id: EntityId) -> (Gender, EntityKind) {
    (registry.gender_of(id), registry.entity_kind(id))
}
