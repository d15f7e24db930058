//! Crockford's base 32: easy to read aloud, no letter that looks like a digit. Knows nothing of receipts' content.

use std::sync::LazyLock;

use data_encoding::{Encoding, Specification};

/// Letters of an id; it is written in groups of four.
const ID_LETTERS: usize = 8;

static BASE32: LazyLock<Option<Encoding>> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    specification.encoding().ok()
});

/// `bytes` in base 32.
pub(super) fn encode(bytes: &[u8]) -> String {
    BASE32.as_ref().map(|encoding| encoding.encode(bytes)).unwrap_or_default()
}

/// The bytes of a base-32 text; small letters, O for 0 and I or L for 1 are understood.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    BASE32.as_ref()?.decode(normal(text)?.as_bytes()).ok()
}

/// A text in the letters that are written.
pub(super) fn normal(text: &str) -> Option<String> {
    text.chars().map(normal_letter).collect()
}

fn normal_letter(letter: char) -> Option<char> {
    match letter.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        other => (other.is_ascii_alphanumeric() || other == '-').then_some(other),
    }
}

/// Five bytes as an id, `7K3F-9QPM`.
pub(super) fn id(bytes: &[u8]) -> String {
    let letters = encode(bytes);
    let (left, right) = letters.split_at_checked(ID_LETTERS / 2).unwrap_or((&letters, ""));
    format!("{left}-{right}")
}

/// Whether a text has the form of an id.
pub(super) fn is_id(text: &str) -> bool {
    let Some((left, right)) = text.split_once('-') else { return false };
    [left, right].iter().all(|half| half.len() == ID_LETTERS / 2 && half.chars().all(|letter| letter.is_ascii_alphanumeric()))
}
