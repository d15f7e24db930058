//! Whether two written names may be one: edit distance and sound, with a limit by length. Knows no language and no source.

use std::collections::HashMap;
use std::sync::Arc;

/// How far two names are apart at most if one is the other misspelt.
pub(super) const MOST_APART: usize = 3;

/// Phrases by number of words, length and letters, so that those near to one are found without comparing all.
#[derive(Debug, Clone, Default)]
pub struct Shapes(HashMap<(usize, usize), Vec<(u32, Arc<str>)>>);

impl Shapes {
    /// Adds a phrase whose words are parted by single spaces.
    pub fn add(&mut self, phrase: Arc<str>) {
        self.0.entry(shape(&phrase)).or_default().push((letters(&phrase), phrase));
    }

    /// All phrases of as many words as `written` that `steps` steps make of it (a letter left out, added, changed, or exchanged with
    /// the next), and some others.
    pub fn near<'s>(&'s self, written: &str, steps: usize) -> impl Iterator<Item = &'s Arc<str>> {
        let ((words, length), own) = (shape(written), letters(written));
        let alike = (length.saturating_sub(steps)..=length + steps).filter_map(move |length| self.0.get(&(words, length)));
        alike.flatten().filter(move |(other, _)| may_become(own, *other, steps)).map(|(_, phrase)| phrase)
    }
}

/// Number of words and of letters.
fn shape(phrase: &str) -> (usize, usize) {
    (phrase.split(' ').count(), phrase.chars().count())
}

/// How far apart, where near enough that one may be the other misspelt; 0 for the same.
///
/// Both are folded without accents. Short names must sound alike; names under four letters are never misspelt.
#[must_use]
pub fn misspelt(written: &str, name: &str) -> Option<usize> {
    if written == name {
        return Some(0);
    }
    let (long, short) = (written.chars().count(), name.chars().count());
    let length = long.min(short);
    if length < 4 || long.abs_diff(short) > 2 {
        return None;
    }
    let same_start = sounds(written).next() == sounds(name).next();
    if !same_start && (length < 7 || !ends_alike(written, name)) {
        return None;
    }
    let alike = sounds(written).eq(sounds(name));
    let limit = match length {
        4 | 5 => 1,
        6 | 7 => 1 + usize::from(long.abs_diff(short) == 1),
        _ => 2,
    };
    let distance = strsim::damerau_levenshtein(written, name);
    if distance > limit + usize::from(alike) {
        return None;
    }
    // A changed letter in a short name makes another name: Ralli is not Rallo.
    let changed_letter = long == short && distance == 1 && !transposed(written, name);
    if length < 6 && changed_letter && !alike {
        return None;
    }
    Some(distance)
}

/// Which of the letters a to z a word has, one bit each.
fn letters(word: &str) -> u32 {
    let bits = word.bytes().filter(u8::is_ascii_lowercase).map(|letter| 1 << (letter - b'a'));
    bits.fold(0, |all, bit: u32| all | bit)
}

/// Whether `steps` steps may make a word with some letters one with others: each takes one away and brings one at most.
fn may_become(some: u32, others: u32, steps: usize) -> bool {
    let most = |letters: u32| letters.count_ones() as usize <= steps;
    most(some & !others) && most(others & !some)
}

/// A rough sound that the languages of the alphabet share: doubled letters once, `ph` as `f`, `y` as `i`, `c` as `k` …
#[must_use]
pub fn sound(word: &str) -> String {
    sounds(word).collect()
}

fn sounds(word: &str) -> impl Iterator<Item = char> {
    let mut chars = word.chars().peekable();
    let mut last = None;
    std::iter::from_fn(move || {
        loop {
            let ch = chars.next()?;
            let mapped = match (ch, chars.peek()) {
                ('p', Some('h')) => {
                    chars.next();
                    'f'
                }
                ('c', Some('k')) => {
                    chars.next();
                    'k'
                }
                ('h' | '\'' | ' ' | '-', _) => continue,
                ('c' | 'q', _) => 'k',
                ('y' | 'j', _) => 'i',
                ('w', _) => 'v',
                ('z', _) => 's',
                _ => ch,
            };
            if last.replace(mapped) != Some(mapped) {
                return Some(mapped);
            }
        }
    })
}

/// Whether one is the other with two neighbouring letters exchanged.
fn transposed(a: &str, b: &str) -> bool {
    let mut letters = [a.chars().collect::<Vec<_>>(), b.chars().collect::<Vec<_>>()];
    letters.iter_mut().for_each(|word| word.sort_unstable());
    letters.first() == letters.last()
}

fn ends_alike(a: &str, b: &str) -> bool {
    a.chars().rev().zip(b.chars().rev()).take(4).all(|(a, b)| a == b)
}

/// Whether all letters of the shorter are among those of the longer.
fn is_within(a: &str, b: &str) -> bool {
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    let mut left = long.chars().collect::<Vec<_>>();
    short.chars().all(|letter| left.iter().position(|own| *own == letter).map(|at| left.swap_remove(at)).is_some())
}

/// The known word that a function word is most likely a misspelling of; shorter words must be nearer.
#[must_use]
pub fn nearest_word<'v>(written: &str, vocabulary: impl Iterator<Item = &'v str>) -> Option<&'v str> {
    let length = written.chars().count();
    if length < 3 {
        return None;
    }
    let limit = if length >= 8 { 2 } else { 1 };
    let (own, first) = (letters(written), written.chars().next());
    let scored = vocabulary.filter_map(|word| {
        // Nearly all words fall out here; how far apart two are is the dearest question.
        let may_start = word.chars().next() == first || word.len() == written.len();
        if !may_start || !may_become(own, letters(word), limit) {
            return None;
        }
        let other = word.chars().count();
        let distance = Some(strsim::damerau_levenshtein(written, word)).filter(|distance| other >= 3 && *distance <= limit)?;
        let exchanged = transposed(written, word);
        let same_start = word.chars().next() == first || exchanged;
        // Short words differ too easily: only exchanged letters and a letter left out or doubled count.
        let sure = length > 4 || exchanged || other > length || sound(word) == sound(written);
        // Two letters apart is misspelt where letters are left out, doubled or exchanged; another letter makes another word.
        let sure = sure && (distance < 2 || is_within(written, word));
        (sure && same_start).then_some((distance, !exchanged, word))
    });
    scored.min().map(|(_, _, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_misspellings_and_far_ones_are_not() {
        for (written, name) in [
            ("belony", "beloni"),
            ("bejnai", "bejani"),
            ("grasseto", "grasetto"),
            ("palamuci", "palamucci"),
            ("renfrw", "renfrew"),
            ("lindquist", "lindqvist"),
            ("ralo", "rallo"),
            ("brandolinni", "brandolini"),
        ] {
            assert!(misspelt(written, name).is_some(), "{written} {name}");
        }
        for (written, name) in [
            ("ralli", "rallo"),
            ("rossi", "russia"),
            ("rallagher", "rallo"),
            ("mancini", "palamucci"),
            ("putin", "pudim"),
            ("eni", "uni"),
        ] {
            assert_eq!(misspelt(written, name), None, "{written} {name}");
        }
    }

    #[test]
    fn whatever_is_near_is_found_by_its_shape() {
        let names = ["rallo", "ralo", "rallio", "lindqvist", "bejani", "eva bejani", "øberg", "鈴木一郎", "brandolini"];
        let mut shapes = Shapes::default();
        names.iter().for_each(|name| shapes.add(Arc::from(*name)));
        for written in ["rallo", "lindquist", "bejnai", "eva bejani", "oberg", "鈴木二郎", "brandolinni"] {
            let found = shapes.near(written, MOST_APART).map(|name| &**name).collect::<Vec<_>>();
            let words = |name: &str| name.split(' ').count();
            for name in names.iter().filter(|name| words(name) == words(written)) {
                let near = strsim::damerau_levenshtein(written, name) <= MOST_APART;
                assert!(!near || found.contains(name), "{written} {name}");
            }
            assert!(found.len() < names.len(), "{written}");
        }
    }

    #[test]
    fn function_words_are_repaired_only_where_sure() {
        let words = ["what", "that", "about", "said", "they", "investigation"];
        assert_eq!(nearest_word("waht", words.into_iter()), Some("what"));
        assert_eq!(nearest_word("abuot", words.into_iter()), Some("about"));
        assert_eq!(nearest_word("investagtion", words.into_iter()), Some("investigation"));
        assert_eq!(nearest_word("sand", words.into_iter()), None);
        assert_eq!(nearest_word("confusion", ["confession"].into_iter()), None);
    }
}
