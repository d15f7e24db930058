//! Attributions made by a verb: direct, indirect and mixed, the source before or behind it. Knows classes, no single verb.

use super::content;
use super::subject::{self, Source};
use super::{Found, is_speech_quote};
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
        // "The term refers to the road", "the dam explains the flood": things don't cite.
        let known =
            Class::PRON.and(Class::ROLE).and(Class::PERSON_NOUN).and(Class::ORG_NOUN).and(Class::DOC_NOUN).and(Class::MANY);
        let of_things = self.trait_("cites") || self.trait_("of_things") && found.rule == "attribution.phrase";
        if of_things && !(word.capital || word.is(known) || word.plural == Some(true)) {
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
        if let Some(antecedent) = source.and_then(|source| source.antecedent) {
            for (start, end) in &mut content {
                *end = subject::resumed(self.line, antecedent, *start, *end, self.lo).unwrap_or(*end);
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
}

/// A noun in the plural by the lexicon.
fn plural_form(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    word.is(Class::MANY) || word.hits.iter().any(|hit| hit.len == 1 && hit.entry.pos == "noun" && hit.has_tag("plural"))
}
