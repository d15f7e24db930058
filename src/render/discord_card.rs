//! Lays a card out within Discord's limits: whole passages or none, and what was left out is counted. Knows no network.

mod of_frame;
mod of_page;

use std::collections::BTreeMap;

use super::discord_markdown::{block_quote, escape};

/// Characters of an embed's description.
pub const DESCRIPTION: usize = 4096;
/// Characters of the footer that this program uses; together with the rest an embed stays under its 6000.
pub const FOOTER: usize = 1200;
/// Room kept for the line that says how many passages were left out, and the like.
const RESERVE: usize = 160;

/// A part of a card, in reading order; nothing is escaped yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A heading in the frame's words.
    Heading(String),
    /// A line in the frame's words.
    Line(String),
    /// A line in small print.
    Small(String),
    /// A passage of a source.
    Passage(Passage),
}

/// A passage with what belongs to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// The source's words, in text order, each with the remark that follows it in the frame's words (may be empty).
    pub quotes: Vec<(String, String)>,
    /// Below them: number, section, speaker, standing; in the frame's words and the source's.
    pub label: String,
    /// Number of its edition; what is quoted of one is counted together.
    pub edition: u32,
}

/// A card to lay out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Its parts.
    pub parts: Vec<Part>,
    /// Lines of the footer: sources and receipt; the last one always stays.
    pub footer: Vec<String>,
    /// At most so many words of one edition on one page.
    pub budget: Option<u32>,
}

/// What the layout needs to say in the reader's language.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations)]
pub struct Remarks<'r> {
    /// "{n} more passages", for a number.
    pub more: &'r dyn Fn(usize) -> String,
    /// "One sentence is too long and stands in the file."
    pub in_file: &'r str,
    /// "This passage is longer than may be quoted here."
    pub over_budget: &'r str,
}

/// A card within the limits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LaidOut {
    /// Markdown, at most [`DESCRIPTION`] characters.
    pub description: String,
    /// Plain text, at most [`FOOTER`] characters.
    pub footer: String,
    /// Passages that were shown, from the first one asked for.
    pub shown: usize,
    /// Passages that come after them.
    pub left: usize,
    /// Passages that are too long for any card, as text files: name and content.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Card {
    /// How many passages it has.
    #[must_use]
    pub fn passages(&self) -> usize {
        self.parts.iter().filter(|part| matches!(part, Part::Passage(_))).count()
    }

    /// Whether all passages together keep the budget.
    #[must_use]
    pub fn keeps_budget(&self) -> bool {
        let mut quoted = Quoted { budget: self.budget, words: BTreeMap::new() };
        self.parts.iter().all(|part| match part {
            Part::Passage(passage) => matches!(quoted.take(passage), Take::Fits),
            Part::Heading(_) | Part::Line(_) | Part::Small(_) => true,
        })
    }

    /// Lays out the card from its passage number `from` on (from 0). A later page has passages only, and the footer.
    #[must_use]
    pub fn lay_out(&self, from: usize, remarks: Remarks<'_>) -> LaidOut {
        let mut out = LaidOut { footer: footer(&self.footer, remarks), ..LaidOut::default() };
        let mut number = 0;
        let mut full = false;
        // What the frame says after the passages must fit in any case, so its room is taken first.
        let frame: usize = if from == 0 { self.parts.iter().map(frame_length).sum() } else { 0 };
        let mut room = DESCRIPTION.saturating_sub(RESERVE).saturating_sub(frame);
        let mut written: Vec<String> = Vec::new();
        let mut quoted = Quoted { budget: self.budget, words: BTreeMap::new() };
        for part in &self.parts {
            match part {
                Part::Heading(words) if from == 0 => written.push(format!("**{}**", escape(words))),
                Part::Line(words) if from == 0 => written.push(escape(words)),
                Part::Small(words) if from == 0 => written.push(format!("-# {}", escape(&one_line(words)))),
                Part::Heading(_) | Part::Line(_) | Part::Small(_) => {}
                Part::Passage(passage) => {
                    number += 1;
                    if number <= from || full {
                        continue;
                    }
                    let wanted = match quoted.take(passage) {
                        Take::Fits => passage.write(room, number, remarks, &mut out.files),
                        Take::NextPage => None,
                        Take::Never => passage.stand_in(remarks.over_budget, room),
                    };
                    match wanted {
                        Some(text) => {
                            room = room.saturating_sub(chars(&text) + 2);
                            written.push(text);
                            out.shown += 1;
                        }
                        None => full = true,
                    }
                }
            }
        }
        out.left = number.saturating_sub(from).saturating_sub(out.shown);
        if out.left > 0 {
            written.push(format!("*{}*", escape(&(remarks.more)(out.left))));
        }
        out.description = written.join("\n\n");
        out
    }
}

impl Passage {
    /// The passage as Markdown; `None` where it does not fit into `room` any more but would fit on a page of its own.
    fn write(&self, room: usize, number: usize, remarks: Remarks<'_>, files: &mut Vec<(String, Vec<u8>)>) -> Option<String> {
        let text = self.markdown();
        if chars(&text) + 2 <= room {
            return Some(text);
        }
        if chars(&text) + 2 <= DESCRIPTION - RESERVE {
            return None;
        }
        // Longer than any card: nothing is cut, the whole stands in a file.
        let stand_in = self.stand_in(remarks.in_file, room)?;
        files.push((format!("passage-{number}.txt"), self.plain().into_bytes()));
        Some(stand_in)
    }

    /// A remark in place of the words.
    fn stand_in(&self, remark: &str, room: usize) -> Option<String> {
        let stand_in = format!("*{}*\n-# {}", escape(remark), escape(&one_line(&self.label)));
        (chars(&stand_in) + 2 <= room).then_some(stand_in)
    }

    /// Words of the source in it.
    fn words(&self) -> u32 {
        let words = self.quotes.iter().map(|(text, _)| text.split_whitespace().count()).sum::<usize>();
        u32::try_from(words).unwrap_or(u32::MAX)
    }

    fn markdown(&self) -> String {
        let mut lines = Vec::new();
        for (text, remark) in &self.quotes {
            lines.push(block_quote(text));
            if !remark.is_empty() {
                lines.push(format!("-# {}", escape(&one_line(remark))));
            }
        }
        if !self.label.is_empty() {
            lines.push(format!("-# {}", escape(&one_line(&self.label))));
        }
        lines.join("\n")
    }

    /// The passage as plain text, for a file.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut lines: Vec<&str> = self.quotes.iter().flat_map(|(text, remark)| [text.as_str(), remark]).collect();
        lines.push(&self.label);
        lines.retain(|line| !line.is_empty());
        format!("{}\n", lines.join("\n\n"))
    }
}

/// What one page has quoted of each edition.
struct Quoted {
    budget: Option<u32>,
    words: BTreeMap<u32, u32>,
}

/// What the budget says of a passage.
enum Take {
    /// It fits.
    Fits,
    /// It fits on a page of its own.
    NextPage,
    /// It fits on none.
    Never,
}

impl Quoted {
    fn take(&mut self, passage: &Passage) -> Take {
        let Some(budget) = self.budget else { return Take::Fits };
        let wanted = passage.words();
        if wanted > budget {
            return Take::Never;
        }
        let words = self.words.entry(passage.edition).or_default();
        if words.saturating_add(wanted) > budget {
            return Take::NextPage;
        }
        *words += wanted;
        Take::Fits
    }
}

fn frame_length(part: &Part) -> usize {
    match part {
        Part::Heading(words) => chars(&escape(words)) + 6,
        Part::Line(words) => chars(&escape(words)) + 2,
        Part::Small(words) => chars(&escape(words)) + 5,
        Part::Passage(_) => 0,
    }
}

/// Whole lines of the footer, from the first; the last one (the receipt) always stands.
fn footer(lines: &[String], remarks: Remarks<'_>) -> String {
    let Some((last, sources)) = lines.split_last() else { return String::new() };
    let last: String = last.chars().take(FOOTER / 2).collect();
    let mut room = FOOTER.saturating_sub(chars(&last) + 60);
    let mut kept: Vec<String> = Vec::new();
    for (index, line) in sources.iter().enumerate() {
        if chars(line) + 1 > room {
            kept.push((remarks.more)(sources.len() - index));
            break;
        }
        room -= chars(line) + 1;
        kept.push(line.clone());
    }
    kept.push(last);
    kept.join("\n")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const REMARKS: Remarks<'_> =
        Remarks { more: &|n| format!("{n} more"), in_file: "in the file", over_budget: "too long to be quoted here" };

    fn passage(text: &str) -> Part {
        Part::Passage(Passage { quotes: vec![(text.into(), String::new())], label: "1 · Section".into(), edition: 0 })
    }

    #[test]
    fn passages_are_quotes_with_a_label_in_small_print() {
        let card = Card {
            parts: vec![
                Part::Heading("Two *passages*".into()),
                passage("He said “yes”.\n# no heading"),
                Part::Line("Not added up.".into()),
            ],
            footer: vec!["Title · By X".into(), "receipt 7K3F".into()],
            budget: None,
        };
        let out = card.lay_out(0, REMARKS);
        assert_eq!(
            out.description,
            "**Two \\*passages\\***\n\n> He said “yes”.\n> \\# no heading\n-# 1 · Section\n\nNot added up."
        );
        assert_eq!(out.footer, "Title · By X\nreceipt 7K3F");
    }

    #[test]
    fn whole_passages_are_left_out_and_come_on_the_next_page() {
        let parts =
            (0..10).map(|n| passage(&format!("{n}{}", "x".repeat(900)))).chain([Part::Line("Closing.".into())]).collect();
        let card = Card { parts, ..Card::default() };
        let first = card.lay_out(0, REMARKS);
        assert_eq!((first.shown, first.left), (4, 6));
        assert!(first.description.ends_with("Closing.\n\n*6 more*"));
        let second = card.lay_out(4, REMARKS);
        assert_eq!((second.shown, second.left), (4, 2));
        assert!(second.description.starts_with("> 4xxx"));
    }

    #[test]
    fn a_sentence_longer_than_any_card_goes_into_a_file_complete() {
        let long = "“".repeat(5000);
        let card = Card { parts: vec![passage("short"), passage(&long)], ..Card::default() };
        let out = card.lay_out(0, REMARKS);
        assert_eq!((out.shown, out.left), (2, 0));
        assert!(String::from_utf8(out.files[0].1.clone()).unwrap().contains(&long));
    }

    #[test]
    fn no_page_quotes_more_words_of_one_source_than_the_budget() {
        let of = |edition: u32, words: usize| {
            let text = vec!["word"; words].join(" ");
            Part::Passage(Passage { quotes: vec![(text, String::new())], label: String::new(), edition })
        };
        let parts = vec![of(0, 30), of(1, 30), of(0, 20), of(0, 60), of(0, 10)];
        let card = Card { parts, budget: Some(50), ..Card::default() };
        let first = card.lay_out(0, REMARKS);
        assert_eq!((first.shown, first.left), (4, 1), "the last ten words come on a page of their own");
        assert!(first.description.contains("too long to be quoted here"));
        assert_eq!(first.description.matches("word").count(), 80);
        let second = card.lay_out(4, REMARKS);
        assert_eq!((second.shown, second.left, second.description.matches("word").count()), (1, 0, 10));
    }

    proptest! {
        #[test]
        fn every_card_is_within_the_limits(texts in prop::collection::vec("\\PC{0,1500}", 0..12), lines in prop::collection::vec("\\PC{0,200}", 0..30)) {
            let card = Card { parts: texts.iter().map(|text| passage(text)).collect(), footer: lines, budget: Some(120) };
            let mut from = 0;
            loop {
                let out = card.lay_out(from, REMARKS);
                prop_assert!(chars(&out.description) <= DESCRIPTION && chars(&out.footer) <= FOOTER);
                prop_assert!(out.shown > 0 || card.passages() == from);
                from += out.shown;
                if out.left == 0 { break; }
            }
            prop_assert_eq!(from, texts.len());
        }
    }
}
