//! An understood question as plain data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is asked. Structural intents are decided by gates alone; `Free` by rank and confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// What did X say (about T)?
    Statement,
    /// Who said "…"?
    WhoSaid,
    /// Who is X?
    WhoIs,
    /// What is X?
    WhatIs,
    /// Who is under house arrest? Is X charged?
    Status,
    /// What is X accused of?
    Accusations,
    /// Who admitted what?
    Admissions,
    /// Did X deny it? Did X comment?
    Denials,
    /// Who is the foreign minister? Who leads the investigation?
    RoleHolder,
    /// Who was targeted?
    Victims,
    /// How many?
    HowMany,
    /// How much?
    HowMuch,
    /// When?
    When,
    /// Where?
    Where,
    /// Why?
    Why,
    /// How?
    How,
    /// Is X involved?
    Involvement,
    /// What did X do? What was done?
    WhatDone,
    /// What's the latest?
    Latest,
    /// Is X guilty? Who did it?
    Verdict,
    /// When was this published or updated?
    SourceDate,
    /// Who wrote this?
    SourceAuthor,
    /// What is the title?
    SourceTitle,
    /// What can you do?
    Help,
    /// Nothing that a source could answer: an order, a sum, advice.
    OutOfScope,
    /// No content at all.
    TooVague,
    /// Anything else.
    #[default]
    Free,
}

impl Intent {
    /// Every intent, in the order of `prompts/intents.toml`.
    pub const ALL: [Intent; 27] = [
        Intent::Statement,
        Intent::WhoSaid,
        Intent::WhoIs,
        Intent::WhatIs,
        Intent::Status,
        Intent::Accusations,
        Intent::Admissions,
        Intent::Denials,
        Intent::RoleHolder,
        Intent::Victims,
        Intent::HowMany,
        Intent::HowMuch,
        Intent::When,
        Intent::Where,
        Intent::Why,
        Intent::How,
        Intent::Involvement,
        Intent::WhatDone,
        Intent::Latest,
        Intent::Verdict,
        Intent::SourceDate,
        Intent::SourceAuthor,
        Intent::SourceTitle,
        Intent::Help,
        Intent::OutOfScope,
        Intent::TooVague,
        Intent::Free,
    ];

    /// Its id in `prompts/intents.toml`.
    #[must_use]
    pub fn id(self) -> &'static str {
        use Intent::{
            Accusations, Admissions, Denials, Free, Help, How, HowMany, HowMuch, Involvement, Latest, OutOfScope, RoleHolder,
            SourceAuthor, SourceDate, SourceTitle, Statement, Status, TooVague, Verdict, Victims, WhatDone, WhatIs, When,
            Where, WhoIs, WhoSaid, Why,
        };
        match self {
            Statement => "statement",
            WhoSaid => "who_said",
            WhoIs => "who_is",
            WhatIs => "what_is",
            Status => "status",
            Accusations => "accusations",
            Admissions => "admissions",
            Denials => "denials",
            RoleHolder => "role_holder",
            Victims => "victims",
            HowMany => "how_many",
            HowMuch => "how_much",
            When => "when",
            Where => "where",
            Why => "why",
            How => "how",
            Involvement => "involvement",
            WhatDone => "what_done",
            Latest => "latest",
            Verdict => "verdict",
            SourceDate => "source_date",
            SourceAuthor => "source_author",
            SourceTitle => "source_title",
            Help => "help",
            OutOfScope => "out_of_scope",
            TooVague => "too_vague",
            Free => "free",
        }
    }

    /// The intent of that id.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|intent| intent.id() == id)
    }

    /// Whether gates alone decide it (a statement, a status, a role, a phrase, the source itself).
    #[must_use]
    pub fn is_structural(self) -> bool {
        use Intent::{
            Accusations, Admissions, Denials, Help, Latest, OutOfScope, RoleHolder, SourceAuthor, SourceDate, SourceTitle,
            Statement, Status, TooVague, Verdict, WhoIs, WhoSaid,
        };
        matches!(
            self,
            Statement
                | WhoSaid
                | WhoIs
                | Status
                | Accusations
                | Admissions
                | Denials
                | RoleHolder
                | Latest
                | Verdict
                | SourceDate
                | SourceAuthor
                | SourceTitle
                | Help
                | OutOfScope
                | TooVague
        )
    }
}

/// The kind of thing an answer must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// A person (who).
    Person,
    /// An organisation (which company).
    Organisation,
    /// A count or quantity.
    Number,
    /// How old somebody is.
    Age,
    /// An amount of money.
    Money,
    /// A date or time.
    Date,
    /// A place.
    Place,
    /// A reason clause.
    Reason,
    /// A passage for or against.
    YesNo,
    /// What something is.
    Definition,
    /// What somebody said.
    Statement,
    /// Nothing in particular.
    #[default]
    Any,
}

impl AnswerKind {
    /// The kind of that name in `prompts/` ("person", "yes_no").
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        Some(match id {
            "person" => Self::Person,
            "organisation" => Self::Organisation,
            "number" => Self::Number,
            "age" => Self::Age,
            "money" => Self::Money,
            "date" => Self::Date,
            "place" => Self::Place,
            "reason" => Self::Reason,
            "yes_no" => Self::YesNo,
            "definition" => Self::Definition,
            "statement" => Self::Statement,
            "any" => Self::Any,
            _ => return None,
        })
    }
}

/// A word that asks for the state of things at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeWord {
    /// "still", "now", "today", "currently".
    Now,
    /// "latest", "new", "recent".
    Latest,
    /// "will", "next", "tomorrow": asks for the future.
    Future,
}

/// What fills a slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotValue {
    /// A name known to the knowledge: its fullest form. One name may stand for one entity in several sources.
    Entity(String),
    /// A name of a person or thing that no source knows, as written.
    UnknownName(String),
    /// A surname or title that several entities share: their fullest names.
    Ambiguous(Vec<String>),
    /// A concept id of the lexicon ("status.house_arrest", "role.minister").
    Concept(String),
    /// Plain words (a topic, a phrase).
    Words(String),
}

/// An understood question.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Question {
    /// The text without wrapping, mentions and Markdown.
    pub text: String,
    /// Language of the question.
    pub locale: String,
    /// What is asked.
    pub intent: Intent,
    /// Slots of the intent by name ("person", "topic", "phrase", "status", "role", "thing").
    pub slots: BTreeMap<String, SlotValue>,
    /// Further people of the same slot ("what did Tajani and Crosetto say"): one block of answer for each.
    pub also: Vec<SlotValue>,
    /// Every known, shared or unknown name in the question, in its order, also those in slots.
    pub named: Vec<SlotValue>,
    /// The kind of answer asked for.
    pub kind: AnswerKind,
    /// Time word.
    pub time: Option<TimeWord>,
    /// How the question was read where that differs from what was written (spelling repaired, follow-up completed).
    pub read_as: Option<String>,
    /// Id of the template that matched ("en/statement.toml:12"), or of the fallback.
    pub rule: String,
}

impl Question {
    /// The slot's value.
    #[must_use]
    pub fn slot(&self, name: &str) -> Option<&SlotValue> {
        self.slots.get(name)
    }
}
