//! A byte range in one edition of one source: the only pointer into text. Knows nothing else.

use serde::{Deserialize, Serialize};

/// Number of an edition in a [`Knowledge`](crate::document::Knowledge); stable for one loaded snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EditionId(pub u32);

/// A half-open byte range `start..end` of an edition's text.
///
/// Both ends lie on character boundaries of that text. Spans order by edition, then by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The edition pointed into.
    pub edition: EditionId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of `edition` from `start` to `end` (bytes; `start <= end`).
    #[must_use]
    pub fn new(edition: EditionId, start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { edition, start: clamp(start), end: clamp(end) }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end.saturating_sub(self.start)) as usize
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies inside this span.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.edition == other.edition && self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.edition == other.edition && self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both; `self` where they belong to different editions.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        if self.edition != other.edition {
            return self;
        }
        Span { edition: self.edition, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The bytes as a range, for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
