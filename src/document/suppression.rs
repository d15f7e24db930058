//! Sources and passages that must not be quoted: an editor's or a lawyer's stop. Knows not who ordered it, nor any question.

use super::{Edition, Knowledge};
use crate::span::Span;

impl Knowledge {
    /// Stops the quoting of a source or, with `words`, of every place of these words in any of its editions; says how many places in
    /// its newest edition that stops. To be done before anything is analysed.
    pub fn suppress(&mut self, source: &str, words: Option<&str>) -> usize {
        let Some(source) = self.sources.iter().find(|known| known.id == source) else { return 0 };
        let editions = source.editions.clone();
        let mut in_newest = 0;
        for edition in editions {
            let Some(edition) = self.edition(edition) else { continue };
            let places = match words {
                None => vec![whole(edition)],
                Some(words) => places(edition, words),
            };
            in_newest = places.len();
            self.suppressed.extend(places);
        }
        in_newest
    }

    /// Whether any part of the span must not be quoted.
    #[must_use]
    pub fn is_suppressed(&self, span: Span) -> bool {
        self.suppressed.iter().any(|stopped| stopped.overlaps(span))
    }

    /// Whether all of an edition must not be quoted.
    pub(super) fn is_stopped(&self, edition: &Edition) -> bool {
        self.suppressed.iter().any(|stopped| stopped.contains(whole(edition)))
    }
}

fn whole(edition: &Edition) -> Span {
    Span::new(edition.id, 0, edition.text().len())
}

fn places(edition: &Edition, words: &str) -> Vec<Span> {
    if words.is_empty() {
        return Vec::new();
    }
    edition.text().match_indices(words).map(|(at, found)| Span::new(edition.id, at, at + found.len())).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::answer::{Context, Quotation};
    use crate::document::Viewer;
    use crate::folder::Folder;
    use crate::rules::Rules;

    fn knowledge() -> Knowledge {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/knowledge/editions");
        Knowledge::load(&Folder::Disk(folder.into()), &Rules::embedded().unwrap()).unwrap()
    }

    #[test]
    fn a_stopped_source_is_there_for_nobody() {
        let mut knowledge = knowledge();
        let desk = Viewer { newsroom: true, ..Viewer::default() };
        let before = knowledge.view(&desk);
        assert_eq!(knowledge.suppress("ferry-fire", None), 1);
        let view = knowledge.view(&desk);
        assert_eq!(view.editions.len(), before.editions.len() - 1);
        let newly = view.withheld.iter().filter(|at| !before.withheld.contains(at));
        assert_eq!(newly.map(|&at| &knowledge.sources[at].id).collect::<Vec<_>>(), ["ferry-fire"]);
        assert!(knowledge.view(&Viewer::default()).withheld.is_empty());
        assert_eq!(knowledge.suppress("no-such-source", None), 0);
    }

    #[test]
    fn a_stopped_passage_can_be_quoted_from_no_edition() {
        let mut knowledge = knowledge();
        let source = knowledge.sources.iter().find(|source| source.id == "ferry-fire").unwrap().clone();
        assert_eq!(source.editions.len(), 2);
        let sentence = |knowledge: &Knowledge, edition| {
            let edition = knowledge.edition(edition).unwrap();
            let last = edition.blocks.iter().rfind(|block| block.kind == crate::document::BlockKind::Paragraph).unwrap();
            (last.span, edition.slice(last.span).to_owned())
        };
        for edition in source.editions {
            let (span, words) = sentence(&knowledge, edition);
            let other = Span::new(edition, 0, 5);
            assert!(Quotation::new(span, &knowledge).is_some() && Context::new(span, &knowledge).is_some());
            knowledge.suppress("ferry-fire", Some(&words));
            assert!(Quotation::new(span, &knowledge).is_none() && Context::new(span, &knowledge).is_none());
            let within = Span::new(edition, span.start as usize + 1, span.start as usize + 2);
            assert!(Quotation::new(within, &knowledge).is_none());
            assert!(Quotation::new(other, &knowledge).is_some());
        }
        assert_eq!(knowledge.suppress("ferry-fire", Some("words that are not there")), 0);
    }
}
