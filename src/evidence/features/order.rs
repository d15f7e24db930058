//! How the question's words stand in the passage: in the same order, side by side, close together. Knows no kind of answer.

use super::pairing::Pairing;

/// Weight of the longest common subsequence of content words.
pub fn subsequence(pairing: &Pairing<'_>) -> f64 {
    let mut best: Vec<f64> = Vec::new();
    let mut places: Vec<usize> = Vec::new();
    for meeting in &pairing.meetings {
        let Some(here) = meeting.here else { continue };
        let before = places.iter().zip(&best).filter(|&(&place, _)| place < here).map(|(_, &sum)| sum).fold(0.0, f64::max);
        places.push(here);
        best.push(before + meeting.weight);
    }
    best.into_iter().fold(0.0, f64::max) / pairing.total
}

/// Share of the question's neighbouring content words that stand at most two words apart here, in order.
pub fn adjacent(pairing: &Pairing<'_>) -> f64 {
    let pairs = pairing.meetings.windows(2);
    let count = pairs.len().max(1) as f64;
    let close = pairs.filter(|pair| match pair {
        [one, two] => near(pairing, one.word, two.word, 2),
        _ => false,
    });
    close.count() as f64 / count
}

/// Share of the question's pairs of neighbouring words, stop words included, that are neighbours here too.
pub fn bigrams(pairing: &Pairing<'_>) -> f64 {
    let words = &pairing.asking.asked.words;
    let count = words.len().saturating_sub(1).max(1) as f64;
    let same = words.windows(2).filter(|pair| match pair {
        [one, two] => pairing.words.windows(2).any(|own| match own {
            [a, b] => one.term == Some(a.term) && two.term == Some(b.term),
            _ => false,
        }),
        _ => false,
    });
    same.count() as f64 / count
}

/// The greatest share of the question's weight in any ten words in a row.
pub fn window(pairing: &Pairing<'_>) -> f64 {
    const WIDTH: usize = 10;
    let met = pairing.meetings.iter().filter_map(|meeting| meeting.here.map(|here| (here, meeting.weight))).collect::<Vec<_>>();
    let from = |start: usize| {
        met.iter().filter(|&&(here, _)| (start..start + WIDTH).contains(&here)).map(|&(_, weight)| weight).sum::<f64>()
    };
    met.iter().map(|&(start, _)| from(start)).fold(0.0, f64::max) / pairing.total
}

/// How densely the met words stand: their number beside the words from the first to the last.
pub fn density(pairing: &Pairing<'_>) -> f64 {
    let places = pairing.places();
    match (places.iter().min(), places.iter().max()) {
        (Some(first), Some(last)) if places.len() > 1 => places.len() as f64 / (last - first + 1) as f64,
        _ => 0.0,
    }
}

/// How far apart neighbouring content words of the question stand here: the mean logarithm of their distance.
pub fn apart(pairing: &Pairing<'_>) -> f64 {
    let places = pairing.places();
    let distances = places.windows(2).filter_map(|pair| match pair {
        [a, b] => Some((a.abs_diff(*b).max(1) as f64).ln()),
        _ => None,
    });
    let (sum, count) = distances.fold((0.0, 0.0), |(sum, count), distance| (sum + distance, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

/// Where the first of the question's words stands, from 0 (the beginning) to 1 (the end, or nowhere).
pub fn late(pairing: &Pairing<'_>) -> f64 {
    let first = pairing.places().into_iter().min();
    first.map_or(1.0, |first| first as f64 / pairing.words.len().max(1) as f64)
}

/// Two content words that stand side by side and in order in the question, but the other way round here: roles swapped.
pub fn swapped(pairing: &Pairing<'_>) -> f64 {
    let mut swapped = 0.0;
    for (at, one) in pairing.meetings.iter().enumerate() {
        for two in pairing.meetings.iter().skip(at + 1) {
            let names = |word: usize| pairing.asking.asked.words.get(word).is_some_and(|word| word.is_name);
            if let (Some(a), Some(b)) = (one.here, two.here)
                && a > b + 1
                && names(one.word)
                && names(two.word)
            {
                swapped += 1.0;
            }
        }
    }
    f64::min(swapped, 3.0)
}

fn near(pairing: &Pairing<'_>, one: usize, two: usize, most: usize) -> bool {
    let term = |word: usize| pairing.asking.asked.words.get(word).and_then(|word| word.term);
    let (Some(one), Some(two)) = (term(one), term(two)) else { return false };
    let places = |term| pairing.words.iter().enumerate().filter(move |(_, word)| word.term == term).map(|(at, _)| at);
    places(one).any(|a| places(two).any(|b| b > a && b - a <= most))
}
