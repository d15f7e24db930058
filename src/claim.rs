//! Checks a claim against the sources: the words and their speaker, another speaker, another figure, or nothing. Knows no surface.

use serde::Serialize;

use crate::answer::figures::{Figure, figures, value};
use crate::answer::matching::{self, Term};
use crate::answer::{Passage, Quotation, Scene, quote};
use crate::question::{Claim, SlotValue};
use crate::rules::LocaleRules;
use crate::token;

/// Least share of a claim's words that a passage must hold to be about the same thing.
const SAME_MATTER: f64 = 0.7;

/// How a claim compares with the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The words stand there, by that speaker where one is claimed.
    Found,
    /// The words stand there, by somebody else.
    OtherSpeaker,
    /// A passage about the same thing has another figure.
    Differs,
    /// Nothing in these sources.
    NotFound,
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// How it compares.
    pub finding: Finding,
    /// The passages it was compared with.
    pub quotations: Vec<Quotation>,
    /// The claim's figure and the source's, where they differ.
    pub differs: Option<(String, String)>,
}

impl Check {
    fn new(scene: &Scene<'_>, finding: Finding, passages: &[Passage]) -> Self {
        Self { finding, quotations: passages.iter().filter_map(|&passage| quote(scene, passage)).collect(), differs: None }
    }
}

/// Compares `claim` with what the asker of `scene` may read.
#[must_use]
pub fn check(scene: &Scene<'_>, claim: &Claim) -> Check {
    if claim.phrases.is_empty() { by_matter(scene, claim) } else { by_phrase(scene, claim) }
}

/// The fullest name of the speaker claimed; where the claim has no verb of saying, the only name in it.
fn speaker(claim: &Claim) -> Option<&str> {
    let only = match claim.named.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    match claim.speaker.as_ref().or(only)? {
        SlotValue::Entity(name) => Some(name),
        _ => None,
    }
}

/// A claim with quoted words: every phrase must stand in one passage.
fn by_phrase(scene: &Scene<'_>, claim: &Claim) -> Check {
    let holding = scene.passages(|edition, _, sentence| {
        let rules = scene.source_rules(edition.id);
        let text = edition.slice(sentence.span);
        rules.is_some_and(|rules| claim.phrases.iter().all(|phrase| matching::holds_phrase(text, phrase, rules)))
    });
    compare_speakers(scene, claim, &holding)
}

fn compare_speakers(scene: &Scene<'_>, claim: &Claim, holding: &[Passage]) -> Check {
    let Some(name) = speaker(claim) else {
        let finding = if holding.is_empty() { Finding::NotFound } else { Finding::Found };
        return Check::new(scene, finding, holding);
    };
    let own = holding.iter().copied().filter(|&passage| is_said_by(scene, passage, name)).collect::<Vec<_>>();
    if !own.is_empty() {
        return Check::new(scene, Finding::Found, &own);
    }
    let others = holding.iter().copied().filter(|&passage| scene.speaker(passage).is_some()).collect::<Vec<_>>();
    let finding = if others.is_empty() { Finding::NotFound } else { Finding::OtherSpeaker };
    Check::new(scene, finding, &others)
}

fn is_said_by(scene: &Scene<'_>, passage: Passage, name: &str) -> bool {
    let Some(analysis) = scene.analysis(passage.edition) else { return false };
    scene.statements_in(passage).iter().filter_map(|statement| statement.speaker.as_ref()).any(|speaker| {
        let entity = speaker.entity.and_then(|id| analysis.entity(id));
        speaker.name == name || entity.is_some_and(|entity| scene.is_called(passage.edition, entity, name))
    })
}

/// A claim in the claimant's words: the passage that holds most of them; then its figures and its negation.
fn by_matter(scene: &Scene<'_>, claim: &Claim) -> Check {
    let Some(rules) = scene.question_rules() else { return Check::new(scene, Finding::NotFound, &[]) };
    let text = without(&claim.text, speaker(claim));
    let (claimed, words): (Vec<Figure>, Vec<Term>) = (figures(&text, rules), words(&text, rules));
    let mut best: Option<(f64, Passage)> = None;
    let holding = scene.passages(|edition, _, sentence| {
        let Some(rules) = scene.source_rules(edition.id) else { return false };
        let bag = matching::bag(edition.slice(sentence.span), rules);
        let strict = words.iter().filter(|term| term.strict).all(|term| bag.holds(term));
        !words.is_empty() && strict && matching::coverage(&bag, &words) >= SAME_MATTER
    });
    for &passage in &holding {
        let Some(source) = scene.source_rules(passage.edition) else { continue };
        let share = matching::coverage(&matching::bag(scene.text(passage), source), &words);
        let speaker_fits = speaker(claim).is_none_or(|name| is_said_by(scene, passage, name) || names(scene, passage, name));
        if speaker_fits && best.is_none_or(|(most, _)| share > most) {
            best = Some((share, passage));
        }
    }
    let Some((_, passage)) = best else { return Check::new(scene, Finding::NotFound, &[]) };
    let source = scene.source_rules(passage.edition).unwrap_or(rules);
    match differing(&claimed, &figures(scene.text(passage), source)) {
        Compared::Same if contradicts(scene, passage, &text, rules) => Check::new(scene, Finding::NotFound, &[]),
        Compared::Same => Check::new(scene, Finding::Found, &[passage]),
        Compared::Other(claimed, reported) => {
            let mut check = Check::new(scene, Finding::Differs, &[passage]);
            check.differs = Some((claimed, reported));
            check
        }
        Compared::Absent => Check::new(scene, Finding::NotFound, &[]),
    }
}

fn names(scene: &Scene<'_>, passage: Passage, name: &str) -> bool {
    let (Some(analysis), Some(sentence)) = (scene.analysis(passage.edition), scene.sentence(passage)) else { return false };
    scene.concerns(analysis, sentence, &scene.entities(passage.edition, name))
}

/// Whether the claim is negated and the passage is not, or the other way round.
fn contradicts(scene: &Scene<'_>, passage: Passage, claim: &str, rules: &LocaleRules) -> bool {
    let tokens = token::tokenize(claim, &rules.locale.clitics);
    let negated = rules.lexicon.holds_class(&tokens, "gram.neg");
    scene.sentence(passage).is_some_and(|sentence| sentence.negated != negated)
}

/// The claim without the speaker's name, so that only what is said is compared.
fn without(text: &str, speaker: Option<&str>) -> String {
    match speaker.and_then(|name| name.split(' ').next_back()) {
        Some(surname) => text.replace(surname, " "),
        None => text.to_owned(),
    }
}

/// The content words of a claim that are no figures.
fn words(text: &str, rules: &LocaleRules) -> Vec<Term> {
    let tokens = token::tokenize(text, &rules.locale.clitics);
    let mut rest = String::new();
    let mut from = 0;
    for token in tokens.iter().filter(|token| value(token, rules).is_some()) {
        rest.push_str(text.get(from..token.start).unwrap_or_default());
        from = token.end;
    }
    rest.push_str(text.get(from..).unwrap_or_default());
    matching::terms(&rest, rules)
}

enum Compared {
    Same,
    Other(String, String),
    Absent,
}

/// Each claimed figure against the source's: the one that counts the same word, else the nearest in value.
fn differing(claimed: &[Figure], reported: &[Figure]) -> Compared {
    for figure in claimed {
        #[allow(clippy::float_cmp)] // both were read from digits; equal digits give equal values
        let same = reported.iter().any(|other| other.value == figure.value);
        if same {
            continue;
        }
        let counting = reported.iter().find(|other| other.counts.is_some() && other.counts == figure.counts);
        let nearest =
            || reported.iter().min_by(|a, b| (a.value - figure.value).abs().total_cmp(&(b.value - figure.value).abs()));
        return match counting.or_else(nearest) {
            Some(other) => Compared::Other(figure.word.clone(), other.word.clone()),
            None => Compared::Absent,
        };
    }
    Compared::Same
}
