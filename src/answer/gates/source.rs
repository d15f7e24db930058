//! Questions about the source itself: its date lines, byline and title are quoted.

use super::{Finding, Pick};
use crate::answer::reason::Reason;
use crate::answer::scene::{Passage, Scene};
use crate::document::{BlockKind, Edition};
use crate::question::{Intent, SlotValue};

/// When published or updated, by whom, under which title.
pub(super) fn source(scene: &Scene<'_>) -> Finding {
    let kind = match scene.question.intent {
        Intent::SourceDate => BlockKind::Dateline,
        Intent::SourceAuthor => BlockKind::Byline,
        _ => BlockKind::Title,
    };
    let mut picks = Vec::new();
    for (edition, analysis) in scene.readings() {
        for number in 0..analysis.sentences.len() {
            let passage = Passage { edition: edition.id, sentence: u32::try_from(number).unwrap_or(u32::MAX) };
            if scene.block(passage) == Some(kind) && is_asked(scene, edition, passage) {
                picks.push(Pick::new(passage));
            }
        }
    }
    if picks.is_empty() {
        return Finding::refused(Reason::NoAnswerOfThatKind);
    }
    Finding::answered(picks).traced("gate source: a line of the source about itself")
}

/// Whether a date line is of the kind asked for: only the update where the question asks for it, and the other way round.
fn is_asked(scene: &Scene<'_>, edition: &Edition, passage: Passage) -> bool {
    let Some(SlotValue::Concept(wanted)) = scene.question.slot("date") else { return true };
    let text = scene.text(passage);
    let shows = |printed: &Option<String>| printed.as_deref().is_some_and(|printed| text.contains(printed));
    let (published, updated) = (shows(&edition.metadata.published_text), shows(&edition.metadata.updated_text));
    match wanted.as_str() {
        "source.updated" => updated || !published,
        _ => published || !updated,
    }
}
