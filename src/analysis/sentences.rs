//! Cuts the blocks of an edition into sentences. Knows marks and abbreviations by their data, no meaning and no question.
//!
//! One pass over each block; what ends a sentence is decided by the few characters around a mark, so the cost is linear in
//! the text. Quotations of several sentences are cut inside their marks; a closing mark belongs to the sentence it closes.

use unicode_normalization::char::is_combining_mark;

use crate::document::{BlockKind, Edition};
use crate::locale::Locale;
use crate::rules::LocaleRules;
use crate::span::Span;
use crate::token;

/// How far back the word before a full stop is read (bytes); a longer one is no abbreviation.
const LONGEST_ABBREVIATION: usize = 24;

/// Every sentence of `edition` with the index of its block, in text order.
///
/// Running text, captions and corrections are cut; a block of any other kind is one sentence. Together the spans hold every
/// visible character of the blocks. Without `rules` no abbreviation but initials is known.
pub(crate) fn sentences(edition: &Edition, rules: Option<&LocaleRules>) -> Vec<(Span, u32)> {
    let mut found = Vec::new();
    for (number, block) in edition.blocks.iter().enumerate() {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let base = block.span.range().start;
        let text = edition.slice(block.span);
        if matches!(block.kind, BlockKind::Paragraph | BlockKind::Caption | BlockKind::Correction) {
            for (start, end) in split(text, rules) {
                found.push((Span::new(edition.id, base + start, base + end), number));
            }
        } else if !text.is_empty() {
            found.push((block.span, number));
        }
    }
    found
}

/// Byte ranges of the sentences of one block, trimmed.
fn split(text: &str, rules: Option<&LocaleRules>) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(mark) = text.get(at..).and_then(|rest| rest.find(is_terminator)).map(|found| at + found) {
        let stop = Stop::read(text, mark);
        at = stop.end;
        if stop.breaks(text, start, rules) {
            push(&mut ranges, text, start, stop.end);
            start = stop.end;
        }
    }
    push(&mut ranges, text, start, text.len());
    ranges
}

fn push(ranges: &mut Vec<(usize, usize)>, text: &str, start: usize, end: usize) {
    let part = text.get(start..end).unwrap_or_default();
    let inner = part.trim();
    if !inner.is_empty() {
        let first = start + (part.len() - part.trim_start().len());
        ranges.push((first, first + inner.len()));
    }
}

/// A run of terminators with the closing marks behind it.
struct Stop {
    /// First byte of the terminators.
    start: usize,
    /// One past their last byte.
    marks_end: usize,
    /// One past the closing marks: where the sentence would end.
    end: usize,
}

impl Stop {
    fn read(text: &str, start: usize) -> Self {
        let rest = text.get(start..).unwrap_or_default();
        let marks_end = start + run(rest, is_terminator);
        let mut end = marks_end + run(text.get(marks_end..).unwrap_or_default(), is_closer);
        // "bien. »", 'fine. " Next': a closing mark parted from the full stop by a space.
        let rest = text.get(end..).unwrap_or_default();
        let gap = run(rest, |ch| matches!(ch, ' ' | '\u{a0}' | '\u{202f}'));
        let mut after = rest.get(gap..).unwrap_or_default().chars();
        if gap > 0
            && let Some(mark) = after.next()
            && (matches!(mark, '»' | '”') || (mark == '"' && after.clone().next().is_none_or(char::is_whitespace)))
        {
            end += gap + mark.len_utf8();
        }
        Self { start, marks_end, end }
    }

    fn marks<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.marks_end).unwrap_or_default()
    }

    /// Whether a sentence ends here; `sentence` is where it began.
    fn breaks(&self, text: &str, sentence: usize, rules: Option<&LocaleRules>) -> bool {
        let rest = text.get(self.end..).unwrap_or_default();
        let Some(next) = rest.chars().next() else { return true };
        let wide = self.marks(text).chars().next_back().is_some_and(is_wide_terminator);
        if !next.is_whitespace() && !wide {
            return false;
        }
        let next = rest.trim_start().trim_start_matches(is_opener);
        let Some(first) = next.trim_start().chars().next() else { return true };
        if first.is_lowercase() {
            return false;
        }
        let quoted = text.get(self.marks_end..self.end).is_some_and(|closers| closers.contains(is_quotation_mark));
        if self.marks(text) == "." {
            quoted || !self.abbreviates(text, sentence, next, rules)
        } else {
            !(quoted && speech_follows(next, rules))
        }
    }

    /// Whether the full stop belongs to an abbreviation, an initial or a list number that the sentence goes on behind.
    fn abbreviates(&self, text: &str, sentence: usize, next: &str, rules: Option<&LocaleRules>) -> bool {
        let before = text.get(sentence..self.start).unwrap_or_default();
        let word = last_word(before);
        if word.is_empty() {
            return false;
        }
        let alone = before.trim_start().len() == word.len();
        if alone && word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit()) {
            return true;
        }
        let initials = word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.all(is_combining_mark)
        });
        let Some(locale) = rules.map(|rules| &rules.locale) else { return initials && is_upper(word) };
        if initials && (word.contains('.') || is_upper(word)) {
            return !starts_sentence(next, locale);
        }
        let folded = token::fold(word);
        let forms = &locale.sentences;
        if forms.before_number.contains(&folded) {
            return next.starts_with(|ch: char| ch.is_numeric());
        }
        let short = forms.abbreviations.contains(&folded) || is_short_date_name(word, locale);
        short && !starts_sentence(next, locale)
    }
}

/// The run of letters, digits, full stops and apostrophes at the end of `text`, without what an apostrophe joins in front.
fn last_word(text: &str) -> &str {
    let mut start = text.len();
    for (at, ch) in text.char_indices().rev() {
        if !(ch.is_alphanumeric() || ch == '.' || is_combining_mark(ch)) || text.len() - at > LONGEST_ABBREVIATION {
            break;
        }
        start = at;
    }
    text.get(start..).unwrap_or_default().trim_start_matches('.')
}

fn is_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether the word at the start of `next` can only begin a sentence: a capitalised stop word that is no part of a name.
fn starts_sentence(next: &str, locale: &Locale) -> bool {
    let mut words = next.split(char::is_whitespace).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return true };
    if first.ends_with('.') && first.chars().nth(2).is_none() {
        return false;
    }
    let folded = token::fold(first.trim_end_matches(|ch: char| !ch.is_alphanumeric()));
    let bare = folded.split_once('\'').map_or(folded.clone(), |(article, _)| format!("{article}'"));
    if !locale.is_stop_word(&folded) && !locale.is_stop_word(&bare) {
        return false;
    }
    !(locale.sentences.particles.contains(&folded) && words.next().is_some_and(is_upper))
}

/// "Nov", "Sept", "Sat": a short name of a month or weekday, written as the locale writes it or with a capital.
fn is_short_date_name(word: &str, locale: &Locale) -> bool {
    let names = locale.dates.months.iter().chain(&locale.dates.weekdays);
    names
        .flat_map(|forms| forms.iter().skip(1))
        .any(|short| short == word || (is_upper(word) && token::fold(short) == token::fold(word)))
}

/// Whether a name and a speech verb follow: "“Why now?” Crosetto asked."
fn speech_follows(next: &str, rules: Option<&LocaleRules>) -> bool {
    let Some(rules) = rules else { return false };
    let near = next.char_indices().nth(80).map_or(next, |(at, _)| next.get(..at).unwrap_or(next));
    let tokens = token::tokenize(near, &rules.locale.clitics);
    let names = tokens.iter().take_while(|token| token.is_capitalised(near)).count();
    if names == 0 || names > 3 {
        return false;
    }
    let verb = tokens.get(names..).unwrap_or_default();
    rules.lexicon.at(verb).iter().any(|found| found.entry.is_a("say") && !found.has_tag("base"))
}

fn run(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.find(|ch| !is(ch)).unwrap_or(text.len())
}

fn is_terminator(ch: char) -> bool {
    matches!(ch, '.' | '!' | '?' | '…' | '‽' | '؟' | '۔' | '।' | '॥' | '։' | '።') || is_wide_terminator(ch)
}

/// Marks that end a sentence without a space behind them.
fn is_wide_terminator(ch: char) -> bool {
    matches!(ch, '。' | '！' | '？' | '．' | '｡')
}

fn is_quotation_mark(ch: char) -> bool {
    matches!(ch, '"' | '”' | '“' | '’' | '\'' | '»' | '«' | '‹' | '›' | '」' | '』')
}

fn is_closer(ch: char) -> bool {
    matches!(ch, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '」' | '』' | '）')
}

fn is_opener(ch: char) -> bool {
    matches!(ch, '"' | '\'' | '“' | '‘' | '„' | '«' | '‹' | '(' | '[' | '{' | '¿' | '¡' | '–' | '—' | '•' | '「' | '『')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::Rules;

    fn cut<'t>(language: &str, text: &'t str) -> Vec<&'t str> {
        let rules = Rules::embedded().expect("rules");
        split(text, rules.language(language)).iter().map(|&(start, end)| &text[start..end]).collect()
    }

    /// `sentences` joined by one space are cut into just them.
    fn parts(language: &str, sentences: &[&str]) {
        assert_eq!(cut(language, &sentences.join(" ")), sentences);
    }

    #[test]
    fn a_closing_mark_belongs_to_the_sentence_it_closes() {
        parts("en", &["He called it the “tip of the iceberg.”", "She left."]);
        parts("en", &["\"I ordered glass.", "It rained.\"", "\"So what?\"", "(Nobody knew.)", "Then it ended."]);
        parts("it", &["«Non parlo.", "Basta così.»", "Poi è uscito."]);
        parts("it", &["« Bene. »", "« Male. »"]);
    }

    #[test]
    fn initials_titles_and_abbreviations_go_on() {
        parts("en", &["J.D. Vance met Mr. W. Smith and Gov. Ann Roe, Sr. of St. Ives.", "They talked."]);
        parts("en", &["It cost approx. 3.14 million in No. 10 on Nov. 3, i.e. Sunday.", "I said no.", "Then I left."]);
        parts("it", &["L'avv. Rossi, il dott. A. Di Pietro e la dott.ssa Bianchi citano l'art. 416-bis.", "Il gup tace."]);
        parts("it", &["La legge n. 5 del 3 nov. 2024, pag. 7, ecc. vale ancora.", "Lo dice il sig. Neri."]);
    }

    #[test]
    fn an_abbreviation_ends_a_sentence_where_another_plainly_begins() {
        parts(
            "en",
            &["It began at 4:50 p.m.", "The crew of Acme Inc. Europe saw it.", "He left the U.S.", "In May he came back."],
        );
        parts("en", &["He sat.", "May was cold.", "It was 1990.", "She won."]);
    }

    #[test]
    fn decimals_ellipses_and_small_letters_do_not_end_one() {
        parts("en", &["It rose 3.5% to 1.2 points… and then fell ... a little.", "Well… That was it."][..1]);
        parts("en", &["www.example.com was down.", "Yes!", "“Really?” he asked.", "“Never!” Roe wrote."][..3]);
        parts("en", &["Why?", "1. First things first.", "🙂 Fine."]);
    }

    #[test]
    fn other_scripts_are_cut_at_their_own_marks() {
        assert_eq!(cut("ja", "これは一。これは二。"), ["これは一。", "これは二。"]);
        assert_eq!(cut("ar", "كيف؟ نعم."), ["كيف؟", "نعم."]);
    }

    proptest! {
        #[test]
        fn every_visible_character_is_in_one_sentence(text in "[a-zA-Z .!?…\"“”'’»()0-9\n\u{a0}é🙂。-]{0,200}|\\PC{0,80}") {
            let ranges = split(&text, None);
            let mut last = 0;
            for &(start, end) in &ranges {
                prop_assert!(text[last..start].chars().all(char::is_whitespace));
                prop_assert!(start < end && !text[start..end].trim().is_empty());
                last = end;
            }
            prop_assert!(text[last..].chars().all(char::is_whitespace));
        }
    }

    #[test]
    fn one_line_of_ten_megabytes_is_cut_in_one_pass() {
        for unit in ["He said so. ", "a.b.", "...\"\"\"", "word ", "“A.” ", ". . "] {
            assert!(!split(&unit.repeat(500_000 / unit.len()), None).is_empty(), "{unit:?}");
        }
        let text = "He said so. a.b. ...\"\"\" word “A.” . . ".repeat(10_000_000 / 36);
        let began = std::time::Instant::now();
        assert!(split(&text, None).len() > 200_000);
        // Quadratic work on ten million bytes would take hours.
        assert!(began.elapsed().as_secs() < 60);
    }
}
