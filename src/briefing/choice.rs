//! Chooses passages: the greedy maximum of coverage for each word, as long as words are left.

use super::traits::{Round, Unit, Units, Worth};

/// The state of a page being made.
#[derive(Debug)]
pub(super) struct Chosen {
    /// Units in the order chosen.
    picks: Vec<usize>,
    /// Units chosen, by number.
    pub picked: Vec<bool>,
    /// Units shown: chosen, or as context of one.
    pub shown: Vec<bool>,
    covered: Vec<bool>,
    spent: usize,
}

/// Chooses from `units` passages that, with their context, have at most `limit` words.
pub(super) fn choose(units: &Units, limit: usize) -> Chosen {
    let mut chosen = Chosen::of(units, &[]);
    for round in [Round::Must, Round::Should, Round::May] {
        let next = |chosen: &Chosen| {
            let clear = chosen.best(units, limit, round, false);
            clear.or_else(|| chosen.best(units, limit, round, true).filter(|_| round == Round::Must))
        };
        while let Some(best) = next(&chosen) {
            chosen.take(units, best);
        }
        if round == Round::Must {
            chosen = chosen.without_the_needless(units);
        }
    }
    chosen
}

impl Chosen {
    fn of(units: &Units, picks: &[usize]) -> Self {
        let mut chosen = Self {
            picks: Vec::new(),
            picked: vec![false; units.all.len()],
            shown: vec![false; units.all.len()],
            covered: vec![false; units.worths.len()],
            spent: 0,
        };
        picks.iter().for_each(|&pick| chosen.take(units, pick));
        chosen
    }

    /// Without passages that later ones made needless: the page must have nothing that they alone cover.
    fn without_the_needless(self, units: &Units) -> Self {
        let mut kept = self;
        for pick in kept.picks.clone() {
            let others = kept.picks.iter().copied().filter(|&other| other != pick).collect::<Vec<_>>();
            let less = Self::of(units, &others);
            let pairs = units.worths.iter().zip(kept.covered.iter().zip(&less.covered));
            let loses = pairs.into_iter().any(|(worth, (&with, &without))| worth.round == Round::Must && with && !without);
            if !loses {
                kept = less;
            }
        }
        kept
    }

    /// The passage that gains most for each word it adds; the earlier one where two are equal. What points to nobody known (`dangling`)
    /// is looked for apart: it is shown only where the page would lack somebody's status or words without it.
    fn best(&self, units: &Units, limit: usize, round: Round, dangling: bool) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for (number, unit) in units.all.iter().enumerate() {
            if is(&self.picked, number) || unit.dangling != dangling {
                continue;
            }
            let words = self.added(units, unit, number);
            if self.spent + words > limit {
                continue;
            }
            let gain = self.gain(units, unit, |worth| worth.round <= round && (worth.of_somebody || !dangling));
            #[allow(clippy::cast_precision_loss)] // a sentence has fewer than 2^52 words
            let density = gain / words.max(1) as f64;
            if gain > 0.0 && best.is_none_or(|(most, _)| density > most) {
                best = Some((density, number));
            }
        }
        best.map(|(_, number)| number)
    }

    /// Words that showing the passage adds to the page, its context included.
    fn added(&self, units: &Units, unit: &Unit, number: usize) -> usize {
        let fresh = unit.context.iter().chain([&number]).filter(|&&other| !is(&self.shown, other));
        fresh.filter_map(|&other| units.all.get(other)).map(|other| other.words).sum()
    }

    /// What showing the passage, with its context, adds to what is covered.
    fn gain(&self, units: &Units, unit: &Unit, counts: impl Fn(&Worth) -> bool) -> f64 {
        let context = unit.context.iter().filter_map(|&other| units.all.get(other));
        let mut things = context.chain([unit]).flat_map(|unit| &unit.things).copied().collect::<Vec<_>>();
        things.sort_unstable();
        things.dedup();
        let fresh = things.into_iter().filter(|&thing| !is(&self.covered, thing)).filter_map(|thing| units.worths.get(thing));
        fresh.filter(|worth| counts(worth)).map(|worth| worth.weight).sum()
    }

    fn take(&mut self, units: &Units, number: usize) {
        let Some(unit) = units.all.get(number) else { return };
        self.picks.push(number);
        set(&mut self.picked, number);
        for &shown in unit.context.iter().chain([&number]) {
            let Some(unit) = units.all.get(shown) else { continue };
            if !is(&self.shown, shown) {
                self.spent += unit.words;
            }
            set(&mut self.shown, shown);
            unit.things.iter().for_each(|&thing| set(&mut self.covered, thing));
        }
    }

    /// Passages that hold what the page must or should have and lacks; of several that hold the same, the first.
    pub(super) fn lacking<'u>(&self, units: &'u Units) -> Vec<&'u Unit> {
        let mut covered = self.covered.clone();
        let mut lacking = Vec::new();
        for unit in &units.all {
            let wanted = |&thing: &usize| units.worths.get(thing).is_some_and(|worth| worth.round <= Round::Should);
            let missing = unit.things.iter().copied().filter(wanted).filter(|&thing| !is(&covered, thing)).collect::<Vec<_>>();
            if !missing.is_empty() {
                missing.into_iter().for_each(|thing| set(&mut covered, thing));
                lacking.push(unit);
            }
        }
        lacking
    }
}

fn is(flags: &[bool], number: usize) -> bool {
    flags.get(number).copied().unwrap_or(true)
}

fn set(flags: &mut [bool], number: usize) {
    if let Some(flag) = flags.get_mut(number) {
        *flag = true;
    }
}
