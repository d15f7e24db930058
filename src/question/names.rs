//! Every name of every edition: what it stands for, where, and who holds which role. Knows no question.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::sound::misspelt;
use crate::analysis::{Analysis, Entity, EntityId, EntityKind};
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
    by_full: HashMap<String, u32>,
    keys: HashMap<String, Vec<Key>>,
    longest: HashMap<String, usize>,
    roles: Vec<HeldRole>,
    /// The words of each edition; `None` where there are too many texts.
    words: Option<HashMap<EditionId, Words>>,
}

/// The words of a text by their hashes, sorted, each once.
#[derive(Debug, Clone, Default)]
struct Words {
    all: Vec<u64>,
    /// Those that are written small somewhere.
    small: Vec<u64>,
}

#[derive(Debug, Clone)]
struct Name {
    full: String,
    kind: EntityKind,
    entities: Vec<(EditionId, EntityId)>,
}

/// How directly a key names somebody; stronger ones come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Full,
    Part,
    Given,
}

#[derive(Debug, Clone, Copy)]
struct Key {
    name: u32,
    edition: EditionId,
    strength: Strength,
}

#[derive(Debug, Clone)]
struct HeldRole {
    name: u32,
    edition: EditionId,
    concepts: Vec<String>,
    words: String,
    former: bool,
}

/// The editions that a viewer may read, sorted.
#[derive(Debug, Clone, Default)]
pub struct Visible(Vec<EditionId>);

impl Visible {
    /// Of these editions.
    #[must_use]
    pub fn new(editions: &[EditionId]) -> Self {
        let mut editions = editions.to_vec();
        editions.sort_unstable();
        Self(editions)
    }

    fn holds(&self, edition: EditionId) -> bool {
        self.0.binary_search(&edition).is_ok()
    }
}

impl Names {
    /// The names of all analyses, and those that editors say are one.
    #[must_use]
    pub fn new(knowledge: &Knowledge, analyses: &[Analysis]) -> Self {
        let mut names = Self::default();
        for analysis in analyses {
            let Some(edition) = analysis.edition else { continue };
            let source = knowledge.source_of(edition).map_or("", |source| source.id.as_str());
            for (number, entity) in (0..).zip(&analysis.entities) {
                if is_description(entity) {
                    continue;
                }
                let full = curated(knowledge, source, entity).unwrap_or(&entity.name);
                let name = names.name(full, entity.kind);
                if let Some(own) = names.names.get_mut(name as usize) {
                    own.entities.push((edition, EntityId(number)));
                }
                names.add_keys(name, entity, full, edition);
                for role in &entity.roles {
                    let words = key(knowledge.slice(role.span));
                    names.roles.push(HeldRole { name, edition, concepts: role.concepts.clone(), words, former: role.former });
                }
            }
        }
        for alias in &knowledge.case.aliases {
            let Some(&name) = names.by_full.get(&key(&alias.name)) else { continue };
            let editions = names.names.get(name as usize).map(|own| own.entities.clone()).unwrap_or_default();
            for (edition, _) in editions {
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
        for (number, full) in (0..).zip(people) {
            let name = names.name(full, EntityKind::Person);
            if let Some(own) = names.names.get_mut(name as usize) {
                own.entities.push((edition, EntityId(number)));
            }
            let first = crate::span::Span::new(edition, 0, 0);
            let entity =
                Entity { name: (*full).to_owned(), kind: EntityKind::Person, aliases: Vec::new(), roles: Vec::new(), first };
            names.add_keys(name, &entity, full, edition);
        }
        names
    }

    /// Whom the key means for this viewer: fullest names; several where it is shared.
    #[must_use]
    pub fn lookup(&self, key: &str, visible: &Visible) -> Vec<&str> {
        let Some(hits) = self.keys.get(key) else { return Vec::new() };
        let seen = || hits.iter().filter(|hit| visible.holds(hit.edition));
        let Some(best) = seen().map(|hit| hit.strength).min() else { return Vec::new() };
        let mut found: Vec<u32> = Vec::new();
        for hit in seen().filter(|hit| hit.strength == best || (best == Strength::Full && hit.strength == Strength::Part)) {
            if !found.contains(&hit.name) {
                found.push(hit.name);
            }
        }
        let names = || found.iter().filter_map(|&name| self.names.get(name as usize)).map(|name| name.full.as_str());
        // A full name means its bearer even where others share a part of it; a bare surname means its fuller bearers, a bare place itself.
        let words = key.split(' ').count();
        let exact = names().filter(|name| self::key(name) == key).collect::<Vec<_>>();
        let fuller = names().filter(|name| self::key(name) != key).collect::<Vec<_>>();
        let is_place = exact.iter().any(|name| self.kind(name) == EntityKind::Place);
        if exact.is_empty() || (words == 1 && !fuller.is_empty() && !is_place) { fuller } else { exact }
    }

    /// Whether the key is no whole name, but only a part of some.
    #[must_use]
    pub fn is_short(&self, key: &str, visible: &Visible) -> bool {
        let mut seen = self.keys.get(key).into_iter().flatten().filter(|hit| visible.holds(hit.edition));
        seen.all(|hit| hit.strength != Strength::Full)
    }

    /// Whether the key is only a part of names, none of them a person's.
    #[must_use]
    pub fn is_part(&self, key: &str, visible: &Visible) -> bool {
        let seen = self.keys.get(key).into_iter().flatten().filter(|hit| visible.holds(hit.edition));
        let person = |hit: &Key| self.names.get(hit.name as usize).is_some_and(|name| name.kind == EntityKind::Person);
        seen.into_iter().all(|hit| hit.strength == Strength::Given && !person(hit))
    }

    /// Most words of a name that begins with this word (folded without accents); 0 where none does.
    #[must_use]
    pub fn longest_from(&self, word: &str) -> usize {
        self.longest.get(word).copied().unwrap_or(0)
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self, full: &str) -> EntityKind {
        self.find(full).map_or(EntityKind::Other, |name| name.kind)
    }

    /// The entities that a fullest name stands for, one or more for each edition it occurs in.
    #[must_use]
    pub fn entities(&self, full: &str) -> &[(EditionId, EntityId)] {
        self.find(full).map_or(&[], |name| &name.entities)
    }

    /// Every fullest name that this viewer may know, sorted (for completion and lists).
    #[must_use]
    pub fn all(&self, visible: &Visible) -> Vec<&str> {
        let seen = self.names.iter().filter(|name| name.entities.iter().any(|&(edition, _)| visible.holds(edition)));
        let mut all = seen.map(|name| name.full.as_str()).collect::<Vec<_>>();
        all.sort_unstable();
        all
    }

    /// Who holds a role: those whose role has the very words of `phrase`, in front or anywhere, else those whose role has all the
    /// concepts and the words that are no concept (all folded without accents). Former holders only where `former`.
    #[must_use]
    pub fn holders(
        &self,
        phrase: &[String],
        concepts: &[&str],
        words: &[String],
        former: bool,
        visible: &Visible,
    ) -> Vec<&str> {
        let held = || self.roles.iter().filter(|role| visible.holds(role.edition) && role.former == former);
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

    fn named<'n>(&'n self, roles: impl Iterator<Item = &'n HeldRole>) -> Vec<&'n str> {
        let mut found = Vec::new();
        for name in roles.filter_map(|role| self.names.get(role.name as usize)) {
            if !found.contains(&name.full.as_str()) {
                found.push(name.full.as_str());
            }
        }
        found
    }

    /// Whether this name holds a role of the concept.
    #[must_use]
    pub fn holds_role(&self, full: &str, concept: &str, visible: &Visible) -> bool {
        let Some(&number) = self.by_full.get(&key(full)) else { return false };
        let held = |role: &&HeldRole| role.name == number && visible.holds(role.edition);
        self.roles.iter().filter(held).any(|role| role.concepts.iter().any(|own| own == concept))
    }

    /// The name that `written` (a key) is most likely a misspelling of; `None` where two are equally near.
    #[must_use]
    pub fn nearest(&self, written: &str, visible: &Visible) -> Option<&str> {
        let words = written.split(' ').count();
        let mut best: Option<(usize, &str)> = None;
        let mut tie = false;
        for (own, hits) in &self.keys {
            let near = own.len().abs_diff(written.len()) <= 4 && own.split(' ').count() == words;
            if !near || !hits.iter().any(|hit| hit.strength != Strength::Given && visible.holds(hit.edition)) {
                continue;
            }
            let Some(distance) = misspelt_words(written, own) else { continue };
            match best {
                Some((other, _)) if other < distance => {}
                Some((other, before)) if other == distance => {
                    tie |= self.lookup(before, visible) != self.lookup(own, visible);
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

    /// Whether a visible text holds the word (folded without accents); `None` where there are too many texts to tell.
    #[must_use]
    pub fn text_holds(&self, word: &str, visible: &Visible) -> Option<bool> {
        let (hash, words) = (hash(word), self.words.as_ref()?);
        Some(visible.0.iter().filter_map(|edition| words.get(edition)).any(|own| own.all.binary_search(&hash).is_ok()))
    }

    /// For each edition every key by which it names somebody, with the key of the fullest name of whom it may mean.
    #[must_use]
    pub fn by_edition(&self) -> HashMap<EditionId, Vec<(String, String)>> {
        let mut known: HashMap<EditionId, Vec<(String, String)>> = HashMap::new();
        for (own, hits) in &self.keys {
            for hit in hits {
                let Some(name) = self.names.get(hit.name as usize) else { continue };
                known.entry(hit.edition).or_default().push((own.clone(), key(&name.full)));
            }
        }
        known.values_mut().for_each(|keys| keys.sort_unstable());
        known
    }

    /// Whether a visible text writes the word (folded without accents) small, so that it is no mere name.
    #[must_use]
    pub fn text_holds_small(&self, word: &str, visible: &Visible) -> bool {
        let Some(words) = &self.words else { return false };
        let hash = hash(word);
        visible.0.iter().filter_map(|edition| words.get(edition)).any(|own| own.small.binary_search(&hash).is_ok())
    }

    /// Forgets "Peter and Maria Halloran", two names joined by a small word: each is known by itself.
    fn drop_joint(&mut self) {
        let is_joint = |name: &Name| {
            let words = name.full.split_whitespace().collect::<Vec<_>>();
            (1..words.len().saturating_sub(1)).any(|at| {
                let small = words.get(at).is_some_and(|word| word.chars().count() <= 3 && word.chars().all(char::is_lowercase));
                let known = |part: &[&str]| {
                    let own = key(&part.join(" "));
                    self.keys.get(&own).is_some_and(|hits| {
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

    fn find(&self, full: &str) -> Option<&Name> {
        self.names.get(*self.by_full.get(&key(full))? as usize)
    }

    fn name(&mut self, full: &str, kind: EntityKind) -> u32 {
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let number = *self.by_full.entry(key(full)).or_insert(number);
        if number as usize == self.names.len() {
            self.names.push(Name { full: full.to_owned(), kind, entities: Vec::new() });
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
            None => self.keys.entry(words.to_owned()).or_default(),
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

/// Every word near enough, and together no more than three letters apart.
fn misspelt_words(written: &str, own: &str) -> Option<usize> {
    let each = written.split(' ').zip(own.split(' '));
    let distances = each.map(|(a, b)| misspelt(a, b)).collect::<Option<Vec<_>>>()?;
    Some(distances.iter().sum()).filter(|sum| *sum <= 3)
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

fn same_stem(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    shared >= 5 && shared + 3 >= a.chars().count().max(b.chars().count())
}

fn hash(word: &str) -> u64 {
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
