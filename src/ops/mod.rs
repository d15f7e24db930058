//! What the person who runs the bot asks of what it keeps, with or without the bot running. Knows no Discord and no sled.

mod control;
mod data;

pub use control::{Control, socket};
pub use data::{OpsError, Request, answer, compact, complaints, export, forget, gaps, import, info, sweep, trail};
