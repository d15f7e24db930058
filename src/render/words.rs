//! The frame's words in the reader's language, with English where a language lacks one. Knows no answer.

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime;

use crate::document::Moment;
use crate::locale::DateForms;
use crate::rules::Rules;

/// The language that has every message.
const FALLBACK: &str = "en";

/// The words for one reader.
#[derive(Debug, Clone, Copy)]
pub struct Words<'r> {
    rules: &'r Rules,
    tag: &'r str,
}

impl<'r> Words<'r> {
    /// The words for a reader of the language `tag`.
    #[must_use]
    pub fn of(rules: &'r Rules, tag: &'r str) -> Self {
        Self { rules, tag }
    }

    /// The reader's language.
    #[must_use]
    pub fn tag(&self) -> &'r str {
        self.tag
    }

    /// The message `key`, filled in; a place `n` of "1" chooses the singular.
    #[must_use]
    pub fn text(&self, key: &str, places: &[(&str, &str)]) -> String {
        let own = self.rules.language(self.tag).map(|language| &language.wording).filter(|wording| wording.has(key));
        let wording = own.or_else(|| self.rules.language(FALLBACK).map(|language| &language.wording));
        wording.map_or_else(|| key.to_owned(), |wording| wording.text(key, places))
    }

    /// The message `key` counted by `n`.
    #[must_use]
    pub fn counted(&self, key: &str, n: usize) -> String {
        self.text(key, &[("n", &n.to_string())])
    }

    /// The message `key`, where there is one.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<String> {
        let text = self.text(key, &[]);
        (text != key).then_some(text)
    }

    /// What the language `tag` is called.
    #[must_use]
    pub fn language(&self, tag: &str) -> String {
        let base = tag.split(['-', '_']).next().unwrap_or(tag).to_lowercase();
        self.find(&format!("language.{base}")).unwrap_or_else(|| tag.to_owned())
    }

    /// A date that is only data, in the reader's form; the offset is added where it is given, and never invented.
    #[must_use]
    pub fn moment(&self, moment: &Moment) -> String {
        let shown = self.form(moment.local(), moment.has_time()).unwrap_or_else(|| moment.as_str().to_owned());
        match offset(moment) {
            Some(offset) => format!("{shown} ({offset})"),
            None => shown,
        }
    }

    /// A resolved date (EDTF, level 0): a day in the reader's form, a month by its name, a year as it is.
    #[must_use]
    pub fn day(&self, resolved: &str) -> String {
        let day = resolved.parse::<Date>().ok().and_then(|day| self.form(day.into(), false));
        day.or_else(|| self.month(resolved)).unwrap_or_else(|| resolved.to_owned())
    }

    /// "2024-11" as "November 2024".
    fn month(&self, resolved: &str) -> Option<String> {
        let (year, month) = resolved.split_once('-')?;
        let rules = self.rules.language(self.tag).or_else(|| self.rules.language(FALLBACK))?;
        let at = month.parse::<usize>().ok()?.checked_sub(1)?;
        Some(format!("{} {year}", rules.locale.dates.months.get(at)?.first()?))
    }

    fn form(&self, local: DateTime, has_time: bool) -> Option<String> {
        let rules = self.rules.language(self.tag).or_else(|| self.rules.language(FALLBACK))?;
        in_form(&rules.locale.dates, local, has_time)
    }
}

fn in_form(forms: &DateForms, local: DateTime, has_time: bool) -> Option<String> {
    let shape = if has_time { &forms.date_time } else { &forms.date };
    // Names of months and days are the locale's; the formatter knows only English ones.
    let month = usize::try_from(local.month() - 1).ok().and_then(|at| forms.months.get(at))?;
    let weekday = usize::try_from(local.weekday().to_monday_zero_offset()).ok().and_then(|at| forms.weekdays.get(at));
    let mut shape = shape.replace("%B", month.first()?).replace("%b", month.last()?);
    if let Some(names) = weekday {
        shape = shape.replace("%A", names.first()?).replace("%a", names.last()?);
    }
    if shape.is_empty() { None } else { strtime::format(&shape, local).ok() }
}

/// The offset as written: "UTC", "UTC+01:00".
fn offset(moment: &Moment) -> Option<String> {
    if !moment.has_offset() {
        return None;
    }
    let (_, time) = moment.as_str().split_once(['T', 't', ' '])?;
    let at = time.find(['Z', 'z', '+', '-'])?;
    let written = time.get(at..)?;
    Some(if written.eq_ignore_ascii_case("z") { "UTC".to_owned() } else { format!("UTC{written}") })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_are_only_data_take_the_readers_form_and_no_invented_zone() {
        let rules = Rules::embedded().unwrap();
        let moment = |text: &str| Moment::parse(text).unwrap();
        let (english, italian) = (Words::of(&rules, "en"), Words::of(&rules, "it"));
        assert_eq!(english.moment(&moment("2025-07-08T20:05")), "July 8, 2025, 8:05 PM");
        assert_eq!(italian.moment(&moment("2025-07-08T20:05")), "8 luglio 2025, 20:05");
        assert_eq!(english.moment(&moment("2025-07-08T08:05:00+02:00")), "July 8, 2025, 8:05 AM (UTC+02:00)");
        assert_eq!(italian.moment(&moment("2025-07-08")), "8 luglio 2025");
        assert_eq!(
            (english.day("2024-11-03").as_str(), english.day("2024-11").as_str()),
            ("November 3, 2024", "November 2024")
        );
    }

    #[test]
    fn a_language_without_words_is_shown_in_english() {
        let rules = Rules::embedded().unwrap();
        let words = Words::of(&rules, "xx");
        assert_eq!(words.counted("card.passages", 2), "2 passages");
        assert_eq!(words.language("it-CH"), "Italian");
        assert_eq!(words.language("tlh"), "tlh");
        assert_eq!(words.text("none.such", &[]), "none.such");
    }
}
