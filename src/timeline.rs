//! What happened when: publication and update of each source, and passages that name a date; dates are never guessed.
//! Knows no surface.

use std::collections::BTreeSet;

use crate::answer::{Passage, Quotation, Scene, quote};
use crate::document::Moment;
use crate::span::{EditionId, Span};

/// Rules that read a date as it stands; every other one resolves it against the source's own date.
const AS_WRITTEN: [&str; 4] = ["date.iso", "date.full", "date.month", "date.year"];

/// Dated events in order, and passages whose dates can't be told.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// By date; of one date publications first, then passages by source.
    pub events: Vec<Event>,
    /// Passages that name a date which can't be told, with its words.
    pub undated: Vec<(Span, Quotation)>,
}

/// Something with a date.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// A day, month or year (EDTF, level 0): "2024-11-03", "2024-11", "2024".
    pub date: String,
    /// What it is.
    pub what: What,
}

/// What has a date.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// An edition was published.
    Published(EditionId),
    /// An edition was last updated.
    Updated(EditionId),
    /// A passage names the date.
    Passage {
        /// The words that name it.
        words: Span,
        /// Whether they were resolved against the source's own date.
        resolved: bool,
        /// The passage.
        quotation: Box<Quotation>,
    },
}

impl Timeline {
    /// Every passage, in the order shown; one that names several dates stands several times.
    pub fn quotations(&self) -> impl Iterator<Item = &Quotation> {
        let dated = self.events.iter().filter_map(|event| match &event.what {
            What::Passage { quotation, .. } => Some(quotation.as_ref()),
            What::Published(_) | What::Updated(_) => None,
        });
        dated.chain(self.undated.iter().map(|(_, quotation)| quotation))
    }
}

/// The timeline of what the viewer of `scene` may read.
#[must_use]
pub fn timeline(scene: &Scene<'_>) -> Timeline {
    let mut events: Vec<(String, u8, jiff::civil::DateTime, Event)> = Vec::new();
    let mut undated = Vec::new();
    for (edition, analysis) in scene.readings() {
        let moments = [(&edition.metadata.published, 0), (&edition.metadata.updated, 1)];
        for (moment, kind) in moments.into_iter().filter_map(|(moment, kind)| Some((moment.as_ref()?, kind))) {
            let what = if kind == 0 { What::Published(edition.id) } else { What::Updated(edition.id) };
            let date = Moment::date(moment).to_string();
            events.push((date.clone(), 0, moment.local(), Event { date, what }));
        }
        let mut seen = BTreeSet::new();
        for date in &analysis.dates {
            let passage = Passage { edition: edition.id, sentence: date.sentence };
            if !scene.is_evidence(passage) || !seen.insert((date.sentence, date.value.clone())) {
                continue;
            }
            let Some(quotation) = quote(scene, passage) else { continue };
            let Some(value) = date.value.clone() else {
                undated.push((date.span, quotation));
                continue;
            };
            let resolved = !AS_WRITTEN.contains(&date.rule.as_str());
            let what = What::Passage { words: date.span, resolved, quotation: Box::new(quotation) };
            events.push((value.clone(), 1, jiff::civil::DateTime::MIN, Event { date: value, what }));
        }
    }
    // Stable: passages of one date stay in the order of sources and text.
    events.sort_by(|a, b| (&a.0, a.1, a.2).cmp(&(&b.0, b.1, b.2)));
    Timeline { events: events.into_iter().map(|(_, _, _, event)| event).collect(), undated }
}
