//! From a question's text to what is asked, of whom, and which kind of answer it wants. Knows no rendering.

mod claim;
mod clean;
mod examples;
mod known;
mod names;
mod people;
mod reader;
mod sound;
mod types;
mod understand;
mod words;

pub use claim::{Claim, ClaimNumber, understand_claim};
pub use clean::clean;
pub use examples::check_examples;
pub use names::{LONGEST_NAME, Names, key};
pub use sound::{misspelt, sound};
pub use types::{AnswerKind, Intent, Question, SlotValue, TimeWord};
pub use understand::{Asking, likely_languages, understand};
