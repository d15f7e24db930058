//! What stands before a colon whose quotation has a cue of its own behind it. Knows marks and traits, no single verb.

use super::Found;
use super::content;
use super::cue::Cue;
use super::subject::Source;
use crate::analysis::class::Class;

impl Cue<'_, '_> {
    /// "The council rejects the charge: “We kept the rules,” a note says": the quotation behind the colon has a cue of its own, so only
    /// what stands before it is this one's.
    pub(super) fn before_quoted(&self, source: Option<Source>) -> Option<Option<Found>> {
        let line = self.line;
        let colon = (self.end..self.hi).find(|&at| line.word(at).is_mark(":") && line.word(at).quote.is_none())?;
        let quote = line.word(colon + 1).quote.and_then(|number| line.quotes.get(number as usize))?;
        if quote.open != colon + 1 || !quote.closed || !content::cued_behind(line, quote.end(), line.sentence_end(quote.end()))
        {
            return None;
        }
        if colon == self.end {
            return Some(self.own_object(source));
        }
        let plain = Cue { hi: colon, hit: self.hit, group: self.group, ..*self };
        Some(plain.plain())
    }

    /// "rejects the charges": an act whose object belongs to its phrase.
    pub(super) fn own_object(&self, source: Option<Source>) -> Option<Found> {
        let own = self.hit.entry.has_trait("negative") && self.hit.len > 1;
        let object = (self.at + 1..self.end).find(|&at| self.line.word(at).is(Class::DEF.and(Class::DET)))?;
        if own && source.is_some() { self.base(source, vec![(object, self.end)], "attribution.phrase") } else { None }
    }
}
