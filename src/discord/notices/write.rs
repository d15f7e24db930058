//! The words of a notice: what the sources say now and said before, quoted, with both dates. Knows no network and no store.

use crate::discord::asker::Place;
use crate::discord::bot::Bot;
use crate::discord::message::{Embed, Message};
use crate::discord::phrases::Words;
use crate::engine::Snapshot;
use crate::recall::{Affected, Fate, Firing};
use crate::render;
use crate::render::discord_card::{Card, Part, Passage, Remarks};
use crate::render::discord_markdown::escape;
use crate::render::frame::{passages, source_lines};
use crate::span::{EditionId, Span};
use crate::store::Delivery;

/// What tells the notice of a delivery from every other one.
pub(super) fn mark(delivery: &Delivery) -> String {
    format!("#{:016x}", delivery.nonce())
}

/// Writes notices for one channel.
pub(super) struct Writer<'a> {
    snapshot: &'a Snapshot,
    words: Words<'a>,
    locale: String,
    budget: Option<u32>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(bot: &'a Bot, snapshot: &'a Snapshot, place: &Place) -> Self {
        let settings = bot.settings(place);
        // Nobody asks here: the language is the channel's, else the case's.
        let of_case = || snapshot.knowledge.case.language.clone();
        let locale = settings.locale.or_else(of_case).unwrap_or_else(|| "en".to_owned());
        Self { snapshot, words: bot.phrases.of(&locale), locale, budget: settings.quote_budget }
    }

    /// Sentences that are new in a source.
    pub(super) fn follow(&self, firing: &Firing, delivery: &Delivery, new: &[Span], gone: usize, known: bool) -> Message {
        let title = self.title(firing.edition);
        let parts = self.parts(new);
        let heading = match (known, firing.before, parts.is_empty()) {
            (false, ..) => "notice.new_edition",
            (_, None, _) => "notice.new_source",
            (_, Some(_), false) => "notice.new_sentences",
            (_, Some(_), true) => "notice.only_gone",
        };
        let mut all = vec![Part::Heading(self.words.text(heading, &[("title", &title)]))];
        all.extend(parts);
        if !known {
            all.push(Part::Line(self.words.get("notice.former_unknown")));
        }
        if gone > 0 {
            all.push(Part::Line(self.words.text("notice.gone", &[("n", &gone.to_string())])));
        }
        let footer = self.dates(firing.before, firing.edition);
        self.message(all, footer, mark(delivery), firing.hash.to_string())
    }

    /// The passages of an answer that have changed.
    pub(super) fn recall(&self, affected: &Affected, delivery: &Delivery, message: u64) -> Message {
        let mut parts = vec![Part::Heading(self.words.get("notice.changed"))];
        parts.extend(fate_parts(&affected.fates, self.snapshot, self.words, &self.locale));
        let before = affected.fates.iter().find_map(|fate| match *fate {
            Fate::Removed(span) | Fate::Changed { before: span, .. } => Some(span.edition),
            Fate::Unknown => None,
        });
        let mut footer = self.dates(before, affected.edition);
        footer.push(self.words.text("notice.receipt", &[("id", &affected.receipt)]));
        let mut written = self.message(parts, footer, mark(delivery), affected.hash.to_string());
        written.reply_to = Some(message);
        written
    }

    fn title(&self, edition: EditionId) -> String {
        self.snapshot.metadata(edition).map(|data| data.title.clone()).unwrap_or_default()
    }

    fn parts(&self, spans: &[Span]) -> Vec<Part> {
        let mut quotations = self.snapshot.quotations(spans);
        // A sentence that stands above by itself is not repeated to name whom the next one means.
        for quotation in &mut quotations {
            quotation.context.retain(|context| !spans.contains(&context.span()));
        }
        let reader = render::words::Words::of(&self.snapshot.rules, &self.locale);
        let list = quotations.iter().collect::<Vec<_>>();
        passages(&list, self.snapshot, reader).iter().map(|passage| Part::Passage(passage.into())).collect()
    }

    /// The source with its dates, before and now.
    fn dates(&self, before: Option<EditionId>, now: EditionId) -> Vec<String> {
        let reader = render::words::Words::of(&self.snapshot.rules, &self.locale);
        let of = |edition: EditionId| source_lines(&[edition], self.snapshot, reader).into_iter().next();
        let Some(current) = of(now) else { return Vec::new() };
        let mut lines = vec![current.title];
        if let Some(before) = before.and_then(of) {
            lines.push(self.words.text("notice.before", &[("dates", &before.dates)]));
            lines.push(self.words.text("notice.now", &[("dates", &current.dates)]));
        } else {
            lines.push(current.dates);
        }
        lines
    }

    fn message(&self, parts: Vec<Part>, mut footer: Vec<String>, mark: String, edition: String) -> Message {
        let short: String = edition.chars().take(12).collect();
        footer.push(self.words.text("notice.mark", &[("edition", &short), ("mark", &mark)]));
        let card = Card { parts, footer, budget: self.budget };
        let in_file = self.words.get("say.passage_in_file");
        let over_budget = self.words.get("say.over_budget");
        let more = |n: usize| self.words.text("say.dropped", &[("n", &n.to_string())]);
        let laid = card.lay_out(0, Remarks { more: &more, in_file: &in_file, over_budget: &over_budget });
        let embed = Embed { description: laid.description, footer: laid.footer, ..Embed::default() };
        let mut files = laid.files;
        // Nothing new is lost for want of room: the rest stands in a file, unless the place quotes less than that.
        if laid.left > 0 && self.budget.is_none() {
            let all = card.parts.iter().filter_map(|part| match part {
                Part::Passage(passage) => Some(passage.plain()),
                _ => None,
            });
            files = vec![("sentences.txt".to_owned(), all.collect::<Vec<_>>().join("\n").into_bytes())];
        }
        Message { embeds: vec![embed], files, ..Message::default() }
    }
}

/// What became of passages, old and new words side by side.
pub(in crate::discord) fn fate_parts(fates: &[Fate], snapshot: &Snapshot, words: Words<'_>, locale: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for fate in fates {
        let (before, after) = match *fate {
            Fate::Removed(before) => (Some(before), None),
            Fate::Changed { before, after } => (Some(before), Some(after)),
            Fate::Unknown => {
                parts.push(Part::Line(words.get("notice.former_unknown")));
                continue;
            }
        };
        for (span, key) in [(before, "notice.was"), (after, "notice.is")] {
            let Some(part) = span.and_then(|span| part_of(span, snapshot, locale)) else { continue };
            parts.push(Part::Small(words.get(key)));
            parts.push(part);
        }
        if after.is_none() {
            parts.push(Part::Line(words.get("notice.removed")));
        }
    }
    parts
}

/// A passage as part of a card; `None` where it must not be quoted.
pub(in crate::discord) fn part_of(span: Span, snapshot: &Snapshot, locale: &str) -> Option<Part> {
    let quotations = snapshot.quotations(&[span]);
    let reader = render::words::Words::of(&snapshot.rules, locale);
    let passage = passages(&[quotations.first()?], snapshot, reader).into_iter().next()?;
    Some(Part::Passage(Passage::from(&passage)))
}

/// A link to a message of a server.
pub(in crate::discord) fn link(server: u64, channel: u64, message: u64, words: Words<'_>) -> String {
    format!("[{}](https://discord.com/channels/{server}/{channel}/{message})", escape(&words.get("recall.message")))
}
