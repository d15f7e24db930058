//! Who said what: source, cue and content of each attribution in a block. Knows no entity; sources are words.

mod according;
mod content;
mod cue;
mod free;
mod nouns;
mod participles;
mod silence;
pub(crate) mod subject;

use super::class::Class;
use super::line::Line;
use crate::rules::Entry;
use subject::Source;

/// An attribution as ranges of words of one block.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub content: Vec<(usize, usize)>,
    pub cue: Option<(usize, usize)>,
    pub class: String,
    pub source: Option<Source>,
    pub negated: bool,
    pub silence: bool,
    /// Whether the act makes its content an accusation.
    pub alleges: bool,
    pub rule: &'static str,
    /// The sentence (index in the block) of the cue.
    pub sentence: usize,
    /// Whether it goes on with the speaker of the attribution before.
    pub continues: bool,
}

impl Found {
    /// The first word of content.
    pub(crate) fn first(&self) -> usize {
        self.content.iter().map(|part| part.0).min().unwrap_or(0)
    }

    /// Whether a content range holds the word.
    pub(crate) fn holds(&self, at: usize) -> bool {
        self.content.iter().any(|&(start, end)| start <= at && at < end)
    }
}

/// Whether the entry is a word of saying (not of thinking or finding).
pub(crate) fn is_speech(entry: &Entry) -> bool {
    super::class::is_cue(entry) && !entry.has_trait("thought") && !entry.has_trait("evidence") && !entry.has_trait("topic")
}

/// All attributions of a block, in text order of their cues.
pub(crate) fn find(line: &Line<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (sentence, &(lo, hi)) in line.sentences.iter().enumerate() {
        let mut at = lo;
        while at < hi {
            if line.word(at).quote.is_some() {
                at += 1;
                continue;
            }
            let one = silence::read(line, at, lo, hi)
                .or_else(|| according::read(line, at, lo, hi))
                .or_else(|| nouns::read(line, at, lo, hi))
                .or_else(|| cue::read(line, at, lo, hi));
            match one {
                Some((mut one, next)) => {
                    one.sentence = sentence;
                    share_source(&mut one, &found);
                    found.push(one);
                    at = next.max(at + 1);
                }
                None => at += 1,
            }
        }
    }
    free::signatures(line, &mut found);
    free::headed(line, &mut found);
    free::continued(line, &mut found);
    found
}

/// A gerund ("warning that …") speaks for the source of the attribution before it in the sentence.
fn share_source(one: &mut Found, found: &[Found]) {
    if one.source.is_none()
        && one.continues
        && let Some(earlier) = found.iter().rev().find(|other| other.sentence == one.sentence && other.source.is_some())
    {
        one.source = earlier.source.map(|source| Source { shared: true, ..source });
    }
}

/// The quotation that closes directly before `at`, a comma between allowed.
pub(crate) fn quote_before(line: &Line<'_>, at: usize) -> Option<u32> {
    let mut edge = at;
    if edge > 0 && line.word(edge - 1).is_mark(",—–-") && line.word(edge - 1).quote.is_none() {
        edge -= 1;
    }
    let number = line.word(edge.checked_sub(1)?).quote?;
    let quote = line.quotes.get(number as usize)?;
    (quote.close == edge - 1).then_some(number)
}

/// Whether the quotation is speech: a clause, or marked as such by its last mark.
pub(crate) fn is_speech_quote(line: &Line<'_>, number: u32) -> bool {
    let Some(quote) = line.quotes.get(number as usize) else { return false };
    let words = (quote.inner_start()..quote.inner_end()).filter(|&at| line.word(at).is_word()).count();
    let last = line.word(quote.inner_end().saturating_sub(1));
    words >= 5 || (words >= 1 && last.is_mark(",.!?"))
}

/// Whether the word may begin a source phrase behind an inverted cue.
pub(crate) fn may_be_source(line: &Line<'_>, at: usize) -> bool {
    let word = line.word(at);
    let noun = Class::ROLE.and(Class::PERSON_NOUN).and(Class::ORG_NOUN).and(Class::DOC_NOUN).and(Class::DET).and(Class::POSS);
    word.quote.is_none() && (word.capital || word.is(noun) || word.is(Class::PRON))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
mod tests {
    use crate::analysis::{Analysis, analyse};
    use crate::document::{Edition, Metadata};
    use crate::rules::Rules;
    use crate::span::{EditionId, Span};

    fn read(language: &str, text: &str) -> (Edition, Analysis) {
        let rules = Rules::embedded().unwrap();
        let data = serde_json::json!({"title": "-", "language": language, "published": "2025-05-07"});
        let metadata: Metadata = serde_json::from_value(data).unwrap();
        let locale = &rules.language(language).unwrap().locale;
        let edition = Edition::of_text(EditionId(0), metadata, text.to_owned(), Some(locale));
        let analysis = analyse(&edition, &rules);
        (edition, analysis)
    }

    /// Each statement as speaker, content parts joined by " … ", rule.
    fn statements(language: &str, text: &str) -> Vec<(String, String, String)> {
        let (edition, analysis) = read(language, text);
        let words = |span: &Span| edition.slice(*span).to_owned();
        let one = |statement: &crate::analysis::Statement| {
            let speaker = statement.speaker.as_ref().map_or_else(String::new, |speaker| speaker.name.clone());
            let content: Vec<String> = statement.content.iter().map(words).collect();
            (speaker, content.join(" … "), statement.rule.clone())
        };
        analysis.statements.iter().map(one).collect()
    }

    fn one(language: &str, text: &str, speaker: &str, content: &str, rule: &str) {
        let found = statements(language, text);
        assert_eq!(found, [(speaker.to_owned(), content.to_owned(), format!("attribution.{rule}"))], "{text}");
    }

    #[test]
    fn quotations_before_and_behind_their_cue() {
        one("en", "“The bridge is safe,” Ada Roe said.", "Ada Roe", "“The bridge is safe,”", "quote_subject_verb");
        one("en", "“The bridge is safe,” said Ada Roe, a lawyer.", "Ada Roe", "“The bridge is safe,”", "inverted");
        one("en", "Ada Roe told reporters: “The bridge is safe.”", "Ada Roe", "“The bridge is safe.”", "verb_quote");
        let split = statements("en", "“The bridge,” Ada Roe said, “is safe.”");
        assert_eq!(split[0].1, "“The bridge,” … “is safe.”");
    }

    #[test]
    fn indirect_content_by_class_of_verb() {
        one("en", "Ada Roe said that the bridge was safe.", "Ada Roe", "that the bridge was safe", "that");
        one("en", "The bridge was safe, Ada Roe said.", "Ada Roe", "The bridge was safe", "content_first");
        one("en", "According to Ada Roe, the bridge was safe.", "Ada Roe", "the bridge was safe", "according_to");
        one("en", "The owners want to sell.", "The owners", "to sell", "infinitive");
        one("en", "Ada Roe denounced the raid.", "Ada Roe", "the raid", "phrase");
        one("en", "Ada Roe called the plan “a joke”.", "Ada Roe", "the plan “a joke”", "naming");
        one("en", "Ada Roe was heard discussing a sale.", "Ada Roe", "a sale", "overheard");
    }

    #[test]
    fn the_name_nearest_to_the_verb_is_not_always_the_speaker() {
        let found = statements("en", "A spokesman for Ada Roe said the bridge was safe.");
        assert_eq!(found[0].0, "A spokesman for Ada Roe");
        let found = statements("en", "A letter seen by the Daily News says the bridge was safe.");
        assert_eq!(found[0].0, "A letter seen by the Daily News");
        assert_eq!(statements("en", "The mayor was told that the bridge was safe."), []);
        assert_eq!(statements("en", "The team claimed first place by a length."), []);
    }

    #[test]
    fn silence_is_no_statement_of_content() {
        let (_, analysis) = read("en", "Ada Roe declined to comment.");
        assert!(analysis.statements.iter().all(|statement| statement.silence) && analysis.statements.len() == 1);
        let (_, analysis) = read("it", "Ada Rossi non ha rilasciato dichiarazioni.");
        assert!(analysis.statements.iter().all(|statement| statement.silence) && analysis.statements.len() == 1);
    }

    #[test]
    fn italian_orders() {
        one("it", "«Il ponte è sicuro», ha detto Ada Rossi.", "Ada Rossi", "«Il ponte è sicuro»", "inverted");
        one("it", "Ada Rossi ha detto che il ponte è sicuro.", "Ada Rossi", "che il ponte è sicuro", "that");
        one("it", "Secondo Ada Rossi, il ponte è sicuro.", "Ada Rossi", "il ponte è sicuro", "according_to");
        assert_eq!(statements("it", "Secondo posto per la staffetta."), []);
    }

    #[test]
    fn dates_resolve_against_the_source() {
        let values =
            |text: &str| -> Vec<Option<String>> { read("en", text).1.dates.iter().map(|date| date.value.clone()).collect() };
        let day = |value: &str| vec![Some(value.to_owned())];
        assert_eq!(values("It closed on Monday."), day("2025-05-05"));
        assert_eq!(values("It will close on Friday."), day("2025-05-09"));
        assert_eq!(values("It closed yesterday."), day("2025-05-06"));
        assert_eq!(values("It closed last year."), day("2024"));
        assert_eq!(values("It closed in June."), day("2024-06"));
        assert_eq!(values("It closed on Nov. 3, 2024."), day("2024-11-03"));
        assert_eq!(values("It may close."), []);
    }
}
