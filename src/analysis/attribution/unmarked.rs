//! Content that nothing marks as such behind its verb: a clause, an infinitive, a phrase, a name given. Knows traits, no single verb.

use super::Found;
use super::content;
use super::cue::Cue;
use super::subject::Source;
use crate::analysis::class::Class;
use crate::analysis::phrases;

impl Cue<'_, '_> {
    /// Content without a marker: a clause, an infinitive or a noun phrase, as the verb's class allows.
    pub(super) fn clause(&self, source: Option<Source>, start: usize) -> Option<Found> {
        let line = self.line;
        let mut end = content::end(line, start, self.hi);
        // "a sentence that prosecutors argued was too short and that her lawyer called cruel": one relative clause each.
        let relative = source.is_some_and(|source| line.before(source.start, self.lo).is(Class::THAT.and(Class::WH)));
        if relative && !line.word(start).is(Class::THAT) {
            let next = |&at: &usize| line.word(at).is(Class::AND) && line.word(at + 1).is(Class::THAT.and(Class::WH));
            end = (start + 1..end).find(next).unwrap_or(end);
        }
        if end <= start {
            return None;
        }
        let first = line.word(start);
        if first.is(Class::QUESTION) && !first.is(Class::AS) {
            return self.base(source, vec![(start, end)], "attribution.question");
        }
        if self.trait_("thought") && (self.group.modal || source.is_some_and(|source| source.antecedent.is_some())) {
            return None;
        }
        let known = line.is_verb(start + 1, start) || line.word(start + 1).is(Class::VERB);
        if first.is(Class::TO) && (known || self.unknown_infinitive(start + 1)) {
            let wanted = self.trait_("inf") || (self.trait_("object") && known);
            // "asked not to be named": the negation is part of what is asked.
            let first = start - usize::from(start > self.end && line.word(start - 1).is(Class::NEG));
            return if wanted { self.base(source, vec![(first, end)], "attribution.infinitive") } else { None };
        }
        if !line.drops_subject {
            source?;
        }
        let mut verb = start + 1;
        while verb < end && (line.word(verb).is(Class::NEG) || phrases::is_adverb(line, verb)) {
            verb += 1;
        }
        let infinitive = line.hits(verb).iter().any(|hit| hit.entry.pos == "verb" && hit.tags == "base");
        let clitic_infinitive = self.line.drops_subject && line.word(verb).is(Class::HAVE.and(Class::BE).and(Class::CLITIC));
        if self.trait_("of") && first.is(Class::OF) && (infinitive || clitic_infinitive) {
            return self.base(source, vec![(start, end)], "attribution.infinitive");
        }
        let dated = !self.trait_("weak") && (start + 1..end.min(start + 5)).any(|at| line.word(at).is_mark(","));
        if first.is(Class::TIME)
            || (first.is(Class::PREP.and(Class::OF).and(Class::AS)) && !self.trait_("strong") && !dated)
            || (first.is(Class::TO) && !first.is(Class::PREP))
        {
            return None;
        }
        if self.trait_("that_only") {
            return None;
        }
        if self.trait_("as") {
            let naming = self.naming(source);
            if naming.is_some() || !self.trait_("np") || line.word(self.end).is(Class::AS) {
                return naming;
            }
        }
        // "Two of them reported receiving fees".
        let gerund = line.hits(start).iter().any(|hit| hit.has_tag("gerund"));
        if gerund && super::is_speech(self.hit.entry) && (self.trait_("clause") || self.trait_("np")) {
            return self.base(source, vec![(start, end)], "attribution.phrase");
        }
        if self.trait_("clause") && (self.trait_("strong") || content::has_verb(line, start, self.main_clause(start, end))) {
            return self.base(source, vec![(start, end)], "attribution.clause");
        }
        if (self.trait_("np") || self.trait_("inf"))
            && !self.trait_("weak")
            && !first.is(Class::PREP.and(Class::OF).and(Class::AS))
        {
            let end = content::end(line, self.end, self.hi);
            let mut from = self.end;
            while line.drops_subject && from + 1 < end && phrases::is_adverb(line, from) {
                from += 1;
            }
            let colon = (self.end..end).find(|&at| line.word(at).is_mark(":") && content::opens_quote(line, at + 1));
            if let Some(colon) = colon.filter(|_| !self.quotes()) {
                return self.base(source, vec![(from, content::trim(line, from, colon))], "attribution.phrase");
            }
            if let Some(colon) = colon {
                return self.base(source, vec![(colon + 1, end.max(self.quote_end(colon + 1)))], "attribution.verb_quote");
            }
            return self.base(source, vec![(from, end)], "attribution.phrase");
        }
        None
    }

    /// "ha detto ai cronisti di sentirsi «un padre»": where the preposition and an infinitive open the content before `start`.
    pub(super) fn infinitive_of(&self, start: usize) -> Option<usize> {
        let line = self.line;
        let bare = self.trait_("bare_inf") && line.word(self.end).infinitive;
        if bare {
            return Some(self.end);
        }
        if !line.drops_subject || !self.trait_("of") {
            return None;
        }
        let opens = |at: usize| {
            let verb = at + 1 + usize::from(line.word(at + 1).is(Class::NEG));
            line.word(at).is(Class::OF) && line.infinitive(verb)
        };
        (self.end..=start.min(self.hi)).find(|&at| line.word(at).quote.is_none() && opens(at))
    }

    /// Where what a weak verb may have for a clause ends: "showed no emotion as the judge spoke" has none of its own.
    fn main_clause(&self, start: usize, end: usize) -> usize {
        let joins = |at: usize| {
            let word = self.line.word(at);
            word.quote.is_none() && (word.is(Class::SUB) || word.is(Class::WH) && !word.is(Class::THAT))
        };
        let broken = (start + 1..end).find(|&at| joins(at)).filter(|_| self.trait_("weak"));
        broken.unwrap_or(end)
    }

    /// "hope to copy the plan": behind the particle a word that the lexicon lacks is a verb, unless it can only be a noun.
    fn unknown_infinitive(&self, at: usize) -> bool {
        let (word, next) = (self.line.word(at), self.line.word(at + 1));
        let object = Class::DET.and(Class::POSS).and(Class::PRON);
        let small = word.kind == crate::token::TokenKind::Word
            && !word.capital
            && !word.is(object.and(Class::TIME).and(Class::PREP).and(Class::QUESTION));
        !self.line.drops_subject && small && (!word.is(Class::NOUN) || next.is(object) || next.capital)
    }

    /// "called the plan “a joke”", "described it as a joke".
    pub(super) fn naming(&self, source: Option<Source>) -> Option<Found> {
        let line = self.line;
        let end = content::end(line, self.end, self.hi);
        if line.word(self.end).is(Class::AS) {
            return None;
        }
        let quoted = (self.end..end).any(|at| content::opens_quote(line, at));
        let named = (self.end..end).any(|at| line.word(at).is(Class::AS));
        // "called him a coward": a name follows the pronoun.
        let dubbed = line.word(self.end).is(Class::PRON) && line.word(self.end + 1).is(Class::DET) && self.end + 2 < end;
        // "called the institute a mouthpiece".
        let object = phrases::after(line, self.end, end);
        let noun = |at: usize| line.word(at).is(Class::DET) && !line.word(at).is(Class::DEF) && at + 1 < end;
        let object = object.filter(|object| noun(object.end) && !(object.end..end).any(|at| line.word(at).is(Class::TIME)));
        if self.trait_("calls") && (dubbed || object.is_some()) {
            return self.base(source, vec![(self.end, end)], "attribution.naming");
        }
        if !(quoted || (named && !self.trait_("calls"))) {
            return None;
        }
        self.base(source, vec![(self.end, end)], "attribution.naming")
    }
}
