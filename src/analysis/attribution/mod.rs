//! Who said what: source, cue and content of each attribution in a block. Knows no entity; sources are words.

mod according;
mod any_verb;
mod as_clause;
mod colon;
mod content;
mod content_before;
mod cue;
mod free;
mod inset;
mod nouns;
mod participles;
mod silence;
pub(crate) mod subject;
mod unmarked;

pub(crate) use free::turn;

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
        let lo = behind_dateline(line, sentence, lo, hi);
        let mut at = lo;
        while at < hi {
            if line.word(at).quote.is_some() {
                at += 1;
                continue;
            }
            if let Some(inset) = line.insets.iter().find(|inset| inset.from == at) {
                found.extend(inset::read(line, *inset, sentence));
                at = inset.to + 1;
                continue;
            }
            let one = silence::read(line, at, lo, hi)
                .or_else(|| according::read(line, at, lo, hi))
                .or_else(|| nouns::read(line, at, lo, hi))
                .or_else(|| cue::read(line, at, lo, hi))
                .or_else(|| any_verb::read(line, at, lo, hi));
            match one {
                Some((mut one, next)) => {
                    one.sentence = sentence;
                    share_source(&mut one, &found);
                    let back = one.cue.is_some_and(|cue| one.first() < cue.0);
                    let taken = back
                        && content::opens_quote(line, one.first())
                        && found.iter().any(|other| !other.silence && other.holds(one.first() + 1));
                    at = next.max(at + 1);
                    if !taken && !reports_quoted(line, &one, &found) {
                        found.push(one);
                    }
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

/// Whether it stands in somebody's reported words and has words in quotation marks without introducing them: then they are the
/// outer speaker's ("She said his party backed the idea “for months”").
fn reports_quoted(line: &Line<'_>, one: &Found, found: &[Found]) -> bool {
    let plain = matches!(one.rule, "attribution.phrase" | "attribution.infinitive");
    let quoted = one.content.iter().any(|&(start, end)| (start..end).any(|at| line.word(at).quote.is_some()));
    let inner = |other: &Found| other.sentence == one.sentence && one.cue.is_some_and(|cue| other.holds(cue.0));
    plain && quoted && found.iter().any(inner)
}

/// "ROME (Agency) — The mayor said …": where a sentence begins behind the place in capitals and its dash.
fn behind_dateline(line: &Line<'_>, sentence: usize, lo: usize, hi: usize) -> usize {
    if line.word(lo).is_mark("-–—") {
        return lo + 1;
    }
    let first = if line.word(lo).is_mark("(") { lo + 1 } else { lo };
    if sentence > 0 || !(line.word(first).shouts || (first > lo && line.word(first).capital)) {
        return lo;
    }
    let part = |at: usize| {
        let word = line.word(at);
        word.capital || word.kind == crate::token::TokenKind::Number || word.is_mark("().,/-–—")
    };
    let end = (lo..hi.min(lo + 16)).rev().find(|&at| line.word(at).is_mark("-–—") && (lo..at).all(part));
    end.map_or(lo, |dash| dash + 1).min(hi)
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

/// Whether the verb at `at` or its auxiliary is a plural: several people, or nobody in particular ("fanno sapere").
pub(crate) fn is_plural(line: &Line<'_>, at: usize, lo: usize) -> bool {
    let group = super::phrases::group(line, at, lo);
    let many = |at: usize| {
        line.hit(at, |entry| entry.is_a("gram.plural_verb")).is_some()
            || line.word(at).hits.iter().any(|hit| hit.entry.pos == "verb" && hit.len == 1 && hit.has_tag("plural"))
    };
    (group.start..at).any(many)
        || line
            .word(at)
            .hits
            .iter()
            .any(|hit| super::class::is_cue(hit.entry) && hit.has_tag("plural") && !hit.has_tag("participle"))
        || many(at) && !line.word(at).hits.iter().any(|hit| hit.has_tag("participle"))
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
    let words = quoted_words(line, quote);
    let last = line.word(quote.inner_end().saturating_sub(1));
    // A comma behind the closing mark tells that what opens the sentence was said.
    let comma = line.word(quote.end());
    let opens = line.sentences.iter().any(|&(lo, _)| lo == quote.open) || line.before(quote.open, 0).is_mark(":");
    let parted = comma.is_mark(",") && comma.quote.is_none() && opens;
    words >= 5 || (words >= 1 && last.is_mark(",.!?")) || (words >= 2 && parted)
}

/// How many words stand in the quotation.
pub(crate) fn quoted_words(line: &Line<'_>, quote: &crate::analysis::quotes::Quote) -> usize {
    (quote.inner_start()..quote.inner_end()).filter(|&at| line.word(at).is_word()).count()
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

    /// The speaker of the first statement.
    fn speaker(language: &str, text: &str) -> String {
        statements(language, text).first().map_or_else(String::new, |found| found.0.clone())
    }

    #[test]
    fn a_word_that_only_looks_like_a_verb_gives_no_speaker() {
        let text = "Ada Roe urged the governor to leave the Pacific trade pact, saying it would fail and warning that she would fight it.";
        assert!(statements("en", text).iter().all(|found| found.0 == "Ada Roe"), "{text}");
        one("en", "He ruled out job cuts but noted that sales had grown.", "He", "that sales had grown", "that");
        let text = "The shares fell after the maker cut its annual sales forecast and said demand was weak.";
        assert_eq!(speaker("en", text), "the maker");
        let text = "Ada Roe called that claim “false” and said that the bridge was safe.";
        assert_eq!(statements("en", text).last().unwrap().1, "that the bridge was safe");
    }

    #[test]
    fn what_stands_beside_the_source_is_not_the_source() {
        assert_eq!(
            speaker("en", "A person close to the mayor, who spoke to the paper, said the deal was dead."),
            "A person close to the mayor, who spoke to the paper"
        );
        assert_eq!(
            speaker("en", "A Department for Transport spokesman said: “Costs are under review.”"),
            "A Department for Transport spokesman"
        );
        assert_eq!(
            speaker("en", "One witness, who hid for an hour, told The Ledger that two men ran."),
            "One witness, who hid for an hour"
        );
        assert_eq!(speaker("it", "Il sindaco Ugo Neri, arrivato sul posto alle tre, ha ringraziato i volontari."), "Ugo Neri");
        let text = "“It was close.” Her deputy, Carl Dent, agreed.";
        assert!(statements("en", text).iter().all(|found| found.0 != "Carl Dent"), "{text}");
    }

    #[test]
    fn what_goes_on_behind_the_cue() {
        let split = statements("en", "“People care,” Ada Roe said, “and that is good. Until it is not.”");
        assert_eq!(split[0].1, "“People care,” … “and that is good. Until it is not.”");
        let text = "“It is wrong,” Ada Roe said in an interview on “State of the Union.”";
        one("en", text, "Ada Roe", "“It is wrong,”", "quote_subject_verb");
        one("en", "Ada Roe went on to say that the bridge was safe.", "Ada Roe", "that the bridge was safe", "that");
        one("it", "Ada Rossi si è limitata a dire che il ponte è sicuro.", "Ada Rossi", "che il ponte è sicuro", "that");
        one("en", "Ada Roe fired back in a note: “The bridge is safe.”", "Ada Roe", "“The bridge is safe.”", "colon_quote");
        let text = "Ada Roe refused to apologize for saying that trains were late, telling The Ledger that she was right.";
        assert_eq!(statements("en", text).last().unwrap().0, "Ada Roe");
        assert_eq!(
            speaker("en", "A poll released Friday by Roe University found that the bridge was safe."),
            "A poll released Friday by Roe University"
        );
        assert_eq!(
            speaker("en", "People familiar with Ada Roe’s thinking say that she will stay."),
            "People familiar with Ada Roe’s thinking"
        );
        assert_eq!(speaker("it", "Dalla prefettura fanno sapere che il ponte è sicuro."), "prefettura");
    }

    #[test]
    fn a_dateline_is_not_said() {
        one(
            "en",
            "PORT ROE (Agency) — The bridge was closed, officials said.",
            "officials",
            "The bridge was closed",
            "content_first",
        );
    }

    #[test]
    fn more_shapes_of_attribution() {
        one(
            "en",
            "As the coach put it, “We were beaten by a better team.”",
            "the coach",
            "“We were beaten by a better team.”",
            "verb_quote",
        );
        one("en", "“The bridge is safe,” grinned Ada Roe.", "Ada Roe", "“The bridge is safe,”", "quote_any_verb");
        one("en", "Ada Roe called the plan a gift to the rich.", "Ada Roe", "the plan a gift to the rich", "naming");
        one("en", "In her view, “the bridge is safe.”", "her", "“the bridge is safe.”", "according_to");
        one("en", "The owners hope to copy the plan.", "The owners", "to copy the plan", "infinitive");
        one("en", "Another described the plan as “a joke”.", "Another", "the plan as “a joke”", "naming");
        let text = "According to a report released by the Roe Institute, a research group, the bridge was safe.";
        one("en", text, "a report released by the Roe Institute, a research group", "the bridge was safe", "according_to");
        assert_eq!(statements("en", "Ada Roe runs a club called “Our Own Words,” which meets on Monday."), []);
    }

    #[test]
    fn what_only_describes_something_says_nothing() {
        assert!(statements("en", "If it rains, the result is certain.").is_empty());
        assert!(statements("it", "Se piove, il ponte è sicuro.").is_empty());
    }

    #[test]
    fn italian_shapes_of_attribution() {
        let inset = "«Il ponte – ha detto Ada Rossi – è sicuro».";
        one("it", inset, "Ada Rossi", "«Il ponte … è sicuro»", "inset");
        one(
            "it",
            "«Il ponte è sicuro», ha spiegato ai cronisti la direttrice.",
            "la direttrice",
            "«Il ponte è sicuro»",
            "inverted",
        );
        one("it", "Il ponte è sicuro, fanno sapere dalla prefettura.", "prefettura", "Il ponte è sicuro", "inverted_indirect");
        one("it", "Come ha ricordato Ada Rossi, il ponte è sicuro.", "Ada Rossi", "il ponte è sicuro", "as_clause");
        one("it", "«Il ponte è sicuro», si legge nella nota.", "nota", "«Il ponte è sicuro»", "inverted");
        one("it", "«Io ci credo», sorride Ada Rossi.", "Ada Rossi", "«Io ci credo»", "inverted");
        one("it", "Alcuni temono che il ponte crolli.", "Alcuni", "che il ponte crolli", "that");
        let text = "Secondo quanto riferito dalla polizia, il ponte è sicuro.";
        one("it", text, "polizia", "il ponte è sicuro", "according_to");
    }

    /// Whom each status is of, the status, whether it is denied.
    fn statuses(language: &str, text: &str) -> Vec<(String, String, bool)> {
        let (_, analysis) = read(language, text);
        let name = |id: Option<crate::analysis::EntityId>| {
            id.map_or_else(String::new, |id| analysis.entities[id.0 as usize].name.clone())
        };
        let mut found: Vec<_> =
            analysis.statuses.iter().map(|one| (name(one.entity), one.status.clone(), one.negated)).collect();
        found.sort();
        found
    }

    #[test]
    fn people_listed_behind_their_status() {
        let of = |name: &str, status: &str| (name.to_owned(), format!("status.{status}"), false);
        let charged = [of("Ada Roe", "charged"), of("Carl Dent", "charged")];
        assert_eq!(statuses("en", "Among those charged are Ada Roe and Carl Dent."), charged);
        assert_eq!(statuses("en", "Prosecutors charged Ada Roe and Carl Dent with murder."), charged);
        let text = "Ada Roe, 54, and Carl Dent, 39, were held on Tuesday on suspicion of fraud, police said.";
        assert_eq!(statuses("en", text), [of("Ada Roe", "detained"), of("Carl Dent", "detained")]);
        assert_eq!(statuses("en", "Last year a court cleared Ada Roe of a separate charge."), [of("Ada Roe", "cleared")]);
        assert_eq!(statuses("en", "The doctor cleared Ada Roe to play in the final of the cup."), []);
        let text = "Lena Fox was convicted of fraud and acquitted of theft.";
        assert_eq!(statuses("en", text), [of("Lena Fox", "acquitted"), of("Lena Fox", "convicted")]);
        let text = "Tra gli indagati ci sono Ada Rossi e l'architetto Ugo Neri.";
        assert_eq!(statuses("it", text), [of("Ada Rossi", "investigated"), of("Ugo Neri", "investigated")]);
        let text = "In carcere è finito Carlo Bruni, difeso da Marta Loi; ai domiciliari Ada Rossi.";
        assert_eq!(statuses("it", text), [of("Ada Rossi", "house_arrest"), of("Carlo Bruni", "detained")]);
        assert_eq!(statuses("it", "Non ci sono indagati."), []);
    }
}
