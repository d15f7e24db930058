//! Free questions: the ranked passages, kept by gates of name and kind, and last by the confidence threshold.

use super::{Finding, Pick, differs, instead, name_of, opposite, sure};
use crate::analysis::{EntityId, EntityKind};
use crate::answer::actor;
use crate::answer::kind::{self, Bracket};
use crate::answer::matching::{self, Bag, Term};
use crate::answer::reason::Reason;
use crate::answer::scene::{Passage, Scene};
use crate::document::BlockKind;
use crate::question::{AnswerKind, Intent, SlotValue, TimeWord};
use crate::rules::LocaleRules;
use crate::span::EditionId;
use crate::token::{self, Token};

/// The first ranked passage, if the gates let it through and its confidence reaches the threshold; and what other sources say.
/// A passage further down is no second choice: on the development data it is wrong more often than the first; across languages, where
/// words meet by meaning alone, the one that holds them all goes first.
pub(super) fn free(scene: &Scene<'_>) -> Finding {
    let mut finding = Finding { by_rank: true, ..Finding::default() };
    let mut candidates = evidence(scene).take(if asked_agent(scene).is_some() { AGENT_REACH } else { 1 });
    let met = ranked(scene).find(|&passage| sure::is_met_across(scene, passage));
    match met.or_else(|| candidates.find(|&passage| is_agent(scene, passage))) {
        Some(passage) => match stopped_by(scene, passage) {
            Some(gate) => finding.trace.push(gate),
            None => {
                finding.picks = with_other_sources(scene, passage).into_iter().map(Pick::new).collect();
                finding.not_added_up = finding.picks.len() > 1 && kind::is_figure(scene.question.kind);
                return finding;
            }
        },
        None => finding.trace.push("no passage tells what is asked, or of whom".to_owned()),
    }
    finding.reason = Some(refusal(scene));
    finding
}

/// How far down the ranking a passage may stand that holds every word of a question: in another language, or told of people without a
/// name.
const MET_REACH: usize = 3;

/// How far down the ranking a passage may stand that tells what somebody did.
const AGENT_REACH: usize = 5;

/// Whose deeds are asked for.
fn asked_agent<'s>(scene: &Scene<'s>) -> Option<&'s str> {
    match scene.question.slot("person") {
        Some(SlotValue::Entity(name)) if scene.question.intent == Intent::WhatDone => Some(name),
        _ => None,
    }
}

/// Where somebody's deeds are asked for: whether the passage names them in its first half and is nobody else's statement.
fn is_agent(scene: &Scene<'_>, passage: Passage) -> bool {
    let Some(name) = asked_agent(scene) else { return true };
    let (Some(analysis), Some(sentence)) = (scene.analysis(passage.edition), scene.sentence(passage)) else { return false };
    let entities = scene.entities(passage.edition, name);
    let theirs = |entity: Option<EntityId>| entity.is_some_and(|id| entities.contains(&id));
    let middle = sentence.span.start + (sentence.span.end - sentence.span.start) / 2;
    let named = analysis
        .mentions
        .iter()
        .any(|mention| sentence.span.contains(mention.span) && mention.span.start < middle && theirs(mention.entity));
    let speakers = scene.statements_in(passage).into_iter().filter_map(|statement| statement.speaker.as_ref());
    named && speakers.into_iter().all(|speaker| theirs(speaker.entity))
}

/// The first gate that stops the passage; `None` where it answers.
fn stopped_by(scene: &Scene<'_>, passage: Passage) -> Option<String> {
    if let Some(missing) = missing_name(scene, passage) {
        return Some(format!("gate name: the passage does not concern {missing}"));
    }
    if !kind::holds(scene, passage, scene.question.kind) {
        return Some(format!("gate kind: the passage holds no {:?}", scene.question.kind));
    }
    let sure = sure::is_sure(scene, passage);
    if let Some(stop) = stopped_by_words(scene, passage, sure) {
        return Some(stop);
    }
    if scene.question.time == Some(TimeWord::Future) && !announces(scene, passage) {
        return Some("gate future: the passage announces nothing".to_owned());
    }
    (!sure && scene.confidence < scene.threshold)
        .then(|| format!("threshold: confidence {:.3} is below {:.3}", scene.confidence, scene.threshold))
}

/// The first gate on the words of the question that stops the passage.
fn stopped_by_words(scene: &Scene<'_>, passage: Passage, sure: bool) -> Option<String> {
    let (rules, source) = (scene.question_rules()?, scene.source_rules(passage.edition)?);
    let bag = matching::bag(scene.text(passage), source);
    if let Some(turned) = opposite::turned_round(scene.text(passage), &bag, source, &scene.question.text, rules) {
        return Some(format!("gate opposite: the passage turns {turned} round"));
    }
    if let Some(asked) = differs::other(scene.text(passage), source, &scene.question.text, rules) {
        return Some(format!("gate differs: the passage has something else than {asked}"));
    }
    if let Some(asked) = instead::replaced(scene.text(passage), source, &scene.question.text, rules) {
        return Some(format!("gate instead: the passage has another word in the place of {asked}"));
    }
    if let Some(missing) = missing_thing(scene, &bag, rules) {
        return Some(format!("gate thing: the passage does not speak of {missing}"));
    }
    let hardly = !sure && is_hardly_met(scene, passage, bag, rules, source);
    hardly.then(|| "gate words: the passage has no more than half of the few words asked for".to_owned())
}

/// Whether the passage speaks of what is to come, and of what the question asks: "will report its results" is no answer to "will it be
/// sold?".
fn announces(scene: &Scene<'_>, passage: Passage) -> bool {
    let (Some(rules), Some(source)) = (scene.question_rules(), scene.source_rules(passage.edition)) else { return false };
    let asked = matching::asked_terms(&scene.question.text, rules);
    let asked = asked.into_iter().filter(|term| !term.strict).collect::<Vec<_>>();
    let bag = matching::bag(scene.text(passage), source);
    let figure = kind::is_figure(scene.question.kind);
    kind::announces(scene, passage) && (figure || matching::coverage(&bag, &asked) >= ANNOUNCED)
}

/// The share of a question's words, names apart, that an announcement must hold.
const ANNOUNCED: f64 = 0.75;

/// Ranked passages that can answer: running text, and printed corrections where the question asks for them.
fn evidence<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = Passage> + 's {
    let asks_correction = asks_correction(scene);
    scene.ranked.iter().map(|&(passage, _)| passage).filter(move |&passage| match scene.block(passage) {
        Some(BlockKind::Paragraph) => true,
        Some(BlockKind::Correction) => asks_correction,
        _ => false,
    })
}

/// The first ranked passages.
pub(super) fn ranked<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = Passage> + 's {
    evidence(scene).take(MET_REACH)
}

/// Whether the question asks for a fact, for nobody's advice, and the first passage holds every content word of it, of which there are
/// some.
pub(super) fn is_met_wholly(scene: &Scene<'_>) -> bool {
    let (Some(passage), Some(rules)) = (ranked(scene).next(), scene.question_rules()) else { return false };
    let tokens = token::tokenize(&scene.question.text, &rules.locale.clitics);
    let holds = |class: &&str| rules.lexicon.holds_class(&tokens, class);
    if !holds(&"asks") || ADVICE.iter().any(holds) {
        return false;
    }
    let Some(source) = scene.source_rules(passage.edition) else { return false };
    let wanted = matching::asked_terms(&scene.question.text, rules);
    let bag = matching::bag(scene.text(passage), source);
    wanted.len() >= MET && wanted.iter().all(|term| bag.holds(term))
}

/// Classes of words by which a question asks for advice or of the asker: "should", "I", "you".
const ADVICE: [&str; 4] = ["gram.modal", "pron.i", "pron.we", "pron.you"];

/// How many words of a question must stand in a passage to show that it speaks of just that.
const MET: usize = 2;

/// Whether the question shares a stem with the words that head printed corrections.
fn asks_correction(scene: &Scene<'_>) -> bool {
    let Some(rules) = scene.question_rules() else { return false };
    let bag = matching::bag(&scene.question.text, rules);
    rules.locale.layout.correction.iter().any(|word| matching::terms(word, rules).iter().all(|term| bag.holds(term)))
}

/// How far (in the ranking's logits) another source's passage may stand behind the first and still speak of the same thing.
const AS_GOOD: f64 = 2.5;

/// The passage, and from each other source the best-ranked one that passes the same gates and holds as much of the question.
/// Newest first: figures that differ stand side by side.
fn with_other_sources(scene: &Scene<'_>, first: Passage) -> Vec<Passage> {
    let mut chosen = vec![first];
    let Some(rules) = scene.question_rules().filter(|_| scene.view.editions.len() > 1) else { return chosen };
    if !kind::is_figure(scene.question.kind) {
        return chosen;
    }
    let wanted = matching::terms(&scene.question.text, rules);
    let bag = |passage: Passage| {
        let source = scene.source_rules(passage.edition);
        source.map(|rules| matching::bag(scene.text(passage), rules)).unwrap_or_default()
    };
    let held = bag(first);
    let held = wanted.iter().filter(|term| held.holds(term)).collect::<Vec<_>>();
    let says_as_much = |passage: Passage| {
        let bag = bag(passage);
        held.iter().all(|term| bag.holds(term))
    };
    let score =
        |passage: Passage| scene.ranked.iter().find(|(ranked, _)| *ranked == passage).map_or(f64::MIN, |&(_, score)| score);
    let least = score(first) - AS_GOOD;
    for passage in evidence(scene).take_while(|&passage| score(passage) >= least) {
        let new = !chosen.iter().any(|known| known.edition == passage.edition);
        if new
            && says_as_much(passage)
            && kind::holds(scene, passage, scene.question.kind)
            && missing_name(scene, passage).is_none()
        {
            chosen.push(passage);
        }
    }
    let order: Vec<EditionId> = scene.editions().iter().map(|edition| edition.id).collect();
    chosen.sort_by_key(|passage| order.iter().position(|&id| id == passage.edition));
    chosen
}

/// A role told by a verb ("who leads the investigation"): the best passage that holds all its words and names somebody.
pub(super) fn role_by_verb(scene: &Scene<'_>, role: &str) -> Finding {
    let Some(rules) = scene.question_rules() else { return Finding::refused(Reason::NoAnswerOfThatKind) };
    let wanted = matching::terms(role, rules);
    let best = evidence(scene).find(|&passage| {
        let source = scene.source_rules(passage.edition);
        let bag = source.map(|rules| matching::bag(scene.text(passage), rules)).unwrap_or_default();
        matching::coverage(&bag, &wanted) >= 1.0 && kind::names(scene, passage, |kind| kind != EntityKind::Place)
    });
    match best {
        Some(passage) => Finding::passages([passage]),
        None => Finding::refused(Reason::NoAnswerOfThatKind).about(role),
    }
}

/// Whether the role is told by a verb of the lexicon.
pub(super) fn is_verbal(scene: &Scene<'_>, role: &str) -> bool {
    let Some(rules) = scene.question_rules() else { return false };
    let tokens = token::tokenize(role, &rules.locale.clitics);
    rules.lexicon.holds(&tokens, |found| found.entry.pos == "verb")
}

/// The passage that tells who did what is asked for without naming them, and is nobody's statement; `None` where none of the first does.
pub(super) fn actor(scene: &Scene<'_>) -> Option<Finding> {
    let passage = ranked(scene).find(|&passage| scene.statements_in(passage).is_empty() && actor::acts(scene, passage))?;
    Some(Finding::passages([passage]).traced("gate actor: people without a name do what is asked for"))
}

/// Why a free question is refused: the future where it asks for it; the kind, where the sources speak of the matter; else silence.
pub(super) fn refusal(scene: &Scene<'_>) -> Reason {
    if scene.question.time == Some(TimeWord::Future) {
        Reason::Forecast
    } else if asks_for_kind(scene.question.kind) && touches(scene) {
        Reason::NoAnswerOfThatKind
    } else {
        Reason::NotMentioned
    }
}

/// Whether a refusal can say that the kind is nowhere near.
fn asks_for_kind(kind: AnswerKind) -> bool {
    !matches!(kind, AnswerKind::Any | AnswerKind::YesNo | AnswerKind::Definition | AnswerKind::Statement)
}

/// Whether the sources speak of the matter at all: a name of theirs in the question, or a content word of it in the first passage.
fn touches(scene: &Scene<'_>) -> bool {
    let named = scene.question.slots.values().chain(&scene.question.named).any(|value| matches!(value, SlotValue::Entity(_)));
    let Some(rules) = scene.question_rules() else { return named };
    named
        || evidence(scene).next().is_some_and(|passage| {
            let source = scene.source_rules(passage.edition);
            let bag = source.map(|rules| matching::bag(scene.text(passage), rules)).unwrap_or_default();
            matching::terms(&scene.question.text, rules).iter().any(|term| bag.holds(term))
        })
}

/// The first entity of the question that the passage neither names nor points to. What is nobody's name may be lacking beside another
/// name of the question: "who traded in India before Britain?" may be answered by "the British".
fn missing_name(scene: &Scene<'_>, passage: Passage) -> Option<String> {
    let analysis = scene.analysis(passage.edition)?;
    let sentence = scene.sentence(passage)?;
    let slots = scene.question.slots.values();
    let people = scene.question.named.iter().filter(|value| scene.is_person(name_of(value)));
    let names = slots.chain(people).filter(|value| matches!(value, SlotValue::Entity(_))).map(name_of);
    let (there, missing): (Vec<&str>, Vec<&str>) = names.partition(|name| {
        let entities = scene.entities(passage.edition, name);
        scene.concerns(analysis, sentence, &entities) || shares_name(scene, passage, name)
    });
    missing.into_iter().find(|name| there.is_empty() || scene.is_person(name)).map(String::from)
}

/// What is to be explained ("the policy" in "what is the policy on dredging?"), where the passage has no word for it.
fn missing_thing<'s>(scene: &Scene<'s>, bag: &Bag, rules: &LocaleRules) -> Option<&'s str> {
    let Some(SlotValue::Words(thing)) = scene.question.slot("thing").filter(|_| scene.question.intent == Intent::WhatIs) else {
        return None;
    };
    let wanted = matching::terms(thing, rules);
    wanted.first().is_some_and(|head| !bag.holds(head)).then_some(thing.as_str())
}

/// A question of so few content words must find more than half of them: one word that meets may mean anything ("a leaked recording"
/// for "who leaked the plans?").
const FEW: usize = 4;

/// What years in brackets behind a name tell without a word, and what one time there does.
const OF_LIFE: [&str; 2] = ["act.be_born", "act.die"];
const OF_MAKING: [&str; 2] = ["act.build", "act.create"];
/// What a year does that belongs to a name: "the 1989 Harbour Convention" was held then.
const OF_EVENTS: [&str; 4] = ["syn.hold", "syn.happen", "act.approve", "act.sign"];

/// Whether the passage, with the sentences it points back to, holds no more than half of a short question's content words.
fn is_hardly_met(scene: &Scene<'_>, passage: Passage, mut bag: Bag, rules: &LocaleRules, source: &LocaleRules) -> bool {
    let wanted = matching::asked_terms(&scene.question.text, rules);
    // "why did they do it?" meets anything.
    if wanted.is_empty() {
        return scene.question.named.is_empty();
    }
    // Money is there by now, and what is paid is received.
    if wanted.len() > FEW || scene.question.kind == AnswerKind::Money {
        return false;
    }
    scene.antecedents(passage).for_each(|before| bag.extend(matching::bag(before, source)));
    // "when was Roe & Sons founded?": the one word beside names is what is asked.
    let mut plain = wanted.iter().filter(|term| !term.strict);
    let only = plain.next().filter(|_| plain.next().is_none());
    let asks_date = scene.question.kind == AnswerKind::Date;
    let bracket = if asks_date { kind::bracket(scene, passage) } else { None };
    let names = wanted.iter().filter(|term| term.strict).map(Term::word).collect::<Vec<_>>();
    let dated = asks_date && kind::has_year_in_name(scene, passage, &names);
    let told = |term: &Term| {
        let by_bracket = match bracket {
            Some(Bracket::Years) => OF_LIFE.iter().chain(&OF_MAKING).any(|concept| term.means(concept)),
            Some(Bracket::Time) => OF_MAKING.iter().any(|concept| term.means(concept)),
            None => false,
        };
        by_bracket || (dated && OF_EVENTS.iter().any(|concept| term.means(concept)))
    };
    let holds = |term: &Term| bag.holds_kin(term) || told(term);
    let met = wanted.iter().filter(|term| holds(term)).count();
    only.is_some_and(|term| !holds(term)) || met * 2 <= wanted.len()
}

/// Whether the passage has what the question writes of the name, in this form or another ("Israel" in "Israeli agents", "EU" in "European
/// Union"): its last word, or the one word of it that the question has. Of a name that is nobody's, another form of the word is enough.
fn shares_name(scene: &Scene<'_>, passage: Passage, name: &str) -> bool {
    let Some(rules) = scene.source_rules(passage.edition) else { return false };
    let text = scene.text(passage);
    let tokens = token::tokenize(text, &rules.locale.clitics);
    let asked = token::tokenize(&scene.question.text, &rules.locale.clitics);
    let is_nobody = !scene.is_person(name);
    let name = token::fold(name);
    let asked_word = |word: &str| asked.iter().find(|token| token.folded == word);
    let mut written = name.split(' ').filter(|word| asked_word(word).is_some());
    let alone = written.next().filter(|_| written.next().is_none());
    let is_initials = |word: &str| asked_word(word).is_some_and(|token| is_initialism(token.text(&scene.question.text)));
    let stands = |word: &str| {
        let stem = rules.locale.stem(word);
        let same = |token: &Token| {
            token.folded == word
                || (word.chars().count() >= 4 && token.folded.starts_with(word))
                || (is_nobody && token.is_capitalised(text) && rules.locale.stem(&token.folded) == stem)
        };
        tokens.iter().any(same) || (is_initials(word) && spells(&tokens, text, word))
    };
    // "John Paul" is as much as is written of "John Paul II" later on; another ordinal is another bearer's.
    let last = name.rsplit(' ').find(|word| !is_ordinal(word));
    last.into_iter().chain(alone).any(stands)
}

/// Whether a folded word is a small Roman number.
fn is_ordinal(word: &str) -> bool {
    word.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x'))
}

/// Whether capitals alone make the word: "EU".
fn is_initialism(word: &str) -> bool {
    word.chars().count() >= 2 && word.chars().all(char::is_uppercase)
}

/// Whether capitalised words one after the other begin with the letters of `initials`.
fn spells(tokens: &[Token], text: &str, initials: &str) -> bool {
    let first = |token: &Token| token.folded.chars().next().filter(|_| token.is_capitalised(text));
    let letters = initials.chars().collect::<Vec<_>>();
    tokens.windows(letters.len()).any(|window| window.iter().map(first).eq(letters.iter().copied().map(Some)))
}
