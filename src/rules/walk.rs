//! One pattern walked along the words of a question: its best score and where it leads. Knows no pattern's meaning.

use super::matcher::{LITERAL, Matcher, Node, SlotType, Template, WordIds};

/// How well a range of words fills a slot of a type; `None` where it does not.
pub(super) type Fits<'f> = &'f dyn Fn(&SlotType, std::ops::Range<usize>) -> Option<i32>;

#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    New,
    Fails,
    /// Best score from here, and where it leads: the end of a slot's tokens or the branch of a split.
    Best(i32, u16),
}

pub(super) struct Walk<'r> {
    pub matcher: &'r Matcher,
    pub template: &'r Template,
    pub nodes: &'r [Node],
    pub tokens: &'r [WordIds],
    pub fits: Fits<'r>,
    pub memo: Vec<Step>,
    pub width: usize,
}

impl Walk<'_> {
    pub fn walk(&mut self, node: u16, at: usize) -> Option<i32> {
        let place = usize::from(node) * self.width + at;
        match self.memo.get(place) {
            Some(Step::Best(score, _)) => return Some(*score),
            Some(Step::New) => {}
            _ => return None,
        }
        let best = self.step(node, at);
        if let Some(memo) = self.memo.get_mut(place) {
            *memo = best.map_or(Step::Fails, |(score, to)| Step::Best(score, to));
        }
        best.map(|(score, _)| score)
    }

    fn step(&mut self, node: u16, at: usize) -> Option<(i32, u16)> {
        match *self.nodes.get(usize::from(node))? {
            Node::Accept => (at == self.tokens.len()).then_some((0, 0)),
            Node::Word(word, next) => {
                let holds = self.tokens.get(at)?.contains(&word);
                if holds { Some((LITERAL + self.walk(next, at + 1)?, 0)) } else { None }
            }
            Node::Set(set, next) => {
                let set = self.matcher.sets.get(set);
                let holds = self.tokens.get(at)?.iter().any(|word| set.binary_search(word).is_ok());
                if holds { Some((LITERAL + self.walk(next, at + 1)?, 0)) } else { None }
            }
            Node::Split(number) => {
                let targets = self.matcher.splits.get(number).iter().filter_map(|&target| u16::try_from(target).ok());
                let scored = targets.filter_map(|target| Some((self.walk(target, at)?, target)));
                scored.fold(None, |best, next| if best.is_none_or(|(score, _)| next.0 > score) { Some(next) } else { best })
            }
            Node::Slot(number, next) => {
                let slot = self.template.slots.get(usize::from(number))?;
                let mut best = None;
                for end in at + 1..=self.tokens.len() {
                    let Some(rest) = self.walk(next, end) else { continue };
                    let Some(own) = (self.fits)(&slot.kind, at..end) else { continue };
                    if best.is_none_or(|(score, _)| rest + own > score) {
                        best = Some((rest + own, u16::try_from(end).unwrap_or(u16::MAX)));
                    }
                }
                best
            }
        }
    }
}
