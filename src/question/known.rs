//! The names that one asker may know, looked up while one question is read. Knows no words of the question and no pattern.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::names::{HeldRole, Key, Names, Strength, Words, hash, key};
use super::sound::{MOST_APART, misspelt};
use crate::analysis::EntityKind;
use crate::document::View;
use crate::span::EditionId;

/// [`Names`] as one asker sees them: names of editions that the asker may not read do not exist.
#[derive(Debug)]
pub(super) struct Known<'n> {
    pub names: &'n Names,
    /// Sorted.
    editions: Vec<EditionId>,
    /// What was found near each key: every pattern asks anew.
    nearest: RefCell<HashMap<String, Option<Arc<str>>>>,
}

impl<'n> Known<'n> {
    pub fn new(names: &'n Names, view: &View) -> Self {
        let mut editions = view.editions.clone();
        editions.sort_unstable();
        Self { names, editions, nearest: RefCell::default() }
    }

    /// Whom the key means: fullest names; several where it is shared.
    pub fn lookup(&self, key: &str) -> Vec<&'n str> {
        let Some(best) = self.hits(key).map(|hit| hit.strength).min() else { return Vec::new() };
        let mut found: Vec<u32> = Vec::new();
        for hit in self.hits(key) {
            let counts = hit.strength == best || (best == Strength::Full && hit.strength == Strength::Part);
            if counts && !found.contains(&hit.name) {
                found.push(hit.name);
            }
        }
        let names = || found.iter().filter_map(|&name| self.names.name(name)).map(|name| name.full.as_str());
        // A full name means its bearer even where others share a part of it; a bare surname means its fuller bearers, a bare place itself.
        let words = key.split(' ').count();
        let exact = names().filter(|name| self::key(name) == key).collect::<Vec<_>>();
        let fuller = names().filter(|name| self::key(name) != key).collect::<Vec<_>>();
        let is_place = exact.iter().any(|name| self.names.kind(name) == EntityKind::Place);
        if exact.is_empty() || (words == 1 && !fuller.is_empty() && !is_place) { fuller } else { exact }
    }

    /// Whether the key is no whole name, but only a part of some.
    pub fn is_short(&self, key: &str) -> bool {
        self.hits(key).all(|hit| hit.strength != Strength::Full)
    }

    /// Whether the key is only a part of names, none of them a person's.
    pub fn is_part(&self, key: &str) -> bool {
        let person = |hit: &Key| self.names.name(hit.name).is_some_and(|name| name.kind == EntityKind::Person);
        self.hits(key).all(|hit| hit.strength == Strength::Given && !person(hit))
    }

    /// Who holds a role: those whose role has the very words of `phrase`, in front or anywhere, else those whose role has all the
    /// concepts and the words that are no concept (all folded without accents). Former holders only where `former`.
    pub fn holders(&self, phrase: &[String], concepts: &[&str], words: &[String], former: bool) -> Vec<&'n str> {
        let held = || self.names.roles.iter().filter(|role| self.may_read(role.edition) && role.former == former);
        let says = |role: &HeldRole, wanted: &String| role.words.split(' ').any(|own| own == wanted || same_stem(own, wanted));
        let begins = |role: &&HeldRole| {
            let mut own = role.words.split(' ');
            !phrase.is_empty() && phrase.iter().all(|word| own.next() == Some(word))
        };
        let means = |role: &&HeldRole| concepts.iter().all(|concept| role.concepts.iter().any(|own| own == concept));
        let in_words = |role: &&HeldRole| means(role) && phrase.iter().all(|word| says(role, word));
        let in_concepts = |role: &&HeldRole| means(role) && words.iter().all(|word| says(role, word));
        let first = self.named(held().filter(means).filter(begins));
        if !first.is_empty() {
            return first;
        }
        let worded = self.named(held().filter(in_words));
        if worded.is_empty() { self.named(held().filter(in_concepts)) } else { worded }
    }

    /// Whether this name holds a role of the concept.
    pub fn holds_role(&self, full: &str, concept: &str) -> bool {
        self.roles_of(full).any(|role| role.concepts.iter().any(|own| own == concept))
    }

    /// Whether a role of this name has the word (folded without accents) in it: "Roe" in "Roe's husband".
    pub fn has_in_role(&self, full: &str, word: &str) -> bool {
        self.roles_of(full).any(|role| role.words.split(' ').any(|own| own == word))
    }

    fn roles_of(&self, full: &str) -> impl Iterator<Item = &'n HeldRole> {
        let number = self.names.by_full.get(&key(full)).copied();
        self.names.roles.iter().filter(move |role| Some(role.name) == number && self.may_read(role.edition))
    }

    /// The key that `written` is most likely a misspelling of; `None` where two that mean others are equally near.
    pub fn nearest(&self, written: String) -> Option<Arc<str>> {
        if let Some(found) = self.nearest.borrow().get(&written) {
            return found.clone();
        }
        let found = self.compared(&written).cloned();
        self.nearest.borrow_mut().insert(written, found.clone());
        found
    }

    fn compared(&self, written: &str) -> Option<&'n Arc<str>> {
        let mut best: Option<(usize, &'n Arc<str>)> = None;
        let mut tie = false;
        for own in self.names.shapes.near(written, MOST_APART) {
            if !self.hits(own).any(|hit| hit.strength != Strength::Given) {
                continue;
            }
            let Some(distance) = misspelt_words(written, own) else { continue };
            match best {
                Some((other, _)) if other < distance => {}
                Some((other, before)) if other == distance => {
                    tie |= self.lookup(before) != self.lookup(own);
                    best = Some((distance, before.min(own)));
                }
                _ => {
                    best = Some((distance, own));
                    tie = false;
                }
            }
        }
        if tie { None } else { best.map(|(_, own)| own) }
    }

    /// Whether a text holds the word (folded without accents); `None` where there are too many texts to tell.
    pub fn text_holds(&self, word: &str) -> Option<bool> {
        let (hash, mut words) = (hash(word), self.words()?);
        Some(words.any(|own| own.all.binary_search(&hash).is_ok()))
    }

    /// Whether a text writes the word (folded without accents) small, so that it is no mere name.
    pub fn text_holds_small(&self, word: &str) -> bool {
        let hash = hash(word);
        self.words().is_some_and(|mut words| words.any(|own| own.small.binary_search(&hash).is_ok()))
    }

    fn words(&self) -> Option<impl Iterator<Item = &'n Words>> {
        let words = self.names.words.as_ref()?;
        Some(self.editions.iter().filter_map(|edition| words.get(edition)))
    }

    fn hits(&self, key: &str) -> impl Iterator<Item = &'n Key> {
        self.names.keys.get(key).into_iter().flatten().filter(|hit| self.may_read(hit.edition))
    }

    fn may_read(&self, edition: EditionId) -> bool {
        self.editions.binary_search(&edition).is_ok()
    }

    fn named(&self, roles: impl Iterator<Item = &'n HeldRole>) -> Vec<&'n str> {
        let mut found = Vec::new();
        for name in roles.filter_map(|role| self.names.name(role.name)) {
            if !found.contains(&name.full.as_str()) {
                found.push(name.full.as_str());
            }
        }
        found
    }
}

/// How far apart two names are together, where every word is near enough.
fn misspelt_words(written: &str, own: &str) -> Option<usize> {
    let mut sum = 0;
    for (a, b) in written.split(' ').zip(own.split(' ')) {
        sum += misspelt(a, b)?;
    }
    (sum <= MOST_APART).then_some(sum)
}

fn same_stem(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    shared >= 5 && shared + 3 >= a.chars().count().max(b.chars().count())
}
