//! The passage's own form: length, place, how it begins. Knows nothing of the question.

use super::pairing::Pairing;

/// Length: the logarithm of its number of words, less that of twenty.
pub fn length(pairing: &Pairing<'_>) -> f64 {
    (pairing.words.len().max(1) as f64 / 20.0).ln()
}

/// Whether it has fewer than six words: hardly a sentence.
pub fn stub(pairing: &Pairing<'_>) -> f64 {
    f64::from(u8::from(pairing.words.len() < 6))
}

/// Whether it is the first of its paragraph.
pub fn first(pairing: &Pairing<'_>) -> f64 {
    f64::from(u8::from(before(pairing) == Some(0)))
}

/// Number of sentences before it in its paragraph (up to 6), in sixths.
pub fn depth(pairing: &Pairing<'_>) -> f64 {
    f64::from(before(pairing).unwrap_or_default().min(6)) / 6.0
}

/// Number of sentences before it in its paragraph.
fn before(pairing: &Pairing<'_>) -> Option<u32> {
    let passage = pairing.index.passage(pairing.hit.passage)?;
    pairing.hit.passage.checked_sub(pairing.index.paragraph(passage.paragraph)?.first)
}

/// Whether it begins with a word that points back.
pub fn points_back(pairing: &Pairing<'_>) -> f64 {
    f64::from(u8::from(pairing.places_of("cue.pronoun").any(|at| at == 0)))
}
