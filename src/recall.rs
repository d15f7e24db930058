//! What a new edition means for what was shown before: which receipts it affects, which follows it fires. Pure; knows no surface
//! and no clock.

use std::collections::BTreeMap;

use crate::analysis::{Analysis, EntityKind};
use crate::document::{self, BlockKind, Change, Edition, View};
use crate::engine::Snapshot;
use crate::span::{EditionId, Span};
use crate::store::{Delivery, EditionHash, Follow, Followed, KeptEdition, KeptReceipt, Occasion, Showing};

/// What became of a passage that was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Its sentence is no longer in the source.
    Removed(Span),
    /// Its sentence has other words now.
    Changed {
        /// In the edition shown.
        before: Span,
        /// In the edition of today.
        after: Span,
    },
    /// The text of the edition shown is not at hand (it was overwritten): nobody can tell.
    Unknown,
}

/// A receipt built on a passage that a newer edition no longer has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affected {
    /// Id of the receipt.
    pub receipt: String,
    /// Id of the source.
    pub source: String,
    /// The edition of today.
    pub edition: EditionId,
    /// Its hash.
    pub hash: EditionHash,
    /// What became of the passages, in the order shown; unchanged ones are left out.
    pub fates: Vec<Fate>,
}

/// A follow of whose source there is something new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firing {
    /// The follow.
    pub follow: Follow,
    /// Id of the source.
    pub source: String,
    /// The edition the channel was told of last, where its text is at hand.
    pub before: Option<EditionId>,
    /// The edition of today.
    pub edition: EditionId,
    /// Its hash.
    pub hash: EditionHash,
    /// Sentences that are new or have other words, in text order; for a person those that name them.
    pub new: Vec<Span>,
    /// Sentences of the edition before that are gone or have other words.
    pub gone: Vec<Span>,
    /// The text of the edition told last is not at hand: what is new can't be told.
    pub unknown: bool,
}

/// What the follows need.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Due {
    /// Messages to send.
    pub firings: Vec<Firing>,
    /// Editions with nothing new for a channel: to be noted with [`Store::pass_over`](crate::store::Store::pass_over).
    pub passes: Vec<(Follow, String, EditionHash)>,
}

/// The newest edition of each source of a view: what a new follow knows already.
#[must_use]
pub fn known(snapshot: &Snapshot, view: &View) -> BTreeMap<String, EditionHash> {
    sources(snapshot, view).map(|(source, edition)| (source.to_owned(), EditionHash::of(edition))).collect()
}

/// The receipts that are built on passages which the editions of `view` no longer have, and which passages these are.
#[must_use]
pub fn affected(receipts: &[(String, KeptReceipt)], snapshot: &Snapshot, view: &View) -> Vec<Affected> {
    let today: BTreeMap<&str, &Edition> = sources(snapshot, view).collect();
    let mut comparisons = Comparisons::new(snapshot);
    let mut affected = Vec::new();
    for (id, receipt) in receipts {
        for (number, kept) in receipt.editions.iter().enumerate() {
            let Some(&now) = today.get(kept.source.as_str()) else { continue };
            let hash = EditionHash::of(now);
            if hash == kept.hash {
                continue;
            }
            let fates = match edition_of(snapshot, kept) {
                None => vec![Fate::Unknown],
                Some(then) => {
                    let spans = receipt.spans.iter().filter(|span| span.edition as usize == number);
                    let spans = spans.map(|span| Span::new(then.id, span.start as usize, span.end as usize));
                    fates(&spans.collect::<Vec<_>>(), comparisons.between(then, now))
                }
            };
            if !fates.is_empty() {
                let source = kept.source.clone();
                affected.push(Affected { receipt: id.clone(), source, edition: now.id, hash, fates });
            }
        }
    }
    affected
}

/// Which follows have something new in the editions of `view`, and which have not.
#[must_use]
pub fn due(follows: &[Follow], snapshot: &Snapshot, view: &View) -> Due {
    let mut comparisons = Comparisons::new(snapshot);
    let mut due = Due::default();
    for follow in follows {
        for (source, now) in sources(snapshot, view) {
            let hash = EditionHash::of(now);
            let told = follow.told.get(source);
            let other_source = matches!(&follow.what, Followed::Source(wanted) if wanted != source);
            if other_source || told == Some(&hash) {
                continue;
            }
            let kept = told.map(|&hash| KeptEdition { source: source.to_owned(), hash });
            let then = kept.as_ref().and_then(|kept| edition_of(snapshot, kept));
            let (mut new, mut gone) = match (then, told) {
                (Some(then), _) => split(comparisons.between(then, now)),
                // A source that came after the follow is new as a whole.
                (None, None) => (sentences(snapshot, now).into_iter().map(|(span, _)| span).collect(), Vec::new()),
                (None, Some(_)) => (Vec::new(), Vec::new()),
            };
            if let Followed::Person(name) = &follow.what {
                new.retain(|&span| names(snapshot, name, span));
                gone.retain(|&span| names(snapshot, name, span));
            }
            let unknown = then.is_none() && told.is_some();
            if new.is_empty() && gone.is_empty() && !unknown {
                due.passes.push((follow.clone(), source.to_owned(), hash));
                continue;
            }
            let (before, edition) = (then.map(|then| then.id), now.id);
            due.firings.push(Firing {
                follow: follow.clone(),
                source: source.to_owned(),
                before,
                edition,
                hash,
                new,
                gone,
                unknown,
            });
        }
    }
    due
}

impl Firing {
    /// The message to the channel, to be begun and closed in the store.
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        let occasion = Occasion::Follow { what: self.follow.what.clone(), source: self.source.clone() };
        Delivery { server: self.follow.server, channel: self.follow.channel, occasion, edition: self.hash }
    }
}

impl Affected {
    /// The reply to a message that showed it; `None` where only the asker saw that.
    #[must_use]
    pub fn delivery(&self, showing: &Showing) -> Option<Delivery> {
        let occasion = Occasion::Recall { receipt: self.receipt.clone(), message: showing.message };
        let delivery = Delivery { server: showing.server, channel: showing.channel, occasion, edition: self.hash };
        (!showing.private).then_some(delivery)
    }
}

/// Differences between pairs of editions, each pair compared once.
struct Comparisons<'s> {
    snapshot: &'s Snapshot,
    done: BTreeMap<(EditionId, EditionId), Vec<Change>>,
}

impl<'s> Comparisons<'s> {
    fn new(snapshot: &'s Snapshot) -> Self {
        Self { snapshot, done: BTreeMap::new() }
    }

    /// What changed, without sentences that only moved.
    fn between(&mut self, then: &Edition, now: &Edition) -> &[Change] {
        self.done.entry((then.id, now.id)).or_insert_with(|| {
            let (before, after) = (sentences(self.snapshot, then), sentences(self.snapshot, now));
            let stands = |list: &[(Span, &str)], words: &str| list.iter().any(|(_, other)| *other == words);
            let differences = document::diff(&before, &after).into_iter();
            let differences = differences.flat_map(|change| match change {
                Change::Removed(span) if stands(&after, then.slice(span)) => vec![],
                Change::Added(span) if stands(&before, now.slice(span)) => vec![],
                Change::Changed { before: old, after: new } => {
                    let (kept, known) = (stands(&after, then.slice(old)), stands(&before, now.slice(new)));
                    match (kept, known) {
                        (true, true) => vec![],
                        (true, false) => vec![Change::Added(new)],
                        (false, true) => vec![Change::Removed(old)],
                        (false, false) => vec![change],
                    }
                }
                change => vec![change],
            });
            differences.collect()
        })
    }
}

fn fates(spans: &[Span], changes: &[Change]) -> Vec<Fate> {
    let mut fates = Vec::new();
    for span in spans {
        for change in changes {
            let fate = match *change {
                Change::Removed(before) if before.overlaps(*span) => Fate::Removed(before),
                Change::Changed { before, after } if before.overlaps(*span) => Fate::Changed { before, after },
                _ => continue,
            };
            if !fates.contains(&fate) {
                fates.push(fate);
            }
        }
    }
    fates
}

fn split(changes: &[Change]) -> (Vec<Span>, Vec<Span>) {
    let (mut new, mut gone) = (Vec::new(), Vec::new());
    for change in changes {
        match *change {
            Change::Added(span) => new.push(span),
            Change::Removed(span) => gone.push(span),
            Change::Changed { before, after } => {
                gone.push(before);
                new.push(after);
            }
        }
    }
    (new, gone)
}

/// Each source of a view with its edition of today.
fn sources<'s>(snapshot: &'s Snapshot, view: &View) -> impl Iterator<Item = (&'s str, &'s Edition)> {
    let editions = view.editions.iter().filter_map(|&id| snapshot.knowledge.edition(id)).collect::<Vec<_>>();
    editions.into_iter().filter_map(|edition| Some((snapshot.knowledge.source_of(edition.id)?.id.as_str(), edition)))
}

fn edition_of<'s>(snapshot: &'s Snapshot, kept: &KeptEdition) -> Option<&'s Edition> {
    let source = snapshot.knowledge.sources.iter().find(|source| source.id == kept.source)?;
    let mut editions = source.editions.iter().filter_map(|&id| snapshot.knowledge.edition(id));
    editions.find(|edition| EditionHash::of(edition) == kept.hash)
}

fn analysis(snapshot: &Snapshot, edition: EditionId) -> Option<&Analysis> {
    snapshot.analyses.get(edition.0 as usize)
}

/// The sentences of an edition that may be quoted; date lines and navigation are no news.
fn sentences<'s>(snapshot: &'s Snapshot, edition: &'s Edition) -> Vec<(Span, &'s str)> {
    let kind = |block: u32| edition.blocks.get(block as usize).map(|block| block.kind);
    let sentences = analysis(snapshot, edition.id).into_iter().flat_map(|analysis| &analysis.sentences);
    let sentences = sentences.filter(|sentence| {
        let quotable = !matches!(kind(sentence.block), Some(BlockKind::Dateline | BlockKind::Boilerplate));
        quotable && !snapshot.knowledge.is_suppressed(sentence.span)
    });
    sentences.map(|sentence| (sentence.span, edition.slice(sentence.span))).collect()
}

/// Whether the sentence at `span` names that person.
fn names(snapshot: &Snapshot, name: &str, span: Span) -> bool {
    let Some(analysis) = analysis(snapshot, span.edition) else { return false };
    let mut mentions = analysis.mentions.iter().filter(|mention| span.contains(mention.span));
    mentions.any(|mention| {
        let entity = mention.entity.and_then(|id| analysis.entity(id));
        entity.is_some_and(|entity| {
            entity.kind == EntityKind::Person && (entity.name == name || entity.aliases.iter().any(|alias| alias.name == name))
        })
    })
}
