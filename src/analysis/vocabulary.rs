//! Which words a text writes small and which with a capital inside sentences: tells names at the start of a sentence. Knows no language.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::document::{BlockKind, Edition};
use crate::token::fold;

/// Hashes of the folded words of a text.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    small: HashSet<u64>,
    inner_capital: HashSet<u64>,
}

impl Vocabulary {
    /// Reads the running text of an edition.
    pub(crate) fn of(edition: &Edition) -> Self {
        let mut vocabulary = Self::default();
        for block in &edition.blocks {
            let running = matches!(block.kind, BlockKind::Paragraph | BlockKind::Caption | BlockKind::Correction);
            vocabulary.read(edition.slice(block.span), running);
        }
        vocabulary
    }

    fn read(&mut self, text: &str, running: bool) {
        let mut previous_small = false;
        for piece in text.split_whitespace() {
            let word = piece.trim_matches(|ch: char| !ch.is_alphanumeric());
            let Some(first) = word.chars().next() else {
                previous_small = false;
                continue;
            };
            if first.is_lowercase() {
                self.small.insert(key(&fold(word)));
            } else if first.is_uppercase() && previous_small && running && piece.starts_with(first) {
                let name = word.split(['\'', '’']).next().unwrap_or(word);
                self.inner_capital.insert(key(&fold(name)));
            }
            previous_small = first.is_lowercase() && !piece.ends_with(['.', '!', '?', ':', '"', '”', '»']);
        }
    }

    /// Whether the text writes the word small somewhere.
    pub(crate) fn is_small(&self, folded: &str) -> bool {
        self.small.contains(&key(folded))
    }

    /// Whether the text writes the word with a capital inside a sentence.
    pub(crate) fn is_inner_capital(&self, folded: &str) -> bool {
        self.inner_capital.contains(&key(folded))
    }
}

fn key(folded: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    folded.hash(&mut hasher);
    hasher.finish()
}
