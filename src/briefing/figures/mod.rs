//! Figures on which sources differ: two sources count the same thing of the same event, and their numbers are not the same.
//!
//! It is better to miss one than to call two things one. So a number is left alone that is a part ("three of the eight"), rough
//! ("about 60") or one end of a range, and two numbers that are of other places, people, names or years, or said with other verbs.

mod reader;

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Grammar;
use crate::answer::{Passage, Scene};
use crate::span::{EditionId, Span};

/// Figures of one unit that are compared with each other; of more, the newest.
const COMPARED: usize = 200;

/// Most groups that a page is to hold.
const GROUPS: usize = 6;

/// Days by which two sources' dates may differ where their sentences name none.
const NEAR_DAYS: i32 = 180;

/// Content words, names apart, that two sentences must share: beside a shared name, and where one of them names nobody.
const SHARED_WITH_NAME: usize = 1;
const SHARED_ALONE: usize = 3;

/// Figures that differ: each with its passage and its words ("14 people").
pub(super) type Group = Vec<(Passage, Span)>;

/// A number with what it counts, and all that two sources must have in common to count the same.
struct Counted {
    passage: Passage,
    words: Span,
    value: f64,
    unit: String,
    /// The content word right behind the unit, which may make it another thing ("police officers", "kilos of flour").
    tail: Option<String>,
    verbs: Vec<Verb>,
    modal: bool,
    said: Said,
}

/// A verb by its stem and the acts that it stands for.
#[derive(PartialEq)]
struct Verb {
    stem: String,
    acts: Vec<String>,
}

/// What the sentence of a figure says besides.
#[derive(Clone, Default)]
struct Said {
    /// Stems of all words.
    stems: BTreeSet<String>,
    /// Stems of what is no name, number, verb, or word of grammar or time.
    content: BTreeSet<String>,
    /// Everything named, and the first of it that is no place and does not speak.
    names: BTreeSet<String>,
    first: Option<String>,
    places: BTreeSet<String>,
    people: BTreeSet<String>,
    /// Periods with the word before ("first quarter").
    periods: BTreeSet<String>,
    /// Words that tell one turn from another ("second", "previous").
    order: BTreeSet<String>,
    /// Dates that the sentence names.
    dates: Vec<String>,
    /// Date of the edition.
    edition: Option<jiff::civil::Date>,
}

/// The groups of figures on which sources differ, in the order of their first figures.
pub(super) fn differing(scene: &Scene<'_>) -> Vec<Group> {
    if scene.view.editions.len() < 2 {
        return Vec::new();
    }
    let mut by_unit: BTreeMap<String, Vec<Counted>> = BTreeMap::new();
    let mut order = Vec::new();
    let mut grammars: BTreeMap<&str, Grammar> = BTreeMap::new();
    for (edition, analysis) in scene.readings().filter(|(_, analysis)| analysis.analysed) {
        let Some(rules) = scene.source_rules(edition.id) else { continue };
        let grammar = grammars.entry(&edition.metadata.language).or_insert_with(|| Grammar::of(&rules.lexicon));
        for counted in reader::figures(scene, edition, analysis, (rules, grammar)) {
            let same = by_unit.entry(counted.unit.clone()).or_default();
            if same.len() < COMPARED {
                order.push(counted.words);
                same.push(counted);
            }
        }
    }
    let mut groups: Vec<Group> = by_unit.values().flat_map(|same| groups(scene, same)).collect();
    groups.sort_by_key(|group| group.first().and_then(|(_, words)| order.iter().position(|other| other == words)));
    groups.truncate(GROUPS);
    groups
}

/// Figures of one unit, put together where they differ on the same thing.
fn groups(scene: &Scene<'_>, same: &[Counted]) -> Vec<Group> {
    let mut numbers: Vec<Option<usize>> = vec![None; same.len()];
    let mut count = 0;
    for (at, figure) in same.iter().enumerate() {
        for (other_at, other) in same.iter().enumerate().skip(at + 1) {
            if !differ(scene, figure, other) {
                continue;
            }
            let number = numbers.get(at).copied().flatten().or(numbers.get(other_at).copied().flatten()).unwrap_or(count);
            count = count.max(number + 1);
            for place in [at, other_at] {
                numbers.iter_mut().skip(place).take(1).for_each(|own| *own = Some(number));
            }
        }
    }
    let members = |number: usize| {
        let of = same.iter().zip(&numbers).filter(move |(_, own)| **own == Some(number));
        of.map(|(figure, _)| (figure.passage, figure.words)).collect::<Group>()
    };
    (0..count).map(members).filter(|group| group.len() > 1).collect()
}

/// Whether two sources give other numbers for the same thing.
fn differ(scene: &Scene<'_>, a: &Counted, b: &Counted) -> bool {
    let source = |edition: EditionId| scene.knowledge.source_of(edition).map(|source| source.id.as_str());
    let others = source(a.passage.edition) != source(b.passage.edition);
    let numbers = (a.value - b.value).abs() > f64::EPSILON * a.value.abs().max(b.value.abs());
    others && numbers && same_event(a, b) && same_things(&a.said, &b.said) && same_time(&a.said, &b.said)
}

fn same_event(a: &Counted, b: &Counted) -> bool {
    let has = |verbs: &[Verb], verb: &Verb| {
        verbs.iter().any(|other| other.stem == verb.stem || other.acts.iter().any(|act| verb.acts.contains(act)))
    };
    let verbs =
        !a.verbs.is_empty() && a.verbs.iter().all(|verb| has(&b.verbs, verb)) && b.verbs.iter().all(|verb| has(&a.verbs, verb));
    let tail = |one: &Counted, other: &Counted| one.tail.as_ref().is_none_or(|tail| other.said.stems.contains(tail));
    verbs && a.modal == b.modal && tail(a, b) && tail(b, a)
}

fn same_things(a: &Said, b: &Said) -> bool {
    let meet = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.is_empty() || b.is_empty() || !a.is_disjoint(b);
    let first = a.first.is_none() || b.first.is_none() || a.first == b.first;
    let shared = a.content.intersection(&b.content).count();
    let named = !a.names.is_disjoint(&b.names) && shared >= SHARED_WITH_NAME;
    let unnamed = (a.names.is_empty() || b.names.is_empty()) && shared >= SHARED_ALONE;
    first && meet(&a.places, &b.places) && meet(&a.people, &b.people) && (named || unnamed)
}

fn same_time(a: &Said, b: &Said) -> bool {
    let periods = a.periods.is_empty() || b.periods.is_empty() || a.periods == b.periods;
    let fits = |one: &str, other: &str| one.starts_with(other) || other.starts_with(one);
    let dates = match (a.dates.as_slice(), b.dates.as_slice(), a.edition.zip(b.edition)) {
        ([], [], Some((a, b))) => (a - b).get_days().abs() <= NEAR_DAYS,
        ([], [], None) => false,
        ([], dates, _) => a.edition.is_some_and(|day| dates.iter().any(|date| fits(date, &day.year().to_string()))),
        (dates, [], _) => b.edition.is_some_and(|day| dates.iter().any(|date| fits(date, &day.year().to_string()))),
        (a, b, _) => a.iter().any(|one| b.iter().any(|other| fits(one, other))),
    };
    periods && dates && a.order == b.order
}
