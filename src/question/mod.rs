//! A question's text → intent, slots, kind of answer asked for, time word, spelling repairs. Knows no rendering.

mod types;

pub use types::{AnswerKind, Intent, Question, SlotValue, TimeWord};
