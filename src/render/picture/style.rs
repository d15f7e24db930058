//! How text is set in pictures: the styles of pages and of the network, and the lines on their sources. Knows no other content.

use super::PictureError;
use super::draw::Drawing;
use super::font::Weight;
use super::theme::Ink;
use crate::render::frame::SourceLines;

/// How text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub size: f32,
    pub weight: Weight,
    pub ink: Ink,
}

pub(super) const TITLE: Style = Style { size: 40.0, weight: Weight::SemiBold, ink: Ink::Text };
pub(super) const HEAD: Style = Style { size: 27.0, weight: Weight::SemiBold, ink: Ink::Mark };
pub(super) const BODY: Style = Style { size: 25.0, weight: Weight::Regular, ink: Ink::Text };
pub(super) const NAME: Style = Style { size: 22.0, weight: Weight::SemiBold, ink: Ink::Text };
pub(super) const SOFT: Style = Style { size: 21.0, weight: Weight::Regular, ink: Ink::Soft };
pub(super) const COUNT: Style = Style { size: 19.0, weight: Weight::Regular, ink: Ink::Mark };

/// Draws title and dates of each source, and adds them to what the picture says.
pub(super) fn sources(
    drawing: &mut Drawing,
    sources: &[SourceLines],
    (x, width): (f32, f32),
    told: &mut Vec<String>,
) -> Result<(), PictureError> {
    for source in sources {
        for (style, text) in [(NAME, &source.title), (SOFT, &source.dates)] {
            drawing.text(style, x, width, text)?;
            told.push(text.clone());
        }
    }
    Ok(())
}
