//! Attributions made by a verb without a tense of its own: gerunds, "was heard saying", passives. Knows classes, no single verb.

use super::Found;
use super::content;
use super::cue::Cue;
use super::subject::{self, Source};
use crate::analysis::class::Class;
use crate::analysis::line::Line;
use crate::analysis::phrases;

impl Cue<'_, '_> {
    /// "…, warning that the arrests were the start".
    pub(super) fn gerund(&self) -> Option<Found> {
        let line = self.line;
        let previous = line.before(self.at, self.lo);
        if previous.is(Class::PREP.and(Class::OF).and(Class::DET).and(Class::POSS)) || !super::is_speech(self.hit.entry) {
            return None;
        }
        let free = self.at == self.lo
            || previous.is_mark(",—–-\"”»)")
            || previous.is(Class::SUB.and(Class::AND).and(Class::BUT))
            || previous.manner;
        if !free {
            return self.with_subject();
        }
        let start = content::start(line, self.end, self.hi, self.trait_("object"));
        let next = if line.word(start).is_mark(",:") && content::opens_quote(line, start + 1) { start + 1 } else { start };
        let marked = line.word(start).is(Class::THAT) || content::opens_quote(line, next);
        // "before ordering passengers to the boats": behind a conjunction of time only what is plainly said.
        if previous.is(Class::SUB) && !marked {
            return None;
        }
        let clause = marked || self.trait_("np") || self.trait_("as");
        let first = if self.trait_("as") || (self.trait_("np") && !line.word(start).is(Class::THAT) && next == start) {
            self.end
        } else {
            next
        };
        let opening = self.at == self.lo;
        let mut end = content::end(line, first, self.hi);
        if opening {
            end = (first..end).find(|&at| line.word(at).is_mark(",") && line.word(at).quote.is_none()).unwrap_or(end);
        }
        let quoted = || (start..end).any(|at| content::opens_quote(line, at));
        let full = self.trait_("clause")
            && !line.word(start).is(Class::PREP.and(Class::OF))
            && (content::has_verb(line, start, end) || self.trait_("strong") && quoted());
        if !(clause || full) || end <= first || (self.trait_("as") && line.word(self.end).is(Class::AS)) {
            return None;
        }
        if self.trait_("calls") && !(first..end).any(|at| content::opens_quote(line, at)) {
            return None;
        }
        let joined = previous.is(Class::AND) && self.gerund_before();
        let source = if opening {
            self.main_subject(end)
        } else if joined {
            None
        } else {
            subject_of_main(line, self.at, self.lo)
        };
        let mut found = self.base(source, vec![(first, end)], "attribution.gerund")?;
        found.continues = source.is_none();
        Some(found)
    }

    /// "saying it was late and warning that …": a gerund of saying before this one in the sentence.
    fn gerund_before(&self) -> bool {
        let said = |at: usize| self.line.hits(at).iter().any(|hit| hit.has_tag("gerund") && super::is_speech(hit.entry));
        (self.lo..self.at).any(|at| self.line.word(at).quote.is_none() && said(at))
    }

    /// "with Ada Roe stating that …".
    fn with_subject(&self) -> Option<Found> {
        let line = self.line;
        let phrase = phrases::before(line, self.at, self.lo)?;
        if !line.before(phrase.start, self.lo).is(Class::WITH) {
            return None;
        }
        let start = content::start(line, self.end, self.hi, self.trait_("object"));
        let next = if line.word(start).is_mark(",:") && content::opens_quote(line, start + 1) { start + 1 } else { start };
        let end = content::end(line, next, self.hi);
        let said = line.word(next).is(Class::THAT) || content::opens_quote(line, next) || content::has_verb(line, next, end);
        if !said {
            return None;
        }
        self.base(Some(Source::of(phrase)), vec![(next, end)], "attribution.with")
    }

    /// "Citing privacy rules, officials said …": the subject behind the comma.
    fn main_subject(&self, end: usize) -> Option<Source> {
        let line = self.line;
        let comma = (end..self.hi).find(|&at| line.word(at).is_mark(","))?;
        phrases::after(line, comma + 1, self.hi).map(Source::of)
    }

    /// "was heard discussing an operation": a verb of hearing in the passive before a gerund.
    pub(super) fn overheard(&self) -> Option<Found> {
        let heard = self.at.checked_sub(1).filter(|&at| at > self.lo)?;
        self.line.hit(heard, |entry| entry.is_a("perceive"))?;
        let group = phrases::group(self.line, heard, self.lo);
        if !group.be {
            return None;
        }
        let source = subject::speaker_before(self.line, group.start, self.lo);
        let end = content::end(self.line, self.end, self.hi);
        self.base(source, vec![(self.end, end)], "attribution.overheard")
    }

    /// "X was quoted as saying", "is described by X as …"; a bare passive names no source.
    pub(super) fn passive(&self) -> Option<Found> {
        let line = self.line;
        if line.word(self.end).is(Class::BY) && !self.trait_("thought") {
            let phrase = phrases::after(line, self.end + 1, self.hi)?;
            if line.word(phrase.end).is(Class::AS) {
                let end = content::end(line, phrase.end, self.hi);
                return self.base(Some(Source::of(phrase)), vec![(phrase.end, end)], "attribution.passive_by");
            }
        }
        None
    }
}

/// The subject of the main verb before a gerund.
fn subject_of_main(line: &Line<'_>, at: usize, lo: usize) -> Option<Source> {
    let mut verb = at;
    let mut nearest = None;
    for _ in 0..6 {
        let Some(earlier) = (lo..verb).rev().find(|&index| line.word(index).quote.is_none() && line.is_verb(index, lo)) else {
            break;
        };
        let group = phrases::group(line, earlier, lo);
        let word = line.word(earlier);
        let nonfinite = group.infinitive || (!group.be && word.hits.iter().any(|hit| hit.has_tag("gerund")));
        if !nonfinite
            && let Some(source) = subject::speaker_before(line, group.start, lo).filter(|source| source.antecedent.is_none())
            && subject::fits(line, earlier, &source, lo)
        {
            let source = Source { shared: true, ..source };
            // "wants to know why it closed, saying": the subject of what is asked or reported is not the one who asks.
            let reported = line.before(source.start, lo).is(Class::QUESTION.and(Class::SUB).and(Class::THAT));
            if reported && source.start > lo + 1 {
                nearest = nearest.or(Some(source));
                verb = group.start.min(earlier);
                continue;
            }
            // "refused to say that trains were late, telling the paper": one who can speak, before what is spoken of.
            let head = line.word(source.head);
            let speaker = Class::PRON.and(Class::ROLE).and(Class::PERSON_NOUN).and(Class::ORG_NOUN).and(Class::DOC_NOUN);
            if head.capital || head.is(speaker) {
                return Some(source);
            }
            nearest = nearest.or(Some(source));
        }
        verb = group.start.min(earlier);
    }
    nearest
}
