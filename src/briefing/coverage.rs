//! How much of the sources a set of sentences covers: for measuring briefings against other ways of choosing.

use std::collections::BTreeSet;

use crate::analysis::{EntityKind, MentionKind};
use crate::answer::Scene;
use crate::span::Span;

use super::Briefing;
use super::sections;

/// Shares from 0 to 1; 1 where there is nothing to cover.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Covered {
    /// Of the people, organisations and places named in running text.
    pub entities: f64,
    /// Of the statements.
    pub statements: f64,
    /// Of the people's legal statuses.
    pub statuses: f64,
}

impl Briefing {
    /// Every sentence shown, those that only name whom a passage means included.
    #[must_use]
    pub fn sentences(&self) -> BTreeSet<Span> {
        sections::shown(self)
    }
}

/// What the sentences at `shown` cover of all that the viewer of `scene` may read.
#[must_use]
pub fn covered(scene: &Scene<'_>, shown: &BTreeSet<Span>) -> Covered {
    let (mut entities, mut statements, mut statuses) = (Tally::default(), Tally::default(), Tally::default());
    for (edition, analysis) in scene.readings() {
        let evidence = |number: u32| {
            let passage = crate::answer::Passage { edition: edition.id, sentence: number };
            scene.is_evidence(passage).then(|| scene.sentence(passage)).flatten().map(|sentence| shown.contains(&sentence.span))
        };
        for mention in analysis.mentions.iter().filter(|mention| mention.kind == MentionKind::Name) {
            let here = analysis.sentence_at(mention.span).and_then(evidence);
            if let (Some(id), Some(here)) = (mention.entity, here) {
                entities.see((edition.id, id.0, String::new()), here);
            }
        }
        for (number, statement) in analysis.statements.iter().enumerate() {
            let places = statement.sentences.iter().filter_map(|&number| evidence(number)).collect::<Vec<_>>();
            if !places.is_empty() {
                statements.see((edition.id, u32::try_from(number).unwrap_or(u32::MAX), String::new()), places.contains(&true));
            }
        }
        for status in &analysis.statuses {
            let person =
                |id: &crate::analysis::EntityId| analysis.entity(*id).is_some_and(|entity| entity.kind == EntityKind::Person);
            if let (Some(id), Some(here)) = (status.entity.filter(person), evidence(status.sentence)) {
                statuses.see((edition.id, id.0, status.status.clone()), here);
            }
        }
    }
    Covered { entities: entities.share(), statements: statements.share(), statuses: statuses.share() }
}

#[derive(Default)]
struct Tally {
    all: BTreeSet<(crate::span::EditionId, u32, String)>,
    seen: BTreeSet<(crate::span::EditionId, u32, String)>,
}

impl Tally {
    fn see(&mut self, thing: (crate::span::EditionId, u32, String), here: bool) {
        if here {
            self.seen.insert(thing.clone());
        }
        self.all.insert(thing);
    }

    fn share(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // there are fewer than 2^52 things
        let share = self.seen.len() as f64 / self.all.len().max(1) as f64;
        if self.all.is_empty() { 1.0 } else { share }
    }
}
