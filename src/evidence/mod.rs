//! Candidates → named features → a linear ranker and its confidence. Knows no rendering.

mod features;
mod query;
mod retrieve;
mod traits;
mod weights;

pub use features::{CHECKS, FEATURES, Feature, FeatureVector, Meeting, Pairing};
pub use query::{Asking, Query};
pub use retrieve::{CANDIDATES, Candidate, candidates, checked_candidates, confidence, explain, rank, retrieve};
pub use traits::{TRAITS, Trait, trait_names, traits};
pub use weights::{DESK_THRESHOLD, PUBLIC_THRESHOLD, THRESHOLD};
