//! Who is named: people with their roles, other names, status and the passages that show them. Knows no surface.

use crate::analysis::{Analysis, Entity, EntityId, EntityKind, MentionKind};
use crate::answer::Quotation;
use crate::document::{BlockKind, Edition, Knowledge, View};
use crate::span::Span;

/// A person of one source. Across sources people are not joined: only an editor can say that two are one.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The fullest name the source gives.
    pub name: String,
    /// Other names.
    pub also: Vec<String>,
    /// Roles as they stand in the source, each with its sentence.
    pub roles: Vec<PersonRole>,
    /// Legal status by concept id ("status.house_arrest"), with its sentence; denied ones are left out.
    pub statuses: Vec<(String, Quotation)>,
    /// The sentence that names the person first.
    pub first: Quotation,
    /// Number of statements attributed to the person.
    pub statements: usize,
    /// Number of sentences of running text that name the person.
    pub sentences: usize,
}

/// A role that the source gives to a person.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRole {
    /// Its words.
    pub span: Span,
    /// Whether the source says that it is over.
    pub former: bool,
    /// The sentence that says so.
    pub receipt: Quotation,
}

/// Everybody named in the editions of `view`: in the order of the editions, then of their first places in running text.
#[must_use]
pub fn people(knowledge: &Knowledge, analyses: &[Analysis], view: &View) -> Vec<Person> {
    let mut people = Vec::new();
    for edition in view.editions.iter().filter_map(|&id| knowledge.edition(id)) {
        let Some(analysis) = analyses.get(edition.id.0 as usize) else { continue };
        let mut found: Vec<(u32, Person)> = Vec::new();
        for (number, entity) in analysis.entities.iter().enumerate().filter(|(_, entity)| entity.kind == EntityKind::Person) {
            let id = EntityId(u32::try_from(number).unwrap_or(u32::MAX));
            let reading = Reading { knowledge, edition, analysis, id };
            found.extend(reading.person(entity).map(|person| (entity.first.start, person)));
        }
        // Those whom only a caption or a credit names come last.
        found.sort_by_key(|(start, person)| (person.sentences == 0, *start));
        people.extend(found.into_iter().map(|(_, person)| person));
    }
    people
}

/// Two people whom one sentence names: that, and nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// Their fullest names, in the order of their first places.
    pub names: (String, String),
    /// The sentences, in text order.
    pub sentences: Vec<Span>,
}

/// Every two people named, by name, in one sentence of running text of an edition of `view`.
#[must_use]
pub fn together(knowledge: &Knowledge, analyses: &[Analysis], view: &View) -> Vec<Together> {
    let mut pairs: Vec<Together> = Vec::new();
    for edition in view.editions.iter().filter_map(|&id| knowledge.edition(id)) {
        let Some(analysis) = analyses.get(edition.id.0 as usize) else { continue };
        for sentence in &analysis.sentences {
            let block = edition.blocks.get(sentence.block as usize).map(|block| block.kind);
            if block != Some(BlockKind::Paragraph) || knowledge.is_suppressed(sentence.span) {
                continue;
            }
            let people = people_named(analysis, sentence.span);
            for (at, a) in people.iter().enumerate() {
                for b in people.iter().skip(at + 1) {
                    let same = |pair: &&mut Together| {
                        (pair.names.0 == a.name && pair.names.1 == b.name) || (pair.names.0 == b.name && pair.names.1 == a.name)
                    };
                    match pairs.iter_mut().find(same) {
                        Some(pair) => pair.sentences.push(sentence.span),
                        None => {
                            pairs.push(Together { names: (a.name.clone(), b.name.clone()), sentences: vec![sentence.span] })
                        }
                    }
                }
            }
        }
    }
    pairs
}

/// The people that a sentence names, each once, by their first places in the source.
fn people_named(analysis: &Analysis, sentence: Span) -> Vec<&Entity> {
    let mentions = analysis.mentions_in(sentence).iter().filter(|mention| mention.kind == MentionKind::Name);
    let mut ids: Vec<EntityId> = mentions.filter_map(|mention| mention.entity).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut people = ids.into_iter().filter_map(|id| analysis.entity(id)).collect::<Vec<_>>();
    people.retain(|entity| entity.kind == EntityKind::Person);
    people.sort_by_key(|entity| entity.first);
    people
}

struct Reading<'a> {
    knowledge: &'a Knowledge,
    edition: &'a Edition,
    analysis: &'a Analysis,
    id: EntityId,
}

impl Reading<'_> {
    fn person(&self, entity: &Entity) -> Option<Person> {
        let named = self.named();
        // A sentence of running text shows a person better than a caption or a title.
        let first = named.iter().find(|&&sentence| self.is_running_text(sentence)).or(named.first());
        let first = match first {
            Some(&sentence) => self.sentence(sentence)?,
            None => self.quotation(entity.first)?,
        };
        let mut roles: Vec<PersonRole> = Vec::new();
        for role in &entity.roles {
            let words = self.edition.slice(role.span);
            let known = roles.iter().any(|known| self.edition.slice(known.span).eq_ignore_ascii_case(words));
            if !known && let Some(receipt) = self.quotation(role.span) {
                roles.push(PersonRole { span: role.span, former: role.former, receipt });
            }
        }
        let mut statuses: Vec<(String, Quotation)> = Vec::new();
        for status in self.analysis.statuses.iter().filter(|status| status.entity == Some(self.id) && !status.negated) {
            let known = statuses.iter().any(|(known, _)| *known == status.status);
            if !known && let Some(receipt) = self.sentence(status.sentence) {
                statuses.push((status.status.clone(), receipt));
            }
        }
        let mut also: Vec<String> = Vec::new();
        for alias in &entity.aliases {
            if alias.name != entity.name && !also.contains(&alias.name) {
                also.push(alias.name.clone());
            }
        }
        let speaks = |speaker: &crate::analysis::Speaker| speaker.entity == Some(self.id);
        Some(Person {
            name: entity.name.clone(),
            also,
            roles,
            statuses,
            first,
            statements: self
                .analysis
                .statements
                .iter()
                .filter(|statement| !statement.silence && statement.speaker.as_ref().is_some_and(speaks))
                .count(),
            sentences: named.iter().filter(|&&sentence| self.is_running_text(sentence)).count(),
        })
    }

    /// Sentences that name the person, in text order.
    fn named(&self) -> Vec<u32> {
        let by_name =
            |mention: &&crate::analysis::Mention| mention.entity == Some(self.id) && mention.kind == MentionKind::Name;
        let mentions = self.analysis.mentions.iter().filter(by_name);
        let mut sentences: Vec<u32> = mentions.filter_map(|mention| self.analysis.sentence_at(mention.span)).collect();
        sentences.sort_unstable();
        sentences.dedup();
        sentences
    }

    fn is_running_text(&self, sentence: u32) -> bool {
        let block =
            self.analysis.sentences.get(sentence as usize).and_then(|found| self.edition.blocks.get(found.block as usize));
        block.is_some_and(|block| block.kind == BlockKind::Paragraph)
    }

    /// The sentence that holds `span`.
    fn quotation(&self, span: Span) -> Option<Quotation> {
        self.sentence(self.analysis.sentence_at(span)?)
    }

    fn sentence(&self, number: u32) -> Option<Quotation> {
        let sentence = self.analysis.sentences.get(number as usize)?;
        let block = self.edition.blocks.get(sentence.block as usize);
        let mut quotation = Quotation::new(sentence.span, self.knowledge)?;
        quotation.block = block.map(|block| block.kind);
        quotation.section = block.and_then(|block| block.section);
        quotation.speaker = self.speaker(number);
        quotation.standing = self.analysis.analysed.then_some(sentence.standing);
        quotation.hedges.clone_from(&sentence.hedges);
        quotation.negated = sentence.negated;
        Some(quotation)
    }

    /// The one speaker of the sentence's statements.
    fn speaker(&self, sentence: u32) -> Option<String> {
        let statements = self.analysis.statements.iter().filter(|statement| statement.sentences.contains(&sentence));
        let mut names = statements.map(|statement| statement.speaker.as_ref().map(|speaker| &speaker.name));
        let first = names.next()??;
        names.all(|name| name == Some(first)).then(|| first.clone())
    }
}
