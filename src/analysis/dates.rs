//! Dates named in a text, resolved against the source's own date by fixed rules; what can't be told stays open.
//!
//! A weekday is the last one on or before the source's date, or the next one where the sentence speaks of the future.
//! A month or day without a year is the last one not after the source's date, or the next one likewise. In an updated text it can't be told which words are new:
//! what is another day from the publication than from the update stays open. Knows names of months and weekdays as data.

use std::cmp::Ordering;
use std::collections::HashMap;

use jiff::civil::{Date, Weekday};

use super::class::Class;
use super::line::Line;
use crate::locale::DateForms;
use crate::token::{TokenKind, fold};

/// Days within which a day without a year may as well be one to come.
const NEAR_DAYS: i32 = 31;

/// A date as words of a block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FoundDate {
    pub start: usize,
    pub end: usize,
    /// EDTF level 0.
    pub value: Option<String>,
    pub rule: &'static str,
}

/// The names of one language.
#[derive(Debug, Default)]
pub(crate) struct Calendar {
    months: HashMap<String, i8>,
    weekdays: HashMap<String, i8>,
    /// The source's own date.
    today: Option<Date>,
    /// The same from the day of the last update, where that is another.
    updated: Option<Box<Calendar>>,
}

impl Calendar {
    pub(crate) fn new(forms: &DateForms, today: Option<Date>) -> Self {
        let names = |lists: &[Vec<String>]| {
            let numbered = lists.iter().zip(1i8..);
            numbered.flat_map(|(list, number)| list.iter().map(move |name| (fold(name), number))).collect()
        };
        Self { months: names(&forms.months), weekdays: names(&forms.weekdays), today, updated: None }
    }

    /// The same for a text that was also changed on another day.
    pub(crate) fn updated(mut self, forms: &DateForms, day: Option<Date>) -> Self {
        let other = day.filter(|_| day != self.today && self.today.is_some());
        self.updated = other.map(|day| Box::new(Self::new(forms, Some(day))));
        self
    }

    /// All dates of the sentence `lo..hi`.
    pub(crate) fn find(&self, line: &Line<'_>, lo: usize, hi: usize) -> Vec<FoundDate> {
        let mut out = Vec::new();
        let mut at = lo;
        while at < hi {
            match self.read(line, at, lo, hi) {
                Some(mut found) => {
                    let from_update = self.updated.as_ref().and_then(|updated| updated.read(line, at, lo, hi));
                    if from_update.is_some_and(|other| other.value != found.value) {
                        (found.value, found.rule) = (None, "date.day_of_writing_open");
                    }
                    at = found.end.max(at + 1);
                    out.push(found);
                }
                None => at += 1,
            }
        }
        out
    }

    fn read(&self, line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<FoundDate> {
        self.iso(line, at, hi)
            .or_else(|| self.day_month(line, at, lo, hi))
            .or_else(|| self.month_day(line, at, lo, hi))
            .or_else(|| self.month(line, at, lo, hi))
            .or_else(|| self.weekday(line, at, lo, hi))
            .or_else(|| self.relative(line, at, lo))
            .or_else(|| self.period(line, at))
            .or_else(|| year_alone(line, at, lo))
    }

    fn month_at(&self, line: &Line<'_>, at: usize, hi: usize) -> Option<(i8, usize)> {
        let number = *self.months.get(&line.word(at).folded).filter(|_| at < hi)?;
        let short = line.word(at).folded.chars().count() <= 4;
        let dotted = short && line.word(at + 1).is_mark(".") && line.word(at + 1).start == line.word(at).end && at + 2 < hi;
        Some((number, at + 1 + usize::from(dotted)))
    }

    /// "2024-11-03".
    fn iso(&self, line: &Line<'_>, at: usize, hi: usize) -> Option<FoundDate> {
        let word = line.word(at);
        if at >= hi || word.kind != TokenKind::Number || word.folded.len() != 10 {
            return None;
        }
        let date: Date = word.folded.parse().ok()?;
        Some(FoundDate { start: at, end: at + 1, value: Some(date.to_string()), rule: "date.iso" })
    }

    /// "3 November 2024", "3 novembre".
    fn day_month(&self, line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<FoundDate> {
        let day = day_of(line, at)?;
        let mut next = at + 1;
        if line.word(next).is(Class::OF) {
            next += 1;
        }
        let (month, end) = self.month_at(line, next, hi)?;
        Some(self.dated(line, (at, end), (lo, hi), month, day))
    }

    /// "Nov. 3, 2024", "November 3".
    fn month_day(&self, line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<FoundDate> {
        let (month, next) = self.month_at(line, at, hi)?;
        let day = day_of(line, next).filter(|_| next < hi)?;
        Some(self.dated(line, (at, next + 1), (lo, hi), month, day))
    }

    fn dated(&self, line: &Line<'_>, (start, end): (usize, usize), (lo, hi): (usize, usize), month: i8, day: i8) -> FoundDate {
        let comma = usize::from(line.word(end).is_mark(",") && end + 1 < hi);
        if let Some(year) = year_of(line, end + comma).filter(|_| end + comma < hi) {
            let date = Date::new(year, month, day).ok().map(|date| date.to_string());
            return FoundDate { start, end: end + comma + 1, value: date, rule: "date.full" };
        }
        let future = speaks_of_future(line, start, end, lo, hi);
        let value = self.today.and_then(|today| {
            let of = |year: i16| Date::new(year, month, day).ok();
            let this = of(today.year());
            let last = this.filter(|&date| date <= today).or_else(|| of(today.year() - 1));
            let next = this.filter(|&date| date >= today).or_else(|| of(today.year() + 1));
            // A day that comes within weeks and was last almost a year ago may be either.
            let open = next.is_some_and(|next| (next - today).get_days() <= NEAR_DAYS);
            let date = if future || last == next { next } else { last.filter(|_| !open) };
            Some(date?.to_string())
        });
        FoundDate { start, end, value, rule: if future { "date.day_to_come" } else { "date.day_of_source_year" } }
    }

    /// "in May", "November 2024".
    fn month(&self, line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<FoundDate> {
        let (month, next) = self.month_at(line, at, hi)?;
        if let Some(year) = year_of(line, next).filter(|_| next < hi) {
            return Some(FoundDate {
                start: at,
                end: next + 1,
                value: Some(format!("{year:04}-{month:02}")),
                rule: "date.month",
            });
        }
        if !line.before(at, lo).is(Class::PREP) || line.word(at).is(Class::MODAL) && !line.word(at).capital {
            return None;
        }
        let future = speaks_of_future(line, at, next, lo, hi);
        let value = self.today.map(|today| {
            let year = match (future, month.cmp(&today.month())) {
                (true, Ordering::Less) => today.year() + 1,
                (false, Ordering::Greater) => today.year() - 1,
                _ => today.year(),
            };
            format!("{year:04}-{month:02}")
        });
        Some(FoundDate { start: at, end: next, value, rule: "date.month_of_source_year" })
    }

    /// "on Thursday", "last Friday", "martedì scorso".
    fn weekday(&self, line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<FoundDate> {
        let number = *self.weekdays.get(&line.word(at).folded)?;
        let future = speaks_of_future(line, at, at + 1, lo, hi);
        let value = self.today.and_then(|today| {
            let weekday = Weekday::from_monday_one_offset(number).ok()?;
            let same = today.weekday() == weekday;
            let date = match (same, future) {
                (true, _) => today,
                (false, true) => today.nth_weekday(1, weekday).ok()?,
                (false, false) => today.nth_weekday(-1, weekday).ok()?,
            };
            Some(date.to_string())
        });
        Some(FoundDate { start: at, end: at + 1, value, rule: if future { "date.next_weekday" } else { "date.last_weekday" } })
    }

    /// "yesterday", "oggi".
    fn relative(&self, line: &Line<'_>, at: usize, _lo: usize) -> Option<FoundDate> {
        let days = [("date.today", 0), ("date.yesterday", -1), ("date.tomorrow", 1)];
        let (hit, days) = days.iter().find_map(|(id, days)| Some((line.hit(at, |entry| entry.id == *id)?, *days)))?;
        let value =
            self.today.and_then(|today| today.checked_add(jiff::Span::new().days(days)).ok()).map(|date| date.to_string());
        Some(FoundDate { start: at, end: at + hit.len, value, rule: "date.relative_day" })
    }

    /// "last year", "next month", "l'anno scorso".
    fn period(&self, line: &Line<'_>, at: usize) -> Option<FoundDate> {
        let has = |at: usize, id: &str| line.hit(at, |entry| entry.id == id).is_some();
        let shift = |at: usize| {
            [("date.last", -1), ("date.next", 1), ("date.this", 0)].iter().find(|(id, _)| has(at, id)).map(|(_, by)| *by)
        };
        let unit = |at: usize| if has(at, "date.year") { Some(true) } else { has(at, "date.month").then_some(false) };
        let (by, year) = match (shift(at), unit(at + 1), unit(at), shift(at + 1)) {
            (Some(by), Some(year), _, _) | (_, _, Some(year), Some(by)) => (by, year),
            _ => return None,
        };
        let value = self.today.and_then(|today| {
            if year {
                return Some(format!("{:04}", i32::from(today.year()) + by));
            }
            let moved = today.first_of_month().checked_add(jiff::Span::new().months(by)).ok()?;
            Some(format!("{:04}-{:02}", moved.year(), moved.month()))
        });
        Some(FoundDate { start: at, end: at + 2, value, rule: "date.relative_period" })
    }
}

/// Whether the date at `start..end` is called the next one, or its sentence `lo..hi` speaks of the future.
fn speaks_of_future(line: &Line<'_>, start: usize, end: usize, lo: usize, hi: usize) -> bool {
    let has = |at: usize, id: &str| line.hit(at, |entry| entry.id == id).is_some();
    has(start.wrapping_sub(1), "date.next")
        || has(end, "date.next")
        || (lo..hi).any(|at| has(at, "date.future") || line.hits(at).iter().any(|hit| hit.has_tag("future")))
}

/// "in 2024", "nel 2024": a year behind a preposition.
fn year_alone(line: &Line<'_>, at: usize, lo: usize) -> Option<FoundDate> {
    let year = year_of(line, at)?;
    if !line.before(at, lo).is(Class::PREP.and(Class::SUB)) || line.word(at + 1).is(Class::NOUN) {
        return None;
    }
    Some(FoundDate { start: at, end: at + 1, value: Some(format!("{year:04}")), rule: "date.year" })
}

fn day_of(line: &Line<'_>, at: usize) -> Option<i8> {
    let word = line.word(at);
    if word.kind != TokenKind::Number {
        return None;
    }
    let digits: String = word.folded.chars().take_while(char::is_ascii_digit).collect();
    let day: i8 = digits.parse().ok()?;
    let tail = word.folded.chars().count() - digits.len();
    ((1..=31).contains(&day) && tail <= 2 && !word.folded.contains([',', '.', ':'])).then_some(day)
}

fn year_of(line: &Line<'_>, at: usize) -> Option<i16> {
    let word = line.word(at);
    let four = word.kind == TokenKind::Number && word.folded.len() == 4;
    let year: i16 = if four { word.folded.parse().ok()? } else { return None };
    (1000..=2199).contains(&year).then_some(year)
}
