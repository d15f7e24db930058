//! Whether a passage says the opposite of what is asked: the question is negated and it is not, or a word stands there with a prefix that
//! turns it round ("unnecessary" where "necessary" is asked for). Knows no ranking.

use crate::answer::matching::{self, Bag};
use crate::rules::LocaleRules;
use crate::token::{self, TokenKind};

/// Words that negate.
const NEGATION: &str = "cue.negation";

/// Prefixes of a language that turn a word round, and the fewest letters that the word itself must have for each.
const PREFIXES: [(&str, usize); 2] = [("gram.negative_prefix", 4), ("gram.weak_negative_prefix", 6)];

/// What of `question` is turned round in `text`, whose words are in `bag`; `None` where nothing is.
pub(super) fn turned_round(text: &str, bag: &Bag, source: &LocaleRules, question: &str, rules: &LocaleRules) -> Option<String> {
    let tokens = token::tokenize(text, &source.locale.clitics);
    let words = || tokens.iter().filter(|token| token.kind == TokenKind::Word).map(|token| token.folded.as_str());
    let asks_negated = rules.lexicon.holds_class(&token::tokenize(question, &rules.locale.clitics), NEGATION);
    if asks_negated && !source.lexicon.holds_class(&tokens, NEGATION) {
        let prefixes = prefixes(source);
        if !words().any(|word| opens_negative(word, &prefixes)) {
            return Some("the negation".to_owned());
        }
    }
    // Prefixes are told within one language.
    if rules.locale.tag != source.locale.tag {
        return None;
    }
    let lacking = matching::terms(question, rules).into_iter().filter(|term| !term.strict && !bag.holds(term));
    let mut lacking = lacking.map(|term| source.locale.stem(term.word()).into_owned()).peekable();
    lacking.peek()?;
    let prefixes = prefixes(source);
    let turns = |long: &str, short: &str| {
        let rest = |prefix| long.strip_prefix(prefix).map(|rest: &str| rest.trim_start_matches('-'));
        prefixes.iter().any(|&(prefix, least)| short.chars().count() >= least && rest(prefix) == Some(short))
    };
    let stems = words().map(|word| source.locale.stem(word)).collect::<Vec<_>>();
    lacking.find(|asked| stems.iter().any(|own| turns(own, asked) || turns(asked, own)))
}

/// Whether the word begins with a prefix that may stand before short words, too: "unmarried" is a negation.
fn opens_negative(word: &str, prefixes: &[(&str, usize)]) -> bool {
    let [(_, short), _] = PREFIXES;
    let opens = |&(prefix, least): &(&str, usize)| word.strip_prefix(prefix).is_some_and(|rest| rest.chars().count() >= least);
    prefixes.iter().filter(|(_, least)| *least == short).any(opens)
}

/// The prefixes of a language, each with the fewest letters of the word behind it.
fn prefixes(rules: &LocaleRules) -> Vec<(&str, usize)> {
    let mut found = Vec::new();
    for entry in rules.lexicon.entries() {
        for (_, least) in PREFIXES.iter().filter(|(id, _)| entry.id == *id) {
            found.extend(entry.forms.iter().map(|form| (form.as_str(), *least)));
        }
    }
    found
}
