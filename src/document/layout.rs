//! Tells what each line or paragraph of an article is, by rules that fit articles at large. Knows words only by their data.

use super::block::{Block, BlockKind};
use super::dateline::{self, DateLines};
use super::line::{self, Word};
use super::metadata::Metadata;
use super::unit::{self, Unit};
use crate::locale::Locale;
use crate::span::{EditionId, Span};

/// A line longer than this (bytes) is running text, whatever it says.
const LONGEST_SHORT_LINE: usize = 600;
/// A title of fewer words is not looked for at the beginning of a longer line.
const SHORTEST_SPLIT_TITLE: usize = 4;
const LONGEST_HEADING_CHARS: usize = 80;
const LONGEST_HEADING_WORDS: usize = 12;
/// Of a heading that a mark shows to be one.
const LONGEST_MARKED_WORDS: usize = 2 * LONGEST_HEADING_WORDS;
const LONGEST_BYLINE_WORDS: usize = 14;
const LONGEST_CAPTION_CHARS: usize = 400;
const LONGEST_CREDIT_CHARS: usize = 90;
const LONGEST_KICKER_CHARS: usize = 60;
/// Words of a line beyond the longest phrase that are looked at: those of the longest heading or date, and one to show that there are
/// more.
const WORDS_BEYOND: usize = if LONGEST_MARKED_WORDS > dateline::LONGEST { LONGEST_MARKED_WORDS } else { dateline::LONGEST } + 1;

/// Words by which a line of one language shows what it is.
#[derive(Debug, Default)]
pub(super) struct Layout {
    navigation: Vec<Vec<String>>,
    byline: Vec<Vec<String>>,
    credits: Vec<Vec<String>>,
    pictures: Vec<Vec<String>>,
    agencies: Vec<Vec<String>>,
    correction: Vec<Vec<String>>,
    corrected: Vec<Vec<String>>,
    dates: DateLines,
    /// Words of the longest phrase.
    longest: usize,
}

/// The words of each phrase, folded.
pub(super) fn phrases(forms: &[String]) -> Vec<Vec<String>> {
    forms.iter().map(|form| line::words(form).into_iter().map(|word| word.folded).collect()).collect()
}

/// What the article's own data say of its lines.
struct Known {
    title: Vec<String>,
    byline: Vec<String>,
    publisher: Vec<String>,
}

/// Where the running text begins and ends, as indices of units.
struct Zones {
    first_prose: usize,
    last_prose: usize,
    title: Option<usize>,
    has_gaps: bool,
}

impl Layout {
    pub(super) fn new(locale: Option<&Locale>) -> Self {
        let Some(locale) = locale else { return Self::default() };
        let forms = &locale.layout;
        let mut layout = Self {
            navigation: phrases(&forms.navigation),
            byline: phrases(&forms.byline),
            credits: phrases(&forms.credits),
            pictures: phrases(&forms.pictures),
            agencies: phrases(&forms.agencies),
            correction: phrases(&forms.correction),
            corrected: phrases(&forms.corrected),
            dates: DateLines::new(locale),
            longest: 0,
        };
        let Self { navigation, byline, credits, pictures, agencies, correction, corrected, dates, .. } = &layout;
        let all = [navigation, byline, credits, pictures, agencies, correction, corrected].into_iter().flatten();
        layout.longest = all.map(Vec::len).max().unwrap_or(0).max(dates.longest());
        layout
    }

    /// The words that can tell what a line is.
    fn words_of(&self, content: &str, known: &Known) -> Vec<Word> {
        let of_data = known.title.len().max(known.byline.len()).max(known.publisher.len());
        line::first_words(content, self.longest.max(of_data) + WORDS_BEYOND)
    }

    /// The blocks of `text`: disjoint, in order, and together all that is visible in it.
    pub(super) fn blocks(&self, id: EditionId, text: &str, metadata: &Metadata) -> Vec<Block> {
        let own = |name: &str| line::words(name).into_iter().map(|word| word.folded).collect::<Vec<_>>();
        let known = Known {
            title: own(&metadata.title),
            byline: own(metadata.byline.as_deref().unwrap_or_default()),
            publisher: own(metadata.publisher.as_deref().unwrap_or_default()),
        };
        let mut units = self.mark(text, &known);
        unit::join_wrapped(text, &mut units);
        let zones = Zones::of(text, &units);
        for at in 0..units.len() {
            let verdict = self.judge(text, &units, at, &zones, &known);
            if let Some(unit) = units.get_mut(at)
                && unit.verdict.is_none()
            {
                unit.verdict = verdict;
            }
        }
        with_sections(id, &units)
    }

    /// Cuts `text` into lines and marks those that are told by their words alone, wherever they stand.
    fn mark(&self, text: &str, known: &Known) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        let mut title_seen = false;
        for line in line::lines(text) {
            let mut unit = Unit::of(line);
            let content = unit.text(text);
            if content.len() > LONGEST_SHORT_LINE.max(8 * known.title.iter().map(String::len).sum::<usize>()) {
                units.push(unit);
                continue;
            }
            let words = self.words_of(content, known);
            if self.navigation.iter().any(|phrase| line::are(&words, phrase)) {
                unit.verdict = Some((BlockKind::Boilerplate, "block.navigation"));
            } else if line::are(&words, &known.title) {
                unit.verdict = Some(title_verdict(title_seen));
                title_seen = true;
            } else if title_seen && let Some(rest) = after_title(content, &words, &known.title) {
                let mut caption = unit;
                caption.start = unit.start + rest;
                caption.gap_before = false;
                unit.end = unit.start + content.get(..rest).unwrap_or_default().trim_end_matches(line::is_blank).len();
                unit.verdict = Some(title_verdict(true));
                units.push(unit);
                unit = caption;
            } else if self.dates.introduces_date(content, &words) {
                unit.verdict = Some((BlockKind::Dateline, "block.date_introduced"));
            } else {
                unit.stands_alone = self.dates.is_date(content, &words) || self.is_byline(content, &words);
            }
            units.push(unit);
        }
        if !title_seen {
            unit::join_title(text, &mut units, &known.title);
        }
        units
    }

    fn is_byline(&self, content: &str, words: &[Word]) -> bool {
        let begins = self.byline.iter().any(|phrase| line::begins_with(words, phrase) && words.len() > phrase.len());
        begins && words.len() <= LONGEST_BYLINE_WORDS && !content.ends_with(['.', '!', '?', ':', ',', '…'])
    }

    fn judge(&self, text: &str, units: &[Unit], at: usize, zones: &Zones, known: &Known) -> Option<(BlockKind, &'static str)> {
        let unit = units.get(at)?;
        let content = unit.text(text);
        if unit.verdict.is_some() || content.len() > LONGEST_SHORT_LINE * 2 {
            return None;
        }
        let words = self.words_of(content, known);
        if self.is_correction(content, &words) {
            return Some((BlockKind::Correction, "block.correction"));
        }
        if let Some(rule) = self.caption(text, units, at, content, &words) {
            return Some((BlockKind::Caption, rule));
        }
        let in_head = at < zones.first_prose;
        if in_head || at > zones.last_prose {
            if self.is_byline(content, &words) || line::are(&words, &known.byline) {
                return Some((BlockKind::Byline, "block.byline"));
            }
            if self.dates.is_date(content, &words) {
                return Some((BlockKind::Dateline, "block.date"));
            }
            if at > zones.last_prose && self.credits.iter().any(|phrase| line::begins_with(&words, phrase)) {
                return Some((BlockKind::Byline, "block.credits"));
            }
        }
        if in_head && let Some(verdict) = self.head_line(units, at, content, &words, zones, known) {
            return Some(verdict);
        }
        heading(text, units, at, content, &words, zones).map(|rule| (BlockKind::Heading, rule))
    }

    /// The publisher's name or a rubric above the title; the first line where the known title stands nowhere.
    fn head_line(
        &self,
        units: &[Unit],
        at: usize,
        content: &str,
        words: &[Word],
        zones: &Zones,
        known: &Known,
    ) -> Option<(BlockKind, &'static str)> {
        let open = !content.ends_with(['.', ':', ',', ';']);
        match zones.title {
            Some(title) if at < title => {
                let short = content.chars().count() <= LONGEST_KICKER_CHARS && open;
                (short || line::are(words, &known.publisher)).then_some((BlockKind::Boilerplate, "block.above_title"))
            }
            None => {
                let first =
                    units.iter().take(at).all(|unit| unit.verdict.is_some_and(|(kind, _)| kind == BlockKind::Boilerplate));
                let title = first && open && !known.title.is_empty() && zones.first_prose < units.len();
                title.then_some((BlockKind::Title, "block.first_line"))
            }
            Some(_) => None,
        }
    }

    fn is_correction(&self, content: &str, words: &[Word]) -> bool {
        let introduced = self.correction.iter().any(|phrase| {
            let end = phrase.len().checked_sub(1).and_then(|last| words.get(last)).map_or(0, |word| word.end);
            let marked = content.get(end..).is_some_and(|rest| rest.trim_start().starts_with([':', '.', '–', '—']));
            line::begins_with(words, phrase) && (marked || words.len() == phrase.len())
        });
        let start = words.get(..words.len().min(8)).unwrap_or_default();
        introduced
            || (0..start.len()).any(|at| {
                let rest = words.get(at..).unwrap_or_default();
                self.corrected.iter().any(|phrase| line::begins_with(rest, phrase))
            })
    }

    fn caption(&self, text: &str, units: &[Unit], at: usize, content: &str, words: &[Word]) -> Option<&'static str> {
        if content.chars().count() > LONGEST_CAPTION_CHARS {
            return None;
        }
        let under_title = at.checked_sub(1).and_then(|before| units.get(before)).is_some_and(|before| {
            before.verdict == Some(title_verdict(true)) && units.get(at).is_some_and(|unit| !unit.gap_before)
        });
        if under_title {
            return Some("block.caption_under_title");
        }
        let labelled = self.pictures.iter().any(|phrase| {
            let end = phrase.len().checked_sub(1).and_then(|last| words.get(last)).map_or(0, |word| word.end);
            let rest = content.get(end..).unwrap_or_default().trim_start();
            line::begins_with(words, phrase) && rest.starts_with([':', '|', '/', '©'])
        });
        if labelled || content.starts_with('©') {
            return Some("block.caption_label");
        }
        let inner = content.strip_suffix(')')?;
        let credit = inner.get(inner.rfind('(')? + 1..)?;
        let is_last_line = unit::ends_paragraph(text, units, at);
        (is_last_line && self.credits_picture(credit)).then_some("block.caption_credit")
    }

    /// "ANSA Photo", "Carrow University / A. Frey", "Jens Müller via Getty Images".
    fn credits_picture(&self, credit: &str) -> bool {
        if credit.chars().count() > LONGEST_CREDIT_CHARS {
            return false;
        }
        let words = line::words(credit);
        let named = (0..words.len()).any(|at| {
            let rest = words.get(at..).unwrap_or_default();
            self.pictures.iter().any(|phrase| line::begins_with(rest, phrase))
        });
        let agency = self.agencies.iter().any(|phrase| {
            let tail = words.get(words.len().saturating_sub(phrase.len())..).unwrap_or_default();
            line::are(tail, phrase)
        });
        let digits = credit.bytes().any(|byte| byte.is_ascii_digit());
        named || agency || (credit.contains(['/', '©']) && !digits && credit.starts_with(char::is_uppercase))
    }
}

fn title_verdict(repeated: bool) -> (BlockKind, &'static str) {
    if repeated { (BlockKind::Boilerplate, "block.repeated_title") } else { (BlockKind::Title, "block.title") }
}

/// Where the rest begins in a line that repeats the title and goes on with something of its own.
fn after_title(content: &str, words: &[Word], title: &[String]) -> Option<usize> {
    if title.len() < SHORTEST_SPLIT_TITLE || !line::begins_with(words, title) {
        return None;
    }
    let end = words.get(title.len() - 1)?.end;
    let rest = content.get(end..)?;
    let start = rest.find(|ch: char| ch.is_alphanumeric() || matches!(ch, '(' | '[' | '“' | '«' | '‘'))?;
    let gap = rest.get(..start)?.contains(char::is_whitespace);
    let upper = rest.get(start..)?.starts_with(|ch: char| !ch.is_lowercase());
    (gap && upper).then_some(end + start)
}

/// The rule by which a line between paragraphs is a heading.
fn heading(text: &str, units: &[Unit], at: usize, content: &str, words: &[Word], zones: &Zones) -> Option<&'static str> {
    let unit = units.get(at)?;
    let next = units.get(at + 1)?;
    if content.starts_with('#') && content.trim_start_matches('#').starts_with(' ') && words.len() <= LONGEST_MARKED_WORDS {
        return Some("block.heading_marked");
    }
    let short = content.chars().count() <= LONGEST_HEADING_CHARS && (1..=LONGEST_HEADING_WORDS).contains(&words.len());
    let bare = content.trim_end_matches(['"', '\'', '”', '’', '»']);
    let open = !bare.ends_with(['.', '!', '…', ':', ';', ',', '-', '–', '—', ')']);
    let begins =
        content.starts_with(|ch: char| ch.is_uppercase() || ch.is_numeric() || matches!(ch, '"' | '\'' | '“' | '‘' | '«'));
    let introduced = at
        .checked_sub(1)
        .and_then(|before| units.get(before))
        .is_some_and(|before| before.verdict.is_none() && before.text(text).ends_with([':', ',']));
    let above_prose = units.iter().skip(at + 1).find(|unit| !unit.is_picture()).is_some_and(|unit| unit.is_prose(text));
    if !short || !open || !begins || introduced || !above_prose {
        return None;
    }
    let letters = content.chars().filter(|ch| ch.is_alphabetic());
    if letters.clone().count() >= 3 && letters.clone().all(|ch| !ch.is_lowercase()) && content.chars().any(char::is_uppercase) {
        return Some("block.heading_capitals");
    }
    let between = at > zones.first_prose;
    let parted = (unit.gap_before && next.gap_before) || !zones.has_gaps;
    (between && parted).then_some("block.heading")
}

impl Zones {
    fn of(text: &str, units: &[Unit]) -> Self {
        let prose = |unit: &Unit| unit.verdict.is_none() && unit.is_prose(text);
        let title = units.iter().position(|unit| unit.verdict.is_some_and(|(kind, _)| kind == BlockKind::Title));
        let after_title = title.map_or(0, |at| at + 1);
        let first = units.iter().skip(after_title).position(prose).map(|at| at + after_title);
        Self {
            first_prose: first.unwrap_or(units.len()),
            last_prose: units.iter().rposition(prose).unwrap_or(0),
            title,
            has_gaps: units.iter().skip(1).any(|unit| unit.gap_before),
        }
    }
}

/// Blocks with the heading that each stands under.
fn with_sections(id: EditionId, units: &[Unit]) -> Vec<Block> {
    let mut section = None;
    let mut blocks = Vec::with_capacity(units.len());
    for unit in units {
        let span = Span::new(id, unit.start, unit.end);
        let (kind, rule) = unit.verdict.unwrap_or((BlockKind::Paragraph, "block.paragraph"));
        let inside = matches!(kind, BlockKind::Paragraph | BlockKind::Caption);
        blocks.push(Block { kind, span, section: if inside { section } else { None }, rule });
        if kind == BlockKind::Heading {
            section = Some(span);
        }
    }
    blocks
}
