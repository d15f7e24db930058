//! What an editor would read out of an edition: sentences, who is who, who said what, how sure, legal status, dates.
//!
//! Pure: same bytes and same rules, same result. Knows neither the index nor questions.

mod anaphora;
mod attribution;
mod class;
mod corrections;
mod dates;
mod dialogue;
mod dropped;
mod entities;
mod enumeration;
mod inspect;
mod line;
mod mentions;
mod names;
mod phrases;
mod quotes;
mod reading;
mod renumber;
mod roles;
mod sentences;
mod standing;
mod status;
mod types;
mod vocabulary;

pub(crate) use class::Grammar;
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

/// Editions from which on analysis is shared out among the processors.
const SHARED_OUT: usize = 16;

/// One analysis for each edition, in their order; many editions are shared out among the processors.
#[must_use]
pub fn analyse_all(editions: &[Edition], rules: &Rules) -> Vec<Analysis> {
    let analyse = |editions: &[Edition]| editions.iter().map(|edition| analyse(edition, rules)).collect::<Vec<_>>();
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if editions.len() < SHARED_OUT || processors == 1 {
        return analyse(editions);
    }
    std::thread::scope(|scope| {
        let parts = editions.chunks(editions.len().div_ceil(processors));
        let threads = parts.map(|part| scope.spawn(move || analyse(part))).collect::<Vec<_>>();
        let finished = threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        finished.flatten().collect()
    })
}
