//! Who holds a role: "who is the foreign minister", "who leads the investigation".

use super::{Finding, Pick, name_of};
use crate::analysis::{Entity, EntityKind};
use crate::answer::kind;
use crate::answer::matching::{self, Term};
use crate::answer::reason::Reason;
use crate::answer::scene::{Passage, Scene};
use crate::question::SlotValue;
use crate::rules::{LexiconMatch, LocaleRules};
use crate::token::{self, Token, TokenKind};

/// Passages that give the role to somebody by name; for a role told by a verb, the best passage that names a holder.
pub(super) fn holder(scene: &Scene<'_>) -> Finding {
    let Some(role) = scene.question.slot("role").or_else(|| scene.question.slot("person")) else {
        return super::free::free(scene);
    };
    if let SlotValue::Entity(name) = role {
        let name = name.clone();
        return Finding::passages(with_role_of(scene, &name)).or_refused(&name);
    }
    let Some(rules) = scene.question_rules() else { return Finding::refused(Reason::NoAnswerOfThatKind) };
    let wanted = matching::terms(name_of(role), rules);
    let picks = picks(scene, &wanted);
    if !picks.is_empty() {
        return Finding::answered(picks).traced("gate role: a role of a named person");
    }
    let (role, is_office) = (name_of(role), wanted.iter().any(Term::means_role));
    if is_office && (begins_with_verb(role, rules) || holds_clause(role, rules)) {
        return super::free::free(scene);
    }
    if !is_office && super::free::is_verbal(scene, role) {
        return super::free::role_by_verb(scene, role);
    }
    match super::free::ranked(scene).find(|&passage| is_given_here(scene, passage, role, &wanted)) {
        Some(passage) => Finding::passages([passage]).traced("gate role: a name stands directly beside the whole role"),
        None => Finding::refused(Reason::NoAnswerOfThatKind).about(role).traced("gate role: nobody is given the role"),
    }
}

/// "who praised the farmer?" asks for no farmer.
fn begins_with_verb(role: &str, rules: &LocaleRules) -> bool {
    let tokens = token::tokenize(role, &rules.locale.clitics);
    let inflected = |found: &LexiconMatch<'_>| ["past", "third"].iter().any(|tag| found.has_tag(tag));
    rules.lexicon.at(&tokens).iter().any(|found| found.entry.pos == "verb" && inflected(found))
}

/// "the leader who founded the colony", "the leader when the war began": somebody told by what happened, not by an office alone.
fn holds_clause(role: &str, rules: &LocaleRules) -> bool {
    let tokens = token::tokenize(role, &rules.locale.clitics);
    let begins = |found: &LexiconMatch<'_>| CLAUSE.iter().any(|class| found.entry.is_a(class));
    (1..tokens.len()).any(|at| rules.lexicon.at(tokens.get(at..).unwrap_or_default()).iter().any(begins))
}

/// Classes of words that begin a clause.
const CLAUSE: [&str; 3] = ["gram.wh", "gram.that", "gram.question"];

/// Whether the passage has every word of the role, and a name that the question has not stands directly before or behind it: between
/// them is nothing but words of the role and such as "was", "as the", "," or "(" ("the first president of the club was Ann Roe").
fn is_given_here(scene: &Scene<'_>, passage: Passage, role: &str, wanted: &[Term]) -> bool {
    let (Some(question), Some(rules)) = (scene.question_rules(), scene.source_rules(passage.edition)) else { return false };
    let (Some(analysis), Some(sentence)) = (scene.analysis(passage.edition), scene.sentence(passage)) else { return false };
    let text = scene.text(passage);
    let bag = matching::bag(text, rules);
    if question.locale.tag != rules.locale.tag || wanted.is_empty() || !wanted.iter().all(|term| bag.holds(term)) {
        return false;
    }
    let tokens = token::tokenize(text, &rules.locale.clitics);
    let asked = matching::bag(&scene.question.text, question);
    let of_role = |token: &Token| {
        let own = matching::bag(token.text(text), rules);
        wanted.iter().any(|term| own.holds(term))
    };
    let is_a = |token: &Token, classes: &[&str]| {
        classes.iter().any(|class| rules.lexicon.holds_class(std::slice::from_ref(token), class))
    };
    let role = token::tokenize(role, &question.locale.clitics);
    let links = |token: &Token| {
        matches!(token.folded.as_str(), "," | "(" | ":")
            || of_role(token)
            || role.iter().any(|own| own.folded == token.folded)
            || is_a(token, &LINKS) && !is_a(token, &["cue.negation", "gram.neg"])
    };
    let owner = scene.question.slot("owner").filter(|owner| matches!(owner, SlotValue::Entity(_))).map_or("", name_of);
    let (owners, owner) = (scene.entities(passage.edition, owner), token::fold(owner));
    let of_owner_name = |term: &&Term| owner.split(' ').any(|word| word == term.word());
    let unowned = wanted.iter().filter(|term| !of_owner_name(term)).cloned().collect::<Vec<_>>();
    let offset = sentence.span.start as usize;
    analysis.mentions_in(sentence.span).iter().any(|mention| {
        let entity = mention.entity.and_then(|id| analysis.entity(id));
        let is_new = |entity: &Entity| matching::terms(&entity.name, rules).iter().any(|word| !asked.holds(word));
        if !entity.is_some_and(|entity| entity.kind != EntityKind::Place && is_new(entity)) {
            return false;
        }
        let (start, end) = (mention.span.start as usize - offset, mention.span.end as usize - offset);
        let before = tokens.iter().rev().skip_while(|token| token.end > start).collect::<Vec<_>>();
        let behind = tokens.iter().skip_while(|token| token.start < end).collect::<Vec<_>>();
        let linked = |side: &[&Token]| side.iter().take_while(|token| links(token)).count();
        // "the deputy mayor, Ann Roe", "the lawyer of the mayor, Ann Roe" and "Ann Roe, the mayor's lawyer" are somebody else.
        let is_word = |token: &Token| token.kind != TokenKind::Mark;
        let opens =
            |token: &Token, touches: bool| !is_word(token) || is_a(token, &["gram.by"]) || !touches && !is_a(token, &GOVERNING);
        let ends =
            |token: &Token| !is_word(token) || rules.locale.is_stop_word(&token.folded) && !is_a(token, &["gram.genitive"]);
        let (own, rest) = before.split_at_checked(linked(&before)).unwrap_or_default();
        let touches = own.last().is_some_and(|token| of_role(token) || is_a(token, &["gram.of"]));
        let in_order = own.iter().rev().copied().collect::<Vec<_>>();
        let stands_before = holds_all(&in_order, wanted, text, rules) && rest.first().is_none_or(|token| opens(token, touches));
        // Behind the name the role ends with its last word: "Ann Roe, mayor of the town, a former teacher".
        let whole = (1..=linked(&behind)).find(|&len| behind.get(..len).is_some_and(|own| holds_all(own, wanted, text, rules)));
        let stands_behind = || whole.is_some_and(|len| behind.get(len).is_none_or(|token| ends(token)));
        stands_before || stands_behind() || {
            let of_owner = |token: &Token| kind::is_mention(scene, passage, token, &owners);
            // "Roe of Lind" is Roe.
            let names_owner = |name: &[&Token]| {
                name.iter()
                    .take_while(|token| token.is_capitalised(text) || is_a(token, &["gram.of"]))
                    .any(|token| of_owner(token))
            };
            let points_back = match rest {
                [own, and, name @ ..] if is_a(own, &["gram.poss"]) && is_a(and, &["gram.and"]) => names_owner(name),
                [whose, comma, name @ ..] if is_a(whose, &["gram.who.whose"]) && comma.is_mark(",") => names_owner(name),
                _ => false,
            };
            points_back && holds_all(&in_order, &unowned, text, rules)
        }
    })
}

/// Classes of words that may stand between a role and its holder.
const LINKS: [&str; 5] = ["gram.be", "gram.det", "gram.of", "gram.as", "gram.adv"];

/// Whether the tokens hold every word of the role.
fn holds_all(tokens: &[&Token], wanted: &[Term], text: &str, rules: &LocaleRules) -> bool {
    let words = tokens.iter().map(|token| token.text(text)).collect::<Vec<_>>().join(" ");
    let bag = matching::bag(&words, rules);
    wanted.iter().all(|term| bag.holds(term))
}

impl Finding {
    fn or_refused(self, about: &str) -> Self {
        if self.picks.is_empty() { Finding::refused(Reason::NoAnswerOfThatKind).about(about) } else { self }
    }
}

fn with_role_of(scene: &Scene<'_>, name: &str) -> Vec<Passage> {
    scene.passages_with(name, |_, analysis, sentence, entities| {
        let roles = entities.iter().filter_map(|&id| analysis.entity(id)).flat_map(|entity| &entity.roles);
        roles.into_iter().any(|role| sentence.span.contains(role.span))
    })
}

/// Each passage in which a role holds all the wanted words; words that the role lacks may stand just around it (the country
/// before a title).
fn picks(scene: &Scene<'_>, wanted: &[Term]) -> Vec<Pick> {
    let mut picks = Vec::new();
    if wanted.is_empty() {
        return picks;
    }
    let is_office = wanted.iter().any(Term::means_role);
    for (edition, analysis) in scene.readings() {
        let Some(rules) = scene.source_rules(edition.id) else { continue };
        for role in analysis.entities.iter().flat_map(|entity| &entity.roles) {
            let words = scene.knowledge.slice(role.span);
            let bag = matching::bag(if is_office { words } else { own_words(words, rules) }, rules);
            let holds = |term: &&Term| match term.means_role() {
                true => role.concepts.iter().any(|concept| term.means(concept)),
                false => bag.holds(term),
            };
            let own = wanted.iter().filter(holds).count();
            let rest = wanted.iter().filter(|term| !holds(term)).collect::<Vec<_>>();
            let Some(passage) = scene.passage_at(role.span).filter(|&passage| scene.is_evidence(passage)) else { continue };
            let sentence = matching::bag(scene.text(passage), rules);
            let rest_is_near = rest.iter().all(|term| term.strict && sentence.holds(term));
            if own > 0 && rest_is_near {
                picks.push(Pick::new(passage));
            }
        }
    }
    picks
}

/// A role without those that it belongs to: "adviser" of "the diver's adviser" and of "adviser to the diver".
fn own_words<'t>(role: &'t str, rules: &LocaleRules) -> &'t str {
    let tokens = token::tokenize(role, &rules.locale.clitics);
    let is_a = |token: &Token, class: &str| rules.lexicon.holds_class(std::slice::from_ref(token), class);
    let owner = tokens.iter().rposition(|token| is_a(token, "gram.genitive"));
    let start = owner.map_or(0, |at| at + 1);
    let own = tokens.iter().skip(start).take_while(|token| !GOVERNING.iter().any(|class| is_a(token, class)));
    let end = own.last().map_or(role.len(), |token| token.end);
    role.get(tokens.get(start).map_or(0, |token| token.start)..end).unwrap_or(role)
}

/// Classes of words that make a role depend on what stands before them: "adviser to the diver".
const GOVERNING: [&str; 3] = ["gram.prep", "gram.of", "gram.to"];
