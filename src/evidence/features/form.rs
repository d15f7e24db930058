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
    let passage = pairing.index.passage(pairing.hit.passage);
    let paragraph = passage.and_then(|passage| pairing.index.paragraph(passage.paragraph));
    f64::from(u8::from(paragraph.is_some_and(|paragraph| paragraph.first == pairing.hit.passage)))
}

/// Whether it begins with a word that points back.
pub fn points_back(pairing: &Pairing<'_>) -> f64 {
    f64::from(u8::from(pairing.places_of("cue.pronoun").any(|at| at == 0)))
}
