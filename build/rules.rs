//! The part of the program's own `rules` that reads files, so that what is built in is read by the same code.

#[path = "../src/rules/compiled.rs"]
mod compiled;
#[path = "../src/rules/digest.rs"]
mod digest;
#[path = "../src/rules/fault.rs"]
pub mod fault;
#[path = "../src/rules/inflection.rs"]
mod inflection;
#[path = "../src/rules/intents.rs"]
mod intents;
#[path = "../src/rules/language.rs"]
mod language;
#[path = "../src/rules/lexicon.rs"]
mod lexicon;
#[path = "../src/rules/matcher.rs"]
mod matcher;
#[path = "../src/rules/tables.rs"]
mod tables;
#[path = "../src/rules/template.rs"]
mod template;
#[path = "../src/rules/templates.rs"]
mod templates;
#[path = "../src/rules/text.rs"]
mod text;
#[path = "../src/rules/walk.rs"]
mod walk;
#[path = "../src/rules/wording.rs"]
mod wording;

pub use compiled::compile;
