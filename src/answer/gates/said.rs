//! Who said what: statements of a person, the speaker of a phrase, admissions, denials and silence.

use std::collections::BTreeSet;

use super::{Finding, Pick, name_of};
use crate::analysis::{Analysis, EntityId, EntityKind, MentionKind, Speaker, Statement};
use crate::answer::matching::{self, Term};
use crate::answer::reason::Reason;
use crate::answer::scene::{Passage, Scene};
use crate::question::SlotValue;
use crate::rules::LocaleRules;
use crate::span::{EditionId, Span};

/// What did X say (about T)? Only statements attributed to X; silence is none.
pub(super) fn statement(scene: &Scene<'_>) -> Finding {
    let Some(person) = scene.question.slot("person") else { return super::free::free(scene) };
    let name = name_of(person);
    // What somebody finds out is no saying; a report's findings are its words.
    let is_saying = |statement: &Statement| !(in_class(statement, "show") && scene.is_person(name));
    let mut said = by_speaker(scene, person, |statement| !statement.silence && is_saying(statement));
    said.retain(|(edition, statement)| !is_retold_thought(scene, *edition, statement));
    let said = to_listener(scene, of_asked_class(scene, said));
    let topic = topic(scene);
    let on_topic =
        said.iter().filter(|(edition, statement)| concerns(scene, *edition, statement, &topic)).copied().collect::<Vec<_>>();
    if on_topic.is_empty() {
        let mut nearest = passages(scene, &said);
        nearest.extend(mentions(scene, name));
        return Finding::refused(Reason::NoStatementByPerson)
            .about(name)
            .near(nearest)
            .traced(format!("gate statement: {} statements by {name}, none on the topic", said.len()));
    }
    Finding::answered(picks(scene, &on_topic)).traced(format!(
        "gate statement: {} of {} statements",
        on_topic.len(),
        said.len()
    ))
}

/// "She plans to sue, her husband said": a wish or belief that somebody else tells is that one's statement.
fn is_retold_thought(scene: &Scene<'_>, edition: EditionId, statement: &Statement) -> bool {
    let (Some(cue), Some(analysis)) = (statement.cue, scene.analysis(edition)) else { return false };
    let thought = in_class(statement, "want") || in_class(statement, "believe");
    let holds_it = |other: &&Statement| other.cue != statement.cue && other.content.iter().any(|part| part.contains(cue));
    let entity = |statement: &Statement| statement.speaker.as_ref().and_then(|speaker| speaker.entity);
    thought && analysis.statements.iter().filter(holds_it).any(|other| entity(other) != entity(statement))
}

/// Where the question's verb is a particular one ("boast", "deny", "promise"), the statements of its class, if there are any.
fn of_asked_class<'a>(scene: &Scene<'a>, said: Vec<(EditionId, &'a Statement)>) -> Vec<(EditionId, &'a Statement)> {
    let Some(rules) = scene.question_rules() else { return said };
    let tokens = crate::token::tokenize(&scene.question.text, &rules.locale.clitics);
    let asked = |class: &str| {
        let head = class.split('.').next().unwrap_or(class);
        !PLAIN.contains(&head) && rules.lexicon.holds(&tokens, |found| found.entry.pos == "verb" && found.entry.is_a(head))
    };
    let particular = said.iter().filter(|(_, statement)| asked(&statement.class)).copied().collect::<Vec<_>>();
    if particular.is_empty() { said } else { particular }
}

/// Where the question names who was told ("tell the jury"), the statements whose sentence names them, too.
fn to_listener<'a>(scene: &Scene<'a>, said: Vec<(EditionId, &'a Statement)>) -> Vec<(EditionId, &'a Statement)> {
    let (Some(listener), Some(rules)) = (scene.question.slot("listener"), scene.question_rules()) else { return said };
    let wanted = matching::terms(name_of(listener), rules);
    let was_told = |edition: EditionId, statement: &Statement| {
        let (Some(cue), Some(rules)) = (statement.cue.and_then(|cue| scene.passage_at(cue)), scene.source_rules(edition))
        else {
            return false;
        };
        let Some(sentence) = scene.sentence(cue) else { return false };
        let text = scene.knowledge.slice(sentence.span);
        let byte = |at: u32| at.clamp(sentence.span.start, sentence.span.end) - sentence.span.start;
        let mut around = text.as_bytes().to_vec();
        for part in &statement.content {
            around.get_mut(byte(part.start) as usize..byte(part.end) as usize).unwrap_or_default().fill(b' ');
        }
        matching::coverage(&matching::bag(&String::from_utf8_lossy(&around), rules), &wanted) >= 1.0
    };
    said.into_iter().filter(|(edition, statement)| was_told(*edition, statement)).collect()
}

/// Classes of cues that ask for no particular kind of statement.
const PLAIN: [&str; 4] = ["say", "source", "topic", "noun"];

/// Who said "…"? The statement that holds the words, whoever its speaker is.
pub(super) fn who_said(scene: &Scene<'_>) -> Finding {
    let Some(phrase) = scene.question.slot("phrase") else { return super::free::free(scene) };
    let phrase = name_of(phrase);
    let quoted = is_quoted(scene, phrase);
    let said = scene.statements(|_, _, statement| !statement.silence && (quoted || does_as_asked(scene, statement, phrase)));
    let mut exact = Vec::new();
    for (edition, statement) in &said {
        let Some(rules) = scene.source_rules(*edition) else { continue };
        for passage in scene.passages_of(*edition, statement) {
            if matching::holds_phrase(scene.text(passage), phrase, rules) {
                exact.extend(with_cue(scene, passage, statement));
            }
        }
    }
    if !exact.is_empty() {
        return Finding::answered(exact).traced("gate who_said: the words stand in a statement");
    }
    if quoted {
        return Finding::refused(Reason::NotMentioned).traced("gate who_said: the quoted words stand in no statement");
    }
    let Some(rules) = scene.question_rules() else { return Finding::refused(Reason::NotMentioned) };
    let wanted = with_topic(scene, phrase, rules);
    let finding = best(scene, &said, &wanted);
    // "Where does the money come from?" asks for a place or a source of any kind.
    if finding.reason.is_some() && asks_whence(scene) { super::free::free(scene) } else { finding }
}

/// Whether the question asks for a place.
fn asks_whence(scene: &Scene<'_>) -> bool {
    let Some(rules) = scene.question_rules() else { return false };
    rules.lexicon.holds_class(&crate::token::tokenize(&scene.question.text, &rules.locale.clitics), "asks.place")
}

/// Cues by which somebody calls a thing something.
const DESCRIBING: [&str; 3] = ["say.call", "say.characterise", "syn.call"];
/// Cues that tell what a saying does: to mention a thing is not to confirm, praise or promise it.
const DOING: [&str; 10] =
    ["say.confirm", "admit", "deny", "warn", "urge", "promise", "boast", "accuse", "criticise", "support"];

/// Whether the statement does what the question's verb asks for, as its cue or a word of it says. Verbs of plain saying ask for nothing in
/// particular, nor do those of describing with what a thing is called ("it a disgrace"); "who called the police?" asks for no statement
/// on the police.
fn does_as_asked(scene: &Scene<'_>, statement: &Statement, phrase: &str) -> bool {
    let Some(rules) = scene.question_rules() else { return true };
    let of_phrase = matching::terms(phrase, rules);
    let asks = |term: &Term, classes: &[&str]| classes.iter().any(|class| term.means_under(class));
    let of_saying = |term: &Term| asks(term, &DESCRIBING) || asks(term, &DOING) || asks(term, &PLAIN);
    let asked = matching::terms(&scene.question.text, rules);
    let Some(verb) = asked.into_iter().find(|term| !of_phrase.contains(term) && of_saying(term)) else { return true };
    let classes = if asks(&verb, &DESCRIBING) { &DESCRIBING[..] } else { &DOING[..] };
    let asked = classes.iter().filter(|class| verb.means_under(class)).collect::<Vec<_>>();
    let is_plain = asked.is_empty() || (asks(&verb, &DESCRIBING) && !names_only(scene, phrase, &of_phrase));
    is_plain || asked.iter().any(|class| in_class(statement, class)) || holds_verb(scene, statement, &verb.only(classes))
}

/// Whether the phrase names a thing and does not say what it is called: "the police", "Roe", but not "it a disgrace" or "intolerable".
fn names_only(scene: &Scene<'_>, phrase: &str, terms: &[Term]) -> bool {
    if scene.question.slot("topic").is_some() {
        return false;
    }
    let Some(rules) = scene.question_rules() else { return false };
    let tokens = crate::token::tokenize(phrase, &rules.locale.clitics);
    let is_article =
        |at: usize| rules.lexicon.at(tokens.get(at..).unwrap_or_default()).iter().any(|found| found.entry.is_a("gram.det"));
    let is_name = matches!(terms, [only] if only.strict);
    is_name || (is_article(0) && !is_article(1))
}

/// Whether a sentence of the statement has the verb.
fn holds_verb(scene: &Scene<'_>, statement: &Statement, verb: &Term) -> bool {
    let Some(passage) = statement.cue.and_then(|cue| scene.passage_at(cue)) else { return false };
    let rules = scene.source_rules(passage.edition);
    rules.is_some_and(|rules| matching::bag(scene.text(passage), rules).holds(verb))
}

/// What did X admit? Who admitted it?
pub(super) fn of_class(scene: &Scene<'_>, class: &str) -> Finding {
    let topic = topic(scene);
    let of_class = |statement: &Statement| in_class(statement, class) && !statement.silence;
    match scene.question.slot("person") {
        Some(person) => {
            let said = by_speaker(scene, person, of_class);
            let said = said
                .into_iter()
                .filter(|(edition, statement)| concerns(scene, *edition, statement, &topic))
                .collect::<Vec<_>>();
            if said.is_empty() {
                let name = name_of(person);
                return Finding::refused(Reason::NoStatementByPerson).about(name).near(mentions(scene, name));
            }
            Finding::answered(picks(scene, &said))
        }
        None => {
            let said = scene.statements(|_, _, statement| of_class(statement));
            if topic.is_empty() && !said.is_empty() {
                return Finding::answered(picks(scene, &said));
            }
            best(scene, &said, &topic.words)
        }
    }
}

/// Did X deny it? Did X comment? Denials and silence; where there is neither, any statement says that X did comment.
pub(super) fn denials(scene: &Scene<'_>) -> Finding {
    let Some(person) = scene.question.slot("person") else { return of_class(scene, "deny") };
    let asks_comment = matches!(scene.question.slot("act"), Some(SlotValue::Concept(act)) if act != "deny");
    let topic = topic(scene);
    let classes: &[&str] = if asks_comment { &["silence", "any"] } else { &["deny"] };
    for class in classes {
        let found = by_speaker(scene, person, |statement| match *class {
            "silence" => statement.silence,
            "any" => true,
            class => in_class(statement, class),
        });
        let found =
            found.into_iter().filter(|(edition, statement)| concerns(scene, *edition, statement, &topic)).collect::<Vec<_>>();
        if !found.is_empty() {
            return Finding::answered(picks(scene, &found)).traced(format!("gate denials: class {class}"));
        }
    }
    let name = name_of(person);
    Finding::refused(Reason::NoStatementByPerson).about(name).near(mentions(scene, name))
}

/// Whether the concept of a statement's cue is `class` or lies under it.
fn in_class(statement: &Statement, class: &str) -> bool {
    matching::is_under(&statement.class, class)
}

/// Statements whose speaker is the person of the slot.
pub(super) fn by_speaker<'a>(
    scene: &Scene<'a>,
    person: &SlotValue,
    wanted: impl Fn(&Statement) -> bool,
) -> Vec<(EditionId, &'a Statement)> {
    let described = match person {
        SlotValue::Entity(_) => None,
        other => scene.question_rules().map(|rules| matching::terms(name_of(other), rules)),
    };
    let owner = scene.question.slot("owner").map(name_of);
    let role = scene.question.slot("role_concept").map(name_of);
    let is_described = |edition: EditionId, speaker: &Speaker| {
        let Some((terms, rules)) = described.as_ref().zip(scene.source_rules(edition)) else { return false };
        let words = scene.knowledge.slice(speaker.span);
        !terms.is_empty() && matching::coverage(&matching::bag(words, rules), terms) >= 1.0
    };
    // "The person" later on is "a person familiar with the matter" before.
    let same = scene.statements(|edition, analysis, statement| {
        let unnamed = |id: &EntityId| analysis.entity(*id).is_some_and(|entity| entity.kind == EntityKind::Office);
        let speaker = statement.speaker.as_ref();
        speaker.is_some_and(|speaker| speaker.entity.as_ref().is_some_and(unnamed) && is_described(edition.id, speaker))
    });
    let same = same.iter().filter_map(|(edition, statement)| Some((*edition, statement.speaker.as_ref()?.entity?)));
    let same: BTreeSet<(EditionId, EntityId)> = same.collect();
    scene.statements(|edition, analysis, statement| {
        let Some(speaker) = &statement.speaker else { return false };
        if !wanted(statement) {
            return false;
        }
        if let (Some(owner), Some(role)) = (owner, role) {
            let entities = scene.entities(edition.id, owner);
            return super::reply::speaks_for(scene, edition.id, analysis, statement, &entities, role);
        }
        match &described {
            None => {
                let entity = speaker.entity.and_then(|id| analysis.entity(id));
                entity.is_some_and(|entity| scene.is_called(edition.id, entity, name_of(person)))
                    || speaker.name == name_of(person)
                    || (speaker.entity.is_none() && begins_with(scene, edition.id, analysis, speaker.span, name_of(person)))
            }
            Some(_) => {
                is_described(edition.id, speaker) || speaker.entity.is_some_and(|entity| same.contains(&(edition.id, entity)))
            }
        }
    })
}

/// "Ada Roe and her co-author say": a joint statement is also the first one's; its label names both.
fn begins_with(scene: &Scene<'_>, edition: EditionId, analysis: &Analysis, speaker: Span, name: &str) -> bool {
    let first = analysis.mentions.iter().find(|mention| {
        mention.kind == MentionKind::Name && mention.span.start == speaker.start && mention.span.end < speaker.end
    });
    let joined = first.zip(scene.source_rules(edition)).is_some_and(|(first, rules)| {
        let rest = scene.knowledge.slice(Span { start: first.span.end, ..speaker });
        let tokens = crate::token::tokenize(rest, &rules.locale.clitics);
        rules.lexicon.at(&tokens).iter().any(|found| found.entry.is_a("gram.and"))
    });
    let entity = first.and_then(|mention| mention.entity).and_then(|id| analysis.entity(id));
    joined && entity.is_some_and(|entity| scene.is_called(edition, entity, name))
}

/// What a statement must be about: a known name, or words.
#[derive(Default)]
struct Topic {
    name: Option<String>,
    words: Vec<Term>,
}

impl Topic {
    fn is_empty(&self) -> bool {
        self.name.is_none() && self.words.is_empty()
    }
}

fn topic(scene: &Scene<'_>) -> Topic {
    let (Some(topic), Some(rules)) = (scene.question.slot("topic"), scene.question_rules()) else { return Topic::default() };
    match topic {
        SlotValue::Entity(name) => Topic { name: Some(name.clone()), words: Vec::new() },
        other => Topic { name: None, words: matching::topic_terms(name_of(other), rules) },
    }
}

/// The phrase's words and the topic's.
fn with_topic(scene: &Scene<'_>, phrase: &str, rules: &LocaleRules) -> Vec<Term> {
    let mut wanted = matching::terms(phrase, rules);
    wanted.extend(scene.question.slot("topic").map(|topic| matching::topic_terms(name_of(topic), rules)).unwrap_or_default());
    wanted
}

fn concerns(scene: &Scene<'_>, edition: EditionId, statement: &Statement, topic: &Topic) -> bool {
    if topic.is_empty() {
        return true;
    }
    if let Some(name) = &topic.name {
        let Some(analysis) = scene.analysis(edition) else { return false };
        let entities = scene.entities(edition, name);
        let sentences = scene.passages_of(edition, statement).into_iter().filter_map(|passage| scene.sentence(passage));
        return sentences.into_iter().any(|sentence| scene.mentions(analysis, sentence, &entities));
    }
    let Some(rules) = scene.source_rules(edition) else { return false };
    let mut bag = matching::Bag::default();
    for passage in scene.passages_of(edition, statement) {
        bag.extend(matching::bag(&without_speaker(scene, passage, statement), rules));
    }
    matching::is_about(&bag, &topic.words)
}

/// A passage's words without the speaker's own name: "what did X say about X's firm" is no match by the name alone.
fn without_speaker(scene: &Scene<'_>, passage: Passage, statement: &Statement) -> String {
    let text = scene.text(passage);
    let (Some(sentence), Some(speaker)) = (scene.sentence(passage), &statement.speaker) else { return text.to_owned() };
    if !sentence.span.contains(speaker.span) {
        return text.to_owned();
    }
    let start = (speaker.span.start - sentence.span.start) as usize;
    let end = (speaker.span.end - sentence.span.start) as usize;
    format!("{} {}", text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default())
}

/// The statements that hold most of the wanted words, at least two thirds of them and every name and number.
fn best(scene: &Scene<'_>, said: &[(EditionId, &Statement)], wanted: &[Term]) -> Finding {
    let mut best = 0.0;
    let mut picks = Vec::new();
    for (edition, statement) in said {
        let Some(rules) = scene.source_rules(*edition) else { continue };
        for passage in scene.passages_of(*edition, statement) {
            let bag = matching::bag(&without_speaker(scene, passage, statement), rules);
            let share = matching::coverage(&bag, wanted);
            if share < 0.66 || !matching::is_about(&bag, wanted) || share < best {
                continue;
            }
            if share > best {
                picks.clear();
            }
            best = share;
            picks.extend(with_cue(scene, passage, statement));
        }
    }
    if picks.is_empty() {
        return Finding::refused(Reason::NotMentioned).traced("gate who_said: no statement holds enough of the words");
    }
    Finding::answered(picks).traced(format!("gate who_said: {best:.2} of the words"))
}

/// Whether the question itself sets the phrase in quotation marks.
fn is_quoted(scene: &Scene<'_>, phrase: &str) -> bool {
    let text = &scene.question.text;
    text.find(phrase).is_some_and(|at| {
        let before = text.get(..at).unwrap_or_default().trim_end().chars().next_back();
        before.is_some_and(|ch| matches!(ch, '"' | '“' | '«' | '„' | '”'))
    })
}

/// A passage of a statement, and the sentence that says whose it is where that is another one.
fn with_cue(scene: &Scene<'_>, passage: Passage, statement: &Statement) -> Vec<Pick> {
    let cue = statement.cue.and_then(|cue| scene.passage_at(cue)).filter(|&cue| cue != passage);
    let mut passages = vec![passage];
    passages.extend(cue);
    passages.sort();
    passages.into_iter().map(|passage| Pick::by(passage, speaker_of(statement))).collect()
}

fn speaker_of(statement: &Statement) -> Option<String> {
    statement.speaker.as_ref().map(|speaker| speaker.name.clone())
}

pub(super) fn picks(scene: &Scene<'_>, said: &[(EditionId, &Statement)]) -> Vec<Pick> {
    let mut picks: Vec<Pick> = Vec::new();
    for (edition, statement) in said {
        picks
            .extend(scene.passages_of(*edition, statement).into_iter().map(|passage| Pick::by(passage, speaker_of(statement))));
    }
    picks
}

fn passages(scene: &Scene<'_>, said: &[(EditionId, &Statement)]) -> Vec<Passage> {
    said.iter().flat_map(|(edition, statement)| scene.passages_of(*edition, statement)).collect()
}

/// Passages that name somebody.
pub(super) fn mentions(scene: &Scene<'_>, name: &str) -> Vec<Passage> {
    scene.passages_with(name, |_, analysis, sentence, entities| scene.mentions(analysis, sentence, entities))
}
