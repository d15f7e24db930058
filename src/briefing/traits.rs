//! What each passage would add to a page: the things it covers, its words, and the sentences it can't be read without.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::analysis::{Analysis, EntityId, EntityKind, MentionKind, Sentence, Standing, Statement};
use crate::answer::{Passage, Scene, accuses, stands_for};
use crate::document::Edition;
use crate::span::EditionId;
use crate::token;

use super::Topic;
use super::figures::{self, Group};

/// Concepts of a status that only says that somebody is under suspicion.
const SUSPICION: [&str; 3] = ["status.accused", "status.suspected", "status.investigated"];

/// Newest sources whose leads a page must not lack.
const LEADS: usize = 3;

/// Something that a passage can cover; a page gains by each only once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Thing {
    Lead(EditionId),
    /// A source's figure of a group on which sources differ.
    Figure(usize, EditionId),
    /// A person's status; where sources differ on the person, in each of them.
    Status(String, String, bool, Option<EditionId>),
    Speaker(String),
    Reply(String),
    Denial(String),
    /// A sentence that accuses somebody.
    Accusation(Passage),
    /// Any other passage that is only alleged.
    Alleged(Passage),
    Statement(EditionId, u32),
    Role(String),
    Person(String),
    Other(String),
    UnderWay(Passage),
    Date(String),
    Heading(EditionId, u32),
}

impl Thing {
    /// What covering it is worth, and the round from which on it counts.
    fn worth(&self, leads: bool) -> Worth {
        let (weight, round) = match self {
            Self::Lead(_) => (4.0, if leads { Round::Must } else { Round::May }),
            Self::Status(..) | Self::Figure(..) => (4.0, Round::Must),
            Self::Speaker(_) | Self::Reply(_) | Self::Denial(_) | Self::Accusation(_) => (2.0, Round::Must),
            Self::Alleged(_) => (2.0, Round::Should),
            Self::Statement(..) | Self::Role(_) => (2.0, Round::May),
            Self::Person(_) | Self::UnderWay(_) | Self::Date(_) => (1.5, Round::May),
            Self::Other(_) | Self::Heading(..) => (1.0, Round::May),
        };
        let of_somebody =
            matches!(self, Self::Lead(_) | Self::Status(..) | Self::Speaker(_) | Self::Reply(_) | Self::Denial(_));
        Worth { weight, round, of_somebody }
    }
}

/// Rounds of choosing: what a page must not lack, what it should have, what it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Round {
    Must,
    Should,
    May,
}

/// What covering a thing is worth, from a round on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Worth {
    pub weight: f64,
    pub round: Round,
    /// Whether somebody would be missing, not only a passage.
    pub of_somebody: bool,
}

/// A passage as something to choose.
#[derive(Debug)]
pub(super) struct Unit {
    pub passage: Passage,
    pub words: usize,
    /// Units of the sentences that name whom this one means.
    pub context: Vec<usize>,
    /// Numbers of the things covered.
    pub things: Vec<usize>,
    /// What it is about; the first is where it stands.
    pub topics: BTreeSet<Topic>,
    /// Whether it points back to somebody who can't be told.
    pub dangling: bool,
}

/// Everything there is to choose from.
#[derive(Debug, Default)]
pub(super) struct Units {
    pub all: Vec<Unit>,
    /// What each thing is worth.
    pub worths: Vec<Worth>,
    /// People on whom sources differ.
    pub differing: BTreeSet<String>,
    /// Figures on which sources differ.
    pub figures: Vec<Group>,
    /// Whether somebody is accused, and whether a reply was found.
    pub accused: bool,
    pub replied: bool,
}

/// The passages of the sources that may be read: newest source first, in text order.
pub(super) fn units(scene: &Scene<'_>) -> Units {
    let mut maker = Maker { scene, units: Units::default(), numbers: HashMap::new() };
    maker.units.differing = differing(scene);
    maker.units.figures = figures::differing(scene);
    for (at, (edition, analysis)) in scene.readings().enumerate() {
        maker.read(edition, analysis, at < LEADS);
    }
    maker.units
}

/// People whom two sources give different statuses.
fn differing(scene: &Scene<'_>) -> BTreeSet<String> {
    let mut told: BTreeMap<String, BTreeMap<EditionId, BTreeSet<(String, bool)>>> = BTreeMap::new();
    for (edition, analysis) in scene.readings() {
        for status in &analysis.statuses {
            let holder = status.entity.and_then(|id| analysis.entity(id)).filter(|entity| entity.kind == EntityKind::Person);
            let Some(holder) = holder else { continue };
            let name = scene.canonical(edition.id, holder);
            told.entry(name).or_default().entry(edition.id).or_default().insert((status.status.clone(), status.negated));
        }
    }
    let differ = |editions: &BTreeMap<EditionId, BTreeSet<(String, bool)>>| {
        let mut sets = editions.values();
        let first = sets.next();
        sets.any(|set| Some(set) != first)
    };
    told.into_iter().filter(|(_, editions)| differ(editions)).map(|(name, _)| name).collect()
}

struct Maker<'s, 'a> {
    scene: &'s Scene<'a>,
    units: Units,
    numbers: HashMap<Thing, usize>,
}

impl Maker<'_, '_> {
    fn read(&mut self, edition: &Edition, analysis: &Analysis, leads: bool) {
        let first = self.units.all.len();
        let mut places: HashMap<u32, usize> = HashMap::new();
        let accused = self.accused(edition, analysis);
        self.units.accused |= !accused.is_empty();
        for (number, sentence) in analysis.sentences.iter().enumerate() {
            let passage = Passage { edition: edition.id, sentence: u32::try_from(number).unwrap_or(u32::MAX) };
            if !self.scene.is_evidence(passage) || self.scene.knowledge.is_suppressed(sentence.span) {
                continue;
            }
            let is_lead = self.units.all.len() == first;
            places.insert(passage.sentence, self.units.all.len());
            self.add(edition, analysis, sentence, passage, (is_lead, leads), &accused);
        }
        for unit in self.units.all.iter_mut().skip(first) {
            let sentence = analysis.sentences.get(unit.passage.sentence as usize);
            let antecedents = sentence.map(|sentence| sentence.antecedents.as_slice()).unwrap_or_default();
            unit.context = antecedents.iter().filter_map(|number| places.get(number).copied()).collect();
        }
    }

    fn add(
        &mut self,
        edition: &Edition,
        analysis: &Analysis,
        sentence: &Sentence,
        passage: Passage,
        (is_lead, leads): (bool, bool),
        accused: &BTreeSet<EntityId>,
    ) {
        let text = edition.slice(sentence.span);
        let mut topics = BTreeSet::new();
        let mut things = BTreeSet::new();
        if is_lead {
            topics.insert(Topic::Lead);
            things.insert(Thing::Lead(edition.id));
        }
        for (number, group) in self.units.figures.iter().enumerate() {
            if group.iter().any(|(member, _)| *member == passage) {
                things.insert(Thing::Figure(number, edition.id));
            }
        }
        self.people(edition, analysis, sentence, &mut topics, &mut things);
        self.statuses(edition, analysis, passage, &mut topics, &mut things);
        let speaks = self.statements(edition, analysis, passage, accused, &mut topics, &mut things);
        let alleged = self.scene.standing(passage) == Some(Standing::Alleged);
        let accusing = alleged && accuses(self.scene, edition, sentence);
        if alleged {
            things.insert(if accusing { Thing::Accusation(passage) } else { Thing::Alleged(passage) });
        }
        if accusing || (alleged && !speaks) {
            topics.insert(Topic::Alleged);
        }
        if self.is_under_way(edition, text) {
            topics.insert(Topic::UnderWay);
            things.insert(Thing::UnderWay(passage));
        }
        for date in analysis.dates.iter().filter(|date| date.sentence == passage.sentence) {
            topics.insert(Topic::Dates);
            things.insert(Thing::Date(date.value.clone().unwrap_or_else(|| edition.slice(date.span).to_owned())));
        }
        let section = edition.blocks.get(sentence.block as usize).and_then(|block| block.section);
        things.insert(Thing::Heading(edition.id, section.map_or(0, |section| section.start)));
        let unit = Unit {
            passage,
            words: text.split_whitespace().count(),
            context: Vec::new(),
            things: things.into_iter().map(|thing| self.number(thing, leads)).collect(),
            topics,
            dangling: dangles(analysis, sentence),
        };
        self.units.all.push(unit);
    }

    fn number(&mut self, thing: Thing, leads: bool) -> usize {
        let next = self.units.worths.len();
        let worth = thing.worth(leads);
        let number = *self.numbers.entry(thing).or_insert(next);
        if number == next {
            self.units.worths.push(worth);
        }
        number
    }

    /// Those whom a legal status or a sentence that accuses is about; who speaks in it accuses.
    fn accused(&self, edition: &Edition, analysis: &Analysis) -> BTreeSet<EntityId> {
        let mut accused = analysis
            .statuses
            .iter()
            .filter(|status| !status.negated)
            .filter_map(|status| status.entity)
            .collect::<BTreeSet<_>>();
        for (number, sentence) in analysis.sentences.iter().enumerate() {
            if sentence.standing != Standing::Alleged || !accuses(self.scene, edition, sentence) {
                continue;
            }
            let passage = Passage { edition: edition.id, sentence: u32::try_from(number).unwrap_or(u32::MAX) };
            let speakers = self.scene.statements_in(passage).into_iter().filter_map(|said| said.speaker.as_ref()?.entity);
            let speakers = speakers.collect::<BTreeSet<_>>();
            let named = analysis.mentions_in(sentence.span).iter().filter_map(|mention| mention.entity);
            let people = |id: &EntityId| analysis.entity(*id).is_some_and(|entity| entity.kind == EntityKind::Person);
            accused.extend(named.filter(people).filter(|id| !speakers.contains(id)));
        }
        accused
    }

    fn people(
        &self,
        edition: &Edition,
        analysis: &Analysis,
        sentence: &Sentence,
        topics: &mut BTreeSet<Topic>,
        things: &mut BTreeSet<Thing>,
    ) {
        for mention in analysis.mentions_in(sentence.span).iter().filter(|mention| mention.kind == MentionKind::Name) {
            let Some(entity) = mention.entity.and_then(|id| analysis.entity(id)) else { continue };
            let name = self.scene.canonical(edition.id, entity);
            if entity.kind != EntityKind::Person {
                things.insert(Thing::Other(name));
                continue;
            }
            if entity.roles.iter().any(|role| sentence.span.contains(role.span)) {
                topics.insert(Topic::Named);
                things.insert(Thing::Role(name.clone()));
            }
            things.insert(Thing::Person(name));
        }
    }

    fn statuses(
        &self,
        edition: &Edition,
        analysis: &Analysis,
        passage: Passage,
        topics: &mut BTreeSet<Topic>,
        things: &mut BTreeSet<Thing>,
    ) {
        for status in analysis.statuses.iter().filter(|status| status.sentence == passage.sentence) {
            let holder = status.entity.and_then(|id| analysis.entity(id)).filter(|entity| entity.kind == EntityKind::Person);
            if !SUSPICION.contains(&status.status.as_str()) && holder.is_some() {
                topics.insert(Topic::Status);
            }
            let Some(holder) = holder else { continue };
            let name = self.scene.canonical(edition.id, holder);
            let own = self.units.differing.contains(&name).then_some(edition.id);
            things.insert(Thing::Status(name, status.status.clone(), status.negated, own));
        }
    }

    /// Whether a person speaks in the passage.
    fn statements(
        &mut self,
        edition: &Edition,
        analysis: &Analysis,
        passage: Passage,
        accused: &BTreeSet<EntityId>,
        topics: &mut BTreeSet<Topic>,
        things: &mut BTreeSet<Thing>,
    ) -> bool {
        let mut person_speaks = false;
        for (number, statement) in analysis.statements.iter().enumerate() {
            if !statement.sentences.contains(&passage.sentence) {
                continue;
            }
            let speaker = statement.speaker.as_ref();
            let entity = speaker.and_then(|speaker| speaker.entity).and_then(|id| analysis.entity(id));
            if let Some(entity) = entity.filter(|entity| entity.kind == EntityKind::Person) {
                person_speaks = true;
                if !statement.silence {
                    things.insert(Thing::Speaker(self.scene.canonical(edition.id, entity)));
                }
            }
            let replying = self.replying(edition, analysis, statement, accused);
            if !replying.is_empty() {
                topics.insert(Topic::Reply);
                self.units.replied = true;
            } else if speaker.is_some() && !statement.silence {
                topics.insert(Topic::Said);
            }
            let denies = statement.class.starts_with("deny.");
            for name in replying {
                if denies {
                    things.insert(Thing::Denial(name.clone()));
                }
                things.insert(Thing::Reply(name));
            }
            things.insert(Thing::Statement(edition.id, u32::try_from(number).unwrap_or(u32::MAX)));
        }
        person_speaks
    }

    /// The accused who say this, or for whom it is said.
    fn replying(
        &self,
        edition: &Edition,
        analysis: &Analysis,
        statement: &Statement,
        accused: &BTreeSet<EntityId>,
    ) -> Vec<String> {
        let own = statement.speaker.as_ref().and_then(|speaker| speaker.entity);
        let mut found = own.into_iter().filter(|id| accused.contains(id)).collect::<BTreeSet<_>>();
        if found.is_empty() && !accused.is_empty() {
            found.extend(stands_for(self.scene, edition.id, analysis, statement).into_iter().filter(|id| accused.contains(id)));
        }
        found.into_iter().filter_map(|id| analysis.entity(id)).map(|entity| self.scene.canonical(edition.id, entity)).collect()
    }

    fn is_under_way(&self, edition: &Edition, text: &str) -> bool {
        let Some(rules) = self.scene.source_rules(edition.id) else { return false };
        let tokens = token::tokenize(text, &rules.locale.clitics);
        (0..tokens.len()).any(|at| {
            let found = rules.lexicon.at(tokens.get(at..).unwrap_or_default());
            found.iter().any(|found| found.entry.is_a("state.ongoing") || found.entry.is_a("state.unknown"))
        })
    }
}

/// Whether a pronoun or a bare verb means somebody who can't be told.
fn dangles(analysis: &Analysis, sentence: &Sentence) -> bool {
    let points = |kind| matches!(kind, MentionKind::Pronoun | MentionKind::Possessive | MentionKind::Dropped);
    analysis.mentions_in(sentence.span).iter().any(|mention| points(mention.kind) && mention.entity.is_none())
}
