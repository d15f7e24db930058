//! Attributions made by a verb: direct, indirect and mixed, the source before or behind it. Knows classes, no single verb.

use super::content;
use super::subject::{self, Source};
use super::{Found, is_speech_quote, may_be_source, quote_before};
use crate::analysis::class::{self, Class};
use crate::analysis::line::Line;
use crate::analysis::phrases::{self, Group};
use crate::rules::LexiconMatch;

/// A cue in its sentence.
pub(super) struct Cue<'l, 'r> {
    pub(super) line: &'l Line<'r>,
    pub(super) at: usize,
    /// One past its last word.
    pub(super) end: usize,
    pub(super) lo: usize,
    pub(super) hi: usize,
    pub(super) hit: LexiconMatch<'r>,
    pub(super) group: Group,
}

/// Reads the attribution whose cue begins at `at`, and the word to go on from.
pub(super) fn read(line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<(Found, usize)> {
    if line.word(at).is(Class::IDIOM) || !line.word(at).is(Class::CUE) {
        return None;
    }
    // "went on to say", "si è limitato a dire": the words before make the infinitive a verb with a subject.
    let semi = |from: usize| line.hit(from, |entry| entry.is_a("gram.semi_auxiliary")).is_some_and(|hit| from + hit.len == at);
    let semi = (at.saturating_sub(4).max(lo)..at).find(|&from| semi(from));
    if semi.is_none() && !line.is_verb(at, lo) {
        return None;
    }
    let hit = line.hit(at, class::is_cue)?;
    let mut group = phrases::group(line, at, lo);
    if let Some(start) = semi {
        group = Group { start: phrases::group(line, start, lo).start, have: true, infinitive: false, ..group };
    }
    let cue = Cue { line, at, end: at + hit.len, lo, hi, hit, group };
    let found = cue.found().filter(|found| cue.holds(found))?;
    Some((found, cue.end))
}

impl Cue<'_, '_> {
    pub(super) fn trait_(&self, name: &str) -> bool {
        self.hit.entry.has_trait(name)
    }

    /// Whether source and verb agree, and a source is there where one must be.
    pub(super) fn holds(&self, found: &Found) -> bool {
        let line = self.line;
        let Some(source) = found.source else {
            let quoted = found.content.iter().any(|&(start, _)| content::opens_quote(line, start));
            let spoken = super::is_speech(self.hit.entry) && !self.trait_("weak");
            let marked =
                !matches!(found.rule, "attribution.clause" | "attribution.phrase" | "attribution.gerund" | "attribution.colon");
            let finite = self.group.have || !self.hit.has_tag("participle");
            return found.continues || (quoted && spoken) || (line.drops_subject && finite && marked);
        };
        let head = source.antecedent.map_or(source.head, |phrase| phrase.head);
        let word = line.word(head);
        // "Asked whether he regretted it": nobody says that he did.
        let edge = source.start.checked_sub(1).filter(|&edge| edge >= self.lo);
        let supposed = edge.and_then(|edge| line.hit(edge, |entry| entry.has_trait("supposes")));
        if supposed.is_some() && matches!(found.rule, "attribution.phrase" | "attribution.clause" | "attribution.infinitive") {
            return false;
        }
        if !word.is_word()
            || (word.is(Class::NONE.and(Class::NEG)) && !word.is(Class::PRON))
            || (phrases::is_adverb(line, head) && !word.is(Class::PRON))
        {
            return false;
        }
        let done =
            (self.group.start..self.at).any(|at| line.word(at).is(Class::DO)) || line.before(self.at, self.lo).is(Class::DO);
        let finite = !self.group.modal && !self.group.have && !self.group.be && !done;
        // "The term refers to the road": words don't cite.
        let known =
            Class::PRON.and(Class::ROLE).and(Class::PERSON_NOUN).and(Class::ORG_NOUN).and(Class::DOC_NOUN).and(Class::MANY);
        if self.trait_("cites") && !(word.capital || word.is(known) || word.plural == Some(true)) {
            return false;
        }
        // "said he would stay and defend his house": a bare form behind a modal shares no subject in the singular.
        let verb_only = finite && found.rule != "attribution.gerund" && (!source.shared || self.hit.tags == "base");
        let present = self.hit.tags == "base" || self.hit.has_tag("third");
        if present && line.word(self.at).is(Class::HOMOGRAPH) && finite && !found.continues && found.rule != "attribution.that"
        {
            let known = Class::PRON
                .and(Class::NOUN)
                .and(Class::ROLE)
                .and(Class::PERSON_NOUN)
                .and(Class::ORG_NOUN)
                .and(Class::DOC_NOUN)
                .and(Class::MANY);
            if !(word.capital || word.is(known)) {
                return false;
            }
        }
        let joined = (source.start..source.end).any(|at| line.word(at).is(Class::AND));
        match word.plural {
            Some(ending) if verb_only && self.hit.tags == "base" => {
                let many =
                    ending || joined || word.is(Class::MANY.and(Class::PRON).and(Class::ORG_NOUN)) || plural_form(line, head);
                many && !word.is(Class::MALE.and(Class::FEMALE))
            }
            Some(ending) if verb_only && self.hit.has_tag("third") && !self.hit.has_tag("past") => {
                !plural_form(line, head) && (!ending || word.capital || word.is(Class::NOUN))
            }
            _ => true,
        }
    }

    /// Whether words in quotation marks behind it are the source's own: who cites somebody does not say it.
    pub(super) fn quotes(&self) -> bool {
        !self.trait_("cites")
    }

    pub(super) fn found(&self) -> Option<Found> {
        let participle = self.hit.has_tag("participle");
        let gerund = self.hit.has_tag("gerund");
        if self.line.drops_subject && self.nonfinite_without_mark() {
            return None;
        }
        if self.group.be && participle && !gerund {
            return self.passive();
        }
        if !self.group.have && participle && !gerund && self.agent_behind() {
            return None;
        }
        if gerund
            && !self.group.be
            && let Some(found) = self.overheard()
        {
            return Some(found);
        }
        if self.group.infinitive {
            return None;
        }
        if gerund && !self.group.be {
            return self.gerund();
        }
        if participle && !self.group.have && self.passive_coordination() {
            return None;
        }
        self.quoted_before()
            .or_else(|| self.as_inverted())
            .or_else(|| self.said_before())
            .or_else(|| self.inverted())
            .or_else(|| self.plain())
    }

    /// "the words said by Ada Roe", not "said by telephone": somebody behind the preposition.
    fn agent_behind(&self) -> bool {
        let line = self.line;
        if line.drops_subject || !line.word(self.end).is(Class::BY) {
            return line.word(self.end).is(Class::BY);
        }
        let agent = Class::DET.and(Class::POSS).and(Class::PRON).and(Class::ROLE).and(Class::PERSON_NOUN).and(Class::ORG_NOUN);
        let next = line.word(self.end + 1);
        let many = next.plural == Some(true) && !next.is(Class::TIME);
        !self.hit.has_tag("past") || next.capital || next.is(agent) || many
    }

    /// Where endings tell persons: an infinitive, a participle without "have", or a reflexive of another sense is no cue.
    fn nonfinite_without_mark(&self) -> bool {
        let participle = self.hit.has_tag("participle") && !self.hit.has_tag("past");
        let reflexive = (self.group.start..self.at).any(|at| self.line.word(at).is(Class::REFLEXIVE));
        let finite = self.hit.tags == "base"
            && self.group.have
            && (self.group.start..self.at).any(|at| self.line.word(at).is(Class::SEMI));
        if finite {
            return false;
        }
        self.hit.tags == "base" || reflexive || (participle && !self.group.have && !self.group.be)
    }

    /// "was taken in and told that …": the auxiliary of the verb before holds for this one.
    fn passive_coordination(&self) -> bool {
        let line = self.line;
        let before = self.group.start;
        if !line.before(before, self.lo).is(Class::AND.and(Class::CONJ)) {
            return false;
        }
        let earlier = (self.lo..before - 1).rev().take(6).find(|&at| line.is_verb(at, self.lo) || line.word(at).past);
        earlier.is_some_and(|at| phrases::group(line, at, self.lo).be)
    }

    pub(super) fn base(&self, source: Option<Source>, content: Vec<(usize, usize)>, rule: &'static str) -> Option<Found> {
        let mut content: Vec<(usize, usize)> = content.into_iter().filter(|&(start, end)| end > start).collect();
        if let Some(pronoun) = source.filter(|source| source.antecedent.is_some()).map(|source| source.start)
            && self.line.before(pronoun, self.lo).is_mark(",")
        {
            for (start, end) in &mut content {
                let comma = |at: &usize| self.line.word(*at).is_mark(",") && self.line.word(*at).quote.is_none();
                let within = |at: &usize| self.line.word(*at).is_mark("\"”»") && self.line.before(*at, *start).is_mark(",");
                let plain = (*start..*end).find(comma);
                let closed = (*start..*end).find(within).map(|at| at + 1);
                *end = plain.into_iter().chain(closed).min().unwrap_or(*end);
            }
        }
        if content.is_empty() && rule != "attribution.introduces" {
            return None;
        }
        Some(Found {
            content,
            cue: Some((self.at, self.end)),
            class: self.hit.entry.id.to_string(),
            source,
            negated: self.group.negated,
            silence: false,
            alleges: self.trait_("alleges"),
            rule,
            sentence: 0,
            continues: false,
        })
    }

    /// "“…,” Ada Roe said" and "“…,” said Ada Roe".
    fn quoted_before(&self) -> Option<Found> {
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
    fn around(&self, number: u32, after: usize) -> Vec<(usize, usize)> {
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
    fn clause_start(&self) -> usize {
        let mut start = self.lo;
        while start < self.at && self.line.word(start).is(Class::BUT.and(Class::AND)) {
            start += 1;
        }
        start
    }

    /// "The canteens will stay open. So said the deputy mayor": a word that opens the sentence stands for the sentence before.
    fn said_before(&self) -> Option<Found> {
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
    fn inverted(&self) -> Option<Found> {
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
    fn split_around(&self, left: usize, right: usize) -> Vec<(usize, usize)> {
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

    /// Source, cue, content; or content, source, cue.
    pub(super) fn plain(&self) -> Option<Found> {
        let line = self.line;
        if let Some(found) = self.parenthetical() {
            return Some(found);
        }
        let source = subject::speaker_before(line, self.group.start, self.lo).or_else(|| self.agent_before());
        if let Some(found) = self.before_quoted(source) {
            return found;
        }
        let start = content::start(line, self.end, self.hi, self.trait_("object"));
        let introduces = self.hi == line.words.len() && line.word(self.hi - 1).is_mark(":") && super::is_speech(self.hit.entry);
        if introduces && source.is_some() {
            return self.base(source, Vec::new(), "attribution.introduces");
        }
        let next = if line.word(start).is_mark(",:") && content::opens_quote(line, start + 1) { start + 1 } else { start };
        if let Some(first) = self.infinitive_of(start) {
            return self.base(source, vec![(first, content::end(line, first, self.hi))], "attribution.infinitive");
        }
        if self.trait_("as")
            && line.word(self.end).is(Class::SELF)
            && let Some(found) = self.naming(source)
        {
            return Some(found);
        }
        if content::opens_quote(line, next) {
            let end = content::end(line, next, self.hi).max(self.quote_end(next));
            let number = line.word(next).quote?;
            // "A program called “Our Own Words”": a name, nothing said.
            if self.trait_("names") && next == self.end {
                return None;
            }
            let quotable = ["quote", "np", "as", "only_quote"].iter().any(|name| self.trait_(name));
            let said = is_speech_quote(line, number) || ["strong", "np", "as"].iter().any(|name| self.trait_(name));
            if quotable && (said || end > self.quote_end(next)) {
                return self.base(source, vec![(next, end)], "attribution.verb_quote");
            }
        }
        let colon = (next..self.hi.min(next + 9)).find(|&at| line.word(at).is_mark(":") || line.is_verb(at, self.lo));
        let colon = colon.filter(|&at| line.word(at).is_mark(":") && content::opens_quote(line, at + 1));
        if let Some(colon) = colon.filter(|_| !self.trait_("as") && self.quotes()) {
            let end = content::end(line, colon + 1, self.hi).max(self.quote_end(colon + 1));
            return self.base(source, vec![(colon + 1, end)], "attribution.verb_quote");
        }
        if let Some(found) =
            source.filter(|_| content::opens_quote(line, start + 1)).and_then(|source| self.as_clause(Some(source), start))
        {
            return Some(found);
        }
        if self.trait_("only_quote") {
            return None;
        }
        if line.word(start).is_mark(":") {
            return self.base(source, vec![(start + 1, content::end(line, start + 1, self.hi))], "attribution.colon");
        }
        if line.word(start).is(Class::THAT) && !(self.trait_("as") && !self.trait_("clause")) {
            return self.base(source, vec![(start, content::end(line, start, self.hi))], "attribution.that");
        }
        let ends = start >= self.hi || line.word(start).is_mark(".,;—–");
        if ends && let Some(found) = self.own_object(source) {
            return Some(found);
        }
        if ends {
            let object = start > self.end && self.trait_("np") && !self.trait_("weak") && source.is_some();
            let end = content::end(line, self.end, self.hi);
            let phrase = || if object { self.base(source, vec![(self.end, end)], "attribution.phrase") } else { None };
            let left = source.is_some_and(|source| content::has_verb(line, self.lo, source.start));
            return if object && !left {
                phrase()
            } else {
                self.as_clause(source, start).or_else(|| self.content_first(source, start)).or_else(phrase)
            };
        }
        self.clause(source, start)
    }

    /// One past the quotation that opens at `at`, even where it runs past the sentence.
    pub(super) fn quote_end(&self, at: usize) -> usize {
        let number = self.line.word(at).quote;
        number.and_then(|number| self.line.quotes.get(number as usize)).map_or(at, |quote| quote.end())
    }

    /// "Il margine, scrivono in un report, è basso": a cue between commas without a subject of its own.
    fn parenthetical(&self) -> Option<Found> {
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
    fn content_first(&self, source: Option<Source>, after: usize) -> Option<Found> {
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

/// A noun in the plural by the lexicon.
fn plural_form(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    word.is(Class::MANY) || word.hits.iter().any(|hit| hit.len == 1 && hit.entry.pos == "noun" && hit.has_tag("plural"))
}
