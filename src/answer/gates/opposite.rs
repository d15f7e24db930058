//! Whether a passage says the opposite of what is asked: the question is negated and it is not, or a word stands there with a prefix that
//! turns it round ("unnecessary" where "necessary" is asked for). Knows no ranking.

use crate::answer::matching;
use crate::answer::scene::{Passage, Scene};
use crate::rules::LocaleRules;
use crate::token::{self, TokenKind};

/// Prefixes of a language that turn a word round, and the fewest letters that the word itself must have for each.
const PREFIXES: [(&str, usize); 2] = [("gram.negative_prefix", 4), ("gram.weak_negative_prefix", 6)];

/// What is turned round, for the trace; `None` where nothing is.
pub(super) fn turned_round(scene: &Scene<'_>, passage: Passage) -> Option<String> {
    let (rules, source) = (scene.question_rules()?, scene.source_rules(passage.edition)?);
    let text = scene.text(passage);
    let negated = |text: &str, rules: &LocaleRules| {
        rules.lexicon.holds_class(&token::tokenize(text, &rules.locale.clitics), "cue.negation")
    };
    let words = words(text, source);
    let prefixes = prefixes(source);
    if negated(&scene.question.text, rules)
        && !negated(text, source)
        && !words.iter().any(|word| opens_negative(word, &prefixes))
    {
        return Some("the negation".to_owned());
    }
    // Prefixes are told within one language.
    if rules.locale.tag != source.locale.tag {
        return None;
    }
    let bag = matching::bag(text, source);
    let asked = matching::terms(&scene.question.text, rules).into_iter().filter(|term| !term.strict && !bag.holds(term));
    asked.map(|term| source.locale.stem(term.word()).into_owned()).find(|asked| {
        let turns = |long: &str, short: &str| {
            let rest = |prefix| long.strip_prefix(prefix).map(|rest: &str| rest.trim_start_matches('-'));
            prefixes.iter().any(|&(prefix, least)| short.chars().count() >= least && rest(prefix) == Some(short))
        };
        words.iter().map(|word| source.locale.stem(word)).any(|own| turns(&own, asked) || turns(asked, &own))
    })
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

fn words(text: &str, rules: &LocaleRules) -> Vec<String> {
    let tokens = token::tokenize(text, &rules.locale.clitics).into_iter();
    tokens.filter(|token| token.kind == TokenKind::Word).map(|token| token.folded).collect()
}
