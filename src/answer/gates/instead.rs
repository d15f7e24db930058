//! Whether a passage has another word in the very place of one of the question: its opposite, or another of a few that exclude each
//! other, beside the same neighbour ("the largest hall" for "the smallest hall"). Knows no ranking.

use crate::rules::{LocaleRules, opposite};
use crate::token::{self, TokenKind};

/// Words that exclude each other: each day of the week all other days.
const ONE_OF: &str = "cue.one_of";
/// Those among them by which one thing may be called in several ways: a town is a city for others.
const LOOSE: [&str; 1] = ["cue.one_of.place"];
/// Those that stand as titles before names: one person may bear several.
const TITLES: [&str; 2] = ["cue.one_of.office", "cue.one_of.rank"];
/// Opposites.
const CONTRAST: &str = "contrast";
/// Stop words between a word and its neighbour, at most.
const BETWEEN: usize = 2;

/// A word with what it may exclude.
struct Word<'l> {
    stem: String,
    is_stop: bool,
    /// Whether a mark stands before it.
    behind_mark: bool,
    is_capitalised: bool,
    /// Whether it is a form of "be".
    is_be: bool,
    /// Whether it belongs to the words that ask, or is what they ask for: "how many miles".
    is_asked_for: bool,
    /// Ids of opposites and of words that exclude each other; the part of speech tells verbs.
    sides: Vec<(&'l str, bool)>,
}

/// The word of `question` that another stands for in `text`; `None` where none does, and across languages.
pub(super) fn replaced(text: &str, source: &LocaleRules, question: &str, rules: &LocaleRules) -> Option<String> {
    if rules.locale.tag != source.locale.tag {
        return None;
    }
    let asked = words(question, rules);
    if asked.iter().all(|word| word.sides.is_empty()) {
        return None;
    }
    let own = words(text, source);
    let stands = |line: &[Word<'_>], stem: &str| line.iter().any(|word| word.stem == stem);
    let says = |line: &[Word<'_>], side: &str| line.iter().any(|word| word.sides.iter().any(|(own, _)| *own == side));
    let mut replaced = asked.iter().enumerate().filter(|(at, word)| {
        let candidates = own.iter().enumerate().filter(|(_, other)| !stands(&asked, &other.stem));
        let other_side = |there: usize, other: &Word<'_>| {
            let mut pairs = word.sides.iter().flat_map(|one| other.sides.iter().map(move |two| (one, two)));
            pairs.any(|(&(one, is_verb), &(two, _))| {
                let direct = TITLES.contains(&one);
                let apart = if opposite(one).is_some_and(|opposite| opposite == two) {
                    let turned = is_verb && is_passive(&asked, *at) != is_passive(&own, there);
                    !turned && !says(&own, one) && !says(&asked, two)
                } else {
                    one == two && one.starts_with(ONE_OF) && !LOOSE.contains(&one)
                };
                apart && same_neighbour(&asked, *at, &own, there, direct)
            })
        };
        !word.is_asked_for && !stands(&own, &word.stem) && candidates.into_iter().any(|(there, other)| other_side(there, other))
    });
    replaced.next().map(|(_, word)| word.stem.clone())
}

/// The words of a text with their sides.
fn words<'l>(text: &str, rules: &'l LocaleRules) -> Vec<Word<'l>> {
    let tokens = token::tokenize(text, &rules.locale.clitics);
    let (mut words, mut behind_mark, mut asking) = (Vec::new(), true, 0);
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == TokenKind::Mark {
            behind_mark |= !matches!(token.folded.as_str(), "\"" | "“" | "”" | "«" | "»" | "'" | "’" | "-");
            continue;
        }
        let found = rules.lexicon.at(tokens.get(at..).unwrap_or_default());
        let asks = found.iter().filter(|found| found.entry.is_a("asks")).map(|found| found.len + 1).max();
        asking = asks.unwrap_or(0).max(asking);
        let sides = found.iter().filter(|found| found.len == 1 && (found.entry.is_a(CONTRAST) || found.entry.is_a(ONE_OF)));
        words.push(Word {
            stem: rules.locale.stem(&token.folded).into_owned(),
            is_stop: rules.locale.is_stop_word(&token.folded),
            behind_mark,
            is_capitalised: token.is_capitalised(text),
            is_be: found.iter().any(|found| found.entry.is_a("gram.be")),
            is_asked_for: asking > 0,
            sides: sides.map(|found| (found.entry.id.as_str(), found.entry.pos == "verb")).collect(),
        });
        (behind_mark, asking) = (false, asking.saturating_sub(1));
    }
    words
}

/// Whether a form of "be" stands shortly before the word.
fn is_passive(line: &[Word<'_>], at: usize) -> bool {
    line.iter().take(at).rev().take(BETWEEN).any(|word| word.is_be)
}

/// Whether both words stand before, or both behind, one and the same content word; `apart` from a name, something stands between.
fn same_neighbour(asked: &[Word<'_>], at: usize, own: &[Word<'_>], there: usize, apart: bool) -> bool {
    let is_same = |one: Option<(&Word<'_>, usize)>, two: Option<(&Word<'_>, usize)>| {
        one.zip(two).is_some_and(|((one, gap), (two, other))| {
            let is_titled = apart && one.is_capitalised && gap.min(other) == 0;
            one.stem == two.stem && !is_titled
        })
    };
    is_same(next(asked, at), next(own, there)) || is_same(previous(asked, at), previous(own, there))
}

/// The content word behind, with the number of words between.
fn next<'w, 'l>(line: &'w [Word<'l>], at: usize) -> Option<(&'w Word<'l>, usize)> {
    let behind = line.iter().skip(at + 1).take(BETWEEN + 1).take_while(|word| !word.behind_mark);
    behind.enumerate().find(|(_, word)| !word.is_stop).map(|(gap, word)| (word, gap))
}

/// The content word before, with the number of words between.
fn previous<'w, 'l>(line: &'w [Word<'l>], at: usize) -> Option<(&'w Word<'l>, usize)> {
    for gap in 0..=BETWEEN {
        let before = at.checked_sub(gap)?;
        if line.get(before)?.behind_mark {
            return None;
        }
        let word = line.get(before.checked_sub(1)?)?;
        if !word.is_stop {
            return Some((word, gap));
        }
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::rules::Rules;

    fn is_replaced(question: &str, text: &str) -> bool {
        let rules = Rules::embedded().unwrap();
        let english = rules.language("en").unwrap();
        replaced(text, english, question, english).is_some()
    }

    #[test]
    fn another_word_beside_the_same_one_is_no_answer() {
        assert!(is_replaced("who rents the smallest hall?", "The largest hall is rented by Roe."));
        assert!(is_replaced("what begins before the concert?", "A reception begins after the concert."));
        assert!(is_replaced("what did the Norwegian ferry carry?", "The Danish ferry carried cars."));
        assert!(is_replaced("when does the Monday market open?", "The Friday market opens at eight."));
        assert!(is_replaced("what does the treaty allow?", "The treaty prohibits whaling."));
    }

    #[test]
    fn another_word_elsewhere_or_both_are_not_told_apart() {
        assert!(!is_replaced("who rents the smallest hall?", "Roe rents the smallest hall, beside the largest hall."));
        assert!(!is_replaced("which is dearer, the old or the new hall?", "The new hall is dearer."));
        assert!(!is_replaced("who rents the smallest hall?", "The largest firm rents it."));
        assert!(!is_replaced("how many miles is it to the coast?", "It is forty kilometres to the coast."));
        assert!(!is_replaced("what did President Roe sign?", "Governor Roe signed the bill."));
        assert!(!is_replaced("who took command?", "Roe was given command."));
    }
}
