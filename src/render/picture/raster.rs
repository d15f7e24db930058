//! Pixels of a drawing. The renderer and the font are touched only here, so that nothing else pays for them.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use super::font::{REGULAR, SEMIBOLD};
use super::{Picture, PictureError};

/// The picture as PNG.
///
/// # Errors
/// When the drawing can't be read back or is too large to hold.
pub fn png(picture: &Picture) -> Result<Vec<u8>, PictureError> {
    let options = Options { fontdb: fonts(), font_family: "Verbatim Sans".to_owned(), ..Options::default() };
    let fault = |error: &dyn std::fmt::Display| PictureError::Raster(error.to_string());
    let tree = Tree::from_str(&picture.svg, &options).map_err(|error| fault(&error))?;
    let mut pixels = Pixmap::new(picture.width, picture.height).ok_or(PictureError::TooHigh(picture.height))?;
    resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| fault(&error))
}

fn fonts() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let load = || {
        let mut fonts = Database::new();
        for bytes in [REGULAR, SEMIBOLD] {
            fonts.load_font_source(Source::Binary(Arc::new(bytes)));
        }
        Arc::new(fonts)
    };
    Arc::clone(FONTS.get_or_init(load))
}
