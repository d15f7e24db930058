//! Who may read which edition: visibility, embargoes, dates, stops. Knows no text and no question.

use jiff::civil::Date;

use super::{Edition, Knowledge, Visibility};
use crate::span::EditionId;

/// Who looks at the knowledge, and as of when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Viewer {
    /// Only this source.
    pub source: Option<String>,
    /// Only editions valid at this date.
    pub as_of: Option<Date>,
    /// Today, from the caller's clock: an embargo ends on it; without it no embargo ever ends.
    pub today: Option<Date>,
    /// Whether the viewer has newsroom rights.
    pub newsroom: bool,
    /// Only these sources (ids), where somebody has chosen some.
    pub only: Option<Vec<String>>,
    /// Sources (ids) that must not be quoted in this place.
    pub without: Vec<String>,
}

/// What of an edition decides who may read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// Whether only newsrooms may know of it.
    pub newsroom: bool,
    /// When its embargo ends.
    pub not_before: Option<Date>,
    /// From when it is valid.
    pub valid_from: Option<Date>,
    /// Whether it must not be quoted at all.
    pub stopped: bool,
}

/// What one source is to a viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// It does not exist.
    Nothing,
    /// It is there, but must not be read; told only to viewers with newsroom rights.
    Withheld,
    /// It is there, but had no edition at the as-of date.
    NotYet,
    /// This one of its editions (index) is read.
    Edition(usize),
}

impl Viewer {
    /// Which of a source's editions, oldest first, this viewer reads: the newest one that is open and valid.
    #[must_use]
    pub fn shown(&self, source: &str, editions: &[Access]) -> Shown {
        let chosen = self.only.as_ref().is_none_or(|only| only.iter().any(|id| id == source));
        if !chosen || self.source.as_ref().is_some_and(|wanted| wanted != source) {
            return Shown::Nothing;
        }
        // The latest edition's data decide who may know of the source.
        let Some(head) = editions.last() else { return Shown::Nothing };
        if head.newsroom && !self.newsroom {
            return Shown::Nothing;
        }
        let embargoed = |edition: &Access| edition.not_before.is_some_and(|end| self.today.is_none_or(|today| today < end));
        let open = || editions.iter().enumerate().filter(|(_, edition)| !embargoed(edition) && !edition.stopped);
        if open().next().is_none() || self.without.iter().any(|id| id == source) {
            return if self.newsroom { Shown::Withheld } else { Shown::Nothing };
        }
        let valid = |edition: &Access| match self.as_of {
            None => true,
            Some(day) => edition.valid_from.is_some_and(|from| from <= day),
        };
        open().rfind(|(_, edition)| valid(edition)).map_or(Shown::NotYet, |(at, _)| Shown::Edition(at))
    }
}

/// What a viewer may read: the newest valid edition of each source that is there for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// One edition for each visible source, in source order.
    pub editions: Vec<EditionId>,
    /// Sources (indices) under embargo or suppressed, told only to viewers with newsroom rights; empty for others.
    pub withheld: Vec<usize>,
    /// Whether sources were visible but none had an edition valid at the as-of date.
    pub not_yet: bool,
}

impl View {
    /// Whether the edition may be read.
    #[must_use]
    pub fn holds(&self, edition: EditionId) -> bool {
        self.editions.contains(&edition)
    }
}

impl Edition {
    /// What decides who may read it, a stop apart.
    #[must_use]
    pub fn access(&self) -> Access {
        Access {
            newsroom: self.metadata.visibility == Visibility::Newsroom,
            not_before: self.metadata.not_before.as_ref().map(super::Moment::date),
            valid_from: self.valid_from().map(super::Moment::date),
            stopped: false,
        }
    }
}

impl Knowledge {
    /// What `viewer` may read.
    #[must_use]
    pub fn view(&self, viewer: &Viewer) -> View {
        let mut view = View::default();
        let mut not_yet = false;
        for (number, source) in self.sources.iter().enumerate() {
            let editions = source.editions.iter().filter_map(|&id| self.edition(id));
            let access = editions.map(|edition| Access { stopped: self.is_stopped(edition), ..edition.access() });
            match viewer.shown(&source.id, &access.collect::<Vec<_>>()) {
                Shown::Nothing => {}
                Shown::Withheld => view.withheld.push(number),
                Shown::NotYet => not_yet = true,
                Shown::Edition(at) => view.editions.extend(source.editions.get(at)),
            }
        }
        view.not_yet = not_yet && view.editions.is_empty();
        view
    }
}
