//! Acts that say that nothing was said. Knows the trait, not the words.

use super::Found;
use super::subject;
use crate::analysis::class::Class;
use crate::analysis::line::Line;
use crate::analysis::phrases;

/// Reads "declined to comment", "did not respond" and their like at `at`.
pub(super) fn read(line: &Line<'_>, at: usize, lo: usize, hi: usize) -> Option<(Found, usize)> {
    let hit = line.hit(at, |entry| entry.has_trait("silence"))?;
    let group = phrases::group(line, at, lo);
    let end = at + hit.len;
    let source = subject::speaker_before(line, group.start, lo);
    let mut stop = end;
    while stop < hi && !line.word(stop).is_mark(".,;") && !line.word(stop).is(Class::BUT) {
        stop += 1;
    }
    // "declined to comment on the appeal": what was declined; of "said nothing" and its like the act itself.
    let declined = (at + 1..stop).find(|&at| line.word(at).is(Class::TO)).filter(|&first| first <= end);
    let content = declined.map_or((group.start, stop), |first| (first, stop));
    let found = Found {
        content: vec![content],
        cue: Some((at, end)),
        class: hit.entry.id.to_string(),
        source,
        negated: false,
        silence: true,
        alleges: false,
        rule: "attribution.silence",
        sentence: 0,
        continues: false,
    };
    Some((found, end))
}
