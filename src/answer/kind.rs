//! Whether a passage holds the kind of thing a question asks for. Knows no intent.

use crate::analysis::EntityKind;
use crate::answer::scene::{Passage, Scene};
use crate::question::AnswerKind;
use crate::rules::LocaleRules;
use crate::token::{self, Token, TokenKind};

/// How far from an age's number its word, or the name of the person, may stand (tokens).
const NEAR: usize = 3;

/// Whether `passage` holds what `kind` asks for; kinds without a visible mark always pass.
pub(crate) fn holds(scene: &Scene<'_>, passage: Passage, kind: AnswerKind) -> bool {
    let Some(rules) = scene.source_rules(passage.edition) else { return true };
    let text = scene.text(passage);
    let tokens = token::tokenize(text, &rules.locale.clitics);
    match kind {
        AnswerKind::Number | AnswerKind::Money => tokens.iter().any(|token| is_number(token, rules)),
        AnswerKind::Age => holds_age(text, &tokens, rules),
        AnswerKind::Date => tokens.iter().any(|token| is_number(token, rules)) || has_time(scene, passage, &tokens, rules),
        AnswerKind::Person | AnswerKind::Organisation => names(scene, passage, |kind| kind != EntityKind::Place),
        _ => true,
    }
}

/// Whether the kind is one whose values may differ between sources.
pub(crate) fn is_figure(kind: AnswerKind) -> bool {
    matches!(kind, AnswerKind::Number | AnswerKind::Money | AnswerKind::Age | AnswerKind::Date)
}

/// Whether the passage mentions an entity of a kind that fits.
pub(crate) fn names(scene: &Scene<'_>, passage: Passage, fits: impl Fn(EntityKind) -> bool) -> bool {
    let (Some(analysis), Some(sentence)) = (scene.analysis(passage.edition), scene.sentence(passage)) else { return false };
    let mentions = analysis.mentions.iter().filter(|mention| sentence.span.contains(mention.span));
    mentions.filter_map(|mention| mention.entity).filter_map(|id| analysis.entity(id)).any(|entity| fits(entity.kind))
}

fn is_number(token: &Token, rules: &LocaleRules) -> bool {
    token.kind == TokenKind::Number || rules.locale.dates.numbers.iter().any(|(name, _)| *name == token.folded)
}

/// A number beside a word of age, or between commas behind a capitalised word ("Ann Roe, 58, …").
fn holds_age(text: &str, tokens: &[Token], rules: &LocaleRules) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        if !is_number(token, rules) {
            return false;
        }
        let around = at.saturating_sub(NEAR)..(at + NEAR).min(tokens.len());
        let beside = around
            .into_iter()
            .any(|near| rules.lexicon.at(tokens.get(near..).unwrap_or_default()).iter().any(|found| found.entry.is_a("age")));
        let name = at.checked_sub(2).and_then(|before| tokens.get(before)).is_some_and(|before| before.is_capitalised(text));
        let comma = |place: Option<&Token>| place.is_some_and(|token| token.is_mark(","));
        beside || (name && comma(at.checked_sub(1).and_then(|before| tokens.get(before))) && comma(tokens.get(at + 1)))
    })
}

fn has_time(scene: &Scene<'_>, passage: Passage, tokens: &[Token], rules: &LocaleRules) -> bool {
    let dated = scene
        .analysis(passage.edition)
        .is_some_and(|analysis| analysis.dates.iter().any(|date| date.sentence == passage.sentence));
    dated
        || (0..tokens.len())
            .any(|at| rules.lexicon.at(tokens.get(at..).unwrap_or_default()).iter().any(|found| found.entry.is_a("time")))
}
