//! The part of an archive that one question needs, as a knowledge of its own: passages found, editions that name whom it asks for, and
//! the newest. Knows no gates.

use std::collections::{BTreeMap, BTreeSet};

use super::{Archive, ArchiveError};
use crate::analysis::Analysis;
use crate::document::{Knowledge, Shown, View, Viewer};
use crate::evidence::{self, CANDIDATES, Query};
use crate::index::{PassageIndex, SourceEntry};
use crate::question::{self, Asking, Names};
use crate::rules::Rules;
use crate::span::EditionId;

/// Withheld sources that are taken in, so that a refusal can say so to those who may know.
const WITHHELD: usize = 3;

/// Editions whose passages rank best that are read, and how many of them must be.
const READ: usize = 8;
const READ_SURELY: usize = 4;
/// How often passages are sought anew because a question turns out to be another than it was taken for.
const ROUNDS: usize = 2;

/// A question and who asks it.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The question.
    pub text: &'a str,
    /// Who asks.
    pub viewer: &'a Viewer,
    /// The asker's language.
    pub locale: Option<&'a str>,
    /// The question that this one may follow up.
    pub previous: Option<&'a str>,
}

/// A knowledge with all that answers from it.
#[derive(Debug)]
pub struct Part {
    /// Sources and editions.
    pub knowledge: Knowledge,
    /// One analysis for each edition; empty for editions that this viewer does not read.
    pub analyses: Vec<Analysis>,
    /// Names in them.
    pub names: Names,
    /// The passages found.
    pub index: PassageIndex,
}

impl Archive {
    /// The part that the question needs.
    ///
    /// # Errors
    /// A catalogue that is damaged, or a source that is no longer what it was.
    pub fn part(&self, rules: &Rules, wish: &Wish<'_>) -> Result<Part, ArchiveError> {
        let text = question::clean(wish.text);
        let spoken = wish.previous.map(|previous| format!("{text} {}", question::clean(previous)));
        let locale = question::likely_languages(&text, rules, wish.locale).into_iter().next().unwrap_or_default();
        let mut editions = match rules.language(&locale) {
            Some(language) => self.naming(spoken.as_deref().unwrap_or(&text), language, wish.viewer)?,
            None => BTreeSet::new(),
        };
        editions.extend(self.by_age.iter().copied().find(|&number| self.reads(wish.viewer, number)));
        let mut query = Query::of_text(&text, &locale);
        let mut index = self.find(&query, rules, wish.viewer)?;
        let mut round = 1;
        loop {
            editions.extend(best(&query, &index, rules, READ));
            let loaded = self.load(rules, wish.viewer, &editions)?;
            let view = loaded.knowledge.view(wish.viewer);
            let (locale, previous) = (wish.locale, wish.previous);
            let asking = Asking { rules, names: &loaded.names, view: &view, locale, previous };
            query = Query::new(&question::understand(wish.text, &asking));
            // What is asked may be less than what was written, and other passages may answer what it turns out to be.
            if !index.has_answered(&query.text, &query.locale, rules) {
                index = self.find(&query, rules, wish.viewer)?;
            }
            let all = best(&query, &index, rules, READ_SURELY).iter().all(|number| editions.contains(number));
            if all || round == ROUNDS {
                return Ok(loaded.with(index));
            }
            round += 1;
        }
    }

    /// The passages found for a question.
    fn find(&self, query: &Query, rules: &Rules, viewer: &Viewer) -> Result<PassageIndex, ArchiveError> {
        let chosen = self.chosen(viewer);
        let visible = |number| self.reads(viewer, number);
        Ok(self.catalogue.find(&query.text, &query.locale, rules, chosen.as_deref(), visible, CANDIDATES)?)
    }

    /// The editions to restrict a search to, where the viewer names the sources.
    fn chosen(&self, viewer: &Viewer) -> Option<Vec<u32>> {
        let ids = match (&viewer.source, &viewer.only) {
            (Some(source), _) => std::slice::from_ref(source),
            (None, Some(only)) => only.as_slice(),
            (None, None) => return None,
        };
        let sources = ids.iter().filter_map(|id| self.catalogue.source(id));
        Some(sources.flat_map(|source| &source.editions).map(|edition| edition.number).collect())
    }

    /// The editions as a knowledge of their own.
    fn load(&self, rules: &Rules, viewer: &Viewer, editions: &BTreeSet<u32>) -> Result<Loaded, ArchiveError> {
        let sources = editions.iter().filter_map(|&number| self.catalogue.edition(number)).map(|(source, _)| source);
        let mut sources = sources.chain(self.unread(viewer, editions.is_empty())).collect::<Vec<_>>();
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        sources.dedup_by(|a, b| a.id == b.id);
        let mut knowledge = self.knowledge(&sources, rules)?;
        let (mut analyses, mut numbers) = (Vec::new(), BTreeMap::new());
        for (edition, entry) in knowledge.editions.iter().zip(sources.iter().flat_map(|source| &source.editions)) {
            if editions.contains(&entry.number) {
                numbers.insert(entry.number, edition.id);
                analyses.push(self.catalogue.analysis(entry, edition.id)?);
            } else {
                analyses.push(Analysis::default());
            }
        }
        for stop in &self.stops {
            knowledge.suppress(&stop.source, stop.words.as_deref());
        }
        let names = Names::new(&knowledge, &analyses);
        Ok(Loaded { knowledge, analyses, names, numbers })
    }

    /// The sources as they are in their folder, if they still are what was indexed.
    fn knowledge(&self, sources: &[&SourceEntry], rules: &Rules) -> Result<Knowledge, ArchiveError> {
        let changed = |source: &SourceEntry| ArchiveError::Changed { id: source.id.clone() };
        let ids = sources.iter().map(|source| source.id.as_str());
        let knowledge = match Knowledge::load_sources(&self.folder, self.case.clone(), ids, rules) {
            // Which file is gone is no matter: its source has changed.
            Err(error) => {
                return Err(sources.iter().find(|source| !self.is_there(source)).map_or(error.into(), |gone| changed(gone)));
            }
            Ok(knowledge) => knowledge,
        };
        for (source, entry) in knowledge.sources.iter().zip(sources) {
            let stamp = |&id: &EditionId| knowledge.edition(id).map(|edition| (edition.number, edition.stamp));
            let own = source.editions.iter().filter_map(stamp);
            if !own.eq(entry.editions.iter().map(|edition| (edition.edition, edition.stamp))) {
                return Err(changed(entry));
            }
        }
        Ok(knowledge)
    }

    fn is_there(&self, source: &SourceEntry) -> bool {
        Knowledge::stamps(&self.folder, &source.id)
            .is_ok_and(|stamps| stamps.into_iter().eq(source.editions.iter().map(|edition| (edition.edition, edition.stamp))))
    }

    /// Sources that are not read, but that a refusal tells of: some withheld ones and, where nothing is read, one that is not valid yet.
    fn unread<'a>(&'a self, viewer: &'a Viewer, nothing: bool) -> impl Iterator<Item = &'a SourceEntry> {
        let all = self.catalogue.sources();
        let embargoed = self.embargoed.iter().filter_map(|&at| all.get(at));
        let stopped = self.stops.iter().filter_map(|stop| self.catalogue.source(&stop.source));
        let unwanted = viewer.without.iter().filter_map(|id| self.catalogue.source(id));
        let guarded = embargoed.chain(stopped).chain(unwanted);
        let withheld = guarded.filter(|source| self.shown(source, viewer) == Shown::Withheld).take(WITHHELD);
        let not_yet = all.iter().filter(move |source| nothing && self.shown(source, viewer) == Shown::NotYet).take(1);
        withheld.chain(not_yet)
    }
}

/// Editions that are read, with their numbers in the catalogue.
struct Loaded {
    knowledge: Knowledge,
    analyses: Vec<Analysis>,
    names: Names,
    numbers: BTreeMap<u32, EditionId>,
}

impl Loaded {
    /// With the passages found. Those in editions that are not read are ranked, so that an answer is as sure as it would be among all, but
    /// never shown.
    fn with(self, mut index: PassageIndex) -> Part {
        let Self { knowledge, analyses, names, numbers } = self;
        let beyond = u32::try_from(knowledge.editions.len()).unwrap_or(u32::MAX);
        index.renumber(|edition| numbers.get(&edition.0).copied().unwrap_or(EditionId(beyond.saturating_add(edition.0))));
        Part { knowledge, analyses, names, index }
    }
}

/// The editions (numbers in the catalogue) of the passages that rank best.
fn best(query: &Query, index: &PassageIndex, rules: &Rules, most: usize) -> Vec<u32> {
    let ranked = evidence::retrieve(query, index, rules, &View::default());
    let mut editions = Vec::new();
    for candidate in ranked {
        if editions.len() < most && !editions.contains(&candidate.edition.0) {
            editions.push(candidate.edition.0);
        }
    }
    editions
}
