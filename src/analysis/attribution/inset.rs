//! Attributions between dashes inside a quotation: "«Il ponte – ha detto Ada Rossi – è sicuro»". Knows classes, no single verb.

use super::Found;
use super::subject;
use crate::analysis::class;
use crate::analysis::line::Line;
use crate::analysis::phrases;
use crate::analysis::quotes::Inset;

/// Reads the attribution that `inset` makes of the quotation around it.
pub(super) fn read(line: &Line<'_>, inset: Inset, sentence: usize) -> Option<Found> {
    let quote = line.quotes.get(inset.quote as usize)?;
    let said = |at: usize| line.hit(at, |entry| class::is_cue(entry) && entry.has_trait("quote"));
    let at = (inset.from + 1..inset.to).find(|&at| said(at).is_some() && line.is_verb(at, inset.from + 1))?;
    let hit = said(at)?;
    let group = phrases::group(line, at, inset.from + 1);
    let before = subject::before(line, group.start, inset.from + 1);
    let source = before.or_else(|| subject::behind(line, at + hit.len, inset.to, hit.entry.has_trait("impersonal")));
    let content = [(quote.open, inset.from), (inset.to + 1, quote.end())];
    Some(Found {
        content: content.into_iter().filter(|&(start, end)| end > start).collect(),
        cue: Some((at, at + hit.len)),
        class: hit.entry.id.to_string(),
        source,
        negated: group.negated,
        silence: false,
        alleges: hit.entry.has_trait("alleges"),
        rule: "attribution.inset",
        sentence,
        continues: false,
    })
}
