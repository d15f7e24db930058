//! Lays the chosen passages out: each once, under the first topic that it belongs to, in the order of the sources.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::{Analysis, EntityId, EntityKind, MentionKind, Role};
use crate::answer::{Passage, Scene, quote};
use crate::span::Span;
use crate::token::{self, TokenKind};

use super::choice::Chosen;
use super::traits::{Unit, Units};
use super::{Briefing, Difference, Entry, Fact, LeftOut, Line, Matter, Section, Topic};

/// Which topic a passage of several stands under: the first of these.
const PLACING: [Topic; 9] = [
    Topic::Lead,
    Topic::Status,
    Topic::Reply,
    Topic::Alleged,
    Topic::Said,
    Topic::UnderWay,
    Topic::Dates,
    Topic::Named,
    Topic::Rest,
];

/// The page made of what was chosen.
pub(super) fn page(scene: &Scene<'_>, units: &Units, chosen: &Chosen, limit: usize) -> Briefing {
    let layout = Layout::new(scene, units, chosen);
    let count =
        |flags: &[bool]| -> usize { units.all.iter().zip(flags).filter(|&(_, &flag)| flag).map(|(unit, _)| unit.words).sum() };
    let words = count(&chosen.shown);
    Briefing {
        limit,
        words,
        context_words: words - count(&chosen.picked).min(words),
        left_out: left_out(scene, units, chosen),
        differing: layout.differing(),
        no_reply: units.accused && !units.replied,
        sections: layout.sections(),
    }
}

fn place(unit: &Unit) -> Topic {
    PLACING.into_iter().find(|topic| unit.topics.contains(topic)).unwrap_or(Topic::Rest)
}

/// Where a passage stands on the page: what only goes on from sentences that are passages themselves stands behind the last of them.
fn place_on(units: &Units, chosen: &Chosen, unit: &Unit) -> Topic {
    let own = place(unit);
    if !matches!(own, Topic::UnderWay | Topic::Dates | Topic::Named | Topic::Rest) {
        return own;
    }
    let picked = |&&number: &&usize| chosen.picked.get(number) == Some(&true);
    let last = unit.context.last().filter(picked).and_then(|&number| units.all.get(number));
    last.map_or(own, place)
}

fn left_out(scene: &Scene<'_>, units: &Units, chosen: &Chosen) -> Vec<LeftOut> {
    let lacking = chosen.lacking(units).into_iter();
    let listed = lacking.filter_map(|unit| {
        let quotation = quote(scene, unit.passage)?;
        let names = names(scene, unit.passage, quotation.speaker.as_deref());
        Some(LeftOut { topic: place(unit), quotation, names })
    });
    let mut left_out = listed.collect::<Vec<_>>();
    left_out.sort_by_key(|left| left.topic);
    left_out
}

/// Whom a passage, or a sentence that it is read with, names or points to, its speaker apart: people, else organisations.
fn names(scene: &Scene<'_>, passage: Passage, speaker: Option<&str>) -> Vec<String> {
    let (Some(analysis), Some(sentence)) = (scene.analysis(passage.edition), scene.sentence(passage)) else {
        return Vec::new();
    };
    let antecedents = sentence.antecedents.iter().filter_map(|&number| analysis.sentences.get(number as usize));
    let spans = antecedents.map(|antecedent| antecedent.span).chain([sentence.span]).collect::<Vec<_>>();
    let of = |kind: EntityKind| {
        let mentions = spans.iter().flat_map(|&span| analysis.mentions_in(span));
        let entities = mentions.filter_map(|mention| analysis.entity(mention.entity?)).filter(|entity| entity.kind == kind);
        let mut names: Vec<String> = Vec::new();
        for name in entities.map(|entity| scene.canonical(passage.edition, entity)) {
            if speaker != Some(name.as_str()) && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    let people = of(EntityKind::Person);
    if people.is_empty() { of(EntityKind::Organisation) } else { people }
}

/// Chosen passages whose figures differ, group by group, each once; a figure whose counterparts did not fit is none of them.
fn differing(units: &Units, chosen: &Chosen) -> Vec<usize> {
    let picked = |passage: Passage| {
        let number = units.all.iter().position(|unit| unit.passage == passage)?;
        (chosen.picked.get(number) == Some(&true)).then_some(number)
    };
    let mut together = Vec::new();
    for group in &units.figures {
        let members = group.iter().filter_map(|&(passage, _)| picked(passage)).collect::<Vec<_>>();
        if members.len() > 1 {
            together.extend(members.into_iter().filter(|member| !together.contains(member)).collect::<Vec<_>>());
        }
    }
    together
}

struct Layout<'s, 'a> {
    scene: &'s Scene<'a>,
    units: &'s Units,
    /// Units under their topics, in the order shown.
    topics: Vec<(Topic, Vec<usize>)>,
    /// The number of each sentence shown: its own, else that of the first passage that it is shown with.
    numbers: BTreeMap<Passage, usize>,
    own: BTreeMap<usize, usize>,
}

impl<'s, 'a> Layout<'s, 'a> {
    fn new(scene: &'s Scene<'a>, units: &'s Units, chosen: &Chosen) -> Self {
        let mut topics: BTreeMap<Topic, Vec<usize>> = BTreeMap::new();
        let together = differing(units, chosen);
        for (number, unit) in units.all.iter().enumerate().filter(|&(number, _)| chosen.picked.get(number) == Some(&true)) {
            if !together.contains(&number) {
                topics.entry(place_on(units, chosen, unit)).or_default().push(number);
            }
        }
        if !together.is_empty() {
            topics.insert(Topic::Differing, together);
        }
        let mut layout = Self { scene, units, topics: Vec::new(), numbers: BTreeMap::new(), own: BTreeMap::new() };
        if let Some(status) = topics.get_mut(&Topic::Status) {
            // What sources say of one person stands side by side.
            status.sort_by_cached_key(|&number| layout.disputed(number).map_or((usize::MAX, number), |first| (first, number)));
        }
        layout.topics = topics.into_iter().collect();
        let order = layout.topics.iter().flat_map(|(_, members)| members).copied().collect::<Vec<_>>();
        for (at, &unit) in order.iter().enumerate() {
            layout.own.insert(unit, at + 1);
            layout.numbers.extend(units.all.get(unit).map(|unit| (unit.passage, at + 1)));
        }
        for (at, unit) in order.iter().enumerate().filter_map(|(at, &unit)| Some((at, units.all.get(unit)?))) {
            for context in unit.context.iter().filter_map(|&other| units.all.get(other)) {
                layout.numbers.entry(context.passage).or_insert(at + 1);
            }
        }
        layout
    }

    /// The first unit about the same person, where sources differ on somebody in this one.
    fn disputed(&self, number: usize) -> Option<usize> {
        let names = self.disputed_names(number)?;
        (0..self.units.all.len()).find(|&other| self.disputed_names(other).is_some_and(|others| !others.is_disjoint(&names)))
    }

    fn disputed_names(&self, number: usize) -> Option<BTreeSet<String>> {
        let passage = self.units.all.get(number)?.passage;
        let analysis = self.scene.analysis(passage.edition)?;
        let names = statuses(analysis, passage.sentence).filter_map(|(id, _)| self.name(passage, id));
        let names = names.filter(|name| self.units.differing.contains(name)).collect::<BTreeSet<_>>();
        (!names.is_empty()).then_some(names)
    }

    fn name(&self, passage: Passage, id: EntityId) -> Option<String> {
        let entity = self.scene.analysis(passage.edition)?.entity(id)?;
        Some(self.scene.canonical(passage.edition, entity))
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        for topic in Topic::ALL {
            let members = self.topics.iter().find(|(other, _)| *other == topic).map(|(_, members)| members.as_slice());
            let entries = members.unwrap_or_default().iter().filter_map(|&unit| self.entry(unit)).collect::<Vec<_>>();
            let lines = match topic {
                Topic::Named => self.named(),
                Topic::Status => self.statuses(),
                Topic::Said | Topic::Reply => self.elsewhere(topic),
                _ => Vec::new(),
            };
            if !entries.is_empty() || !lines.is_empty() {
                sections.push(Section { topic, entries, lines });
            }
        }
        sections
    }

    fn entry(&self, unit: usize) -> Option<Entry> {
        let number = *self.own.get(&unit)?;
        Some(Entry { number, quotation: quote(self.scene, self.units.all.get(unit)?.passage)? })
    }

    /// Every person that a sentence of the page names, with a role where the page shows it.
    fn named(&self) -> Vec<Line> {
        let mut people: BTreeMap<String, Line> = BTreeMap::new();
        for (&passage, &number) in &self.numbers {
            let (Some(analysis), Some(sentence)) = (self.scene.analysis(passage.edition), self.scene.sentence(passage)) else {
                continue;
            };
            for mention in analysis.mentions_in(sentence.span).iter().filter(|mention| mention.kind == MentionKind::Name) {
                let Some((id, entity)) = mention.entity.and_then(|id| Some((id, analysis.entity(id)?))) else { continue };
                let Some(name) = self.name(passage, id).filter(|_| entity.kind == EntityKind::Person) else { continue };
                let roles =
                    entity.roles.iter().filter(|role| sentence.span.contains(role.span) && !is_no_role(self.scene, id, role));
                // Of two roles in one sentence the longer one says more.
                let role = roles.max_by_key(|role| (role.span.end - role.span.start, std::cmp::Reverse(role.span)));
                let fact = role.map_or(Fact::Named, |role| Fact::Role(role.span, role.former));
                let line = people.entry(name.clone()).or_insert(Line { name, fact: Fact::Named, number });
                let better = matches!((&line.fact, &fact), (Fact::Named, Fact::Role(..)));
                if better || (line.fact == fact && number < line.number) {
                    (line.fact, line.number) = (fact, number);
                }
            }
        }
        let mut lines = people.into_values().collect::<Vec<_>>();
        lines.sort_by_key(|line| line.number);
        lines
    }

    /// The legal status of each person, as far as the page shows it.
    fn statuses(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut passages = self.numbers.iter().collect::<Vec<_>>();
        passages.sort_by_key(|&(passage, number)| (*number, *passage));
        for (&passage, &number) in passages {
            let Some(analysis) = self.scene.analysis(passage.edition) else { continue };
            let mut here = statuses(analysis, passage.sentence).collect::<Vec<_>>();
            here.sort_by_key(|(_, status)| status.holder);
            for (id, status) in here {
                let Some(name) = self.name(passage, id) else { continue };
                let line = Line { name, fact: Fact::Status(status.status.clone(), status.negated), number };
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        let first = |line: &Line| lines.iter().position(|other| other.name == line.name);
        let order = lines.iter().map(first).collect::<Vec<_>>();
        let mut lines = order.into_iter().zip(lines.iter().cloned()).collect::<Vec<_>>();
        lines.sort_by_key(|(first, line)| (*first, line.number));
        lines.into_iter().map(|(_, line)| line).collect()
    }

    /// Who speaks in passages that belong to the topic and stand under another.
    fn elsewhere(&self, topic: Topic) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let here =
            self.topics.iter().filter(|(other, _)| *other == topic).flat_map(|(_, members)| members).collect::<BTreeSet<_>>();
        for (unit, &number) in self.own.iter().filter(|(unit, _)| !here.contains(unit)) {
            let Some(unit) = self.units.all.get(*unit).filter(|unit| unit.topics.contains(&topic)) else {
                continue;
            };
            let Some(analysis) = self.scene.analysis(unit.passage.edition) else { continue };
            for statement in self.scene.statements_in(unit.passage) {
                let Some(speaker) = statement.speaker.as_ref() else { continue };
                let entity =
                    speaker.entity.and_then(|id| analysis.entity(id)).filter(|entity| entity.kind == EntityKind::Person);
                let Some(entity) = entity else { continue };
                let name = self.scene.canonical(unit.passage.edition, entity);
                let line = Line { name, fact: Fact::Statement, number };
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        lines.sort_by_key(|line| line.number);
        lines
    }

    fn differing(&self) -> Vec<Difference> {
        let lines = self.statuses();
        let shown =
            |name: &String| lines.iter().filter(|line| line.name == *name).map(|line| line.number).collect::<BTreeSet<_>>();
        let people = self.units.differing.iter().map(|name| {
            let numbers = shown(name).into_iter().collect();
            Difference { matter: Matter::Status(name.clone()), numbers }
        });
        let beside = self.topics.iter().filter(|(topic, _)| *topic == Topic::Differing).flat_map(|(_, members)| members);
        let beside = beside.filter_map(|unit| Some((self.units.all.get(*unit)?.passage, *self.own.get(unit)?)));
        let beside = beside.collect::<BTreeMap<_, _>>();
        let figures = self.units.figures.iter().map(|group| {
            let members = group.iter().filter_map(|(passage, words)| Some((*beside.get(passage)?, *words)));
            let members = members.collect::<BTreeMap<_, _>>();
            Difference { matter: Matter::Figure(members.values().copied().collect()), numbers: members.into_keys().collect() }
        });
        figures.chain(people).filter(|difference| difference.numbers.len() > 1).collect()
    }
}

/// Whether a role tells nothing of the entity `id`: "Mr." and "Dr.", or somebody else's name ("… Roe Marine, Dr. Ann Lindt").
fn is_no_role(scene: &Scene<'_>, id: EntityId, role: &Role) -> bool {
    let mentions = scene.analysis(role.span.edition).map(|analysis| analysis.mentions_in(role.span)).unwrap_or_default();
    let other = mentions.iter().find(|mention| {
        let name = mention.kind == MentionKind::Name && mention.entity.is_some_and(|other| other != id);
        name && mention.span.end == role.span.end
    });
    let title = Span { end: other.map_or(role.span.end, |other| other.span.start), ..role.span };
    let Some(rules) = scene.source_rules(role.span.edition) else { return false };
    let tokens = token::tokenize(scene.knowledge.slice(title), &rules.locale.clitics);
    let words = tokens.iter().filter(|token| token.kind != TokenKind::Mark).count();
    words == 0 || rules.lexicon.at(&tokens).iter().any(|found| found.entry.is_a("title") && found.len >= words)
}

/// Statuses of people in a sentence.
fn statuses(analysis: &Analysis, sentence: u32) -> impl Iterator<Item = (EntityId, &crate::analysis::Status)> {
    let here = analysis.statuses.iter().filter(move |status| status.sentence == sentence);
    here.filter_map(move |status| Some((status.entity?, status)))
        .filter(move |(id, _)| analysis.entity(*id).is_some_and(|entity| entity.kind == EntityKind::Person))
}

/// Every sentence that a briefing shows: its passages, and the sentences that name whom they mean.
pub(super) fn shown(briefing: &Briefing) -> BTreeSet<Span> {
    let quotations = briefing.entries().map(|entry| &entry.quotation);
    quotations
        .flat_map(|quotation| quotation.context.iter().map(crate::answer::Context::span).chain([quotation.span()]))
        .collect()
}
