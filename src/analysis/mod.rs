//! What an editor would read out of an edition: sentences, who is who, who said what, how sure, legal status, dates.
//!
//! Pure: same bytes and same rules, same result. Knows neither the index nor questions.

mod anaphora;
mod attribution;
mod class;
mod corrections;
mod dates;
mod entities;
mod inspect;
mod line;
mod mentions;
mod names;
mod phrases;
mod quotes;
mod reading;
mod roles;
mod sentences;
mod standing;
mod status;
mod types;
mod vocabulary;

pub use inspect::{
    Bytes, InspectBlock, InspectCorrection, InspectDate, InspectMention, InspectRecord, InspectSentence, InspectSpeaker,
    InspectStatement, InspectStatus, inspect,
};
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
    match rules.language(&edition.metadata.language) {
        Some(language) => reading::read(edition, language),
        None => {
            let found = sentences::sentences(edition, None);
            let sentences = found.into_iter().map(|(span, block)| Sentence::new(span, block)).collect();
            Analysis { edition: Some(edition.id), sentences, ..Analysis::default() }
        }
    }
}
