//! The cases, by what they are about.

mod double;
mod markdown;
