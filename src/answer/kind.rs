//! Whether a passage holds the kind of thing a question asks for. Knows no intent.

use crate::analysis::{Entity, EntityId, EntityKind};
use crate::answer::actor;
use crate::answer::figures::{is_number, is_one_of};
use crate::answer::matching;
use crate::answer::scene::{Passage, Scene};
use crate::question::{AnswerKind, SlotValue};
use crate::rules::{LexiconMatch, LocaleRules};
use crate::token::{self, Token, TokenKind};

/// How far from an age's number its word, or the name of the person, may stand (tokens).
const NEAR: usize = 3;

/// Whether `passage` holds what `kind` asks for; kinds without a visible mark always pass.
pub(crate) fn holds(scene: &Scene<'_>, passage: Passage, kind: AnswerKind) -> bool {
    let Some(rules) = scene.source_rules(passage.edition) else { return true };
    let tokens = token::tokenize(scene.text(passage), &rules.locale.clitics);
    match kind {
        AnswerKind::Number => {
            let number = |(at, token)| is_number(token, rules) && !is_one_of(token, tokens.get(at + 1), rules);
            tokens.iter().enumerate().any(number) && holds_unit(scene, &tokens, rules)
        }
        AnswerKind::Money => holds_money(&tokens, rules),
        AnswerKind::Age => holds_age(scene, passage, &tokens, rules),
        AnswerKind::Date => tokens.iter().any(is_year_or_time) || has_time(scene, passage, &tokens, rules),
        AnswerKind::Person => {
            let named = names_another(scene, passage);
            (named || actor::acts(scene, passage)) && !actor::denies(scene, passage) && !actor::is_only_state(scene, passage)
        }
        AnswerKind::Organisation => names(scene, passage, |kind| kind != EntityKind::Place),
        AnswerKind::Place => {
            names(scene, passage, |kind| kind != EntityKind::Person) || rules.lexicon.holds_class(&tokens, "place")
        }
        _ => true,
    }
}

/// Whether the passage speaks of what is to come: a word of the future, or a verb in that tense.
pub(crate) fn announces(scene: &Scene<'_>, passage: Passage) -> bool {
    let Some(rules) = scene.source_rules(passage.edition) else { return false };
    let tokens = token::tokenize(scene.text(passage), &rules.locale.clitics);
    let future = |verb: &LexiconMatch<'_>| verb.entry.pos == "verb" && verb.has_tag("future");
    rules.lexicon.holds(&tokens, |found| found.entry.is_a("state.future") || future(found))
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

/// Whether the passage names somebody, or a body, in other words than the question has: "the Ministry of Interior" is no answer to "who
/// accessed the interior ministry?".
fn names_another(scene: &Scene<'_>, passage: Passage) -> bool {
    let (Some(analysis), Some(sentence)) = (scene.analysis(passage.edition), scene.sentence(passage)) else { return false };
    let (Some(rules), Some(source)) = (scene.question_rules(), scene.source_rules(passage.edition)) else { return false };
    let question = matching::bag(&scene.question.text, rules);
    let is_new = |entity: &Entity| {
        let words = matching::terms(&entity.name, source);
        words.is_empty() || words.iter().any(|word| !question.holds(word))
    };
    let own = analysis.mentions.iter().filter(|mention| sentence.span.contains(mention.span));
    let mut named = own.filter_map(|mention| mention.entity).filter_map(|id| analysis.entity(id));
    named.any(|entity| entity.kind != EntityKind::Place && is_new(entity))
}

/// What stands in brackets behind a name: from which year to which, or one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bracket {
    /// "Ann Roe (1919–1980)".
    Years,
    /// "the Old Hall (1411)", "the Old Hall (14th century)".
    Time,
}

/// What the passage gives in brackets behind a name of the question.
pub(crate) fn bracket(scene: &Scene<'_>, passage: Passage) -> Option<Bracket> {
    let (rules, source) = (scene.question_rules()?, scene.source_rules(passage.edition)?);
    let (text, question) = (scene.text(passage), matching::bag(&scene.question.text, rules));
    let is_year = |part: &str| {
        let part = part.trim().trim_start_matches("c.").trim();
        matches!(part.len(), 3 | 4) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_period = |part: &str| {
        let tokens = token::tokenize(part, &source.locale.clitics);
        let period =
            || tokens.iter().skip(1).any(|token| source.lexicon.holds_class(std::slice::from_ref(token), "cue.one_of.period"));
        tokens.len() == 2 && part.starts_with(|first: char| first.is_ascii_digit()) && period()
    };
    token::tokenize(text, &source.locale.clitics).iter().find_map(|token| {
        let behind = text.get(token.end..).and_then(|rest| rest.trim_start().strip_prefix('('))?;
        let inside = behind.split_once(')')?.0;
        let found = match inside.split_once(['–', '-']) {
            Some((from, to)) if is_year(from) && is_year(to) => Bracket::Years,
            None if is_year(inside) || is_period(inside) => Bracket::Time,
            _ => return None,
        };
        let asked = || matching::terms(token.text(text), source).iter().any(|word| question.holds(word));
        (token.is_capitalised(text) && asked()).then_some(found)
    })
}

/// Whether a year belongs to a name that holds all of `words` (folded): "the 1989 Harbour Convention", "the Fisheries Act 1981".
pub(crate) fn has_year_in_name(scene: &Scene<'_>, passage: Passage, words: &[&str]) -> bool {
    let Some(source) = scene.source_rules(passage.edition) else { return false };
    let text = scene.text(passage);
    let tokens = token::tokenize(text, &source.locale.clitics);
    let is_year = |token: &Token| token.kind == TokenKind::Number && token.folded.len() == 4;
    let belongs =
        |token: &&Token| token.is_capitalised(text) || source.lexicon.holds_class(std::slice::from_ref(*token), "gram.of");
    let holds = |name: Vec<&Token>| words.iter().all(|word| name.iter().any(|token| token.folded == *word));
    !words.is_empty()
        && tokens.iter().enumerate().filter(|(_, token)| is_year(token)).any(|(at, _)| {
            let behind = tokens.iter().skip(at + 1).take_while(belongs).collect();
            let before = tokens.iter().take(at).rev().take_while(belongs).collect();
            holds(behind) || holds(before)
        })
}

/// A number of four digits ("1994"), a time of day ("10:40" is two numbers and a colon, "7am") or an ordinal ("11th").
fn is_year_or_time(token: &Token) -> bool {
    let digits = token.folded.chars().take_while(char::is_ascii_digit).count();
    let rest = token.folded.chars().skip(digits).collect::<String>();
    token.kind == TokenKind::Number && (digits == 4 || (!rest.is_empty() && rest.chars().all(char::is_alphabetic)))
}

/// A number beside a word of age, or between commas behind a capitalised word ("Ann Roe, 58, …"). Where the question names somebody,
/// that word must be of their name, and a word of age counts only in a sentence about nobody else.
fn holds_age(scene: &Scene<'_>, passage: Passage, tokens: &[Token], rules: &LocaleRules) -> bool {
    let text = scene.text(passage);
    let asked = scene.question.slots.values().chain(&scene.question.named).find_map(|value| match value {
        SlotValue::Entity(name) => Some(scene.entities(passage.edition, name)),
        _ => None,
    });
    let is_theirs = |word: &Token| asked.as_ref().is_none_or(|entities| is_mention(scene, passage, word, entities));
    let alone = asked.is_none() || persons(scene, passage) <= 1;
    tokens.iter().enumerate().any(|(at, token)| {
        if !is_number(token, rules) {
            return false;
        }
        let around = at.saturating_sub(NEAR)..(at + NEAR).min(tokens.len());
        let beside = around
            .into_iter()
            .any(|near| rules.lexicon.at(tokens.get(near..).unwrap_or_default()).iter().any(|found| found.entry.is_a("age")));
        let before = at.checked_sub(2).and_then(|before| tokens.get(before));
        let name = before.is_some_and(|before| before.is_capitalised(text) && is_theirs(before));
        let comma = |place: Option<&Token>| place.is_some_and(|token| token.is_mark(","));
        (beside && alone)
            || (name && comma(at.checked_sub(1).and_then(|before| tokens.get(before))) && comma(tokens.get(at + 1)))
    })
}

/// Whether the word belongs to a mention of one of the entities.
pub(crate) fn is_mention(scene: &Scene<'_>, passage: Passage, word: &Token, entities: &[EntityId]) -> bool {
    let (Some(analysis), Some(sentence)) = (scene.analysis(passage.edition), scene.sentence(passage)) else { return false };
    let start = sentence.span.range().start + word.start;
    analysis
        .mentions
        .iter()
        .any(|mention| mention.span.range().contains(&start) && mention.entity.is_some_and(|entity| entities.contains(&entity)))
}

/// How many people the passage mentions.
fn persons(scene: &Scene<'_>, passage: Passage) -> usize {
    let (Some(analysis), Some(sentence)) = (scene.analysis(passage.edition), scene.sentence(passage)) else { return 0 };
    let mentions = analysis.mentions.iter().filter(|mention| sentence.span.contains(mention.span));
    let mut people = mentions.filter_map(|mention| mention.entity).collect::<Vec<_>>();
    people.sort_unstable();
    people.dedup();
    people.retain(|&id| analysis.entity(id).is_some_and(|entity| entity.kind == EntityKind::Person));
    people.len()
}

/// A number with a sign or word of money.
fn holds_money(tokens: &[Token], rules: &LocaleRules) -> bool {
    let sign = |token: &Token| matches!(token.folded.as_str(), "$" | "€" | "£" | "¥" | "₹" | "₽");
    let word = || rules.lexicon.holds_class(tokens, "unit.currency");
    tokens.iter().any(|token| is_number(token, rules)) && (tokens.iter().any(sign) || word())
}

/// Where the question asks for a measure ("how much does it weigh?"): whether a unit of that measure is there.
fn holds_unit(scene: &Scene<'_>, tokens: &[Token], rules: &LocaleRules) -> bool {
    let Some(own) = scene.question_rules() else { return true };
    let asked = token::tokenize(&scene.question.text, &own.locale.clitics);
    let found = (0..asked.len()).flat_map(|at| own.lexicon.at(asked.get(at..).unwrap_or_default()));
    let units = found.filter_map(|found| found.entry.id.strip_prefix("measure.").map(|measure| format!("unit.{measure}")));
    let units = units.collect::<Vec<_>>();
    units.is_empty() || units.iter().any(|unit| rules.lexicon.holds_class(tokens, unit))
}

fn has_time(scene: &Scene<'_>, passage: Passage, tokens: &[Token], rules: &LocaleRules) -> bool {
    let dated = scene
        .analysis(passage.edition)
        .is_some_and(|analysis| analysis.dates.iter().any(|date| date.sentence == passage.sentence));
    let clock = |pair: &[Token]| {
        pair.first().is_some_and(|number| number.kind == TokenKind::Number)
            && pair.get(1).is_some_and(|unit| rules.lexicon.holds_class(std::slice::from_ref(unit), "unit.clock"))
    };
    dated || rules.lexicon.holds_class(tokens, "moment") || tokens.windows(2).any(clock)
}
