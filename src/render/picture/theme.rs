//! Colours and shapes of pictures. Every ink has a contrast of at least 4.5 : 1 on its paper.

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark on white.
    #[default]
    Light,
    /// Light on black.
    Dark,
}

/// The form of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// 1200 × 630, as links are shown with.
    #[default]
    Card,
    /// 1080 × 1080.
    Square,
}

impl Shape {
    /// Width and least height in pixels.
    #[must_use]
    pub fn size(self) -> (u32, u32) {
        match self {
            Shape::Card => (1200, 630),
            Shape::Square => (1080, 1080),
        }
    }
}

/// What something is painted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Paper,
    Text,
    Soft,
    Mark,
    Line,
}

impl Theme {
    /// The colour as "#rrggbb".
    pub(super) fn colour(self, ink: Ink) -> &'static str {
        match (self, ink) {
            (Theme::Light, Ink::Paper) => "#ffffff",
            (Theme::Light, Ink::Text) => "#1a1a1a",
            (Theme::Light, Ink::Soft) => "#555555",
            (Theme::Light, Ink::Mark) => "#8a1c1c",
            (Theme::Light, Ink::Line) => "#767676",
            (Theme::Dark, Ink::Paper) => "#161616",
            (Theme::Dark, Ink::Text) => "#f0f0f0",
            (Theme::Dark, Ink::Soft) => "#b4b4b4",
            (Theme::Dark, Ink::Mark) => "#ffb4a8",
            (Theme::Dark, Ink::Line) => "#8c8c8c",
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::string_slice)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2 defines it.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    #[test]
    fn every_ink_is_legible_on_its_paper() {
        for theme in [Theme::Light, Theme::Dark] {
            let paper = luminance(theme.colour(Ink::Paper));
            for ink in [Ink::Text, Ink::Soft, Ink::Mark, Ink::Line] {
                let ink_light = luminance(theme.colour(ink));
                let (light, dark) = (paper.max(ink_light), paper.min(ink_light));
                let contrast = (light + 0.05) / (dark + 0.05);
                assert!(contrast >= 4.5, "{theme:?} {ink:?}: {contrast:.2}");
            }
        }
    }
}
