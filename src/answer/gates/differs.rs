//! Whether a passage tells of another figure, year, rank or bearer of a name than the question has: nothing of that kind is close enough to
//! be quoted for it. Knows no ranking.

use crate::answer::figures::{Figure, figures};
use crate::rules::LocaleRules;
use crate::token::{self, Token, TokenKind};

/// Years as they are written out.
const YEARS: std::ops::RangeInclusive<f64> = 1000.0..=2100.0;

/// What the question has and `text` has otherwise; `None` where they agree, or tell of nothing of the same kind.
pub(super) fn other(text: &str, source: &LocaleRules, question: &str, rules: &LocaleRules) -> Option<String> {
    let (asked, own) = (figures(question, rules), figures(text, source));
    let has = |figure: &Figure| own.iter().any(|other| is_same(other.value, figure.value));
    let mut lacking = asked.iter().filter(|figure| !has(figure));
    // Units are compared within one language, by their stems.
    let same_language = rules.locale.tag == source.locale.tag;
    let differs = |figure: &&Figure| {
        let counts_same =
            |other: &Figure| same_language && figure.counts.is_some() && other.counts == figure.counts && !is_year(other);
        if is_year(figure) { !spans_time(question, rules) && own.iter().any(is_year) } else { own.iter().any(counts_same) }
    };
    let figure = lacking.find(differs).map(|figure| figure.word.clone());
    let figure = figure.or_else(|| lacking_rank(text, source, question, rules).filter(|_| same_language));
    figure.or_else(|| other_bearer(&numbered(text, source), &numbered(question, rules)))
}

fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() < f64::EPSILON
}

fn is_year(figure: &Figure) -> bool {
    YEARS.contains(&figure.value) && figure.value.fract() == 0.0 && figure.word.len() == 4
}

/// Whether the question asks for a time before, after or since another: its year need not stand in an answer.
fn spans_time(question: &str, rules: &LocaleRules) -> bool {
    rules.lexicon.holds_class(&token::tokenize(question, &rules.locale.clitics), "time.span")
}

/// A rank of the question that the text does not speak of: the second, the least of several. The first and the most are often told in
/// other words.
fn lacking_rank(text: &str, source: &LocaleRules, question: &str, rules: &LocaleRules) -> Option<String> {
    let tokens = token::tokenize(question, &rules.locale.clitics);
    let own = token::tokenize(text, &source.locale.clitics);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let found = rules.lexicon.at(tokens.get(at..).unwrap_or_default());
        // "at least": the longest entry counts.
        let longest = found.first().map_or(1, |found| found.len);
        let rank = found.iter().find(|found| found.len == longest && found.entry.is_a("cue.rank"));
        let stands = |id: &str| {
            source.lexicon.holds_class(&own, id)
                || own.iter().any(|word| word.folded.split('-').any(|part| part == token.folded))
        };
        if rank.is_some_and(|rank| !stands(&rank.entry.id)) {
            return Some(token.folded.clone());
        }
        at += longest;
    }
    None
}

/// Names with the ordinal behind them, in Roman figures: "Charles III".
fn numbered(text: &str, rules: &LocaleRules) -> Vec<(String, String)> {
    let tokens = token::tokenize(text, &rules.locale.clitics);
    let is_ordinal = |token: &Token| token.text(text).chars().all(|letter| matches!(letter, 'I' | 'V' | 'X'));
    let is_name = |token: &Token| {
        token.kind == TokenKind::Word && token.is_capitalised(text) && !rules.locale.is_stop_word(&token.folded)
    };
    let pairs = tokens.windows(2).filter_map(|pair| match pair {
        [name, ordinal] if is_name(name) && !is_ordinal(name) && is_ordinal(ordinal) && ordinal.start == name.end + 1 => {
            Some((name.folded.clone(), ordinal.text(text).to_owned()))
        }
        _ => None,
    });
    pairs.collect()
}

/// A name of the question whose ordinal the passage has otherwise, and never as asked.
fn other_bearer(own: &[(String, String)], asked: &[(String, String)]) -> Option<String> {
    let differs = |(name, ordinal): &&(String, String)| {
        let mut same_name = own.iter().filter(|(other, _)| other == name).peekable();
        same_name.peek().is_some() && same_name.all(|(_, other)| other != ordinal)
    };
    asked.iter().find(differs).map(|(_, ordinal)| ordinal.clone())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::rules::Rules;

    fn differs(question: &str, text: &str) -> bool {
        let rules = Rules::embedded().unwrap();
        let english = rules.language("en").unwrap();
        other(text, english, question, english).is_some()
    }

    #[test]
    fn another_year_is_no_answer_unless_a_span_is_asked_for() {
        assert!(differs("who won the cup in 2019?", "Dorne won the cup in 2018."));
        assert!(!differs("who won the cup in 2019?", "Dorne won the cup in 2018 and in 2019."));
        assert!(!differs("who won the cup in 2019?", "Dorne won the cup."));
        assert!(!differs("who won the cup before 2019?", "Dorne won the cup in 2018."));
    }

    #[test]
    fn another_number_of_the_same_things_is_no_answer() {
        assert!(differs("who bought 40 ships?", "The navy bought 14 ships."));
        assert!(differs("who bought three ships?", "The navy bought two ships."));
        assert!(!differs("who bought 40 ships?", "The navy bought 40 ships for 14 ports."));
        assert!(!differs("who bought 40 ships?", "The navy bought ships in 14 ports."));
    }

    #[test]
    fn a_rank_must_stand_in_the_passage() {
        assert!(differs("who rents the smallest hall?", "Roe rents a hall."));
        assert!(differs("when was the second trial?", "The trial was in May."));
        assert!(!differs("who rents the second-largest hall?", "Roe rents the second-largest hall."));
        assert!(!differs("who rents at least one hall?", "Roe rents a hall."));
    }

    #[test]
    fn another_bearer_of_a_name_is_no_answer() {
        assert!(differs("what did Otto II sign?", "Otto III signed the treaty."));
        assert!(!differs("what did Otto II sign?", "Otto II signed the treaty with Otto III."));
        assert!(!differs("what did Otto II sign?", "Otto signed the treaty."));
    }
}
