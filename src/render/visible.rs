//! Control characters of a source, shown and not obeyed. Knows no surface.

use std::borrow::Cow;

/// The text without anything that a terminal or viewer would obey; line breaks stay, a tab is a space.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() && c != '\n') {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| match c {
        '\n' => Some(c),
        '\t' => Some(' '),
        '\r' => None,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        c if c.is_control() => Some('\u{fffd}'),
        c => Some(c),
    };
    Cow::Owned(text.chars().filter_map(shown).collect())
}
