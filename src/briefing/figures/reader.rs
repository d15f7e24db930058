//! Reads the figures of an edition that can be compared, each with what its sentence says besides. Knows no other source.

use crate::analysis::{Analysis, EntityKind, Grammar, MentionKind};
use crate::answer::figures::{is_one, value, value_word};
use crate::answer::{Passage, Scene};
use crate::document::Edition;
use crate::rules::LocaleRules;
use crate::span::Span;
use crate::token::{self, Token, TokenKind};

use super::{Counted, Said, Verb};

/// What limits the number behind it, or makes it rough.
const LIMITS: [&str; 13] = [
    "gram.det",
    "gram.def",
    "gram.poss",
    "gram.prep",
    "gram.adv",
    "gram.of",
    "gram.to",
    "gram.conj",
    "gram.neg",
    "gram.none",
    "gram.including",
    "gram.among",
    "gram.rough",
];

/// What ends a clause.
const CLAUSE_ENDS: [&str; 5] = ["gram.sub", "gram.conj", "gram.that", "gram.wh", "gram.but"];

/// Words of grammar that are no unit.
const NO_UNITS: [&str; 9] = [
    "gram.det",
    "gram.prep",
    "gram.adv",
    "gram.be",
    "gram.have",
    "gram.modal",
    "gram.rough",
    "moment.month",
    "moment.day",
];

/// The figures of an edition that can be compared.
pub(super) fn figures(
    scene: &Scene<'_>,
    edition: &Edition,
    analysis: &Analysis,
    (rules, grammar): (&LocaleRules, &Grammar),
) -> Vec<Counted> {
    let mut all = Vec::new();
    for (number, sentence) in analysis.sentences.iter().enumerate().filter(|(_, sentence)| !sentence.negated) {
        let passage = Passage { edition: edition.id, sentence: u32::try_from(number).unwrap_or(u32::MAX) };
        if !scene.is_evidence(passage) || scene.knowledge.is_suppressed(sentence.span) {
            continue;
        }
        let text = edition.slice(sentence.span);
        let tokens = token::tokenize(text, &rules.locale.clitics);
        if !tokens.iter().any(|token| value(token, rules).is_some()) {
            continue;
        }
        let reader = Reader { scene, edition, analysis, passage, start: sentence.span.start, text, tokens: &tokens, rules, grammar };
        all.extend(reader.figures());
    }
    all
}

/// Reads one sentence.
struct Reader<'r, 'a> {
    scene: &'r Scene<'a>,
    edition: &'r Edition,
    analysis: &'r Analysis,
    passage: Passage,
    start: u32,
    text: &'r str,
    tokens: &'r [Token],
    rules: &'r LocaleRules,
    grammar: &'r Grammar,
}

impl Reader<'_, '_> {
    fn figures(&self) -> Vec<Counted> {
        let found = (0..self.tokens.len()).filter_map(|at| self.number(at)).collect::<Vec<_>>();
        let alone = |unit: &str| found.iter().filter(|(_, other, ..)| *other == unit).count() == 1;
        // Of two numbers of one unit each may be a part of what another source counts.
        let found = found.iter().filter(|(_, unit, ..)| alone(unit)).collect::<Vec<_>>();
        if found.is_empty() {
            return Vec::new();
        }
        let said = self.said();
        let counted = found.into_iter().map(|(value, unit, from, to)| {
            let (verbs, modal) = self.clause(*from, *to);
            let mut said = said.clone();
            said.content.remove(unit);
            verbs.iter().for_each(|verb| drop(said.content.remove(&verb.stem)));
            let ends = (self.tokens.get(*from), self.tokens.get(to.saturating_sub(1)));
            let (start, end) = (ends.0.map_or(0, |token| token.start), ends.1.map_or(0, |token| token.end));
            let base = self.start as usize;
            let words = Span::new(self.edition.id, base + start, base + end);
            let (passage, value, unit) = (self.passage, *value, unit.clone());
            Counted { passage, words, value, unit, tail: self.tail(*to), verbs, modal, said }
        });
        counted.collect()
    }

    /// The number that begins at a token: its value, its unit, and where its words begin and end.
    fn number(&self, at: usize) -> Option<(f64, String, usize, usize)> {
        let first = self.tokens.get(at)?;
        let mut number = value(first, self.rules)?;
        let large_word = value_word(first, self.rules).is_some_and(|value| value >= 100.0 || is_one(value));
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let sign = before.filter(|token| is_money(token));
        let from = if sign.is_some() { at - 1 } else { at };
        if large_word || self.is_limited(from) || self.in_date(first) {
            return None;
        }
        let mut to = at + 1;
        while let Some(times) = self.tokens.get(to).and_then(|token| value_word(token, self.rules)).filter(|&times| times >= 100.0) {
            number *= times;
            to += 1;
        }
        let next = self.tokens.get(to);
        if let Some(sign) = sign {
            return Some((number, sign.folded.clone(), from, to));
        }
        let next = next?;
        let percent = next.is_mark("%");
        let word = next.kind == TokenKind::Word
            && value(next, self.rules).is_none()
            && !self.rules.locale.is_stop_word(&next.folded)
            && !NO_UNITS.iter().any(|class| self.is_a(to, class));
        let unit = if percent { next.folded.clone() } else { self.rules.locale.stem(&next.folded).into_owned() };
        (percent || word).then_some((number, unit, from, to + 1))
    }

    /// Whether what stands before a number limits it, or belongs to it. Behind a legal status ("sentenced to six years") it is whole.
    fn is_limited(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let Some(token) = self.tokens.get(before) else { return false };
        if value(token, self.rules).is_some() || token.is_mark("-") || token.is_mark("–") || token.is_mark("/") {
            return true;
        }
        let status = |at: usize| self.rules.lexicon.at(self.tokens.get(at..).unwrap_or_default()).iter().any(|f| f.entry.is_a("status"));
        if before.checked_sub(1).is_some_and(status) && self.is_a(before, "gram.prep") {
            return false;
        }
        let adverb = token.kind == TokenKind::Word && self.grammar.is_adverb(&token.folded);
        adverb || LIMITS.iter().any(|class| self.is_a(before, class))
    }

    fn is_a(&self, at: usize, class: &str) -> bool {
        let here = self.tokens.get(at..).unwrap_or_default();
        self.rules.lexicon.at(here).iter().any(|found| found.entry.is_a(class))
    }

    fn in_date(&self, token: &Token) -> bool {
        let start = self.start as usize + token.start;
        let dates = self.analysis.dates.iter().filter(|date| date.sentence == self.passage.sentence);
        dates.into_iter().any(|date| date.span.range().contains(&start))
    }

    /// The content word right behind the unit, or behind "of".
    fn tail(&self, at: usize) -> Option<String> {
        let mut at = at;
        while self.is_a(at, "gram.of") || (at > 0 && self.is_a(at, "gram.det") && self.is_a(at - 1, "gram.of")) {
            at += 1;
        }
        let next = self.tokens.get(at).filter(|next| next.kind == TokenKind::Word)?;
        let grammar = NO_UNITS.iter().chain(&CLAUSE_ENDS).any(|class| self.is_a(at, class));
        (!grammar && !self.rules.locale.is_stop_word(&next.folded)).then(|| self.rules.locale.stem(&next.folded).into_owned())
    }

    /// The verbs of the clause around a number, and whether it only may be.
    fn clause(&self, from: usize, to: usize) -> (Vec<Verb>, bool) {
        let ends = |at: usize| {
            let mark = self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Mark && !is_quotation(token));
            mark || CLAUSE_ENDS.iter().any(|class| self.is_a(at, class))
        };
        let begin = (0..from).rev().find(|&at| ends(at)).map_or(0, |at| at + 1);
        let end = (to..self.tokens.len()).find(|&at| ends(at)).unwrap_or(self.tokens.len());
        let clause = || begin..end;
        let verbs = clause().filter_map(|at| self.verb(at)).collect();
        (verbs, clause().any(|at| self.is_a(at, "gram.modal")))
    }

    /// The verb at a token: in a form of the past, and no auxiliary or verb of saying.
    fn verb(&self, at: usize) -> Option<Verb> {
        let token = self.tokens.get(at).filter(|token| token.kind == TokenKind::Word)?;
        let found = self.rules.lexicon.at(self.tokens.get(at..).unwrap_or_default());
        let aside = ["say", "gram.be", "gram.have", "gram.do", "gram.get", "gram.modal", "gram.det", "gram.prep"];
        if found.iter().any(|found| aside.iter().any(|class| found.entry.is_a(class))) {
            return None;
        }
        let past = |tags: &str| ["past", "participle", "irregular"].iter().any(|tag| tags.split(' ').any(|own| own == *tag));
        let verb = found.iter().any(|found| found.entry.pos == "verb" && past(found.tags));
        let ending = !token.is_capitalised(self.text) && self.grammar.is_past(&token.folded);
        if !verb && !ending {
            return None;
        }
        let acts = found.iter().filter(|found| found.entry.is_a("act")).map(|found| found.entry.id.to_string()).collect();
        Some(Verb { stem: self.rules.locale.stem(&token.folded).into_owned(), acts })
    }

    fn said(&self) -> Said {
        let mut said = Said { edition: self.edition.valid_from().map(|moment| moment.date()), ..Said::default() };
        let Some(sentence) = self.scene.sentence(self.passage) else { return said };
        let statements = self.scene.statements_in(self.passage);
        let speaks = |id| statements.iter().any(|said| said.speaker.as_ref().is_some_and(|speaker| speaker.entity == Some(id)));
        let mentions = self.analysis.mentions_in(sentence.span);
        for mention in mentions {
            let Some((id, entity)) = mention.entity.and_then(|id| Some((id, self.analysis.entity(id)?))) else { continue };
            let name = self.scene.canonical(self.edition.id, entity);
            match entity.kind {
                EntityKind::Place => drop(said.places.insert(name.clone())),
                EntityKind::Person if !speaks(id) => drop(said.people.insert(name.clone())),
                _ => {}
            }
            if entity.kind != EntityKind::Place && !speaks(id) && mention.kind == MentionKind::Name && said.first.is_none() {
                said.first = Some(name.clone());
            }
            said.names.insert(name);
        }
        let dates = self.analysis.dates.iter().filter(|date| date.sentence == self.passage.sentence);
        said.dates = dates.filter_map(|date| date.value.clone()).collect();
        for (at, token) in self.tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Word) {
            let stem = self.rules.locale.stem(&token.folded).into_owned();
            said.stems.insert(stem.clone());
            let start = self.start as usize + token.start;
            let named = mentions.iter().any(|mention| mention.kind == MentionKind::Name && mention.span.range().contains(&start));
            if self.is_a(at, "moment.period") {
                let before = at.checked_sub(1).and_then(|before| self.tokens.get(before)).map_or("", |before| &before.folded);
                said.periods.insert(format!("{before} {stem}"));
            } else if !named && self.is_content(at, token) {
                said.content.insert(stem);
            }
        }
        said
    }

    fn is_content(&self, at: usize, token: &Token) -> bool {
        let found = self.rules.lexicon.at(self.tokens.get(at..).unwrap_or_default());
        let grammar = found.iter().any(|found| {
            let verb = found.entry.is_a("gram.verb") || found.entry.is_a("gram.homograph") || found.entry.is_a("gram.opener");
            (found.entry.is_a("gram") && !verb) || found.entry.is_a("moment") || found.entry.is_a("say")
        });
        !grammar && value(token, self.rules).is_none() && !self.rules.locale.is_stop_word(&token.folded) && self.verb(at).is_none()
    }
}

fn is_money(token: &Token) -> bool {
    token.kind == TokenKind::Mark && matches!(token.folded.as_str(), "$" | "€" | "£" | "¥" | "₹" | "₽")
}

fn is_quotation(token: &Token) -> bool {
    matches!(token.folded.as_str(), "“" | "”" | "\"" | "«" | "»" | "‘" | "’" | "'")
}
