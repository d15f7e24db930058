//! How much of the question's words the passage and its surroundings hold. Knows no order and no kind of answer.

use super::pairing::Pairing;

/// Share of the question's weight in the sentence.
pub fn here(pairing: &Pairing<'_>) -> f64 {
    pairing.share(|meeting| meeting.here.is_some())
}

/// The same with each weight squared: rare words count more.
pub fn rare(pairing: &Pairing<'_>) -> f64 {
    let squared = |weight: f64| weight * weight;
    let total = pairing.meetings.iter().map(|meeting| squared(meeting.weight)).sum::<f64>().max(1e-9);
    let met = pairing.meetings.iter().filter(|meeting| meeting.here.is_some());
    met.map(|meeting| squared(meeting.weight)).sum::<f64>() / total
}

/// Share in the sentence or the one before.
pub fn with_previous(pairing: &Pairing<'_>) -> f64 {
    pairing.share(|meeting| meeting.here.is_some() || meeting.before)
}

/// Share in the sentence or the one after.
pub fn with_next(pairing: &Pairing<'_>) -> f64 {
    pairing.share(|meeting| meeting.here.is_some() || meeting.after)
}

/// Share in the paragraph and its heading.
pub fn paragraph(pairing: &Pairing<'_>) -> f64 {
    pairing.share(|meeting| meeting.paragraph)
}

/// Share that the sentence lacks but a word like it is there (by trigrams, above one half).
pub fn alike(pairing: &Pairing<'_>) -> f64 {
    let lacking = pairing.meetings.iter().filter(|meeting| meeting.here.is_none() && meeting.is_alike());
    lacking.map(|meeting| meeting.weight * meeting.alike).sum::<f64>() / pairing.total
}

/// Share that the sentence lacks but a word for the same concept is there.
pub fn concept(pairing: &Pairing<'_>) -> f64 {
    pairing.share(|meeting| meeting.concept.is_some())
}

/// Share found in any way: same stem, alike, or same concept.
pub fn any(pairing: &Pairing<'_>) -> f64 {
    pairing.share(|meeting| meeting.is_met())
}

/// Share of the question's runs of four letters, stop words included, that the sentence has.
pub fn letters(pairing: &Pairing<'_>) -> f64 {
    pairing.asking.letters_in(pairing.words)
}

/// Number of content words that are neither here nor alike nor meant by a concept.
pub fn lacking(pairing: &Pairing<'_>) -> f64 {
    let lacks = |meeting: &&super::Meeting| !meeting.is_met();
    pairing.meetings.iter().filter(lacks).count() as f64
}

/// Weight of the heaviest word that the whole paragraph lacks, beside the heaviest of all.
pub fn lacking_everywhere(pairing: &Pairing<'_>) -> f64 {
    let heaviest = pairing.meetings.iter().map(|meeting| meeting.weight).fold(1e-9, f64::max);
    let lacks = |meeting: &&super::Meeting| !meeting.paragraph && !meeting.is_alike() && meeting.concept.is_none();
    pairing.meetings.iter().filter(lacks).map(|meeting| meeting.weight).fold(0.0, f64::max) / heaviest
}

/// Whether the heaviest word of the question is in the sentence.
pub fn heaviest_here(pairing: &Pairing<'_>) -> f64 {
    let heaviest = pairing.meetings.iter().max_by(|a, b| a.weight.total_cmp(&b.weight));
    heaviest.map_or(0.0, |meeting| f64::from(u8::from(meeting.here.is_some())))
}

/// Whether the last content word of the question (often what it turns on) is here in any way.
pub fn last_here(pairing: &Pairing<'_>) -> f64 {
    pairing.meetings.last().map_or(0.0, |meeting| f64::from(u8::from(meeting.is_met())))
}

/// BM25 of the sentence, beside the question's weight.
pub fn bm25(pairing: &Pairing<'_>) -> f64 {
    pairing.hit.score / pairing.total
}

/// BM25 of the paragraph, beside the question's weight.
pub fn bm25_paragraph(pairing: &Pairing<'_>) -> f64 {
    pairing.hit.paragraph_score / pairing.total
}

/// Weight of the heaviest word that is no name and not here in any way, beside the heaviest of all.
pub fn plain_lacking(pairing: &Pairing<'_>) -> f64 {
    let heaviest = pairing.meetings.iter().map(|meeting| meeting.weight).fold(1e-9, f64::max);
    let is_name = |word: usize| pairing.asking.asked.words.get(word).is_some_and(|word| word.is_name);
    let lacks = |meeting: &&super::Meeting| !meeting.is_met() && !is_name(meeting.word);
    pairing.meetings.iter().filter(lacks).map(|meeting| meeting.weight).fold(0.0, f64::max) / heaviest
}

/// Share of the question's weight in words that no passage of any source holds.
pub fn unknown(pairing: &Pairing<'_>) -> f64 {
    pairing.share(|meeting| pairing.asking.asked.words.get(meeting.word).is_some_and(|word| word.term.is_none()))
}

/// Number of content words of the question, in tens (up to 2).
pub fn words(pairing: &Pairing<'_>) -> f64 {
    pairing.meetings.len().min(20) as f64 / 10.0
}
