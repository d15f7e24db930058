//! Who is who in one source: merges names into entities and tells what they are. Knows names and their places, no statement.

use std::collections::{HashMap, HashSet};

use super::class::Class;
use super::names::Name;
use super::types::{Entity, EntityId, EntityKind, Mention, MentionKind, NameAlias, Role};
use crate::document::Edition;
use crate::span::Span;

/// Gender as far as titles and given names tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Gender {
    #[default]
    Unknown,
    Male,
    Female,
}

impl Gender {
    fn of(class: Class) -> Self {
        match (class.has(Class::MALE), class.has(Class::FEMALE)) {
            (true, false) => Self::Male,
            (false, true) => Self::Female,
            _ => Self::Unknown,
        }
    }

    /// Whether the two may belong to one person.
    pub(crate) fn fits(self, other: Gender) -> bool {
        self == Self::Unknown || other == Self::Unknown || self == other
    }
}

/// What is only needed while reading.
#[derive(Debug, Clone, Default)]
pub(crate) struct Profile {
    pub words: Vec<String>,
    pub gender: Gender,
    /// Whether the name begins with that of a people.
    pub of_people: bool,
}

/// The entities of a source.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    pub entities: Vec<Entity>,
    pub profiles: Vec<Profile>,
    full: HashMap<String, EntityId>,
    last: HashMap<String, Vec<EntityId>>,
    first: HashMap<String, Vec<EntityId>>,
    /// Single words that stand behind "in" somewhere, and where each stands first.
    located: HashMap<String, Span>,
    /// Plurals that name a group: nobody's surname.
    groups: HashSet<String>,
}

/// How often a plural must stand behind an article or a number to be the name of a group.
const OF_GROUP: usize = 2;

/// Merges names into entities; the mentions are in text order.
pub(crate) fn merge(edition: &Edition, names: &[Name]) -> (Registry, Vec<Mention>) {
    let mut alone: HashMap<&String, (Span, bool)> = HashMap::new();
    for name in names.iter().filter(|name| name.words.len() == 1) {
        let seen = name.words.first().map(|word| alone.entry(word).or_insert((name.span, false)));
        seen.into_iter().for_each(|(_, located)| *located |= name.class.has(Class::IN));
    }
    let located = alone.into_iter().filter(|(_, (_, located))| *located).map(|(word, (first, _))| (word.clone(), first));
    let mut counted: HashMap<&String, usize> = HashMap::new();
    for word in names.iter().filter(|name| name.group).filter_map(|name| name.words.first()) {
        *counted.entry(word).or_default() += 1;
    }
    let groups = counted.into_iter().filter(|&(_, count)| count >= OF_GROUP).map(|(word, _)| word.clone()).collect();
    let mut registry = Registry { located: located.collect(), groups, ..Registry::default() };
    let mut chosen: Vec<Option<(EntityId, &'static str)>> = vec![None; names.len()];
    for (slot, name) in chosen.iter_mut().zip(names) {
        if name.words.len() > 1 && !name.doubtful {
            *slot = Some(registry.full_name(edition, name));
        }
    }
    for (slot, name) in chosen.iter_mut().zip(names) {
        if slot.is_none() {
            *slot = registry.short_name(edition, name);
        }
    }
    let mut mentions = Vec::with_capacity(names.len());
    for (slot, name) in chosen.iter().zip(names) {
        if slot.is_none() && name.doubtful {
            continue;
        }
        let entity = slot.map(|(id, _)| id);
        let rule = slot.map_or("entity.ambiguous", |(_, rule)| rule);
        if let Some((id, rule)) = slot {
            registry.see(edition, *id, name, rule);
        }
        mentions.push(Mention { span: name.span, entity, kind: MentionKind::Name, rule: rule.to_owned() });
    }
    registry.tell_kinds();
    (registry, mentions)
}

impl Registry {
    fn full_name(&mut self, edition: &Edition, name: &Name) -> (EntityId, &'static str) {
        let key = name.words.join(" ");
        if let Some(&id) = self.full.get(&key) {
            return (id, "entity.same_name");
        }
        let last = name.words.last().cloned().unwrap_or_default();
        let organisation = is_organisation(name);
        let gender = Gender::of(name.class);
        let same_last = self.last.get(&last).cloned().unwrap_or_default();
        let mut fitting = same_last.into_iter().filter(|&id| {
            let Some(profile) = self.profiles.get(id.0 as usize) else { return false };
            let is_org = self.entity_kind(id) == EntityKind::Organisation;
            !organisation
                && !is_org
                && gender.fits(profile.gender)
                && one_holds_other(&profile.words, &name.words)
                && !one_is_of_other(self.name_of(id), edition.slice(name.span))
        });
        let one = fitting.next();
        if let (Some(id), None) = (one, fitting.next()) {
            let longer = self.profiles.get(id.0 as usize).is_some_and(|profile| profile.words.len() < name.words.len());
            if longer {
                self.rename(edition, id, name);
            }
            self.full.insert(key, id);
            return (id, "entity.part_of_name");
        }
        (self.add(edition, name, key), "entity.new")
    }

    fn short_name(&mut self, edition: &Edition, name: &Name) -> Option<(EntityId, &'static str)> {
        let key = name.words.join(" ");
        let gender = Gender::of(name.class);
        let word = name.words.last()?.clone();
        if name.words.len() == 1 {
            let people: Vec<EntityId> = self.last.get(&word).into_iter().flatten().copied().collect();
            // "in Malvern", before any "Polonia Malvern": not its surname, where nothing else tells a person.
            let place = |id: EntityId| {
                let told = self.gender_of(id) != Gender::Unknown || self.entity_kind(id) == EntityKind::Person;
                let first = self.entities.get(id.0 as usize).map(|entity| entity.first);
                !told && self.located.get(&word).zip(first).is_some_and(|(alone, full)| *alone < full)
            };
            let may_be = |id: EntityId| self.may_be_person(id) && self.gender_of(id).fits(gender) && !place(id);
            let people: Vec<EntityId> = people.into_iter().filter(|&id| may_be(id)).collect();
            match people.as_slice() {
                [one] if !self.full.contains_key(&key) => return Some((*one, "entity.surname")),
                several @ [_, _, ..] => {
                    // Only one of them has been named so far.
                    let named =
                        |id: &&EntityId| self.entities.get(id.0 as usize).is_some_and(|entity| entity.first < name.span);
                    let mut known = several.iter().filter(named);
                    return match (known.next(), known.next()) {
                        (Some(&one), None) => Some((one, "entity.surname_so_far")),
                        _ => None,
                    };
                }
                _ => {}
            }
        }
        if let Some(&id) = self.full.get(&key) {
            return Some((id, "entity.same_name"));
        }
        if name.words.len() == 1 {
            let named: Vec<EntityId> = self.first.get(&word).into_iter().flatten().copied().collect();
            if let [one] = named.as_slice() {
                let profile = self.profiles.get(one.0 as usize)?;
                let church = profile.words.get(1).is_some_and(|second| second.chars().count() <= 3)
                    && self.entity_kind(*one) == EntityKind::Organisation;
                if church || (self.may_be_person(*one) && profile.gender != Gender::Unknown) {
                    return Some((*one, if church { "entity.short_of_organisation" } else { "entity.given_name" }));
                }
            } else if named.len() > 1 && named.iter().all(|&id| self.may_be_person(id)) && name.class.has(Class::GIVEN) {
                return None;
            }
            if let Some(id) = self.acronym(&word) {
                return Some((id, "entity.acronym"));
            }
        }
        if name.doubtful {
            return None;
        }
        Some((self.add(edition, name, key), "entity.new"))
    }

    /// "CAIR" for the one organisation with these initials.
    fn acronym(&self, word: &str) -> Option<EntityId> {
        if word.chars().count() < 3 {
            return None;
        }
        let mut found = self.profiles.iter().enumerate().filter(|(_, profile)| {
            profile.words.len() >= 3 && {
                let long = profile.words.iter().filter(|part| part.chars().count() > 3);
                let initials: String = long.filter_map(|part| part.chars().next()).collect();
                initials == word
            }
        });
        let first = if self.profiles.len() < 2_000 { found.next() } else { None };
        let (index, _) = first?;
        found.next().is_none().then(|| EntityId(u32::try_from(index).unwrap_or(u32::MAX)))
    }

    fn add(&mut self, edition: &Edition, name: &Name, key: String) -> EntityId {
        let id = EntityId(u32::try_from(self.entities.len()).unwrap_or(u32::MAX));
        let kind = if is_organisation(name) {
            EntityKind::Organisation
        } else if name.class.has(Class::PLACE) {
            EntityKind::Place
        } else if name.class.has(Class::TITLE.and(Class::GIVEN)) && !name.class.has(Class::ORG) {
            EntityKind::Person
        } else {
            EntityKind::Other
        };
        self.entities.push(Entity {
            name: edition.slice(name.span).to_owned(),
            kind,
            aliases: Vec::new(),
            roles: Vec::new(),
            first: name.span,
        });
        let profile = Profile { words: name.words.clone(), gender: Gender::of(name.class), of_people: name.of_people };
        let is_group = self.is_group(&profile);
        self.profiles.push(profile);
        self.full.insert(key, id);
        if let (Some(first), Some(last)) = (name.words.first(), name.words.last()) {
            if !is_group {
                self.last.entry(last.clone()).or_default().push(id);
            }
            if name.words.len() > 1 {
                self.first.entry(first.clone()).or_default().push(id);
            }
        }
        id
    }

    fn rename(&mut self, edition: &Edition, id: EntityId, name: &Name) {
        if let (Some(entity), Some(profile)) = (self.entities.get_mut(id.0 as usize), self.profiles.get_mut(id.0 as usize)) {
            entity.name = edition.slice(name.span).to_owned();
            profile.words.clone_from(&name.words);
        }
        if let Some(first) = name.words.first() {
            let list = self.first.entry(first.clone()).or_default();
            if !list.contains(&id) {
                list.push(id);
            }
        }
    }

    /// Takes in what one mention tells of its entity.
    fn see(&mut self, edition: &Edition, id: EntityId, name: &Name, rule: &str) {
        let gender = Gender::of(name.class);
        if let Some(profile) = self.profiles.get_mut(id.0 as usize)
            && profile.gender == Gender::Unknown
        {
            profile.gender = gender;
        }
        let Some(entity) = self.entities.get_mut(id.0 as usize) else { return };
        let words = edition.slice(name.span);
        if words != entity.name && entity.aliases.iter().all(|alias| alias.name != words) && entity.aliases.len() < 32 {
            entity.aliases.push(NameAlias { name: words.to_owned(), span: name.span, rule: rule.to_owned() });
        }
        let person_sign = name.class.has(Class::TITLE) || rule == "entity.surname" || rule == "entity.given_name";
        if entity.kind == EntityKind::Other && person_sign {
            entity.kind = EntityKind::Person;
        } else if entity.kind == EntityKind::Other && name.class.has(Class::IN) && name.words.len() <= 2 {
            entity.kind = EntityKind::Place;
        }
        if let Some(span) = name.role {
            let known = entity.roles.iter().any(|role| edition.slice(role.span) == edition.slice(span));
            if !known && entity.roles.len() < 32 {
                entity.roles.push(Role { span, concepts: Vec::new(), former: false, rule: "role.before_name".to_owned() });
            }
        }
    }

    /// A name of two or three words that nothing else explains is a person's.
    fn tell_kinds(&mut self) {
        for (entity, profile) in self.entities.iter_mut().zip(&self.profiles) {
            if entity.kind == EntityKind::Other && profile.gender != Gender::Unknown {
                entity.kind = EntityKind::Person;
            }
        }
    }

    pub(crate) fn entity_kind(&self, id: EntityId) -> EntityKind {
        self.entities.get(id.0 as usize).map(|entity| entity.kind).unwrap_or_default()
    }

    pub(crate) fn gender_of(&self, id: EntityId) -> Gender {
        self.profiles.get(id.0 as usize).map(|profile| profile.gender).unwrap_or_default()
    }

    /// Takes it that a name of which nothing is known is a person's.
    pub(crate) fn is_person(&mut self, id: EntityId) {
        let profile = self.profiles.get(id.0 as usize);
        let several = profile.is_some_and(|profile| profile.words.len() > 1 && !self.is_group(profile));
        if let Some(entity) = self.entities.get_mut(id.0 as usize).filter(|entity| entity.kind == EntityKind::Other && several)
        {
            entity.kind = EntityKind::Person;
        }
    }

    /// Whether the entity may be a human being.
    pub(crate) fn may_be_person(&self, id: EntityId) -> bool {
        match self.entity_kind(id) {
            EntityKind::Person => true,
            EntityKind::Other => {
                let profile = self.profiles.get(id.0 as usize);
                profile.is_some_and(|profile| (2..=4).contains(&profile.words.len()) && !self.is_group(profile))
            }
            _ => false,
        }
    }

    /// Whether the name ends with the name of a group, or begins with that of a people, and nothing tells a person.
    fn is_group(&self, profile: &Profile) -> bool {
        let is_counted = || profile.words.last().is_some_and(|last| self.groups.contains(last));
        profile.gender == Gender::Unknown && (profile.of_people || is_counted())
    }

    /// Takes it that an entity of which nothing is known is a person: only people have such a role.
    pub(crate) fn has_human_role(&mut self, id: EntityId) {
        if let Some(entity) = self.entities.get_mut(id.0 as usize).filter(|entity| entity.kind == EntityKind::Other) {
            entity.kind = EntityKind::Person;
        }
    }

    /// The role spans of an entity are extended by appositions.
    pub(crate) fn add_role(&mut self, edition: &Edition, id: EntityId, role: Role) {
        let Some(entity) = self.entities.get_mut(id.0 as usize) else { return };
        let same = |other: &Role| edition.slice(other.span) == edition.slice(role.span);
        let known = entity.roles.iter().position(|other| same(other) || role.span.contains(other.span));
        if let Some(other) = known.and_then(|index| entity.roles.get_mut(index)) {
            *other = role;
        } else if entity.roles.len() < 32 {
            entity.roles.push(role);
        }
    }

    /// An entity that the source only describes ("the researchers"), made when something points back to it.
    pub(crate) fn describe(&mut self, edition: &Edition, span: Span, gender: Gender) -> EntityId {
        let id = EntityId(u32::try_from(self.entities.len()).unwrap_or(u32::MAX));
        let name = edition.slice(span).to_owned();
        self.entities.push(Entity { name, kind: EntityKind::Office, aliases: Vec::new(), roles: Vec::new(), first: span });
        self.profiles.push(Profile { gender, ..Profile::default() });
        id
    }

    /// Gives somebody whom the source only describes the words of the whole phrase that begins with the description.
    pub(crate) fn describe_fully(&mut self, id: EntityId, phrase: Span, edition: &Edition) {
        let described = self.profiles.get(id.0 as usize).is_some_and(|profile| profile.words.is_empty());
        let entity = self.entities.get_mut(id.0 as usize).filter(|entity| described && phrase.contains(entity.first));
        if let Some(entity) = entity.filter(|entity| entity.first.start == phrase.start) {
            entity.name = edition.slice(phrase).to_owned();
        }
    }

    /// The fullest name.
    pub(crate) fn name_of(&self, id: EntityId) -> &str {
        self.entities.get(id.0 as usize).map_or("", |entity| entity.name.as_str())
    }
}

fn is_organisation(name: &Name) -> bool {
    let acronym = name.words.len() == 1 && name.class.has(Class::ORG);
    name.class.has(Class::ORG) && !name.class.has(Class::GIVEN.and(Class::TITLE)) || acronym
}

/// Whether the words of one are in the other, in order ("Samuele Calamucci" in "Nunzio Samuele Calamucci").
fn one_holds_other(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|other| other == word || initial_of(word, other)))
}

/// "Disputation of Ada Malvern" is not Ada Malvern: a small word stands before the whole name.
fn one_is_of_other(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let before = long.strip_suffix(short).filter(|_| short.contains(' ')).and_then(|before| before.split_whitespace().last());
    before.is_some_and(|word| word.chars().all(char::is_lowercase))
}

fn initial_of(a: &str, b: &str) -> bool {
    let letter = |word: &str| word.trim_end_matches('.').chars().count() == 1;
    (letter(a) && b.starts_with(a.trim_end_matches('.'))) || (letter(b) && a.starts_with(b.trim_end_matches('.')))
}
