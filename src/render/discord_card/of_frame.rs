//! A framed answer as a card. Knows no limits.

use super::{Card, Part, Passage};
use crate::render::frame::{self, Frame};

impl Card {
    /// The card of a framed answer.
    #[must_use]
    pub fn of(frame: &Frame) -> Self {
        let mut parts = Vec::new();
        parts.extend(frame.read_as.clone().map(Part::Small));
        if let Some(as_of) = &frame.as_of {
            let both: Vec<&str> = std::iter::once(as_of.text.as_str()).chain(as_of.warning.as_deref()).collect();
            parts.push(Part::Heading(both.join(" · ")));
        }
        parts.extend(frame.heading.clone().map(Part::Heading));
        if let Some((sentence, code)) = &frame.refusal {
            parts.push(Part::Heading(sentence.clone()));
            parts.push(Part::Small(format!("[{code}]")));
        }
        for group in &frame.groups {
            parts.extend(group.label.clone().map(Part::Heading));
            parts.extend(group.passages.iter().map(|passage| Part::Passage(passage.into())));
        }
        parts.extend(frame.notes.iter().cloned().map(Part::Line));
        Self { parts, footer: footer(frame), budget: None }
    }
}

impl From<&frame::Passage> for Passage {
    fn from(passage: &frame::Passage) -> Self {
        let quotes = passage.quotes.iter().map(|quote| (quote.text.clone(), quote.remark.clone().unwrap_or_default()));
        let number = passage.number.map(|number| number.to_string());
        let label: Vec<String> = number.into_iter().chain(passage.labels.iter().cloned()).collect();
        Self { quotes: quotes.collect(), label: label.join(" · "), edition: passage.span.edition.0 }
    }
}

fn footer(frame: &Frame) -> Vec<String> {
    let lines = frame.sources.iter().flat_map(|source| [source.title.clone(), source.dates.clone()]);
    lines.chain([frame.receipt_label.clone()]).filter(|line| !line.is_empty()).collect()
}
