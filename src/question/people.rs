//! Who a phrase of a question means: known, shared, misspelt and unknown names, roles, pronouns. Knows names only through the viewer's editions.

use std::ops::Range;

use super::known::Known;
use super::names::LONGEST_NAME;
use super::types::SlotValue;
use super::words::Words;
use crate::analysis::EntityKind;
use crate::rules::lexicon::LexiconMatch;
use crate::token;

/// Most words of a phrase that may mean somebody.
const LONGEST_PHRASE: usize = 12;

/// Concept of a role that is over.
const FORMER: &str = "time.former";

/// Classes of words that stand in titles beside names.
const TITLES: [&str; 7] = ["role.", "title.", "topic.", "time.former", "place.", "quality.", "org."];

/// A known name in a question.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub range: Range<usize>,
    pub names: Vec<String>,
}

/// Whom a phrase means, and how sure that is by word.
#[derive(Debug, Clone)]
pub(super) struct Meaning {
    pub values: Vec<SlotValue>,
    pub score: i32,
    /// Concept id of a role in the phrase.
    pub role: Option<String>,
    /// Whose role it is ("Gallo" in "Gallo's lawyer").
    pub owner: Option<SlotValue>,
    /// Ranges that were misspelt, and the names read.
    pub repairs: Vec<(Range<usize>, String)>,
    /// Whether it only points back ("he").
    pub pronoun: bool,
}

impl Meaning {
    fn of(value: SlotValue, score: i32) -> Self {
        Self { values: vec![value], score, role: None, owner: None, repairs: Vec::new(), pronoun: false }
    }
}

/// Names of the view in one question's words.
#[derive(Debug)]
pub(super) struct People<'p, 'w> {
    pub words: &'p Words<'w>,
    known: &'p Known<'p>,
    pub spots: Vec<Spot>,
    has_case: bool,
}

impl<'p, 'w> People<'p, 'w> {
    pub fn new(words: &'p Words<'w>, known: &'p Known<'p>) -> Self {
        let mut spots: Vec<Spot> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match spot_at(words, known, at) {
                Some(spot) => {
                    at = spot.range.end;
                    spots.push(spot);
                }
                None => at += 1,
            }
        }
        Self { words, known, spots, has_case: words.has_case() }
    }

    /// Whom the words mean, if a person, organisation or place at all.
    pub fn meaning(&self, range: Range<usize>) -> Option<Meaning> {
        if range.is_empty()
            || range.len() > LONGEST_PHRASE
            || self.any(&range, |at| self.words.get(at).is_some_and(|w| w.quoted))
        {
            return None;
        }
        let reading = &self.words.language.templates.reading;
        let inside = self.spots_in(&range);
        let whole_name = inside.first().is_some_and(|spot| spot.range == range);
        let ands = range.clone().filter(|&at| self.words.is_in(at, &reading.and)).collect::<Vec<_>>();
        if !whole_name && !ands.is_empty() && range.len() > 2 {
            let mut meaning: Option<Meaning> = None;
            let mut start = range.start;
            for end in ands.into_iter().chain([range.end]) {
                // "Okoro and the others": those who can be told are asked for.
                let part = if start < end { self.one(start..end) } else { None };
                let part = part.filter(|part| !matches!(part.values.first(), None | Some(SlotValue::Words(_))));
                match (&mut meaning, part) {
                    // "the agreement between Okoro and Larsen" is nobody.
                    (None, None) => return None,
                    (None, part) => meaning = part,
                    (Some(_), None) => {}
                    (Some(all), Some(part)) => {
                        all.values.extend(part.values);
                        all.score += part.score;
                        all.repairs.extend(part.repairs);
                    }
                }
                start = end + 1;
            }
            return meaning;
        }
        self.one(range)
    }

    /// Names of a free question that no source knows, and known ones that were misspelt with what is read for them.
    pub fn strangers(&self) -> Vec<(SlotValue, Vec<(Range<usize>, String)>)> {
        let mut found = Vec::new();
        let mut at = 1;
        while at < self.words.len() && self.has_case {
            let free = |at: usize| {
                let named = self.spots.iter().any(|spot| spot.range.contains(&at));
                !named && self.words.is_capitalised(at) && self.may_be_name(at) && self.is_strange(at)
            };
            let end = (at..self.words.len().min(at + 4)).find(|&at| !free(at)).unwrap_or(self.words.len().min(at + 4));
            if end > at {
                match self.misspelt(at..end) {
                    Some(meaning) => found.extend(meaning.values.into_iter().map(|value| (value, meaning.repairs.clone()))),
                    None => found.push((SlotValue::UnknownName(self.words.slice(at..end).to_owned()), Vec::new())),
                }
            }
            at = end.max(at + 1);
        }
        found
    }

    /// Known names in the range.
    pub fn spots_in(&self, range: &Range<usize>) -> Vec<&Spot> {
        self.spots.iter().filter(|spot| range.start <= spot.range.start && spot.range.end <= range.end).collect()
    }

    fn any(&self, range: &Range<usize>, test: impl Fn(usize) -> bool) -> bool {
        range.clone().any(test)
    }

    fn one(&self, range: Range<usize>) -> Option<Meaning> {
        let reading = &self.words.language.templates.reading;
        let mut range = range;
        let whole = range.start;
        let before = whole.checked_sub(1).is_some_and(|before| self.words.is_in(before, &reading.determiners));
        while range.len() > 1 && self.words.is_in(range.start, &reading.determiners) && !self.begins_spot(range.start) {
            range.start += 1;
        }
        let len = i32::try_from(range.len()).unwrap_or(0);
        if range.len() == 1 && self.words.is_in(range.start, &reading.pronouns) {
            let value = SlotValue::Words(self.words.slice(range).to_owned());
            return Some(Meaning { pronoun: true, ..Meaning::of(value, 6) });
        }
        if range.len() == 1 && self.words.is_in(range.start, &reading.anybody) {
            return Some(Meaning::of(SlotValue::Words(self.words.slice(range).to_owned()), 3));
        }
        let spots = self.spots_in(&range);
        if let Some(spot) = spots.first().filter(|spot| spot.range == range) {
            let value = self.by_role(&range, value_of(&spot.names));
            return Some(Meaning::of(value, 9 * len));
        }
        if self.any(&range, |at| self.words.get(at).is_some_and(super::words::Word::is_number)) {
            return None;
        }
        if spots.is_empty() { self.unnamed(before || whole < range.start, range, len) } else { self.titled(range, &spots, len) }
    }

    /// A phrase with known names and other words: a title and a name, a role and whose it is, or a name that nobody has.
    fn titled(&self, range: Range<usize>, spots: &[&Spot], len: i32) -> Option<Meaning> {
        let reading = &self.words.language.templates.reading;
        let (owned, own): (Vec<&&Spot>, Vec<&&Spot>) = spots.iter().partition(|spot| self.is_owner(spot, &range));
        let role = self.role_in(&range);
        let others = range.clone().filter(|&at| !spots.iter().any(|spot| spot.range.contains(&at)));
        let foreign = others.filter(|&at| !self.is_title_word(at)).collect::<Vec<_>>();
        let named = |at: usize| self.may_be_name(at) && (!self.has_case || self.words.is_capitalised(at));
        // "Grace Oyelade", where the source knows a Grace and a Ben Oyelade: nobody is called so.
        let person = |spot: &Spot| self.kind(spot) == EntityKind::Person;
        let mixed = own.windows(2).any(|pair| match pair {
            [one, two] => one.range.end == two.range.start && person(one) && person(two),
            _ => false,
        });
        if mixed && role.is_none() {
            return Some(Meaning::of(SlotValue::UnknownName(self.words.slice(range).to_owned()), 5 * len));
        }
        let subject = own.iter().rev().find(|spot| self.kind(spot) != EntityKind::Place).or(own.last());
        match subject {
            // "Robert Dunmore", where no Robert is known: nobody is called so.
            Some(spot) if !foreign.is_empty() && foreign.iter().all(|&at| named(at)) && role.is_none() => {
                let _ = spot;
                self.misspelt(range.clone()).or_else(|| {
                    let near = foreign
                        .iter()
                        .all(|&at| at + 1 == spot.range.start || at == spot.range.end || foreign.contains(&(at + 1)));
                    near.then(|| Meaning::of(SlotValue::UnknownName(self.words.slice(range.clone()).to_owned()), 5 * len))
                })
            }
            Some(_) if !foreign.is_empty() => None,
            // "Brandt di Okoro" is no one's name: the second is what is spoken of.
            Some(spot)
                if owned.iter().any(|other| other.range.start >= spot.range.end && self.kind(other) != EntityKind::Place) =>
            {
                None
            }
            // "the first Malvern president": whoever presides over what is named.
            Some(spot) if role.is_some() && !self.may_hold(spot, &range) => {
                self.held(&range, owned.first().copied(), role, len)
            }
            // "Roe of the council" may also be Roe on the council: what is spoken of, where the question can be read so.
            Some(spot) if self.words.is_in(spot.range.end, &reading.of) && spot.range.end < range.end && owned.is_empty() => {
                Some(Meaning::of(self.by_role(&range, value_of(&spot.names)), 2 * len))
            }
            // A title beside a name only says who is meant.
            Some(spot) => Some(Meaning::of(self.by_role(&range, value_of(&spot.names)), 8 * len)),
            None => self.held(&range, owned.first().copied(), role, len),
        }
    }

    /// Whether what is named may hold the role beside it: a person, or whatever has it right in front.
    fn may_hold(&self, spot: &Spot, range: &Range<usize>) -> bool {
        match self.kind(spot) {
            EntityKind::Person => true,
            EntityKind::Place | EntityKind::Organisation => false,
            _ => self.role_in(&(spot.range.end..range.end)).is_none(),
        }
    }

    /// Whoever holds the role in the range.
    fn held(&self, range: &Range<usize>, owner: Option<&&Spot>, role: Option<String>, len: i32) -> Option<Meaning> {
        let mut held = self.holders(range);
        // Whoever is somebody's husband is not Roe's: the role must name whose it is.
        if let Some(last) =
            owner.filter(|spot| self.kind(spot) == EntityKind::Person).and_then(|spot| self.words.get(spot.range.end - 1))
        {
            held.retain(|name| self.known.has_in_role(name, &last.bare));
        }
        let owner = owner.map(|spot| value_of(&spot.names));
        let value =
            if held.is_empty() { SlotValue::Words(self.words.slice(range.clone()).to_owned()) } else { value_of(&held) };
        Some(Meaning { role: Some(role?), owner, ..Meaning::of(value, 7 * len) })
    }

    /// A phrase without a known name: a role, a misspelt or an unknown name, or plain words.
    fn unnamed(&self, determined: bool, range: Range<usize>, len: i32) -> Option<Meaning> {
        if let Some(role) = self.role_in(&range) {
            // A verb or a preposition is no part of a role: "did the judge".
            if self.any(&range, |at| self.words.is_stop_word(at) && !self.is_title_word(at)) {
                return None;
            }
            // "President Zelensky": a title and a name that no source knows.
            let rest = range.clone().filter(|&at| !self.is_known_word(at)).collect::<Vec<_>>();
            if let (Some(&first), Some(&last)) = (rest.first(), rest.last())
                && last + 1 == range.end
                && last + 1 - first == rest.len()
                && rest.iter().all(|&at| self.may_be_name(at) && self.words.is_capitalised(at) && self.has_case)
            {
                return Some(self.misspelt(first..last + 1).unwrap_or_else(|| {
                    Meaning::of(SlotValue::UnknownName(self.words.slice(first..last + 1).to_owned()), 5 * len)
                }));
            }
            let held = self.holders(&range);
            let value = if held.is_empty() { SlotValue::Words(self.words.slice(range).to_owned()) } else { value_of(&held) };
            return Some(Meaning { role: Some(role), ..Meaning::of(value, 7 * len) });
        }
        if self.any(&range, |at| !self.may_be_name(at)) || range.len() > 4 {
            return None;
        }
        if let Some(found) = self.misspelt(range.clone()) {
            return Some(found);
        }
        // A word of the text that analysis found no name in is not unknown.
        let in_text = |at: usize| self.words.get(at).is_some_and(|word| self.known.text_holds(&word.bare) == Some(true));
        let capitals = self.has_case && range.clone().all(|at| self.words.is_capitalised(at)) && !range.clone().all(in_text);
        // "the mayor" is no name, known word or not.
        let strange = !determined && range.clone().all(|at| self.is_strange(at));
        if capitals || strange {
            return Some(Meaning::of(SlotValue::UnknownName(self.words.slice(range).to_owned()), 5 * len));
        }
        None
    }

    fn misspelt(&self, range: Range<usize>) -> Option<Meaning> {
        let own = self.known.nearest(self.words.key(range.clone()))?;
        // A word of the language that some source writes as a name ("police") is not what another word was meant to be ("policy").
        let tokens = token::tokenize(&own, &token::Clitics::default());
        if range.len() == 1
            && self.words.language.lexicon.at(&tokens).iter().any(|found| found.entry.is_a("org") || !is_name(found))
        {
            return None;
        }
        let names = self.known.lookup(&own);
        let value = value_of(&names);
        // A shared name keeps its own spelling in the reading: which one is meant is asked next.
        let read = match names.as_slice() {
            [one] => (*one).to_owned(),
            _ => own.to_string(),
        };
        let len = i32::try_from(range.len()).unwrap_or(0);
        Some(Meaning { repairs: vec![(range, read)], ..Meaning::of(value, 6 * len) })
    }

    /// "Mayor Dunmore": of several Dunmores the one who is mayor.
    fn by_role(&self, range: &Range<usize>, value: SlotValue) -> SlotValue {
        let SlotValue::Ambiguous(names) = &value else { return value };
        let start = range.start.saturating_sub(3);
        let around = start..range.end;
        for at in around {
            let Some(found) = self.words.class_at(at, "role") else { continue };
            let held = names.iter().filter(|name| self.known.holds_role(name, &found.entry.id)).collect::<Vec<_>>();
            if let [one] = held.as_slice() {
                return SlotValue::Entity((*one).clone());
            }
        }
        value
    }

    /// Who holds the role that the range names.
    fn holders(&self, range: &Range<usize>) -> Vec<String> {
        let reading = &self.words.language.templates.reading;
        let mut concepts = Vec::new();
        let mut words = Vec::new();
        let mut phrase = Vec::new();
        let mut former = false;
        let mut at = range.start;
        while at < range.end {
            if let Some(spot) = self.spots.iter().find(|spot| spot.range.contains(&at)) {
                if self.kind(spot) == EntityKind::Organisation {
                    words.extend(spot.range.clone().filter_map(|at| self.words.get(at)).map(|word| word.bare.clone()));
                }
                at = spot.range.end;
                continue;
            }
            let found = self.words.lexicon(at).iter().find(|found| {
                let id = found.entry.id.as_str();
                id.starts_with("role.") || id.starts_with("topic.") || id == FORMER
            });
            match found {
                Some(found) if found.entry.id == FORMER => {
                    former = true;
                    at += found.len;
                }
                Some(found) => {
                    concepts.push(found.entry.id.as_str());
                    phrase.extend((at..at + found.len).filter_map(|at| self.words.get(at)).map(|word| word.bare.clone()));
                    at += found.len;
                }
                None => {
                    let skip = self.words.is_stop_word(at)
                        || self.words.is_in(at, &reading.of)
                        || self.words.is_in(at, &reading.determiners);
                    if let Some(word) = self.words.get(at)
                        && !skip
                    {
                        words.push(word.bare.clone());
                        phrase.push(word.bare.clone());
                    }
                    at += 1;
                }
            }
        }
        if concepts.is_empty() {
            return Vec::new();
        }
        let held = self.known.holders(&phrase, &concepts, &words, former);
        held.into_iter().map(String::from).collect()
    }

    fn role_in(&self, range: &Range<usize>) -> Option<String> {
        let outside = |at: &usize| !self.spots.iter().any(|spot| spot.range.contains(at));
        range.clone().filter(outside).find_map(|at| self.words.class_at(at, "role")).map(|found| found.entry.id.to_string())
    }

    /// "Gallo" in "Gallo's lawyer", "l'avvocato di Gallo".
    fn is_owner(&self, spot: &Spot, range: &Range<usize>) -> bool {
        let reading = &self.words.language.templates.reading;
        let after =
            spot.range.end < range.end && self.words.get(spot.range.end).is_some_and(|word| word.bare.starts_with('\''));
        let mut before = spot.range.start;
        while before > range.start
            && self.words.is_in(before - 1, &reading.determiners)
            && !self.words.is_in(before - 1, &reading.of)
        {
            before -= 1;
        }
        after || (before > range.start && self.words.is_in(before - 1, &reading.of))
    }

    fn begins_spot(&self, at: usize) -> bool {
        self.spots.iter().any(|spot| spot.range.start == at)
    }

    fn kind(&self, spot: &Spot) -> EntityKind {
        spot.names.first().map_or(EntityKind::Other, |name| self.known.names.kind(name))
    }

    /// A word of the language: it can't be part of a name that no source knows.
    fn is_known_word(&self, at: usize) -> bool {
        let reading = &self.words.language.templates.reading;
        self.words.is_stop_word(at)
            || self.words.is_in(at, &reading.of)
            || self.words.is_in(at, &reading.determiners)
            || self.words.get(at).is_some_and(|word| word.bare.starts_with('\''))
            || (0..4)
                .any(|back| at >= back && self.words.lexicon(at - back).iter().any(|found| found.len > back && !is_name(found)))
    }

    /// A word that may stand beside a name and belong to it: "Italy's foreign minister, Antonio Tajani".
    fn is_title_word(&self, at: usize) -> bool {
        let reading = &self.words.language.templates.reading;
        self.words.is_in(at, &reading.of)
            || self.words.is_in(at, &reading.determiners)
            || self.words.get(at).is_some_and(|word| word.bare.starts_with('\''))
            || (0..4).any(|back| {
                let covers = |found: &&LexiconMatch<'_>| {
                    found.len > back && TITLES.iter().any(|class| found.entry.id.starts_with(class))
                };
                at >= back && self.words.lexicon(at - back).iter().any(|found| covers(&found))
            })
    }

    /// Whether the lexicon has the word as more than a given name or a place.
    fn is_in_lexicon(&self, at: usize) -> bool {
        self.words.lexicon(at).iter().any(|found| !is_name(found))
    }

    fn may_be_name(&self, at: usize) -> bool {
        let reading = &self.words.language.templates.reading;
        let Some(word) = self.words.get(at) else { return false };
        let never = [&reading.pronouns, &reading.never_names, &reading.empty];
        !(word.quoted
            || word.is_number()
            || self.words.is_stop_word(at)
            || never.into_iter().any(|list| self.words.is_in(at, list)))
            // A word of the language may be a name only with a capital in the middle of small letters.
            && (!self.is_in_lexicon(at) || (self.has_case && self.words.is_capitalised(at)))
    }

    /// Neither a word of the language nor of any visible text.
    fn is_strange(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        let plain = !self.is_known_word(at) && !self.words.language.templates.asks.knows(&word.token.folded);
        plain && word.bare.chars().count() > 2 && !self.known.text_holds(&word.bare).unwrap_or(false)
    }
}

/// Names that a lexicon lists do not make a phrase of words.
fn is_name(found: &LexiconMatch<'_>) -> bool {
    ["name.", "place.", "org."].iter().any(|class| found.entry.id.starts_with(class))
}

/// One name, or several that share it.
pub(super) fn value_of<S: AsRef<str>>(names: &[S]) -> SlotValue {
    match names {
        [one] => SlotValue::Entity(one.as_ref().to_owned()),
        many => SlotValue::Ambiguous(many.iter().map(|name| name.as_ref().to_owned()).collect()),
    }
}

/// The longest known name that begins at the word.
fn spot_at(words: &Words<'_>, known: &Known<'_>, at: usize) -> Option<Spot> {
    let word = words.get(at).filter(|word| !word.quoted)?;
    let first = super::names::key(&word.bare);
    let longest = known.names.longest_from(first.split(' ').next()?).min(LONGEST_NAME);
    for len in (1..=longest).rev() {
        let range = at..at + len;
        if range.end > words.len() || (len == 1 && words.is_stop_word(at)) {
            continue;
        }
        let key = words.key(range.clone());
        let found = known.lookup(&key);
        // "policy", "garden": a part of what is no person's name means it only with a capital, and only where one has it.
        let loose = known.is_part(&key)
            && (found.len() > 1 || !words.is_capitalised(at) && (words.uses_capitals() || !words.lexicon(at).is_empty()));
        // "far", "bill", "young", written small: words, whoever is called so by a part of a name, or by any where names have capitals.
        let plain = range.len() == 1
            && !words.is_capitalised(at)
            && (words.lexicon(at).iter().any(|found| !is_name(found)) || known.text_holds_small(&word.bare));
        if !found.is_empty() && !loose && !(plain && (words.uses_capitals() || known.is_short(&key))) {
            return Some(Spot { range, names: found.into_iter().map(String::from).collect() });
        }
    }
    None
}
