//! Every name of every edition: what it stands for, where, and who holds which role. Knows no question and no asker.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::sound::Shapes;
use crate::analysis::{Analysis, Entity, EntityKind};
use crate::document::Knowledge;
use crate::span::EditionId;
use crate::token::fold_bare;

/// Texts together larger than this many bytes give no vocabulary: it would cost more than it tells.
const VOCABULARY_LIMIT: usize = 1024 * 1024;

/// Most words of a name that is looked up.
pub const LONGEST_NAME: usize = 8;

/// All names of a knowledge, each with the editions it occurs in; what a viewer may not see is filtered at each look-up.
#[derive(Debug, Clone, Default)]
pub struct Names {
    names: Vec<Name>,
    pub(super) by_full: HashMap<String, u32>,
    pub(super) keys: HashMap<Arc<str>, Vec<Key>>,
    /// The keys by what they look like.
    pub(super) shapes: Shapes,
    longest: HashMap<String, usize>,
    pub(super) roles: Vec<HeldRole>,
    /// The words of each edition; `None` where there are too many texts.
    pub(super) words: Option<HashMap<EditionId, Words>>,
}

/// The words of a text by their hashes, sorted, each once.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    pub all: Vec<u64>,
    /// Those that are written small somewhere.
    pub small: Vec<u64>,
}

#[derive(Debug, Clone)]
pub(super) struct Name {
    pub full: String,
    pub kind: EntityKind,
    editions: Vec<EditionId>,
}

/// How directly a key names somebody; stronger ones come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    Full,
    Part,
    Given,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub name: u32,
    pub edition: EditionId,
    pub strength: Strength,
}

#[derive(Debug, Clone)]
pub(super) struct HeldRole {
    pub name: u32,
    pub edition: EditionId,
    pub concepts: Vec<String>,
    pub words: String,
    pub former: bool,
}

impl Names {
    /// The names of all analyses, and those that editors say are one.
    #[must_use]
    pub fn new(knowledge: &Knowledge, analyses: &[Analysis]) -> Self {
        let mut names = Self::default();
        for analysis in analyses {
            let Some(edition) = analysis.edition else { continue };
            let source = knowledge.source_of(edition).map_or("", |source| source.id.as_str());
            for entity in &analysis.entities {
                if is_description(entity) {
                    continue;
                }
                let full = curated(knowledge, source, entity).unwrap_or(&entity.name);
                let name = names.add(full, entity.kind, edition);
                names.add_keys(name, entity, full, edition);
                for role in &entity.roles {
                    let words = key(knowledge.slice(role.span));
                    names.roles.push(HeldRole { name, edition, concepts: role.concepts.clone(), words, former: role.former });
                }
            }
        }
        for alias in &knowledge.case.aliases {
            let Some(&name) = names.by_full.get(&key(&alias.name)) else { continue };
            let editions = names.name(name).map(|own| own.editions.clone()).unwrap_or_default();
            for edition in editions {
                let source = knowledge.source_of(edition).map_or("", |source| source.id.as_str());
                if alias.sources.is_empty() || alias.sources.iter().any(|own| own == source) {
                    alias.also.iter().for_each(|also| names.add_key(&key(also), name, edition, Strength::Part));
                }
            }
        }
        names.drop_joint();
        names.add_vocabulary(knowledge, analyses);
        names
    }

    /// People of one edition that stands nowhere: the names that examples of rule files use.
    pub(super) fn of_people(people: &[&str]) -> Self {
        let mut names = Self::default();
        let edition = EditionId(0);
        for full in people {
            let name = names.add(full, EntityKind::Person, edition);
            let first = crate::span::Span::new(edition, 0, 0);
            let entity =
                Entity { name: (*full).to_owned(), kind: EntityKind::Person, aliases: Vec::new(), roles: Vec::new(), first };
            names.add_keys(name, &entity, full, edition);
        }
        names
    }

    /// Most words of a name that begins with this word (folded without accents); 0 where none does.
    #[must_use]
    pub fn longest_from(&self, word: &str) -> usize {
        self.longest.get(word).copied().unwrap_or(0)
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self, full: &str) -> EntityKind {
        let name = self.by_full.get(&key(full)).and_then(|&number| self.name(number));
        name.map_or(EntityKind::Other, |name| name.kind)
    }

    /// For each edition every key by which it names somebody, with the key of the fullest name of whom it may mean.
    #[must_use]
    pub fn by_edition(&self) -> HashMap<EditionId, Vec<(String, String)>> {
        let mut known: HashMap<EditionId, Vec<(String, String)>> = HashMap::new();
        for (own, hits) in &self.keys {
            for hit in hits {
                let Some(name) = self.names.get(hit.name as usize) else { continue };
                known.entry(hit.edition).or_default().push((own.to_string(), key(&name.full)));
            }
        }
        known.values_mut().for_each(|keys| keys.sort_unstable());
        known
    }

    /// Forgets "Peter and Maria Halloran", two names joined by a small word: each is known by itself.
    fn drop_joint(&mut self) {
        let is_joint = |name: &Name| {
            let words = name.full.split_whitespace().collect::<Vec<_>>();
            (1..words.len().saturating_sub(1)).any(|at| {
                let small = words.get(at).is_some_and(|word| word.chars().count() <= 3 && word.chars().all(char::is_lowercase));
                let known = |part: &[&str]| {
                    let own = key(&part.join(" "));
                    self.keys.get(own.as_str()).is_some_and(|hits| {
                        hits.iter().any(|hit| {
                            self.names
                                .get(hit.name as usize)
                                .is_some_and(|other| other.full != name.full && other.kind == EntityKind::Person)
                        })
                    })
                };
                small && known(words.get(..at).unwrap_or_default()) && known(words.get(at + 1..).unwrap_or_default())
            })
        };
        let joint = (0..).zip(&self.names).filter(|(_, name)| is_joint(name)).map(|(number, _)| number).collect::<Vec<u32>>();
        for hits in self.keys.values_mut() {
            hits.retain(|hit| !joint.contains(&hit.name));
        }
    }

    pub(super) fn name(&self, number: u32) -> Option<&Name> {
        self.names.get(number as usize)
    }

    fn add(&mut self, full: &str, kind: EntityKind, edition: EditionId) -> u32 {
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let number = *self.by_full.entry(key(full)).or_insert(number);
        if number as usize == self.names.len() {
            self.names.push(Name { full: full.to_owned(), kind, editions: Vec::new() });
        }
        if let Some(own) = self.names.get_mut(number as usize) {
            own.editions.push(edition);
        }
        number
    }

    fn add_keys(&mut self, name: u32, entity: &Entity, full: &str, edition: EditionId) {
        let other = Some(entity.name.as_str()).filter(|name| *name != full);
        for own in [full].into_iter().chain(other) {
            let words = key(own);
            self.add_key(&words, name, edition, Strength::Full);
            let starts = words.match_indices(' ').map(|(at, _)| at + 1).collect::<Vec<_>>();
            for (number, start) in starts.iter().enumerate() {
                let part = words.get(*start..).unwrap_or_default();
                // The last words of a person's name, and an office without its article.
                let strength = match entity.kind {
                    EntityKind::Person | EntityKind::Office => Strength::Part,
                    EntityKind::Organisation | EntityKind::Other if number == 0 => Strength::Given,
                    _ => continue,
                };
                self.add_key(part, name, edition, strength);
            }
            // "Ada Malvern" for Ada Rose Malvern.
            if let (EntityKind::Person, Some((given, rest))) = (entity.kind, words.split_once(' '))
                && let Some((_, last)) = rest.rsplit_once(' ')
            {
                self.add_key(&format!("{given} {last}"), name, edition, Strength::Part);
            }
            if let Some((given, _)) = words.split_once(' ')
                && matches!(entity.kind, EntityKind::Person | EntityKind::Organisation | EntityKind::Other)
            {
                self.add_key(given, name, edition, Strength::Given);
            }
        }
        for alias in &entity.aliases {
            self.add_key(&key(&alias.name), name, edition, Strength::Part);
        }
    }

    fn add_key(&mut self, words: &str, name: u32, edition: EditionId, strength: Strength) {
        let Some(first) = words.split(' ').next().filter(|first| !first.is_empty()) else { return };
        let count = words.split(' ').count();
        // "s" of "U.S.", "1979" of a crisis: no name by itself.
        let telling = |word: &str| word.chars().count() > 1 && word.chars().any(char::is_alphabetic);
        if count > LONGEST_NAME || (strength != Strength::Full && !words.split(' ').any(telling)) {
            return;
        }
        match self.longest.get_mut(first) {
            Some(longest) => *longest = count.max(*longest),
            None => {
                self.longest.insert(first.to_owned(), count);
            }
        }
        let keys = match self.keys.get_mut(words) {
            Some(keys) => keys,
            None => {
                let words = Arc::<str>::from(words);
                self.shapes.add(Arc::clone(&words));
                self.keys.entry(words).or_default()
            }
        };
        match keys.iter_mut().find(|own| own.name == name && own.edition == edition) {
            Some(own) => own.strength = own.strength.min(strength),
            None => keys.push(Key { name, edition, strength }),
        }
    }

    fn add_vocabulary(&mut self, knowledge: &Knowledge, analyses: &[Analysis]) {
        let size = knowledge.editions.iter().map(|edition| edition.text().len()).sum::<usize>();
        let read = analyses.iter().filter_map(|analysis| knowledge.edition(analysis.edition?));
        self.words = (size <= VOCABULARY_LIMIT).then(|| read.map(|edition| (edition.id, Words::of(edition.text()))).collect());
    }
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self::default();
        let mut folded = String::new();
        for word in text.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()) {
            folded.clear();
            match word.is_ascii() {
                true => folded.extend(word.chars().map(|ch| ch.to_ascii_lowercase())),
                false => folded.push_str(&fold_bare(word)),
            }
            let hash = hash(&folded);
            words.all.push(hash);
            if word.starts_with(char::is_lowercase) {
                words.small.push(hash);
            }
        }
        for hashes in [&mut words.all, &mut words.small] {
            hashes.sort_unstable();
            hashes.dedup();
        }
        words
    }
}

/// The form in which names are compared: folded without accents, words parted by one space.
#[must_use]
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in fold_bare(name).split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// "The mayor", "four suspects": the source's own words for somebody it does not name.
fn is_description(entity: &Entity) -> bool {
    let mut words = entity.name.split_whitespace();
    let Some(first) = words.next() else { return true };
    let small = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
    let rest_small = words.clone().next().is_some() && words.all(small);
    small(first) && (rest_small || !entity.name.contains(' '))
        || rest_small && (entity.kind == EntityKind::Office || first.chars().count() <= 3)
}

pub(super) fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

/// The name that an editor gives the entity in this source.
fn curated<'k>(knowledge: &'k Knowledge, source: &str, entity: &Entity) -> Option<&'k str> {
    if knowledge.case.aliases.is_empty() {
        return None;
    }
    let own = key(&entity.name);
    let holds = |alias: &&crate::document::CuratedAlias| {
        let here = alias.sources.is_empty() || alias.sources.iter().any(|name| name == source);
        here && alias.also.iter().chain([&alias.name]).any(|name| key(name) == own)
    };
    knowledge.case.aliases.iter().find(holds).map(|alias| alias.name.as_str())
}
