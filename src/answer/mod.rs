//! What is answered: quotations, or why there is none. Knows no surface.

mod actor;
mod compose;
pub(crate) mod figures;
mod gates;
mod kind;
pub(crate) mod matching;
mod reason;
mod scene;
mod types;
mod voice;

pub(crate) use gates::{accuses, stands_for};

pub use compose::{DEFAULT_LIMIT, answer, quote};
pub use reason::Reason;
pub use scene::{Passage, Scene};
pub use types::{Answer, Choice, Context, Outcome, Quotation, Related, RelatedRole};
