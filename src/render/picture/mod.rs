//! Pictures of answers and pages: SVG, and PNG made of it, each with a text for who can't see it. Nothing is cut: what does not fit makes
//! the picture higher or goes onto the next one. Knows neither files nor Discord.

mod card;
mod draw;
mod font;
mod network;
mod pages;
mod raster;
mod style;
mod theme;

pub use card::card;
pub use network::together;
pub use pages::{document, timeline};
pub use raster::png;
pub use theme::{Shape, Theme};

/// Most pixels that a picture may be high.
pub const HIGHEST: u32 = 16_000;

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The drawing, which holds the text of `alternative`, too.
    pub svg: String,
    /// What the picture says, for who can't see it.
    pub alternative: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// A character that the font has not.
    #[error("no picture: the built-in font, which is for Latin script, has no “{0}”; take another format")]
    NoGlyph(char),
    /// More than may be quoted where it would be shown.
    #[error("no picture: it would quote more than is allowed here")]
    OverBudget,
    /// More than a picture can hold.
    #[error("no picture: it would be {0} pixels high, more than {HIGHEST}; take fewer words or another format")]
    TooHigh(u32),
    /// The drawing could not be turned into pixels.
    #[error("no picture: {0}")]
    Raster(String),
}
