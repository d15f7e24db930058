//! Who is named: people with their roles, other names, status and the passages that show them. Knows no surface.

use crate::analysis::{Analysis, Entity, EntityId, EntityKind, MentionKind};
use crate::answer::Quotation;
use crate::document::{Edition, Knowledge, View};
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
        block.is_some_and(|block| block.kind == crate::document::BlockKind::Paragraph)
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
