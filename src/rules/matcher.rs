//! All patterns of one language as small automata, indexed by a word that each must hold. Knows no source and no intent's meaning.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::tables::{Lists, WordTable};
use super::template::Pattern;
use super::text::Text;
use super::walk::{Fits, Step, Walk};
use crate::token;

/// What may fill a slot (`prompts/intents.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum SlotType {
    /// A person, organisation or place: a name, a role, a pronoun.
    Name,
    /// A phrase with a role word of the lexicon.
    Role,
    /// Words that somebody used, quoted or not.
    Phrase,
    /// Any words.
    Words,
    /// A number.
    Number,
    /// Exactly one entry of this class of the lexicon.
    Concept(Text),
    /// A phrase that holds an entry of this class.
    Holding(Text),
}

/// A named slot of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Slot {
    /// Its name; `_` is not kept.
    pub name: Text,
    /// What may fill it.
    pub kind: SlotType,
}

/// One pattern ready to match.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Template {
    /// The intent or section it belongs to.
    pub intent: Text,
    /// "en/statement.toml:12".
    pub id: Text,
    /// Its slots.
    pub slots: Vec<Slot>,
    /// Its nodes among those of all.
    nodes: (u32, u32),
    start: u16,
}

/// One step of a pattern; the last number is that of the next node.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) enum Node {
    Word(u32, u16),
    Set(u32, u16),
    Slot(u8, u16),
    /// Number of the list of nodes to choose from.
    Split(u32),
    Accept,
}

/// A pattern that matched: how well, and what fills its slots (ranges of tokens).
#[derive(Debug, Clone)]
pub struct Found<'t> {
    /// The pattern.
    pub template: &'t Template,
    /// Sum over the tokens: literal words count most, plain words of a slot least.
    pub score: i32,
    /// Fillers.
    pub slots: Vec<(&'t Slot, std::ops::Range<usize>)>,
    /// A pattern of another intent that matched as well: nothing but the order of the files decided between the two.
    pub tied: Option<&'t Template>,
}

/// Score of one word that stands literally in the pattern.
pub const LITERAL: i32 = 10;

/// A set of patterns that are matched together.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Matcher {
    templates: Vec<Template>,
    nodes: Vec<Node>,
    pub(super) splits: Lists,
    /// Every literal word, folded.
    words: WordTable,
    /// The same without accents, and for each the words that it may be.
    bare: WordTable,
    of_bare: Lists,
    pub(super) sets: Lists,
    /// For each word the patterns that are found by it.
    by_word: Lists,
    /// What is needed only while patterns are added.
    #[serde(skip)]
    adding: Adding,
}

#[derive(Debug, Clone, Default)]
struct Adding {
    bare_of: Vec<(u32, u32)>,
    rule_sets: HashMap<String, u32>,
    rule_anchors: HashMap<String, Vec<Vec<u32>>>,
    anchors: Vec<Vec<Vec<u32>>>,
}

/// A token as patterns see it: the numbers of the words that it may be.
pub type WordIds = Vec<u32>;

impl Matcher {
    /// Adds a pattern; `Err` where it holds no word that it can be found by, or is too large.
    ///
    /// # Errors
    /// The message for its author.
    pub fn add(
        &mut self,
        intent: &str,
        id: String,
        pattern: &Pattern,
        rules: &HashMap<String, Pattern>,
        kind_of: &dyn Fn(&str) -> Option<SlotType>,
    ) -> Result<(), String> {
        let mut build = Build { matcher: self, rules, kind_of, nodes: vec![Node::Accept], slots: Vec::new(), depth: 0 };
        let start = build.node(pattern, 0)?;
        let (nodes, slots) = (std::mem::take(&mut build.nodes), std::mem::take(&mut build.slots));
        let number = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let mut anchors = self.anchor_sets(pattern, rules, 0);
        // Small sets are the rare ones; two are enough to choose from.
        anchors.sort_by_key(Vec::len);
        anchors.truncate(2);
        if anchors.is_empty() {
            return Err("no word must stand in every question of this pattern, so it can't be found".to_owned());
        }
        let range = (number(self.nodes.len()), number(self.nodes.len() + nodes.len()));
        self.nodes.extend(nodes);
        self.templates.push(Template { intent: intent.into(), id: id.into(), slots, nodes: range, start });
        self.adding.anchors.push(anchors);
        Ok(())
    }

    /// Chooses for each pattern its rarest word; to be called once when all are added.
    pub fn finish(&mut self) {
        let mut count: HashMap<u32, usize> = HashMap::new();
        for set in self.adding.anchors.iter().flatten().flatten() {
            *count.entry(*set).or_default() += 1;
        }
        let weight = |set: &Vec<u32>| set.iter().filter_map(|word| count.get(word)).sum::<usize>();
        let mut found_by = Vec::new();
        for (number, sets) in (0..).zip(&self.adding.anchors) {
            let rarest = sets.iter().min_by_key(|set| weight(set)).into_iter().flatten();
            found_by.extend(rarest.map(|&word| (word, number)));
        }
        self.by_word = Lists::grouped(self.words.len(), &found_by);
        self.of_bare = Lists::grouped(self.bare.len(), &self.adding.bare_of);
        self.adding = Adding::default();
    }

    /// Every pattern.
    #[must_use]
    pub fn templates(&self) -> &[Template] {
        &self.templates
    }

    /// Whether the folded word stands literally in some pattern.
    #[must_use]
    pub fn knows(&self, folded: &str) -> bool {
        !self.ids(folded).is_empty()
    }

    /// Every literal word.
    pub fn vocabulary(&self) -> impl Iterator<Item = &str> {
        self.words.words()
    }

    /// The numbers of the words that a folded token may be: accents may be left out but not added.
    #[must_use]
    pub fn ids(&self, folded: &str) -> WordIds {
        if !folded.is_ascii() {
            // "perché" typed as "perche" is the word; "è" is not the word "e".
            return self.words.get(folded).into_iter().collect();
        }
        self.bare.get(&token::fold_bare(folded)).map_or_else(Vec::new, |bare| self.of_bare.get(bare).to_vec())
    }

    /// The best match of the whole of `tokens`. `fits` says how well tokens fill a slot of a type.
    ///
    /// Equal scores are decided by the order in which patterns were added.
    #[must_use]
    pub fn best(&self, tokens: &[WordIds], fits: Fits<'_>) -> Option<Found<'_>> {
        let mut best: Option<Found<'_>> = None;
        for template in self.candidates(tokens) {
            let Some(found) = self.match_one(template, tokens, fits) else { continue };
            match &mut best {
                Some(best) if found.score < best.score => {}
                Some(best) if found.score == best.score => {
                    let other = best.tied.is_none() && best.template.intent != template.intent;
                    best.tied = best.tied.or(other.then_some(template));
                }
                _ => best = Some(found),
            }
        }
        best
    }

    /// Every match of the whole of `tokens`, in the order of the patterns.
    #[must_use]
    pub fn all(&self, tokens: &[WordIds], fits: Fits<'_>) -> Vec<Found<'_>> {
        self.candidates(tokens).into_iter().filter_map(|template| self.match_one(template, tokens, fits)).collect()
    }

    fn candidates(&self, tokens: &[WordIds]) -> Vec<&Template> {
        let mut numbers = tokens.iter().flatten().flat_map(|&word| self.by_word.get(word)).copied().collect::<Vec<_>>();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().filter_map(|number| self.templates.get(number as usize)).collect()
    }

    fn match_one<'t>(&'t self, template: &'t Template, tokens: &[WordIds], fits: Fits<'_>) -> Option<Found<'t>> {
        let width = tokens.len() + 1;
        let nodes = self.nodes.get(template.nodes.0 as usize..template.nodes.1 as usize).unwrap_or_default();
        let memo = vec![Step::New; nodes.len() * width];
        let mut run = Walk { matcher: self, template, nodes, tokens, fits, memo, width };
        let score = run.walk(template.start, 0)?;
        let mut slots = Vec::new();
        let (mut node, mut at) = (template.start, 0);
        while let Some(&current) = nodes.get(usize::from(node)) {
            let Some(Step::Best(_, to)) = run.memo.get(usize::from(node) * width + at).copied() else { break };
            match current {
                Node::Accept => break,
                Node::Split(_) => node = to,
                Node::Word(_, next) | Node::Set(_, next) => (node, at) = (next, at + 1),
                Node::Slot(number, next) => {
                    if let Some(slot) = template.slots.get(usize::from(number)) {
                        slots.push((slot, at..usize::from(to)));
                    }
                    (node, at) = (next, usize::from(to));
                }
            }
        }
        Some(Found { template, score, slots, tied: None })
    }

    fn intern(&mut self, word: &str) -> u32 {
        let known = self.words.len();
        let id = self.words.add(&token::fold(word));
        if id == known {
            let bare = self.bare.add(&token::fold_bare(word));
            self.adding.bare_of.push((bare, id));
        }
        id
    }

    /// Sets of words of each of which one must stand in every match.
    fn anchor_sets(&mut self, pattern: &Pattern, rules: &HashMap<String, Pattern>, depth: usize) -> Vec<Vec<u32>> {
        if depth > 20 {
            return Vec::new();
        }
        match pattern {
            Pattern::Word(word) => vec![vec![self.intern(word)]],
            Pattern::Sequence(items) => items.iter().flat_map(|item| self.anchor_sets(item, rules, depth + 1)).collect(),
            Pattern::Choice(branches) => {
                let mut union = Vec::new();
                for branch in branches {
                    // The smallest set of each branch; a branch without any leaves the choice without.
                    let sets = self.anchor_sets(branch, rules, depth + 1);
                    let Some(smallest) = sets.into_iter().min_by_key(Vec::len) else { return Vec::new() };
                    union.extend(smallest);
                }
                union.sort_unstable();
                union.dedup();
                vec![union]
            }
            Pattern::Rule(name) => {
                if let Some(known) = self.adding.rule_anchors.get(name) {
                    return known.clone();
                }
                let sets = rules.get(name).map_or_else(Vec::new, |rule| self.anchor_sets(rule, rules, depth + 1));
                self.adding.rule_anchors.insert(name.clone(), sets.clone());
                sets
            }
            Pattern::Optional(_) | Pattern::Slot(_) | Pattern::Class(_) => Vec::new(),
        }
    }
}

struct Build<'b> {
    matcher: &'b mut Matcher,
    rules: &'b HashMap<String, Pattern>,
    kind_of: &'b dyn Fn(&str) -> Option<SlotType>,
    nodes: Vec<Node>,
    slots: Vec<Slot>,
    depth: usize,
}

impl Build<'_> {
    /// The node that matches `pattern` and then goes on to `next`.
    fn node(&mut self, pattern: &Pattern, next: u16) -> Result<u16, String> {
        match pattern {
            Pattern::Word(word) => {
                let id = self.matcher.intern(word);
                self.push(Node::Word(id, next))
            }
            Pattern::Sequence(items) => items.iter().rev().try_fold(next, |next, item| self.node(item, next)),
            Pattern::Choice(branches) => self.choice(branches, None, next),
            Pattern::Optional(inner) => {
                let inner = self.node(inner, next)?;
                self.split(&[inner, next])
            }
            Pattern::Slot(name) => {
                let kind = (self.kind_of)(name).ok_or_else(|| format!("unknown slot `{name}`"))?;
                self.slot(Slot { name: name.as_str().into(), kind }, next)
            }
            Pattern::Class(class) => self.slot(Slot { name: "_".into(), kind: SlotType::Concept(class.as_str().into()) }, next),
            Pattern::Rule(name) => {
                let rule = self.rules.get(name).ok_or_else(|| format!("unknown rule `{name}`"))?;
                self.depth += 1;
                if self.depth > 20 {
                    return Err(format!("the rule `{name}` holds itself"));
                }
                let node = match rule {
                    Pattern::Choice(branches) => self.choice(branches, Some(name), next),
                    other => self.node(other, next),
                };
                self.depth -= 1;
                node
            }
        }
    }

    /// Single words of a choice become one set, shared by all uses of a rule.
    fn choice(&mut self, branches: &[Pattern], rule: Option<&String>, next: u16) -> Result<u16, String> {
        let mut targets = Vec::new();
        let words = branches.iter().filter_map(|branch| if let Pattern::Word(word) = branch { Some(word) } else { None });
        let known = rule.and_then(|rule| self.matcher.adding.rule_sets.get(rule).copied());
        let set = known.or_else(|| {
            let mut ids = words.map(|word| self.matcher.intern(word)).collect::<Vec<_>>();
            ids.sort_unstable();
            (!ids.is_empty()).then(|| self.matcher.sets.add(&ids))
        });
        if let Some(set) = set {
            if let Some(rule) = rule {
                self.matcher.adding.rule_sets.insert(rule.clone(), set);
            }
            targets.push(self.push(Node::Set(set, next))?);
        }
        for branch in branches.iter().filter(|branch| !matches!(branch, Pattern::Word(_))) {
            targets.push(self.node(branch, next)?);
        }
        match targets.as_slice() {
            [only] => Ok(*only),
            _ => self.split(&targets),
        }
    }

    fn split(&mut self, targets: &[u16]) -> Result<u16, String> {
        let targets = targets.iter().map(|&target| u32::from(target)).collect::<Vec<_>>();
        let number = self.matcher.splits.add(&targets);
        self.push(Node::Split(number))
    }

    fn slot(&mut self, slot: Slot, next: u16) -> Result<u16, String> {
        let number = u8::try_from(self.slots.len()).map_err(|_| "too many slots".to_owned())?;
        self.slots.push(slot);
        self.push(Node::Slot(number, next))
    }

    fn push(&mut self, node: Node) -> Result<u16, String> {
        let number = u16::try_from(self.nodes.len()).map_err(|_| "the pattern is too large".to_owned())?;
        self.nodes.push(node);
        Ok(number)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::rules::template::parse;

    fn matcher(patterns: &[(&str, &str)]) -> Matcher {
        let rules = HashMap::from([("say".to_owned(), parse("(say|tell us)").unwrap())]);
        let mut matcher = Matcher::default();
        for (intent, pattern) in patterns {
            let kind = |_: &str| Some(SlotType::Words);
            matcher.add(intent, (*pattern).to_owned(), &parse(pattern).unwrap(), &rules, &kind).unwrap();
        }
        matcher.finish();
        matcher
    }

    fn found<'m>(matcher: &'m Matcher, words: &[&str]) -> Option<Found<'m>> {
        let ids = words.iter().map(|word| matcher.ids(word)).collect::<Vec<_>>();
        matcher.best(&ids, &|_, range| i32::try_from(range.len()).ok())
    }

    fn best(matcher: &Matcher, text: &str) -> Option<(String, Vec<String>)> {
        let words = text.split(' ').collect::<Vec<_>>();
        let found = found(matcher, &words)?;
        let slots = found.slots.iter().map(|(slot, range)| format!("{}={}", slot.name, words[range.clone()].join(" ")));
        Some((found.template.intent.to_string(), slots.collect()))
    }

    #[test]
    fn the_most_literal_pattern_wins_and_slots_are_filled() {
        let matcher = matcher(&[("said", "what did {person} <say> [about {topic}]"), ("what", "what {thing}")]);
        let said = best(&matcher, "what did ann lee tell us about rain and snow").unwrap();
        assert_eq!(said, ("said".into(), vec!["person=ann lee".into(), "topic=rain and snow".into()]));
        assert_eq!(best(&matcher, "what now").unwrap().0, "what");
        assert_eq!(best(&matcher, "who did say"), None);
    }

    #[test]
    fn a_tie_between_intents_is_told_and_the_first_wins() {
        let matcher = matcher(&[("a", "who {x} now"), ("a", "who {x} [now]"), ("b", "{x} said now"), ("b", "who said {x}")]);
        let found = found(&matcher, &["who", "said", "now"]).unwrap();
        assert_eq!((found.template.intent.as_str(), found.tied.unwrap().id.as_str()), ("a", "{x} said now"));
    }

    #[test]
    fn accents_may_be_left_out_but_not_added() {
        let matcher = matcher(&[("why", "perché"), ("and", "e {x}")]);
        assert_eq!(best(&matcher, "perche").unwrap().0, "why");
        assert_eq!(best(&matcher, "è lui"), None);
    }

    #[test]
    fn a_pattern_of_slots_alone_is_refused() {
        let kind = |_: &str| Some(SlotType::Words);
        let refused = Matcher::default().add("x", "x".into(), &parse("{a} [b]").unwrap(), &HashMap::new(), &kind);
        assert!(refused.is_err());
    }
}
