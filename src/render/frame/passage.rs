//! One passage with what a reader needs beside it: the sentence that names whom it means, place, speaker, standing.
//! Knows no layout.

use crate::analysis::{Analysis, EntityId, MentionKind, Standing};
use crate::answer::{Answer, Quotation};
use crate::document::{BlockKind, Knowledge};
use crate::engine::Snapshot;
use crate::render::words::Words;
use crate::span::Span;

use super::heading::{common_language, common_speaker, common_standing, is_language, standing_label};
use super::source::date;
use super::{Group, GroupRole, Passage, Quote};

/// Puts passages into words for one reader.
pub(super) struct Reader<'a> {
    snapshot: &'a Snapshot,
    words: Words<'a>,
    /// Whether more than one edition is quoted, so that each passage must say which it is from.
    several: bool,
    /// The speaker and the person asked for that the heading names already.
    speaker: Option<&'a str>,
    by_person: bool,
    /// Whether the passages of a whole page are numbered through, so that no sentence stands there twice.
    numbered: bool,
    /// Whether the language of all passages is said above them.
    language_said: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(answer: &'a Answer, snapshot: &'a Snapshot, words: Words<'a>) -> Self {
        let related = answer.related.iter().map(|related| &related.quotation);
        let mut editions = answer.quotations.iter().chain(related).map(|quotation| quotation.span().edition);
        let first = editions.next();
        let several = editions.any(|edition| Some(edition) != first);
        let by_person = !answer.groups.is_empty();
        Self { snapshot, words, several, speaker: common_speaker(answer), by_person, numbered: false, language_said: false }
    }

    /// For passages that are shown by themselves.
    pub(super) fn alone(snapshot: &'a Snapshot, words: Words<'a>) -> Self {
        Self { snapshot, words, several: false, speaker: None, by_person: false, numbered: false, language_said: false }
    }

    /// For passages of a page with numbers of its own, of one source or several.
    pub(super) fn numbered(snapshot: &'a Snapshot, words: Words<'a>, several: bool, language_said: bool) -> Self {
        Self { snapshot, words, several, speaker: None, by_person: false, numbered: true, language_said }
    }

    /// A passage beside those at `elsewhere`, which are shown under the numbers given.
    pub(super) fn beside(&self, number: usize, quotation: &Quotation, elsewhere: &dyn Fn(Span) -> Option<usize>) -> Passage {
        let mut passage = self.passage(GroupRole::Nearest, quotation, &[quotation], elsewhere);
        passage.number = Some(number);
        passage
    }

    /// Passages under one label; those that answer are numbered.
    pub(super) fn group(&self, role: GroupRole, label: Option<String>, quotations: &[&Quotation]) -> Group {
        let mut passages: Vec<Passage> = Vec::new();
        for quotation in quotations {
            let shown = |span: Span| {
                let holds = |passage: &&Passage| passage.quotes.iter().any(|quote| quote.span.contains(span));
                passages.iter().find(holds).and_then(|passage| passage.number)
            };
            let mut passage = self.passage(role, quotation, quotations, &shown);
            passage.number = (role == GroupRole::Answer).then_some(passages.len() + 1);
            passages.push(passage);
        }
        Group { role, label, passages }
    }

    fn passage(
        &self,
        role: GroupRole,
        quotation: &Quotation,
        all: &[&Quotation],
        shown: &dyn Fn(Span) -> Option<usize>,
    ) -> Passage {
        let span = quotation.span();
        let mut labels = Vec::new();
        labels.extend(self.place(quotation));
        if self.several {
            let data = self.snapshot.metadata(span.edition);
            labels.extend(data.map(|data| data.title.clone()));
            labels.extend(data.filter(|_| self.numbered).and_then(|data| date(data, self.words)));
        }
        let quotes = self.quotes(quotation, shown, &mut labels);
        labels.extend(self.speaker(role, quotation));
        labels.extend(self.standing(role, quotation, all));
        labels.extend(self.language(role, quotation, all));
        if !quotation.event_dates.is_empty() {
            let mut dates = quotation.event_dates.iter().map(|date| self.words.day(date)).collect::<Vec<_>>();
            dates.dedup();
            let dates = dates.join(", ");
            labels.push(self.words.text("card.dates_meant", &[("dates", &dates)]));
        }
        Passage { number: None, quotes, labels, span }
    }

    /// The quote, led by the sentences that name whom it means: joined where they stand next to each other in the text.
    fn quotes(&self, quotation: &Quotation, shown: &dyn Fn(Span) -> Option<usize>, labels: &mut Vec<String>) -> Vec<Quote> {
        let mut quotes: Vec<Quote> = Vec::new();
        for context in &quotation.context {
            let word = self.pointing_word(quotation, context.span());
            if let (Some(number), Some(word)) = (shown(context.span()), word) {
                let number = number.to_string();
                labels.push(self.words.text("card.names_above", &[("word", word), ("n", &number)]));
                continue;
            }
            if let (Some(number), true) = (shown(context.span()), self.numbered) {
                labels.push(self.words.text("brief.read_with", &[("n", &number.to_string())]));
                continue;
            }
            let remark = match word {
                Some(word) => self.words.text("card.names_word", &[("word", word)]),
                None => self.words.text("card.names_whom", &[]),
            };
            self.push(&mut quotes, context.span(), Some(remark));
        }
        self.push(&mut quotes, quotation.span(), None);
        quotes
    }

    fn push(&self, quotes: &mut Vec<Quote>, span: Span, remark: Option<String>) {
        let language = self.snapshot.metadata(span.edition).map(|data| data.language.clone()).unwrap_or_default();
        if let Some(last) = quotes.last_mut()
            && self.is_next(last.span, span)
        {
            last.span = last.span.cover(span);
            last.text = self.snapshot.knowledge.slice(last.span).to_owned();
            last.remark = remark;
            return;
        }
        quotes.push(Quote { text: self.snapshot.knowledge.slice(span).to_owned(), span, language, remark });
    }

    /// Whether `next` follows `span` in one block with nothing but white space between.
    fn is_next(&self, span: Span, next: Span) -> bool {
        if span.edition != next.edition || next.start < span.end {
            return false;
        }
        let between = Span { edition: span.edition, start: span.end, end: next.start };
        let between = self.snapshot.knowledge.slice(between);
        let edition = self.snapshot.knowledge.edition(span.edition);
        let one_block = edition.is_some_and(|edition| edition.blocks.iter().any(|block| block.span.contains(span.cover(next))));
        one_block && between.trim().is_empty()
    }

    /// The word of the passage that points back to somebody named in `context`.
    fn pointing_word(&self, quotation: &Quotation, context: Span) -> Option<&'a str> {
        let span = quotation.span();
        let analysis: &'a Analysis = self.snapshot.analyses.get(span.edition.0 as usize)?;
        let named = |entity: EntityId| {
            analysis.mentions.iter().any(|mention| {
                mention.entity == Some(entity) && mention.kind == MentionKind::Name && context.contains(mention.span)
            })
        };
        let mut pointing = analysis.mentions.iter().filter(|mention| {
            mention.kind != MentionKind::Name && span.contains(mention.span) && mention.entity.is_some_and(named)
        });
        let word = self.snapshot.knowledge.slice(pointing.next()?.span);
        (!word.is_empty()).then_some(word)
    }

    /// The section, else the number of the paragraph; what it is where it is no running text.
    fn place(&self, quotation: &Quotation) -> Vec<String> {
        let mut place = Vec::new();
        let knowledge = &self.snapshot.knowledge;
        if let Some(block) = quotation.block.filter(|&block| block != BlockKind::Paragraph) {
            place.push(self.words.text(&format!("block.{}", block_key(block)), &[]));
        }
        let section = quotation.section.map(|section| knowledge.slice(section)).filter(|section| !section.is_empty());
        match section {
            Some(section) => place.push(section.to_owned()),
            None => place.extend(self.paragraph(quotation)),
        }
        place
    }

    fn paragraph(&self, quotation: &Quotation) -> Option<String> {
        let number = paragraph(&self.snapshot.knowledge, quotation.span())?;
        Some(self.words.text("card.paragraph", &[("n", &number.to_string())]))
    }

    /// What it takes to find a passage that is not shown: section, paragraph, the source where there are `several`; and its speaker.
    pub(super) fn listed(&self, quotation: &Quotation, several: bool) -> Vec<String> {
        let mut place = self.place(quotation);
        place.extend(self.paragraph(quotation).filter(|paragraph| !place.contains(paragraph)));
        let title = self.snapshot.metadata(quotation.span().edition).map(|data| data.title.clone());
        place.extend(title.filter(|_| several));
        place.extend(quotation.speaker.clone());
        place
    }

    /// The speaker, where the heading does not name them.
    fn speaker(&self, role: GroupRole, quotation: &Quotation) -> Option<String> {
        match quotation.speaker.as_deref() {
            Some(name) if role == GroupRole::Answer && (self.by_person || self.speaker == Some(name)) => None,
            Some(name) => Some(name.to_owned()),
            None if quotation.standing == Some(Standing::Attributed) => Some(self.words.text("card.speaker_unknown", &[])),
            None => None,
        }
    }

    /// The standing, where the heading or the group's label does not say it.
    fn standing(&self, role: GroupRole, quotation: &Quotation, all: &[&Quotation]) -> Option<String> {
        let standing = quotation.standing?;
        let said = match role {
            GroupRole::Answer => common_standing(all).is_some(),
            GroupRole::Allegation => standing == Standing::Alleged,
            GroupRole::Reply | GroupRole::Nearest => false,
        };
        if said { None } else { standing_label(standing, &[quotation], self.snapshot, self.words) }
    }

    /// The language, where it is not the reader's and the heading does not say it.
    fn language(&self, role: GroupRole, quotation: &Quotation, all: &[&Quotation]) -> Option<String> {
        let language = &self.snapshot.metadata(quotation.span().edition)?.language;
        let said = role == GroupRole::Answer && common_language(all, self.snapshot).is_some() && !self.by_person;
        let foreign = !is_language(language, self.words.tag()) && !said && !self.language_said;
        foreign.then(|| self.words.text("card.original", &[("language", &self.words.language(language))]))
    }
}

/// The number of the paragraph that holds `span`, from 1.
#[must_use]
pub fn paragraph(knowledge: &Knowledge, span: Span) -> Option<usize> {
    let edition = knowledge.edition(span.edition)?;
    let mut paragraphs = edition.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    paragraphs.position(|block| block.span.contains(span)).map(|at| at + 1)
}

fn block_key(block: BlockKind) -> &'static str {
    match block {
        BlockKind::Title => "title",
        BlockKind::Byline => "byline",
        BlockKind::Dateline => "dateline",
        BlockKind::Heading => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Caption => "caption",
        BlockKind::Correction => "correction",
        BlockKind::Boilerplate => "boilerplate",
    }
}
