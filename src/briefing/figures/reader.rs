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

/// How many words before "to" a legal status may stand ("sentenced the former mayor to six years").
const STATUS_BEFORE: usize = 6;

/// Most words and marks of a line of place and date before a text.
const DATELINE: usize = 16;

/// What ends a clause.
const CLAUSE_ENDS: [&str; 5] = ["gram.sub", "gram.conj", "gram.that", "gram.wh", "gram.but"];

/// Words of grammar that are no unit.
const NO_UNITS: [&str; 9] =
    ["gram.det", "gram.prep", "gram.adv", "gram.be", "gram.have", "gram.modal", "gram.rough", "moment.month", "moment.day"];

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
        let reader =
            Reader { scene, edition, analysis, passage, start: sentence.span.start, text, tokens: &tokens, rules, grammar };
        all.extend(reader.figures());
    }
    all
}

/// A number with its unit, and the tokens that its words are.
struct Number {
    value: f64,
    unit: String,
    from: usize,
    to: usize,
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
        let numbers = (0..self.tokens.len()).filter_map(|at| self.number(at)).collect::<Vec<_>>();
        // Of two numbers of one unit each may be a part of what another source counts.
        let alone = |unit: &str| numbers.iter().filter(|other| other.unit == unit).count() == 1;
        let whole = |number: &&Number| alone(&number.unit) && !self.is_limited(number.from) && !self.in_date(number.from);
        let whole = numbers.iter().filter(whole).collect::<Vec<_>>();
        if whole.is_empty() {
            return Vec::new();
        }
        let said = self.said();
        let counted = whole.into_iter().map(|number| {
            let (verbs, modal) = self.clause(number.from, number.to);
            let mut said = said.clone();
            said.content.retain(|stem| *stem != number.unit && !verbs.iter().any(|verb| verb.stem == *stem));
            let ends = (self.tokens.get(number.from), self.tokens.get(number.to.saturating_sub(1)));
            let (start, end) = (ends.0.map_or(0, |token| token.start), ends.1.map_or(0, |token| token.end));
            let base = self.start as usize;
            let words = Span::new(self.edition.id, base + start, base + end);
            let (passage, value, unit) = (self.passage, number.value, number.unit.clone());
            Counted { passage, words, value, unit, tail: self.tail(number.to), verbs, modal, said }
        });
        counted.collect()
    }

    /// The number that begins at a token, with its unit.
    fn number(&self, at: usize) -> Option<Number> {
        let first = self.tokens.get(at)?;
        let mut number = value(first, self.rules)?;
        if value_word(first, self.rules).is_some_and(|value| value >= 100.0 || is_one(value)) {
            return None;
        }
        let sign = at.checked_sub(1).and_then(|before| self.tokens.get(before)).filter(|token| is_money(token));
        let from = if sign.is_some() { at - 1 } else { at };
        let mut to = at + 1;
        while let Some(times) =
            self.tokens.get(to).and_then(|token| value_word(token, self.rules)).filter(|&times| times >= 100.0)
        {
            number *= times;
            to += 1;
        }
        if let Some(sign) = sign {
            return Some(Number { value: number, unit: sign.folded.clone(), from, to });
        }
        let next = self.tokens.get(to)?;
        let percent = next.is_mark("%");
        let word = next.kind == TokenKind::Word
            && value(next, self.rules).is_none()
            && !self.rules.locale.is_stop_word(&next.folded)
            && !NO_UNITS.iter().any(|class| self.is_a(to, class));
        let unit = if percent { next.folded.clone() } else { self.rules.locale.stem(&next.folded).into_owned() };
        (percent || word).then_some(Number { value: number, unit, from, to: to + 1 })
    }

    /// Whether what stands before a number limits it, or belongs to it. Behind a legal status ("sentenced to six years") it is whole.
    fn is_limited(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let Some(token) = self.tokens.get(before) else { return false };
        if value(token, self.rules).is_some() || token.is_mark("-") || token.is_mark("–") || token.is_mark("/") {
            return true;
        }
        if self.is_a(before, "gram.to") {
            let rough = before.checked_sub(1).is_none_or(|at| self.is_a(at, "gram.rough") || self.has_value(at));
            let status = (before.saturating_sub(STATUS_BEFORE)..before).any(|at| self.is_a(at, "status"));
            return rough || !status;
        }
        let adverb = token.kind == TokenKind::Word && self.grammar.is_adverb(&token.folded);
        adverb || LIMITS.iter().any(|class| self.is_a(before, class))
    }

    fn has_value(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| value(token, self.rules).is_some())
    }

    fn is_a(&self, at: usize, class: &str) -> bool {
        let here = self.tokens.get(at..).unwrap_or_default();
        self.rules.lexicon.at(here).iter().any(|found| found.entry.is_a(class))
    }

    fn in_date(&self, at: usize) -> bool {
        let start = self.start as usize + self.tokens.get(at).map_or(0, |token| token.start);
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
        let from = self.start + u32::try_from(self.dateline()).unwrap_or(u32::MAX);
        let numeral = |span: Span| {
            let at = self.tokens.iter().position(|token| self.start as usize + token.start == span.start as usize);
            at.is_some_and(|at| self.has_value(at))
        };
        for mention in mentions.iter().filter(|mention| mention.span.start >= from && !numeral(mention.span)) {
            let Some((id, entity)) = mention.entity.and_then(|id| Some((id, self.analysis.entity(id)?))) else { continue };
            let last = self.edition.slice(mention.span).split(' ').next_back().unwrap_or_default();
            let is_name = mention.kind == MentionKind::Name && last.chars().next().is_some_and(char::is_uppercase);
            let name = self.scene.canonical(self.edition.id, entity);
            match entity.kind {
                EntityKind::Place => said.places.extend([name.clone()]),
                EntityKind::Person if !speaks(id) => said.people.extend([name.clone()]),
                _ => {}
            }
            if is_name && entity.kind != EntityKind::Place && !speaks(id) && said.first.is_none() {
                said.first = Some(name.clone());
            }
            if is_name || entity.kind == EntityKind::Person {
                said.names.insert(name);
            }
        }
        let dates = self.analysis.dates.iter().filter(|date| date.sentence == self.passage.sentence);
        said.dates = dates.filter_map(|date| date.value.clone()).collect();
        for (at, token) in self.tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Word) {
            let stem = self.rules.locale.stem(&token.folded).into_owned();
            said.stems.insert(stem.clone());
            let start = self.start as usize + token.start;
            let named =
                mentions.iter().any(|mention| mention.kind == MentionKind::Name && mention.span.range().contains(&start));
            if self.is_a(at, "gram.ordinal") {
                said.order.insert(stem);
            } else if self.is_a(at, "moment.period") {
                // "Six years" is a figure itself.
                let before = at.checked_sub(1).filter(|&before| !self.has_value(before));
                let before = before.and_then(|before| self.tokens.get(before));
                said.periods.extend(before.map(|before| format!("{} {stem}", before.folded)));
            } else if !named && self.is_content(at, token) {
                said.content.insert(stem);
            }
        }
        said
    }

    /// Where the text begins behind a place in capitals, a date and a dash ("PORT ROE, July 8 (Wire) - A fire …"): they are not told of.
    fn dateline(&self) -> usize {
        let capitals = |token: &Token| {
            let text = token.text(self.text);
            text.chars().count() > 1 && text.chars().all(char::is_uppercase)
        };
        if !self.tokens.first().is_some_and(capitals) {
            return 0;
        }
        let dash = |token: &&Token| token.kind == TokenKind::Mark && matches!(token.folded.as_str(), "-" | "–" | "—");
        self.tokens.iter().take(DATELINE).find(dash).map_or(0, |token| token.end)
    }

    fn is_content(&self, at: usize, token: &Token) -> bool {
        let found = self.rules.lexicon.at(self.tokens.get(at..).unwrap_or_default());
        let grammar = found.iter().any(|found| {
            let verb = found.entry.is_a("gram.verb") || found.entry.is_a("gram.homograph") || found.entry.is_a("gram.opener");
            (found.entry.is_a("gram") && !verb) || found.entry.is_a("moment") || found.entry.is_a("say")
        });
        !grammar
            && value(token, self.rules).is_none()
            && !self.rules.locale.is_stop_word(&token.folded)
            && self.verb(at).is_none()
    }
}

fn is_money(token: &Token) -> bool {
    token.kind == TokenKind::Mark && matches!(token.folded.as_str(), "$" | "€" | "£" | "¥" | "₹" | "₽")
}

fn is_quotation(token: &Token) -> bool {
    matches!(token.folded.as_str(), "“" | "”" | "\"" | "«" | "»" | "‘" | "’" | "'")
}
