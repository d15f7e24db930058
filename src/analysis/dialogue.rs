//! Interviews and dialogues: paragraphs that are somebody's turn, by a label, a dash or a row of questions. Knows no entity; a turn is
//! somebody's only where its label names whom.

use std::collections::{BTreeMap, HashMap};

use super::class::Class;
use super::line::Line;
use super::phrases::{self, Phrase};
use crate::document::BlockKind;
use crate::token::TokenKind;

/// A paragraph that somebody speaks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn {
    /// First word behind the label.
    pub start: usize,
    /// The name that the label is.
    pub speaker: Option<Phrase>,
    /// Whether it asks.
    pub asks: bool,
}

/// How a paragraph begins, as far as it may be a turn.
enum Form {
    /// "Q:", "A:", with whether it asks.
    Letter(usize, bool),
    /// "ROE:", "Ada Roe:".
    Name(usize, Phrase, String),
    /// A dash.
    Dash(usize),
    /// A paragraph that is one question.
    Question,
    /// Running text, and whether it speaks in the first person.
    Text(bool),
}

/// How many named turns make a dialogue, and how many questions an interview.
const FEWEST_NAMED: usize = 3;
const FEWEST_QUESTIONS: usize = 3;

/// Gathers the paragraphs of an edition one by one; which of them are turns is known at the end.
#[derive(Default)]
pub(crate) struct Dialogue {
    paragraphs: Vec<(u32, Form)>,
}

impl Dialogue {
    /// Takes the next block.
    pub(crate) fn take(&mut self, line: &Line<'_>) {
        if matches!(line.kind, BlockKind::Paragraph | BlockKind::Heading) && !line.words.is_empty() {
            self.paragraphs.push((line.block, form(line)));
        }
    }

    /// The turns by block.
    pub(crate) fn turns(self) -> BTreeMap<u32, Turn> {
        let mut turns = BTreeMap::new();
        self.letters(&mut turns);
        self.names(&mut turns);
        self.dashes(&mut turns);
        if turns.is_empty() {
            self.questions(&mut turns);
        }
        turns
    }

    /// "Q: …" and "A: …": both kinds occur.
    fn letters(&self, turns: &mut BTreeMap<u32, Turn>) {
        let of =
            |wanted: bool| self.paragraphs.iter().any(|(_, form)| matches!(form, Form::Letter(_, asks) if *asks == wanted));
        if !(of(true) && of(false)) {
            return;
        }
        for (block, form) in &self.paragraphs {
            if let Form::Letter(start, asks) = *form {
                turns.insert(*block, Turn { start, speaker: None, asks });
            }
        }
    }

    /// Names that take turns: at least two, of which one comes again.
    fn names(&self, turns: &mut BTreeMap<u32, Turn>) {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for (_, form) in &self.paragraphs {
            if let Form::Name(_, _, name) = form {
                *counts.entry(name).or_default() += 1;
            }
        }
        let all: usize = counts.values().sum();
        if counts.len() < 2 || all < FEWEST_NAMED || !counts.values().any(|&count| count > 1) {
            return;
        }
        for (block, form) in &self.paragraphs {
            if let Form::Name(start, name, _) = form {
                turns.insert(*block, Turn { start: *start, speaker: Some(*name), asks: false });
            }
        }
    }

    /// Two or more paragraphs in a row behind dashes, one of which asks.
    fn dashes(&self, turns: &mut BTreeMap<u32, Turn>) {
        let dashed = |form: &Form| matches!(form, Form::Dash(_));
        for run in self.paragraphs.chunk_by(|(_, a), (_, b)| dashed(a) && dashed(b)).filter(|run| run.len() > 1) {
            for (block, form) in run {
                if let Form::Dash(start) = *form {
                    turns.insert(*block, Turn { start, speaker: None, asks: false });
                }
            }
        }
    }

    /// Questions that stand alone, answered in the first person: an interview, and no list of questions that the paper answers itself.
    fn questions(&self, turns: &mut BTreeMap<u32, Turn>) {
        let asked = |at: usize| matches!(self.paragraphs.get(at), Some((_, Form::Question)));
        let answers: Vec<(u32, bool)> = (1..self.paragraphs.len())
            .filter(|&at| asked(at - 1))
            .filter_map(|at| match self.paragraphs.get(at) {
                Some(&(block, Form::Text(own))) => Some((block, own)),
                _ => None,
            })
            .collect();
        let own = answers.iter().filter(|(_, own)| *own).count();
        if answers.len() < FEWEST_QUESTIONS || own * 2 < answers.len() {
            return;
        }
        for (block, _) in answers {
            turns.insert(block, Turn { start: 0, speaker: None, asks: false });
        }
    }
}

fn form(line: &Line<'_>) -> Form {
    let first = line.word(0);
    let label = |id: &str| line.hit(0, |entry| entry.is_a(id)).is_some() && line.word(1).is_mark(":.") && line.words.len() > 2;
    if label("turn.question") {
        return Form::Letter(2, true);
    }
    if label("turn.answer") {
        return Form::Letter(2, false);
    }
    if first.is_mark("–—") && line.words.len() > 1 {
        return Form::Dash(1);
    }
    if let Some((colon, name)) = named(line) {
        let words: Vec<&str> = (name.start..name.end).map(|at| line.word(at).folded.as_str()).collect();
        return Form::Name(colon + 1, name, words.join(" "));
    }
    let last = line.words.last();
    if line.sentences.len() == 1 && last.is_some_and(|last| last.is_mark("?")) && line.quotes.is_empty() {
        return Form::Question;
    }
    let own = |at: usize| line.word(at).quote.is_none() && line.hit(at, |entry| entry.is_a("turn.first_person")).is_some();
    Form::Text((0..line.words.len()).any(own))
}

/// The name that opens the paragraph before a colon, where no quotation follows.
fn named(line: &Line<'_>) -> Option<(usize, Phrase)> {
    let name = phrases::after(line, 0, line.words.len().min(6))?;
    let part = |at: usize| {
        let word = line.word(at);
        word.capital && word.kind == TokenKind::Word && !word.is(Class::TIME) || word.is(Class::PARTICLE) || word.is_mark(".")
    };
    let colon = line.word(name.end).is_mark(":") && line.word(name.end + 1).quote.is_none();
    (colon && line.words.len() > name.end + 1 && (name.start..name.end).all(part)).then_some((name.end, name))
}
