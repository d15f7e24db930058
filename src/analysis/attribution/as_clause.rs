//! "As Ada Roe told the court, …", "Come ha ricordato Rossi, …": the cue opens the sentence. Knows classes, no single verb.

use super::Found;
use super::content;
use super::cue::Cue;
use super::subject::{self, Source};
use crate::analysis::class::Class;
use crate::analysis::phrases;

impl Cue<'_, '_> {
    /// "As Ada Roe told the court, …": the content stands behind the comma.
    pub(super) fn as_clause(&self, source: Option<Source>, after: usize) -> Option<Found> {
        let source = source?;
        let opens = source.start == self.lo + 1 && self.line.word(self.lo).is(Class::AS);
        let comma = self.line.word(after).is_mark(",") && after + 1 < self.hi;
        if !(opens && comma) {
            return None;
        }
        self.base(Some(source), vec![(after + 1, content::end(self.line, after + 1, self.hi))], "attribution.as_clause")
    }

    /// "Come ha ricordato Rossi, …": the source behind the cue, the content behind its comma.
    pub(super) fn as_inverted(&self) -> Option<Found> {
        let line = self.line;
        let opens = line.drops_subject && line.word(self.lo).is(Class::AS) && self.group.start == self.lo + 1;
        let mut source = if opens { subject::behind(line, self.end, self.hi, false)? } else { return None };
        let comma = (source.head + 1..self.hi.min(source.head + 12)).find(|&at| line.word(at).is_mark(","))?;
        source.end = source.end.min(comma);
        self.base(Some(source), vec![(comma + 1, content::end(line, comma + 1, self.hi))], "attribution.as_clause")
    }

    /// "Dalla Regione fanno sapere che …": the agent that opens the sentence before a verb in the plural without a subject.
    pub(super) fn agent_before(&self) -> Option<Source> {
        let line = self.line;
        let opens = line.drops_subject && line.word(self.lo).is(Class::BY) && super::is_plural(line, self.at, self.lo);
        let phrase = if opens { phrases::after(line, self.lo + 1, self.hi)? } else { return None };
        (phrase.end == self.group.start).then(|| Source::of(phrase))
    }
}
