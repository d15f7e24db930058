//! Reads the sentences of an edition as passages with their words, paragraph by paragraph. Knows no search.

use super::IndexError;
use super::passages::{Paragraph, Passage, to_u32};
use super::search::SearchWriter;
use super::words::{ConceptAt, Reader, Reading, Vocabulary, Word};
use crate::analysis::Analysis;
use crate::document::{BlockKind, Edition};

/// A sentence as read, before its words have numbers.
pub(super) struct ReadPassage<'r> {
    /// Its number in the analysis.
    pub sentence: u32,
    /// Its length in bytes.
    pub bytes: u32,
    /// Its words and concepts.
    pub reading: Reading<'r>,
}

/// A block of sentences as read.
pub(super) struct ReadParagraph<'r> {
    /// What the block is.
    pub kind: BlockKind,
    /// The heading it stands under.
    pub heading: Option<Reading<'r>>,
    /// Its sentences.
    pub passages: Vec<ReadPassage<'r>>,
}

/// Every block of an edition that is indexed, in text order.
pub(super) fn paragraphs<'r>(edition: &Edition, analysis: &Analysis, reader: &mut Reader<'r>) -> Vec<ReadParagraph<'r>> {
    let mut paragraphs: Vec<ReadParagraph<'r>> = Vec::new();
    let mut block_before = None;
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        let Some(block) = edition.blocks.get(sentence.block as usize) else { continue };
        let indexed =
            matches!(block.kind, BlockKind::Paragraph | BlockKind::Correction | BlockKind::Caption | BlockKind::Heading);
        if !indexed {
            continue;
        }
        if block_before != Some(sentence.block) {
            let heading = block.section.map(|section| edition.slice(section)).filter(|heading| !heading.is_empty());
            let heading = heading.map(|heading| reader.read(heading));
            paragraphs.push(ReadParagraph { kind: block.kind, heading, passages: Vec::new() });
            block_before = Some(sentence.block);
        }
        let reading = reader.read(edition.slice(sentence.span));
        if let Some(paragraph) = paragraphs.last_mut() {
            paragraph.passages.push(ReadPassage { sentence: to_u32(number), bytes: to_u32(sentence.span.len()), reading });
        }
    }
    paragraphs
}

/// Passages with their words, in order.
#[derive(Default)]
pub(super) struct Passages {
    pub passages: Vec<Passage>,
    pub paragraphs: Vec<Paragraph>,
    pub words: Vec<Word>,
    pub concepts: Vec<ConceptAt>,
    pub vocabulary: Vocabulary,
}

impl Passages {
    /// Adds the blocks of an edition, to the full-text index too.
    pub(super) fn add_edition(
        &mut self,
        edition: &Edition,
        analysis: &Analysis,
        reader: &mut Reader<'_>,
        writer: &mut SearchWriter,
    ) -> Result<(), IndexError> {
        for paragraph in paragraphs(edition, analysis, reader) {
            let heading = paragraph.heading.map(|heading| reader.place(&heading, &mut self.vocabulary));
            let first = to_u32(self.passages.len());
            for passage in paragraph.passages {
                let stems = join(reader.forms(&passage.reading).map(|(_, stem, _)| stem));
                let concepts = join(passage.reading.concepts.iter().map(|&(id, ..)| id));
                writer.add_passage(&stems, &concepts, edition.id.0)?;
                let (words, concepts) = reader.add(&passage.reading, &mut self.vocabulary);
                let (words_from, concepts_from) = (to_u32(self.words.len()), to_u32(self.concepts.len()));
                self.words.extend(words);
                self.concepts.extend(concepts);
                self.passages.push(Passage {
                    edition: edition.id,
                    sentence: passage.sentence,
                    paragraph: to_u32(self.paragraphs.len()),
                    kind: paragraph.kind,
                    bytes: passage.bytes,
                    words: (words_from, to_u32(self.words.len())),
                    concepts: (concepts_from, to_u32(self.concepts.len())),
                });
            }
            let end = to_u32(self.passages.len());
            self.paragraphs.push(Paragraph { first, end, heading: heading.unwrap_or_default() });
        }
        Ok(())
    }

    /// Adds each paragraph as a document behind all passages.
    pub(super) fn add_paragraphs(&self, writer: &mut SearchWriter) -> Result<(), IndexError> {
        for paragraph in &self.paragraphs {
            let range = |number: u32| self.passages.get(number as usize).map(|passage| passage.words);
            let from = range(paragraph.first).map_or(0, |words| words.0);
            let to = range(paragraph.end.saturating_sub(1)).map_or(0, |words| words.1);
            let words = self.words.get(from as usize..to as usize).unwrap_or_default();
            let names = paragraph.heading.iter().chain(words).map(|word| self.vocabulary.name(word.term));
            let edition = self.passages.get(paragraph.first as usize).map_or(0, |passage| passage.edition.0);
            writer.add_paragraph(&join(names), edition)?;
        }
        Ok(())
    }
}

/// The parts with a space between.
pub(super) fn join<'t>(parts: impl Iterator<Item = &'t str>) -> String {
    let mut joined = String::with_capacity(200);
    for part in parts {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    joined
}
