//! All that a gate may look at: the viewer's editions, their analyses, the question, and the passages retrieval ranked.

use std::collections::HashMap;

use crate::analysis::{Analysis, Entity, EntityId, EntityKind, Sentence, Standing, Statement, Status};
use crate::document::{BlockKind, Edition, Knowledge, View};
use crate::question::Question;
use crate::rules::{LocaleRules, Rules};
use crate::span::{EditionId, Span};

/// A sentence of an edition: what can be quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passage {
    /// The edition.
    pub edition: EditionId,
    /// Index in [`Analysis::sentences`].
    pub sentence: u32,
}

/// The state a question is decided on.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// Rules of every language.
    pub rules: &'a Rules,
    /// All sources.
    pub knowledge: &'a Knowledge,
    /// One analysis for each edition.
    pub analyses: &'a [Analysis],
    /// What the asker may read.
    pub view: &'a View,
    /// What is asked.
    pub question: &'a Question,
    /// Passages in rank order, with their scores.
    pub ranked: &'a [(Passage, f64)],
    /// Estimated probability that the first ranked passage answers.
    pub confidence: f64,
    /// The least confidence at which a free question is answered.
    pub threshold: f64,
}

impl<'a> Scene<'a> {
    /// The rules of the question's language.
    #[must_use]
    pub fn question_rules(&self) -> Option<&'a LocaleRules> {
        self.rules.language(&self.question.locale)
    }

    /// The editions that may be read, newest first.
    #[must_use]
    pub fn editions(&self) -> Vec<&'a Edition> {
        let mut editions: Vec<&Edition> = self.view.editions.iter().filter_map(|&id| self.knowledge.edition(id)).collect();
        editions.sort_by_key(|edition| {
            let newest = edition.valid_from().map(|moment| std::cmp::Reverse(moment.local()));
            (newest.is_none(), newest)
        });
        editions
    }

    /// The readable editions with their analyses, newest first.
    pub fn readings(&self) -> impl Iterator<Item = (&'a Edition, &'a Analysis)> + use<'a> {
        let analyses = self.analyses;
        self.editions().into_iter().filter_map(move |edition| Some((edition, analyses.get(edition.id.0 as usize)?)))
    }

    /// The analysis of an edition.
    #[must_use]
    pub fn analysis(&self, edition: EditionId) -> Option<&'a Analysis> {
        self.analyses.get(edition.0 as usize)
    }

    /// The sentence of a passage.
    #[must_use]
    pub fn sentence(&self, passage: Passage) -> Option<&'a Sentence> {
        self.analysis(passage.edition)?.sentences.get(passage.sentence as usize)
    }

    /// The words of a passage.
    #[must_use]
    pub fn text(&self, passage: Passage) -> &'a str {
        self.sentence(passage).map_or("", |sentence| self.knowledge.slice(sentence.span))
    }

    /// The words of the sentences that a passage points back to.
    pub fn antecedents(&self, passage: Passage) -> impl Iterator<Item = &'a str> {
        let (analysis, knowledge) = (self.analysis(passage.edition), self.knowledge);
        let numbers = self.sentence(passage).map_or(&[][..], |sentence| &sentence.antecedents);
        let sentences = numbers.iter().filter_map(move |&number| analysis?.sentences.get(number as usize));
        sentences.map(move |sentence| knowledge.slice(sentence.span))
    }

    /// The kind of block a passage stands in.
    #[must_use]
    pub fn block(&self, passage: Passage) -> Option<BlockKind> {
        let sentence = self.sentence(passage)?;
        Some(self.knowledge.edition(passage.edition)?.blocks.get(sentence.block as usize)?.kind)
    }

    /// Whether a passage is evidence for what happened.
    #[must_use]
    pub fn is_evidence(&self, passage: Passage) -> bool {
        matches!(self.block(passage), Some(BlockKind::Paragraph | BlockKind::Correction))
    }

    /// The rules of the language of an edition.
    #[must_use]
    pub fn source_rules(&self, edition: EditionId) -> Option<&'a LocaleRules> {
        self.rules.language(&self.knowledge.edition(edition)?.metadata.language)
    }

    /// Whether an entity is the one called `name`, by its fullest name, an alias, or an editor's word.
    #[must_use]
    pub fn is_called(&self, edition: EditionId, entity: &Entity, name: &str) -> bool {
        if entity.name == name {
            return true;
        }
        let source = self.knowledge.source_of(edition).map_or("", |source| source.id.as_str());
        self.knowledge.case.aliases.iter().any(|alias| {
            let here = alias.sources.is_empty() || alias.sources.iter().any(|id| id == source);
            let known = |candidate: &str| alias.name == candidate || alias.also.iter().any(|other| other == candidate);
            here && known(name) && known(&entity.name)
        })
    }

    /// The name by which an entity is known across sources: the one that an editor gives it, else its fullest in the source.
    #[must_use]
    pub fn canonical(&self, edition: EditionId, entity: &Entity) -> String {
        let source = self.knowledge.source_of(edition).map_or("", |source| source.id.as_str());
        let alias = self.knowledge.case.aliases.iter().find(|alias| {
            let here = alias.sources.is_empty() || alias.sources.iter().any(|id| id == source);
            here && (alias.name == entity.name || alias.also.contains(&entity.name))
        });
        alias.map_or_else(|| entity.name.clone(), |alias| alias.name.clone())
    }

    /// The entities called `name` in an edition.
    #[must_use]
    pub fn entities(&self, edition: EditionId, name: &str) -> Vec<EntityId> {
        let Some(analysis) = self.analysis(edition) else { return Vec::new() };
        let called = analysis.entities.iter().enumerate().filter(|(_, entity)| self.is_called(edition, entity, name));
        called.map(|(number, _)| EntityId(u32::try_from(number).unwrap_or(u32::MAX))).collect()
    }

    /// Whether a sentence mentions one of the entities, by name or by a word that points to it.
    #[must_use]
    pub fn mentions(&self, analysis: &Analysis, sentence: &Sentence, entities: &[EntityId]) -> bool {
        let here = analysis.mentions_in(sentence.span);
        here.iter().any(|mention| mention.entity.is_some_and(|entity| entities.contains(&entity)))
    }

    /// As [`Scene::mentions`], or one of the sentences it points back to does.
    #[must_use]
    pub fn concerns(&self, analysis: &Analysis, sentence: &Sentence, entities: &[EntityId]) -> bool {
        if self.mentions(analysis, sentence, entities) {
            return true;
        }
        let antecedents = sentence.antecedents.iter().filter_map(|&number| analysis.sentences.get(number as usize));
        antecedents.into_iter().any(|antecedent| self.mentions(analysis, antecedent, entities))
    }

    /// Every passage of evidence that satisfies `wanted`, newest source first, in text order.
    pub fn passages(&self, wanted: impl Fn(&'a Edition, &'a Analysis, &'a Sentence) -> bool) -> Vec<Passage> {
        let mut found = Vec::new();
        for (edition, analysis) in self.readings() {
            for (number, sentence) in analysis.sentences.iter().enumerate() {
                let passage = Passage { edition: edition.id, sentence: u32::try_from(number).unwrap_or(u32::MAX) };
                if self.is_evidence(passage) && wanted(edition, analysis, sentence) {
                    found.push(passage);
                }
            }
        }
        found
    }

    /// Every passage of evidence that satisfies `wanted` with the entities called `name` in its edition, of which there are some.
    pub fn passages_with(
        &self,
        name: &str,
        wanted: impl Fn(&'a Edition, &'a Analysis, &'a Sentence, &[EntityId]) -> bool,
    ) -> Vec<Passage> {
        let known = self.view.editions.iter().map(|&edition| (edition, self.entities(edition, name)));
        let known = known.filter(|(_, entities)| !entities.is_empty()).collect::<HashMap<_, _>>();
        self.passages(|edition, analysis, sentence| {
            known.get(&edition.id).is_some_and(|entities| wanted(edition, analysis, sentence, entities))
        })
    }

    /// Every passage of evidence, newest source first, in text order.
    pub fn evidence(&self) -> impl Iterator<Item = Passage> {
        let numbered = |(edition, analysis): (&Edition, &Analysis)| {
            let count = u32::try_from(analysis.sentences.len()).unwrap_or(u32::MAX);
            let edition = edition.id;
            (0..count).map(move |sentence| Passage { edition, sentence })
        };
        self.readings().flat_map(numbered).filter(|&passage| self.is_evidence(passage))
    }

    /// Every statement that satisfies `wanted`, newest source first, in text order.
    pub fn statements(
        &self,
        wanted: impl Fn(&'a Edition, &'a Analysis, &'a Statement) -> bool,
    ) -> Vec<(EditionId, &'a Statement)> {
        let mut found = Vec::new();
        for (edition, analysis) in self.readings() {
            let statements = analysis.statements.iter().filter(|statement| wanted(edition, analysis, statement));
            found.extend(statements.map(|statement| (edition.id, statement)));
        }
        found
    }

    /// Every legal status that satisfies `wanted`, newest source first, in text order.
    pub fn statuses(&self, wanted: impl Fn(&'a Edition, &'a Analysis, &'a Status) -> bool) -> Vec<(EditionId, &'a Status)> {
        let mut found = Vec::new();
        for (edition, analysis) in self.readings() {
            let statuses = analysis.statuses.iter().filter(|status| wanted(edition, analysis, status));
            found.extend(statuses.map(|status| (edition.id, status)));
        }
        found
    }

    /// The statement that a passage belongs to, and the standing it lends.
    #[must_use]
    pub fn statements_in(&self, passage: Passage) -> Vec<&'a Statement> {
        let Some(analysis) = self.analysis(passage.edition) else { return Vec::new() };
        analysis.statements.iter().filter(|statement| statement.sentences.contains(&passage.sentence)).collect()
    }

    /// The speaker of a passage: the one whom all its statements are attributed to, those apart that somebody else reports in it.
    #[must_use]
    pub fn speaker(&self, passage: Passage) -> Option<String> {
        let statements = self.statements_in(passage);
        let reported = |statement: &Statement| {
            let inside =
                |other: &&Statement| statement.cue.is_some_and(|cue| other.content.iter().any(|part| part.contains(cue)));
            statements.iter().any(inside)
        };
        let outer = statements.iter().filter(|statement| !reported(statement));
        let mut names = outer.map(|statement| statement.speaker.as_ref().map(|speaker| speaker.name.as_str()));
        let first = names.next()??;
        names.all(|name| name == Some(first)).then(|| first.to_owned())
    }

    /// The passages of a statement, in text order.
    #[must_use]
    pub fn passages_of(&self, edition: EditionId, statement: &Statement) -> Vec<Passage> {
        statement.sentences.iter().map(|&sentence| Passage { edition, sentence }).collect()
    }

    /// The passage that holds `span`.
    #[must_use]
    pub fn passage_at(&self, span: Span) -> Option<Passage> {
        let sentence = self.analysis(span.edition)?.sentence_at(span)?;
        Some(Passage { edition: span.edition, sentence })
    }

    /// Whether somebody of that name is a human being in some readable source.
    #[must_use]
    pub fn is_person(&self, name: &str) -> bool {
        self.readings().any(|(edition, analysis)| {
            let entities = self.entities(edition.id, name);
            entities.iter().filter_map(|&id| analysis.entity(id)).any(|entity| entity.kind == EntityKind::Person)
        })
    }

    /// The standing shown with a passage: the strongest hedge of the sentence and its statements; `None` where the source's
    /// language has no lexicon.
    #[must_use]
    pub fn standing(&self, passage: Passage) -> Option<Standing> {
        let analysis = self.analysis(passage.edition)?;
        if !analysis.analysed {
            return None;
        }
        let own = self.sentence(passage)?.standing;
        let said =
            self.statements_in(passage).iter().filter(|statement| !statement.silence).map(|statement| statement.standing).max();
        Some(said.map_or(own, |said| said.max(own)))
    }
}
