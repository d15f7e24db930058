//! An answer as a card: the passages, and the frame's words around them. Knows no network.

use super::phrases::Words;
use crate::answer::{Answer, Quotation};
use crate::engine::{AskOptions, Snapshot};
use crate::render::discord_card::{Card, Part, Passage};
use crate::span::EditionId;

/// The card of an answer, and its receipt's id.
pub(super) fn of_answer(snapshot: &Snapshot, answer: &Answer, words: Words<'_>, _options: &AskOptions) -> (Card, String) {
    let mut parts = vec![Part::Line(format!("{:?}", answer.outcome))];
    let all = answer.quotations.iter().chain(&answer.nearest);
    for quotation in all.clone() {
        parts.push(Part::Passage(passage(quotation)));
    }
    let mut footer: Vec<String> = Vec::new();
    for quotation in all {
        if let Some(line) = source_line(snapshot, quotation.span().edition, words)
            && !footer.contains(&line)
        {
            footer.push(line);
        }
    }
    footer.push("receipt".to_owned());
    (Card { parts, footer }, String::new())
}

fn passage(quotation: &Quotation) -> Passage {
    let context = quotation.context.iter().map(|context| (context.text().to_owned(), "context".to_owned())).collect();
    Passage { context, text: quotation.text().to_owned(), label: quotation.speaker.clone().unwrap_or_default() }
}

/// The paragraphs that the passages of an answer stand in.
pub(super) fn paragraphs(snapshot: &Snapshot, answer: &Answer, _words: Words<'_>) -> Card {
    let mut parts = Vec::new();
    for quotation in &answer.quotations {
        let span = quotation.span();
        let Some(edition) = snapshot.knowledge.edition(span.edition) else { continue };
        let block = edition.blocks.iter().find(|block| block.span.start <= span.start && span.end <= block.span.end);
        let Some(block) = block else { continue };
        let text = edition.slice(block.span).to_owned();
        let part = Part::Passage(Passage { text, ..Passage::default() });
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    Card { parts, footer: Vec::new() }
}

/// What is known about a source on one line: title, byline, publisher, both dates as printed.
pub(super) fn source_line(snapshot: &Snapshot, edition: EditionId, _words: Words<'_>) -> Option<String> {
    let data = snapshot.metadata(edition)?;
    let parts = [
        Some(data.title.clone()),
        data.byline.clone(),
        data.publisher.clone(),
        data.published_text.clone(),
        data.updated_text.clone(),
    ];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}
