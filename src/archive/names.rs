//! The names in a question, looked up on disk: editions that name whom it may mean, also where it is misspelt. Knows no gates.

use std::collections::BTreeSet;

use super::{Archive, ArchiveError};
use crate::document::Viewer;
use crate::question::{LONGEST_NAME, key, misspelt, sound};
use crate::rules::LocaleRules;

/// Words of a question that are looked up.
const MOST_WORDS: usize = 120;
/// Bearers of a shared name that are looked up, and of those the ones whose editions are read.
const BEARERS: usize = 64;
const READ_BEARERS: usize = 8;
/// Editions that name all who are asked for; newest first.
const TOGETHER: usize = 4;
/// Editions that name one, or one of several who share a name; newest first.
const OF_ONE: usize = 4;
const OF_SEVERAL: usize = 2;
/// Names that an unknown word may be a misspelling of, and how many such words are looked up.
const NEAR: usize = 6;
const MOST_UNKNOWN: usize = 3;

/// A name of the question: the words on disk that stand for its bearers.
type Group = Vec<String>;

impl Archive {
    /// The editions (numbers) to be read for the names in `text`.
    pub(super) fn naming(&self, text: &str, language: &LocaleRules, viewer: &Viewer) -> Result<BTreeSet<u32>, ArchiveError> {
        let text = key(text);
        let words = text.split(' ').take(MOST_WORDS).collect::<Vec<_>>();
        let (mut editions, mut groups) = (BTreeSet::new(), Vec::new());
        let (mut at, mut unknown) = (0, 0);
        while at < words.len() {
            let longest = (1..=LONGEST_NAME.min(words.len() - at)).rev();
            let mut found = None;
            for len in longest {
                let name = words.get(at..at + len).unwrap_or_default().join(" ");
                if len == 1 && language.locale.is_stop_word(&name) {
                    continue;
                }
                let group = self.readable(&name, viewer, &mut editions)?;
                if !group.is_empty() {
                    found = Some((len, group));
                    break;
                }
            }
            match found {
                Some((len, group)) => {
                    groups.push(group);
                    at += len;
                }
                None => {
                    let word = words.get(at).copied().unwrap_or_default();
                    if unknown < MOST_UNKNOWN && self.is_unknown(word, language)? {
                        unknown += 1;
                        self.near(word, viewer, &mut editions)?;
                    }
                    at += 1;
                }
            }
        }
        if groups.len() > 1 {
            let groups = groups.iter().map(Vec::as_slice).collect::<Vec<_>>();
            editions.extend(self.newest(&groups, TOGETHER, viewer)?);
        }
        Ok(editions)
    }

    /// Whom the key means for this viewer; the newest editions that name them are added.
    fn readable(&self, name: &str, viewer: &Viewer, editions: &mut BTreeSet<u32>) -> Result<Group, ArchiveError> {
        let bearers = self.catalogue.bearers(name, BEARERS)?;
        let each = if bearers.len() == 1 { OF_ONE } else { OF_SEVERAL };
        let mut group = Group::new();
        for bearer in bearers {
            let found = self.newest(&[std::slice::from_ref(&bearer)], each, viewer)?;
            if found.is_empty() {
                continue;
            }
            editions.extend(found);
            group.push(bearer);
            if group.len() == READ_BEARERS {
                break;
            }
        }
        Ok(group)
    }

    /// The newest readable editions that name somebody of each group.
    fn newest(&self, groups: &[&[String]], most: usize, viewer: &Viewer) -> Result<Vec<u32>, ArchiveError> {
        let mut found = self.catalogue.editions_naming(groups)?;
        let age = |number: &u32| self.catalogue.edition(*number).map_or(0, |(_, edition)| edition.age());
        found.sort_by_cached_key(|number| std::cmp::Reverse(age(number)));
        Ok(found.into_iter().filter(|&number| self.reads(viewer, number)).take(most).collect())
    }

    /// Whether the word may be a misspelt name: no passage holds it.
    fn is_unknown(&self, word: &str, language: &LocaleRules) -> Result<bool, ArchiveError> {
        let plain =
            word.chars().count() < 4 || language.locale.is_stop_word(word) || word.starts_with(|ch: char| ch.is_ascii_digit());
        Ok(!plain && !self.catalogue.has_word(&language.locale.stem(word))?)
    }

    /// Adds editions of those whose name the word is most likely a misspelling of; all of them where several are as near.
    fn near(&self, word: &str, viewer: &Viewer, editions: &mut BTreeSet<u32>) -> Result<(), ArchiveError> {
        let mut near: Vec<(usize, String)> = Vec::new();
        for first in like_first(word) {
            self.catalogue.name_words(&first, |own| {
                let length = own.len().abs_diff(word.len()) <= 4;
                if let Some(distance) = misspelt(word, own).filter(|_| length) {
                    near.push((distance, own.to_owned()));
                }
            })?;
        }
        near.sort();
        near.dedup();
        for (_, own) in near.iter().take(NEAR) {
            self.readable(own, viewer, editions)?;
        }
        Ok(())
    }
}

/// The letters that a name may begin with if it sounds at its beginning as the word does.
fn like_first(word: &str) -> BTreeSet<String> {
    let begins = |text: &str| sound(text).chars().next();
    let wanted = begins(word);
    let mut letters = ('a'..='z').map(String::from).filter(|letter| begins(letter) == wanted).collect::<BTreeSet<_>>();
    letters.extend(word.chars().next().map(String::from));
    if wanted == Some('f') {
        letters.insert("ph".to_owned());
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_sound_alike_are_looked_for_under_all_their_letters() {
        let letters = |word: &str| like_first(word).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(letters("kalamucci"), "c k q");
        assert_eq!(letters("philips"), "f p ph");
        assert_eq!(letters("öberg"), "ö");
        assert_eq!(letters("gomez"), "g");
    }
}
