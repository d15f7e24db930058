//! What an editor would read out of an edition: sentences, who is who, who said what, how sure, legal status, dates.
//!
//! Pure: same bytes and same rules, same result. Knows neither the index nor questions.

mod sentences;
mod types;

pub use types::{
    Analysis, Correction, DateMention, Entity, EntityId, EntityKind, Mention, MentionKind, Mode, NameAlias, Role, Sentence,
    Speaker, Standing, Statement, Status,
};

use crate::document::Edition;
use crate::rules::Rules;

/// Analyses one edition with the rules of its language.
///
/// A language without lexicon yields sentences and names only, with `analysed == false`: no speakers and no standing.
#[must_use]
pub fn analyse(edition: &Edition, rules: &Rules) -> Analysis {
    let found = sentences::sentences(edition, rules.language(&edition.metadata.language));
    let sentences = found.into_iter().map(|(span, block)| Sentence::new(span, block)).collect();
    Analysis { edition: Some(edition.id), sentences, ..Analysis::default() }
}
