//! What is answered: quotations, or why there is none. Knows no surface.

mod reason;
mod types;

pub use reason::Reason;
pub use types::{Answer, Choice, Context, Outcome, Quotation, Related, RelatedRole};
