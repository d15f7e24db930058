//! Reads a claim: its quoted words and the speaker it names. Knows no passage.

use super::Claim;
use crate::question::{Question, SlotValue};
use crate::rules::LocaleRules;
use crate::token::{self, Token};

/// Classes of cues that make somebody the speaker of a claim.
const CUES: [&str; 15] = [
    "say",
    "deny",
    "admit",
    "warn",
    "urge",
    "promise",
    "boast",
    "criticise",
    "accuse",
    "believe",
    "want",
    "agree",
    "support",
    "source",
    "topic",
];

/// Opening marks and the marks that may close them.
const MARKS: [(char, &[char]); 4] = [('“', &['”', '"']), ('«', &['»']), ('"', &['"', '”']), ('„', &['“', '”'])];

/// The claim of `text`; `question` is the same text as understood, whose names are known to the asker.
pub(crate) fn read(text: &str, question: &Question, rules: Option<&LocaleRules>) -> Claim {
    let phrases = phrases(text);
    let names = question.named.iter().filter_map(|value| match value {
        SlotValue::Entity(name) => Some(name.as_str()),
        _ => None,
    });
    let bare = phrases.iter().fold(text.to_owned(), |bare, phrase| bare.replace(phrase.as_str(), ""));
    let speaker = rules.and_then(|rules| speaker(&bare, &names.collect::<Vec<_>>(), rules));
    Claim { text: text.to_owned(), speaker, phrases }
}

/// What stands between quotation marks, without the marks and the full stop or comma they hold.
fn phrases(text: &str) -> Vec<String> {
    let mut phrases = Vec::new();
    let mut rest = text;
    while let Some((at, open)) = rest.char_indices().find(|&(_, ch)| MARKS.iter().any(|(mark, _)| *mark == ch)) {
        let inner = rest.get(at + open.len_utf8()..).unwrap_or_default();
        let closing = MARKS.iter().find(|(mark, _)| *mark == open).map_or(&[][..], |(_, closing)| closing);
        let Some(end) = inner.find(|ch| closing.contains(&ch)) else { break };
        let phrase = inner.get(..end).unwrap_or_default().trim().trim_end_matches(['.', ',']);
        if !phrase.is_empty() {
            phrases.push(phrase.to_owned());
        }
        rest = inner
            .get(end..)
            .and_then(|rest| rest.char_indices().nth(1).and_then(|(next, _)| rest.get(next..)))
            .unwrap_or_default();
    }
    phrases
}

/// The name nearest to a cue of speech; the only name where there is no cue.
fn speaker(text: &str, names: &[&str], rules: &LocaleRules) -> Option<String> {
    let tokens = token::tokenize(text, &rules.locale.clitics);
    let cues = (0..tokens.len()).filter(|&at| is_cue(tokens.get(at..).unwrap_or_default(), rules)).collect::<Vec<_>>();
    let place = |name: &str| {
        let surname = token::fold(name.split(' ').next_back().unwrap_or(name));
        tokens.iter().position(|token| token.folded == surname)
    };
    let distance = |name: &&&str| place(name).and_then(|at| cues.iter().map(|&cue| cue.abs_diff(at)).min());
    match names {
        [only] => Some((*only).to_owned()),
        _ => names.iter().filter(|name| distance(name).is_some()).min_by_key(distance).map(|name| (*name).to_owned()),
    }
}

fn is_cue(tokens: &[Token], rules: &LocaleRules) -> bool {
    rules.lexicon.at(tokens).iter().any(|found| CUES.iter().any(|class| found.entry.is_a(class)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_stand_between_any_marks() {
        assert_eq!(phrases("He said “one.” and \"two\" but «tre»"), ["one", "two", "tre"]);
        assert_eq!(phrases("an open “mark"), Vec::<String>::new());
    }
}
