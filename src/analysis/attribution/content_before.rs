//! Content that stands before its cue: "“…,” Ada Roe said", "…, said Ada Roe", "…, Ada Roe said". Knows classes, no single verb.

use super::content;
use super::cue::Cue;
use super::subject::{self, Source};
use super::{Found, is_speech_quote, may_be_source, quote_before};
use crate::analysis::class::Class;
use crate::analysis::phrases;

impl Cue<'_, '_> {
    /// "“…,” Ada Roe said" and "“…,” said Ada Roe".
    pub(super) fn quoted_before(&self) -> Option<Found> {
        if !self.trait_("quote") {
            return None;
        }
        let line = self.line;
        let normal = subject::speaker_before(line, self.group.start, self.lo);
        if let Some(source) = normal.filter(|source| source.antecedent.is_none() && !source.shared) {
            let as_clause = line.before(source.start, self.lo).is(Class::AS) && source.start > self.lo + 1;
            let edge = source.start - usize::from(as_clause);
            let number = quote_before(line, edge).filter(|&number| self.usable(number));
            if let Some(number) = number.filter(|&number| !self.next_sentence(number, source.start)) {
                return self.base(Some(source), self.around(number, self.end), "attribution.quote_subject_verb");
            }
        }
        let number = quote_before(line, self.group.start).filter(|&number| self.usable(number))?;
        // "Ada Roe, who called it “a joke,” said on Friday": the quotation belongs to what describes the source.
        let described = normal.is_some_and(|source| {
            let quote = line.quotes.get(number as usize);
            source.antecedent.is_none() && quote.is_some_and(|quote| source.head < quote.open && quote.open < source.end)
        });
        if described || self.next_sentence(number, self.group.start) {
            return None;
        }
        let follows = may_be_source(line, self.end) || phrases::after(line, self.end, self.hi).is_some();
        if follows || line.drops_subject {
            let source = subject::behind(line, self.end, self.hi, self.trait_("impersonal"));
            if let Some(source) = source {
                return self.base(Some(source), self.around(number, source.end), "attribution.inverted");
            }
        }
        self.base(None, self.around(number, self.end), "attribution.quote_verb")
    }

    /// Whether the quotation ends with a full stop and the words behind it have content of their own.
    fn next_sentence(&self, number: u32, start: usize) -> bool {
        let line = self.line;
        let Some(quote) = line.quotes.get(number as usize) else { return false };
        let full_stop = line.word(quote.inner_end().saturating_sub(1)).is_mark(".");
        let after = content::start(line, self.end, self.hi, self.trait_("object"));
        let own = after < self.hi && !line.word(after).is_mark(".") && self.end < self.hi;
        // "“We were due.” His captain agreed.": only "said" and its like reach back over a full stop.
        let apart = quote.close < self.lo && !self.trait_("strong");
        full_stop && line.word(start).capital && (own || apart)
    }

    fn usable(&self, number: u32) -> bool {
        is_speech_quote(self.line, number) || self.trait_("strong")
    }

    /// The quotation before the cue with what belongs to it: the clause it ends, and the quotation that goes on behind `after`.
    pub(super) fn around(&self, number: u32, after: usize) -> Vec<(usize, usize)> {
        let line = self.line;
        let mut parts = Vec::new();
        if let Some(quote) = line.quotes.get(number as usize) {
            let lead = (self.lo..quote.open).any(|at| line.word(at).is_word()) && quote.open > self.lo;
            let introduced = line.before(quote.open, self.lo).is_mark(":");
            let start = if lead && !introduced && content::has_verb(line, self.lo, quote.open) {
                self.clause_start()
            } else {
                quote.open
            };
            parts.push((start.min(quote.open), quote.end()));
        }
        let from = after;
        let after = content::start(line, after, self.hi, self.trait_("object"));
        // "risponde Rossi, che aggiunge: «…»": what a second verb introduces is its own.
        let relative = (self.end..after).any(|at| line.word(at).is(Class::WH)) && line.word(after).is_mark(":");
        let next = if line.word(after).is_mark(",:") { after + 1 } else { after };
        if content::opens_quote(line, next) && !relative {
            // "Ada Roe said on “This Week”": where she said it.
            let title = next > from + 1 && content::is_title(line, next);
            if !title {
                parts.push((next, content::end(line, next, self.hi).max(self.quote_end(next))));
            }
        }
        parts
    }

    /// Where the clause before the source begins: the sentence's start, past words that join it to the sentence before.
    pub(super) fn clause_start(&self) -> usize {
        let mut start = self.lo;
        while start < self.at && self.line.word(start).is(Class::BUT.and(Class::AND)) {
            start += 1;
        }
        start
    }

    /// "The canteens will stay open. So said the deputy mayor": a word that opens the sentence stands for the sentence before.
    pub(super) fn said_before(&self) -> Option<Found> {
        let line = self.line;
        let opens = line.hit(self.lo, |entry| entry.is_a("gram.said_before")).map(|hit| self.lo + hit.len);
        if opens != Some(self.group.start.max(self.lo + 1)) && opens != Some(self.at) || !self.trait_("quote") {
            return None;
        }
        let &(before, _) = line.sentences.iter().find(|&&(_, hi)| hi == self.lo)?;
        let source = subject::after(line, self.end, self.hi)?;
        self.base(Some(source), vec![(before, content::trim(line, before, self.lo))], "attribution.said_before")
    }

    /// "The bridge was safe, said Ada Roe": without quotation marks.
    pub(super) fn inverted(&self) -> Option<Found> {
        let line = self.line;
        let comma = line.before(self.group.start, self.lo).is_mark(",—–");
        let bare = self.group.start == self.at || (line.drops_subject && self.group.have);
        if !self.trait_("quote") || !comma || !bare {
            return None;
        }
        let agent = line.drops_subject && line.word(self.end).is(Class::BY.and(Class::PREP));
        if !(may_be_source(line, self.end) || agent) || self.group.start <= self.lo + 1 {
            return None;
        }
        // "The mayor, back in town since three, thanked the crew": what stands between commas describes the subject.
        let described = subject::speaker_before(line, self.group.start, self.lo);
        if described.is_some_and(|source| {
            source.antecedent.is_none() && !source.shared && source.start <= self.lo + 1 && self.trait_("np")
        }) {
            return None;
        }
        let source = subject::behind(line, self.end, self.hi, self.trait_("impersonal"))?;
        let rest = line.word(source.end);
        let closes = source.end >= self.hi || rest.is_mark(".,;") || (line.drops_subject && rest.is(Class::PREP));
        if !closes || !content::has_verb(line, self.lo, self.at) && !rest.is_mark(",") {
            return None;
        }
        self.base(Some(source), self.split_around(self.group.start - 1, source.end), "attribution.inverted_indirect")
    }

    /// Content before `left`, and behind `right` where the sentence goes on after a comma.
    pub(super) fn split_around(&self, left: usize, right: usize) -> Vec<(usize, usize)> {
        let line = self.line;
        let mut parts = vec![(self.clause_start(), content::trim(line, self.lo, left))];
        let whole = content::has_verb(line, self.lo, left);
        let quoted = content::opens_quote(line, right + 1);
        let goes_on = line.word(right).is_mark(",") && right + 1 < self.hi && (!whole || quoted);
        let next = line.word(right + 1);
        let own_clause = next.is(Class::BUT.and(Class::SUB).and(Class::AND).and(Class::WH))
            || next.hits.iter().any(|hit| hit.has_tag("gerund"));
        if goes_on && !own_clause {
            parts.push((right + 1, content::end(line, right + 1, self.hi)));
        }
        parts
    }

    /// "Il margine, scrivono in un report, è basso": a cue between commas without a subject of its own.
    pub(super) fn parenthetical(&self) -> Option<Found> {
        let line = self.line;
        let left = self.group.start.checked_sub(1).filter(|&left| line.drops_subject && left > self.lo)?;
        let stop = |&at: &usize| line.word(at).is_mark(",:") || line.word(at).quote.is_some();
        let comma = (self.end..self.hi.min(self.end + 6)).find(stop).filter(|&at| line.word(at).is_mark(","))?;
        let occasion = comma == self.end || line.word(self.end).is(Class::PREP) && !content::has_verb(line, self.end, comma);
        let said = line.word(left).is_mark(",") && line.word(left).quote.is_none() && self.trait_("quote");
        if !(said && occasion && super::is_speech(self.hit.entry)) || comma + 1 >= self.hi {
            return None;
        }
        let parts = vec![(self.clause_start(), left), (comma + 1, content::end(line, comma + 1, self.hi))];
        self.base(None, parts, "attribution.content_first")
    }

    /// "…, Ada Roe said."
    pub(super) fn content_first(&self, source: Option<Source>, after: usize) -> Option<Found> {
        let line = self.line;
        let Some(source) = source.filter(|source| !source.shared) else {
            let left = self.group.start.checked_sub(1).filter(|&left| line.drops_subject && left > self.lo)?;
            let said = line.word(left).is_mark(",—–") && content::has_verb(line, self.lo, left) && self.trait_("quote");
            let closes = after >= self.hi || line.word(after).is_mark(".");
            return if said && closes {
                self.base(None, self.split_around(left, after), "attribution.content_first")
            } else {
                None
            };
        };
        // "If it rains, the result is certain" tells nothing of what stands before.
        let told = self.trait_("quote") || self.trait_("clause") && !line.word(self.group.start).is(Class::BE);
        if source.antecedent.is_some() || source.start <= self.lo || !told {
            return None;
        }
        let comma = line.word(source.start - 1);
        let as_clause = comma.is(Class::AS) && source.start >= self.lo + 2;
        if !(comma.is_mark(",—–") || as_clause) {
            return None;
        }
        let left = if as_clause { source.start - 2 } else { source.start - 1 };
        // "He denied that he lied, as Ada Roe claimed": which of the two clauses she claimed can't be told.
        let reported = |at: usize| line.word(at).is(Class::CUE) && line.word(at).quote.is_none() && line.is_verb(at, self.lo);
        if as_clause && (self.lo..left).any(reported) {
            return None;
        }
        let right_goes_on = line.word(after).is_mark(",") && after + 1 < self.hi;
        if !content::has_verb(line, self.lo, left) && !right_goes_on {
            return None;
        }
        self.base(Some(source), self.split_around(left, after), "attribution.content_first")
    }
}
