//! The results of analysis as plain data; everything derived carries its span and the id of the rule that made it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::span::{EditionId, Span};

/// Everything found in one edition.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Analysis {
    /// The edition analysed.
    pub edition: Option<EditionId>,
    /// Whether the language has a lexicon; where not there are no speakers and no standing.
    pub analysed: bool,
    /// Sentences of all blocks in text order; every passage is one of them.
    pub sentences: Vec<Sentence>,
    /// Who and what is named.
    pub entities: Vec<Entity>,
    /// Every mention, in text order.
    pub mentions: Vec<Mention>,
    /// Who said what.
    pub statements: Vec<Statement>,
    /// Who stands where in a legal procedure.
    pub statuses: Vec<Status>,
    /// Dates named in the text.
    pub dates: Vec<DateMention>,
    /// Printed corrections of earlier versions.
    pub corrections: Vec<Correction>,
}

/// A sentence, or a title, heading, caption or line that is none.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it is.
    pub span: Span,
    /// Index of its block in the edition.
    pub block: u32,
    /// How sure its main assertion is.
    pub standing: Standing,
    /// Whether its main assertion is negated.
    pub negated: bool,
    /// Spans of the hedges that decided the standing, for the card ("reportedly").
    pub hedges: Vec<Span>,
    /// Sentences (indices) that name whom this one points back to, in text order.
    pub antecedents: Vec<u32>,
    /// Ids of the rules that decided standing, negation and antecedents.
    pub rules: Vec<String>,
}

/// How sure a passage is of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The source's own voice.
    #[default]
    Stated,
    /// Somebody says it.
    Attributed,
    /// Accusation, suspicion, hearsay, modal of speculation.
    Alleged,
}

impl fmt::Display for Standing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Standing::Stated => "stated",
            Standing::Attributed => "attributed",
            Standing::Alleged => "alleged",
        })
    }
}

/// Index of an entity in [`Analysis::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntityId(pub u32);

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A company, authority, party, group.
    Organisation,
    /// A country, town, street.
    Place,
    /// An office without its holder's name ("the prosecutor").
    Office,
    /// Anything else with a name, or not told.
    #[default]
    Other,
}

/// A person, organisation or place of one source.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entity {
    /// The fullest name the source gives, else the mention's own words.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Its other names, each with the passage that shows it.
    pub aliases: Vec<NameAlias>,
    /// Roles and titles beside the name ("Foreign Minister", "president of the Fondazione …").
    pub roles: Vec<Role>,
    /// First place.
    pub first: Span,
}

/// Another name of an entity.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NameAlias {
    /// The words.
    pub name: String,
    /// Where they stand for the entity.
    pub span: Span,
    /// The rule that says so.
    pub rule: String,
}

/// A role that the source gives to an entity.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Role {
    /// Its words as they stand.
    pub span: Span,
    /// Concept ids of the role's words ("role.minister", "topic.foreign").
    pub concepts: Vec<String>,
    /// Whether the source says that it is over ("former", "ex").
    pub former: bool,
    /// The rule that found it.
    pub rule: String,
}

/// How a mention refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// By name.
    Name,
    /// A pronoun ("he").
    Pronoun,
    /// A possessive ("their").
    Possessive,
    /// A definite or indefinite phrase ("the suspects", "a spokesman").
    Phrase,
    /// A subject that the verb alone shows (Italian); its span is the verb's.
    Dropped,
}

/// One mention.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Mention {
    /// Where it is.
    pub span: Span,
    /// Whom it means; `None` where that can't be told.
    pub entity: Option<EntityId>,
    /// How it refers.
    pub kind: MentionKind,
    /// The rule that found and resolved it.
    pub rule: String,
}

/// Whether a statement's words are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// In quotation marks.
    Direct,
    /// In the writer's words.
    Indirect,
    /// Partly quoted.
    Mixed,
}

/// Who speaks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Speaker {
    /// The words that name the speaker (possibly a pronoun).
    pub span: Span,
    /// Whom they mean, where that can be told.
    pub entity: Option<EntityId>,
    /// The fullest name in the source, else the mention's own words.
    pub name: String,
}

/// An attribution: source–cue–content in the terms of PARC (Pareti 2012) and PolNeAR (Newell et al. 2018).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Statement {
    /// What is said; several spans where source and cue stand between.
    pub content: Vec<Span>,
    /// The word that says so.
    pub cue: Option<Span>,
    /// Concept id of the cue ("say.state", "deny.deny").
    pub class: String,
    /// Who says it; `None` where the text does not tell.
    pub speaker: Option<Speaker>,
    /// Quoted or not.
    pub mode: Mode,
    /// How sure.
    pub standing: Standing,
    /// Whether the saying is negated ("did not say that …").
    pub negated: bool,
    /// Whether the act says that nothing was said ("declined to comment").
    pub silence: bool,
    /// The rule that found it.
    pub rule: String,
    /// Sentences (indices) that hold content or cue, in text order.
    pub sentences: Vec<u32>,
}

/// A person's legal status at one place of the text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Status {
    /// Who; `None` for unnamed ("four suspects").
    pub entity: Option<EntityId>,
    /// The words that name whom.
    pub holder: Option<Span>,
    /// Concept id ("status.house_arrest").
    pub status: String,
    /// Whether the source says that it is not so.
    pub negated: bool,
    /// The words that give the status.
    pub span: Span,
    /// The sentence (index).
    pub sentence: u32,
    /// The rule that found it.
    pub rule: String,
}

/// A date named in the text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DateMention {
    /// The words.
    pub span: Span,
    /// What they resolve to: an EDTF level 0 date ("2024-11-03", "2024-11", "2024"); `None` where that can't be told.
    pub value: Option<String>,
    /// The rule that resolved it.
    pub rule: String,
    /// The sentence (index).
    pub sentence: u32,
}

/// A printed correction.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Correction {
    /// The sentences of the correction.
    pub span: Span,
    /// The rule that found it.
    pub rule: String,
}

impl Sentence {
    /// A sentence in the source's own voice, before any rule has looked at it.
    #[must_use]
    pub fn new(span: Span, block: u32) -> Self {
        Self {
            span,
            block,
            standing: Standing::Stated,
            negated: false,
            hedges: Vec::new(),
            antecedents: Vec::new(),
            rules: Vec::new(),
        }
    }
}

impl Analysis {
    /// The entity with that number.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.0 as usize)
    }

    /// The mentions that begin in `span`, in text order.
    #[must_use]
    pub fn mentions_in(&self, span: Span) -> &[Mention] {
        let from = self.mentions.partition_point(|mention| mention.span.start < span.start);
        let to = self.mentions.partition_point(|mention| mention.span.start < span.end);
        self.mentions.get(from..to).unwrap_or_default()
    }

    /// The sentence (index) that holds the first byte of `span`.
    #[must_use]
    pub fn sentence_at(&self, span: Span) -> Option<u32> {
        let after = self.sentences.partition_point(|sentence| sentence.span.start <= span.start);
        let index = after.checked_sub(1)?;
        let holds = self.sentences.get(index).is_some_and(|sentence| span.start < sentence.span.end);
        holds.then(|| u32::try_from(index).unwrap_or(u32::MAX))
    }
}
