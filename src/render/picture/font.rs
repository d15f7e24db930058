//! The built-in font: its widths, and lines broken by them. Knows no picture.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;

use super::PictureError;

/// The font's files; their licence stands beside them.
pub(super) static REGULAR: &[u8] = include_bytes!("../../../assets/font/VerbatimSans-Regular.otf");
pub(super) static SEMIBOLD: &[u8] = include_bytes!("../../../assets/font/VerbatimSans-SemiBold.otf");

/// Its name, with what a viewer may take that has it not.
pub(super) const FAMILY: &str = "Verbatim Sans, Inter, Helvetica, Arial, sans-serif";

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    SemiBold,
}

/// One weight, ready to measure.
pub(super) struct Face {
    font: FontRef<'static>,
    units: f32,
}

/// A word with its width and that of the space behind it.
#[derive(Debug)]
struct Piece {
    text: String,
    width: f64,
    space: f64,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.width
    }

    fn whitespace_width(&self) -> f64 {
        self.space
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

impl Face {
    /// The face of that weight.
    pub(super) fn new(weight: Weight) -> Result<Self, PictureError> {
        let bytes = if weight == Weight::Regular { REGULAR } else { SEMIBOLD };
        let font = FontRef::new(bytes).map_err(|error| PictureError::Raster(error.to_string()))?;
        let units = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        Ok(Self { font, units })
    }

    fn glyph(&self, c: char) -> Option<GlyphId> {
        self.font.charmap().map(c)
    }

    /// The first character without a glyph.
    pub(super) fn lacks(&self, text: &str) -> Option<char> {
        text.chars().find(|&c| !c.is_whitespace() && !is_invisible(c) && self.glyph(c).is_none())
    }

    /// The width of `text` at `size` pixels. Kerning, which only brings letters closer, is left out.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        let metrics = self.font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let charmap = self.font.charmap();
        let units: f32 = text
            .chars()
            .filter(|&c| !is_invisible(c))
            .filter_map(|c| charmap.map(c).and_then(|glyph| metrics.advance_width(glyph)))
            .sum();
        units * size / self.units
    }

    /// `text` in lines of at most `width` pixels, broken where Unicode allows it and never with a hyphen of our own; a word wider than a
    /// line is broken between letters.
    pub(super) fn lines(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for line in text.split('\n') {
            let mut pieces: Vec<Piece> = Vec::new();
            for word in WordSeparator::UnicodeBreakProperties.find_words(line) {
                let space = f64::from(self.width(word.whitespace, size));
                let mut parts = self.broken(word.word, size, width);
                let last = parts.pop().unwrap_or_default();
                pieces.extend(parts.into_iter().map(|text| Piece { width: f64::from(width), text, space: 0.0 }));
                pieces.push(Piece {
                    width: f64::from(self.width(&last, size)),
                    text: format!("{last}{}", word.whitespace),
                    space,
                });
            }
            for line in wrap_first_fit(&pieces, &[f64::from(width)]) {
                let line = line.iter().map(|piece| piece.text.as_str()).collect::<String>();
                lines.push(line.trim_end().to_owned());
            }
        }
        lines
    }

    /// A word in parts that each fit into a line.
    fn broken(&self, word: &str, size: f32, width: f32) -> Vec<String> {
        if self.width(word, size) <= width {
            return vec![word.to_owned()];
        }
        let mut parts = vec![String::new()];
        for c in word.chars() {
            let fits = parts.last().is_some_and(|part| self.width(&format!("{part}{c}"), size) <= width || part.is_empty());
            if !fits && !is_combining(c) {
                parts.push(String::new());
            }
            parts.iter_mut().next_back().into_iter().for_each(|part| part.push(c));
        }
        parts
    }
}

/// Characters that show nothing: joiners, soft hyphens, marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const LONG: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

    #[test]
    fn lines_keep_every_letter_and_fit() {
        let face = Face::new(Weight::Regular).unwrap();
        let text = format!("Łódź, Đặng Thị Ngọc Thịnh und die {LONG} sprachen vor state-of-the-art Kameras über Ängste.");
        for width in [120.0, 300.0, 900.0] {
            let lines = face.lines(&text, 30.0, width);
            assert!(lines.iter().all(|line| face.width(line, 30.0) <= width + 0.01), "{lines:?}");
            let (joined, whole): (String, String) = (lines.concat(), text.clone());
            assert_eq!(joined.replace(' ', ""), whole.replace(' ', ""));
        }
    }

    #[test]
    fn letters_of_latin_script_are_there_and_others_are_told() {
        for weight in [Weight::Regular, Weight::SemiBold] {
            let face = Face::new(weight).unwrap();
            let latin = "àèìòù çñßøåæœ ŁłŻżŹźĆć ŐőŰű ĞğİıŞş ǍǎṄṅẞ ẠạẤấỬử “unacceptable,” ‘x’ «y» „z“ – — … € £ № ™ 1½ ²";
            assert_eq!(face.lacks(latin), None);
            assert_eq!(face.lacks("a Ж"), Some('Ж'));
        }
    }
}
