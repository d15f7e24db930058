//! From an inflected word to the dictionary forms that it may be a form of, by the paradigms of a language. Knows no lexicon.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::locale::Paradigm;

/// The paradigms of a language, their endings looked up by the last byte of a word.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Inflection {
    paradigms: Vec<Paradigm>,
    /// Places of the endings that end with the byte, and of those that are empty, in the order of the file.
    by_last: BTreeMap<u8, Vec<(u32, u32)>>,
    /// Places of the empty endings.
    empty: Vec<(u32, u32)>,
}

/// A dictionary form that a word may be a form of: its two parts, the paradigm and the tags of the ending.
pub(super) struct Dictionary<'w, 'i> {
    pub stem: &'w str,
    pub ending: &'i str,
    pub pos: &'i str,
    pub tags: &'i str,
}

impl Dictionary<'_, '_> {
    pub fn is(&self, word: &str) -> bool {
        word.strip_prefix(self.stem) == Some(self.ending)
    }
}

impl Inflection {
    pub fn of(paradigms: &[Paradigm]) -> Self {
        let places = || {
            let numbered = (0..).zip(paradigms);
            numbered
                .flat_map(|(number, paradigm)| (0..).zip(&paradigm.endings).map(move |(at, ending)| (number, at, &ending.0)))
        };
        let of_last = |last: Option<u8>| {
            let fits = |ending: &str| ending.is_empty() || (last.is_some() && ending.bytes().next_back() == last);
            places().filter(|(.., ending)| fits(ending)).map(|(number, at, _)| (number, at)).collect::<Vec<_>>()
        };
        let lasts = places().filter_map(|(.., ending)| ending.bytes().next_back());
        let by_last = lasts.map(|last| (last, of_last(Some(last)))).collect();
        Self { paradigms: paradigms.to_vec(), by_last, empty: of_last(None) }
    }

    /// Calls `found` for each dictionary form that `word` may be an inflected form of, in the order of the paradigms.
    pub fn each<'i>(&'i self, word: &str, mut found: impl FnMut(&Dictionary<'_, 'i>)) {
        let last = word.bytes().next_back();
        let places = last.and_then(|last| self.by_last.get(&last)).unwrap_or(&self.empty);
        for &(number, at) in places {
            let Some(paradigm) = self.paradigms.get(number as usize) else { continue };
            let Some((ending, tags)) = paradigm.endings.get(at as usize) else { continue };
            let Some(stem) = word.strip_suffix(ending.as_str()).filter(|stem| stem.chars().nth(1).is_some()) else { continue };
            let stem = if paradigm.doubles { undouble(stem) } else { Some(stem) };
            if let Some(stem) = stem {
                found(&Dictionary { stem, ending: &paradigm.ends, pos: &paradigm.pos, tags });
            }
        }
    }
}

/// "stopp" → "stop": the word without its last letter where the last two are the same consonant.
fn undouble(stem: &str) -> Option<&str> {
    let mut backwards = stem.char_indices().rev();
    let (at, last) = backwards.next()?;
    let (_, before) = backwards.next()?;
    (last == before && last.is_alphabetic() && !"aeiou".contains(last)).then(|| stem.get(..at)).flatten()
}
