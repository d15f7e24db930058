//! Passages of a page that are numbered through, so that each sentence stands there once. Knows no layout.

use std::collections::BTreeMap;

use super::Passage;
use super::passage::Reader;
use crate::answer::Quotation;
use crate::engine::Snapshot;
use crate::render::words::Words;
use crate::span::Span;

/// The passages of a page, and where each of its sentences is shown.
pub struct Numbering<'a> {
    reader: Reader<'a>,
    /// Each sentence with the number of the passage that it is shown as or with.
    places: BTreeMap<Span, usize>,
}

impl<'a> Numbering<'a> {
    /// For passages with these numbers.
    #[must_use]
    pub fn new(quotations: &[(usize, &Quotation)], snapshot: &'a Snapshot, words: Words<'a>) -> Self {
        let mut places: BTreeMap<Span, usize> =
            quotations.iter().map(|&(number, quotation)| (quotation.span(), number)).collect();
        for (number, quotation) in quotations {
            for context in &quotation.context {
                places.entry(context.span()).or_insert(*number);
            }
        }
        let first = quotations.first().map(|(_, quotation)| quotation.span().edition);
        let several = quotations.iter().any(|(_, quotation)| Some(quotation.span().edition) != first);
        let editions = quotations.iter().map(|(_, quotation)| quotation.span().edition).collect::<Vec<_>>();
        let language_said = super::common_language(&editions, snapshot, words).is_some();
        Self { reader: Reader::numbered(snapshot, words, several, language_said), places }
    }

    /// The passage, led by the sentences that name whom it means; those that stand elsewhere on the page are only pointed to.
    #[must_use]
    pub fn passage(&self, number: usize, quotation: &Quotation) -> Passage {
        self.reader.beside(number, quotation, &|span| self.places.get(&span).copied().filter(|&other| other != number))
    }

    /// Where a passage stands that the page does not show, and who says it.
    #[must_use]
    pub fn listed(&self, quotation: &Quotation, several: bool) -> Vec<String> {
        self.reader.listed(quotation, several)
    }
}
