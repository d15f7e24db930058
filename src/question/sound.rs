//! Whether two written names may be one: edit distance and sound, with a limit by length. Knows no language and no source.

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
    let (own, other) = (sound(written), sound(name));
    let alike = own == other;
    let limit = match length {
        4 | 5 => 1,
        6 | 7 => 1 + usize::from(long.abs_diff(short) == 1),
        _ => 2,
    };
    let same_start = own.chars().next() == other.chars().next();
    if !same_start && (length < 7 || !ends_alike(written, name)) {
        return None;
    }
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

/// A rough sound that the languages of the alphabet share: doubled letters once, `ph` as `f`, `y` as `i`, `c` as `k` …
#[must_use]
pub fn sound(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut chars = word.chars().peekable();
    while let Some(ch) = chars.next() {
        let next = chars.peek().copied();
        let mapped = match (ch, next) {
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
        if !out.ends_with(mapped) {
            out.push(mapped);
        }
    }
    out
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
    let own = letters(written);
    // Each step between two words changes which letters they have by two at most; this is told sooner than how far apart they are.
    let may_be = |word: &&str| (own ^ letters(word)).count_ones() as usize <= 2 * limit;
    let near = vocabulary.filter(|word| word.chars().count().abs_diff(length) <= limit && word.chars().count() >= 3);
    let near = near.filter(may_be);
    let scored = near.filter_map(|word| {
        let distance = strsim::damerau_levenshtein(written, word);
        // Short words differ too easily: only exchanged letters and a letter left out or doubled count.
        let sure = length > 4 || transposed(written, word) || word.chars().count() > length || sound(word) == sound(written);
        let same_start = written.chars().next() == word.chars().next() || transposed(written, word);
        // Two letters apart is misspelt where letters are left out, doubled or exchanged; another letter makes another word.
        let sure = sure && (distance < 2 || is_within(written, word));
        (distance <= limit && sure && same_start).then_some((distance, !transposed(written, word), word))
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
    fn function_words_are_repaired_only_where_sure() {
        let words = ["what", "that", "about", "said", "they", "investigation"];
        assert_eq!(nearest_word("waht", words.into_iter()), Some("what"));
        assert_eq!(nearest_word("abuot", words.into_iter()), Some("about"));
        assert_eq!(nearest_word("investagtion", words.into_iter()), Some("investigation"));
        assert_eq!(nearest_word("sand", words.into_iter()), None);
        assert_eq!(nearest_word("confusion", ["confession"].into_iter()), None);
    }
}
