//! Hand-made answers over the case's own article.

use std::collections::BTreeMap;
use std::sync::Arc;

use verbatim::analysis::{Entity, EntityId, EntityKind, Mention, MentionKind, Standing};
use verbatim::answer::{Answer, Context, Outcome, Quotation, Reason, Related, RelatedRole};
use verbatim::document::Knowledge;
use verbatim::engine::{AskOptions, Snapshot};
use verbatim::folder::Folder;
use verbatim::question::{AnswerKind, Intent, Question, SlotValue};
use verbatim::receipt::{Receipt, RulesVersion, Settings};
use verbatim::render::frame::Frame;
use verbatim::render::text::Layout;
use verbatim::rules::Rules;
use verbatim::span::{EditionId, Span};

/// A snapshot, and answers made over it.
pub struct Maker {
    pub snapshot: Snapshot,
}

impl Maker {
    /// Over the built-in case, with only the mentions that a test names.
    pub fn new() -> Self {
        let rules = Arc::new(Rules::embedded().unwrap());
        let knowledge = Knowledge::embedded(&rules).unwrap();
        Self::over(rules, knowledge)
    }

    /// Over a folder of the tests.
    pub fn of_folder(folder: &str) -> Self {
        let rules = Arc::new(Rules::embedded().unwrap());
        let path = format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"));
        let knowledge = Knowledge::load(&Folder::Disk(path.into()), &rules).unwrap();
        Self::over(rules, knowledge)
    }

    fn over(rules: Arc<Rules>, knowledge: Knowledge) -> Self {
        let mut snapshot = Snapshot::new(rules, knowledge);
        for analysis in &mut snapshot.analyses {
            analysis.analysed = true;
            analysis.mentions.clear();
            analysis.entities.clear();
        }
        Self { snapshot }
    }

    /// The place of `words` in an edition.
    pub fn span_in(&self, edition: u32, words: &str) -> Span {
        let id = EditionId(edition);
        let text = self.snapshot.knowledge.edition(id).unwrap().text();
        let start = text.find(words).unwrap_or_else(|| panic!("`{words}` is not in the text"));
        Span::new(id, start, start + words.len())
    }

    /// The sentence of the case's article that holds `words`.
    pub fn sentence(&self, words: &str) -> Span {
        let found = self.span_in(0, words);
        let text = self.snapshot.knowledge.edition(found.edition).unwrap().text();
        let before = &text[..found.start as usize];
        let start = before.rfind(['\n']).map_or(0, |at| at + 1).max(before.rfind(". ").map_or(0, |at| at + 2));
        let rest = &text[found.end as usize..];
        let line = rest.find('\n').unwrap_or(rest.len());
        let stop = rest.find(". ").map_or(line, |at| (at + 1).min(line));
        Span::new(found.edition, start, found.end as usize + stop)
    }

    /// That sentence as a passage with its block and section.
    pub fn quote(&self, words: &str) -> Quotation {
        self.quote_at(self.sentence(words))
    }

    pub fn quote_at(&self, span: Span) -> Quotation {
        let edition = self.snapshot.knowledge.edition(span.edition).unwrap();
        let block = edition.blocks.iter().find(|block| block.span.contains(span)).unwrap();
        let mut quotation = Quotation::new(span, &self.snapshot.knowledge).unwrap();
        quotation.block = Some(block.kind);
        quotation.section = block.section;
        quotation.standing = Some(Standing::Stated);
        quotation
    }

    /// Records that `pointing` (in `sentence`) means whom `name` (in `antecedent`) names, and adds the antecedent.
    pub fn pointing_back(&mut self, mut quotation: Quotation, pointing: &str, antecedent: &str, name: &str) -> Quotation {
        let (named, sentence) = (self.sentence(antecedent), quotation.span());
        let inside = |span: Span, words: &str| {
            let at = self.snapshot.knowledge.slice(span).find(words).unwrap() + span.start as usize;
            Span::new(span.edition, at, at + words.len())
        };
        let (name_span, pointing_span) = (inside(named, name), inside(sentence, pointing));
        quotation.context.push(Context::new(named, &self.snapshot.knowledge).unwrap());
        let analysis = &mut self.snapshot.analyses[sentence.edition.0 as usize];
        let id = EntityId(analysis.entities.len() as u32);
        analysis.entities.push(Entity {
            name: name.to_owned(),
            kind: EntityKind::Person,
            aliases: Vec::new(),
            roles: Vec::new(),
            first: name_span,
        });
        for (span, kind) in [(name_span, MentionKind::Name), (pointing_span, MentionKind::Pronoun)] {
            analysis.mentions.push(Mention { span, entity: Some(id), kind, rule: "test".into() });
        }
        analysis.mentions.sort_by_key(|mention| mention.span);
        quotation
    }
}

/// An answer to `text` with nothing in it yet.
pub fn answer(text: &str, locale: &str, intent: Intent, outcome: Outcome) -> Answer {
    Answer {
        question: Question {
            text: text.to_owned(),
            locale: locale.to_owned(),
            intent,
            slots: BTreeMap::new(),
            also: Vec::new(),
            named: Vec::new(),
            kind: AnswerKind::Any,
            time: None,
            read_as: None,
            rule: "test".into(),
        },
        outcome,
        quotations: Vec::new(),
        groups: Vec::new(),
        related: Vec::new(),
        wants_reply: false,
        nearest: Vec::new(),
        confidence: 0.5,
        about: None,
        named: Vec::new(),
        as_of_update: false,
        not_added_up: false,
        explanation: Vec::new(),
    }
}

pub fn answered(text: &str, locale: &str, intent: Intent, quotations: Vec<Quotation>) -> Answer {
    Answer { quotations, ..answer(text, locale, intent, Outcome::Answered) }
}

pub fn refused(text: &str, locale: &str, intent: Intent, reason: Reason) -> Answer {
    answer(text, locale, intent, Outcome::Abstained(reason))
}

pub fn about(mut answer: Answer, slot: &str, value: SlotValue) -> Answer {
    answer.question.slots.insert(slot.to_owned(), value);
    answer
}

pub fn related(role: RelatedRole, quotation: Quotation) -> Related {
    Related { role, quotation }
}

pub fn standing(mut quotation: Quotation, standing: Standing, speaker: Option<&str>) -> Quotation {
    quotation.standing = Some(standing);
    quotation.speaker = speaker.map(str::to_owned);
    quotation
}

/// Today, long after the article.
pub fn options() -> AskOptions {
    AskOptions { today: Some(jiff::civil::date(2026, 1, 5)), ..AskOptions::default() }
}

pub fn receipt(answer: &Answer, snapshot: &Snapshot) -> Receipt {
    // Not the version of the rules of the day: these snapshots are about the frame.
    Receipt::of(answer, &Settings::default(), &snapshot.knowledge, RulesVersion::default())
}

pub fn frame(answer: &Answer, snapshot: &Snapshot) -> Frame {
    Frame::of(answer, snapshot, &options(), &receipt(answer, snapshot))
}

pub fn text(answer: &Answer, snapshot: &Snapshot, width: usize) -> String {
    verbatim::render::text::answer(&frame(answer, snapshot), Layout { width, colour: false })
}
