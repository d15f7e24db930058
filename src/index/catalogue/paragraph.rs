//! A paragraph as it is kept on disk: the words and concepts of each passage, read. Knows no text and no search.

use serde::{Deserialize, Serialize};

use crate::document::BlockKind;
use crate::index::passages::{Paragraph, Passage, to_u32};
use crate::index::reading::{Passages, ReadParagraph};
use crate::index::words::{ConceptAt, Reader, Reading, Word};
use crate::span::EditionId;

/// A stem with its flags.
type StoredWord<'a> = (&'a str, u16);

/// What of a paragraph ranking looks at.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stored<'a> {
    kind: BlockKind,
    #[serde(borrow)]
    heading: Vec<StoredWord<'a>>,
    #[serde(borrow)]
    passages: Vec<StoredPassage<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredPassage<'a> {
    sentence: u32,
    bytes: u32,
    #[serde(borrow)]
    words: Vec<StoredWord<'a>>,
    /// Id, index of the first word, number of words.
    #[serde(borrow)]
    concepts: Vec<(&'a str, u16, u16)>,
}

impl<'a> Stored<'a> {
    pub(super) fn of(paragraph: &'a ReadParagraph<'a>, reader: &'a Reader<'a>) -> Self {
        let words = |reading: &'a Reading<'a>| reader.forms(reading).map(|(_, stem, flags)| (stem, flags)).collect::<Vec<_>>();
        let passage = |passage: &'a crate::index::reading::ReadPassage<'a>| StoredPassage {
            sentence: passage.sentence,
            bytes: passage.bytes,
            words: words(&passage.reading),
            concepts: passage.reading.concepts.clone(),
        };
        Self {
            kind: paragraph.kind,
            heading: paragraph.heading.as_ref().map(words).unwrap_or_default(),
            passages: paragraph.passages.iter().map(passage).collect(),
        }
    }

    /// Adds its passages, as of `edition`, to those that are there.
    pub(super) fn add_to(&self, edition: EditionId, read: &mut Passages) {
        let heading = self.heading.iter().map(|word| numbered(word, read)).collect();
        let (first, paragraph) = (to_u32(read.passages.len()), to_u32(read.paragraphs.len()));
        for passage in &self.passages {
            let (words, concepts) = (to_u32(read.words.len()), to_u32(read.concepts.len()));
            for word in &passage.words {
                let word = numbered(word, read);
                read.words.push(word);
            }
            for &(id, at, len) in &passage.concepts {
                let concept = read.vocabulary.intern_concept(id);
                read.concepts.push(ConceptAt { concept, at, len });
            }
            read.passages.push(Passage {
                edition,
                sentence: passage.sentence,
                paragraph,
                kind: self.kind,
                bytes: passage.bytes,
                words: (words, to_u32(read.words.len())),
                concepts: (concepts, to_u32(read.concepts.len())),
            });
        }
        read.paragraphs.push(Paragraph { first, end: to_u32(read.passages.len()), heading });
    }
}

fn numbered(&(stem, flags): &StoredWord<'_>, read: &mut Passages) -> Word {
    Word { term: read.vocabulary.intern(stem), flags }
}
