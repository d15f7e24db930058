//! The part of an archive that one question needs, as a knowledge of its own: passages found, editions that name whom it asks for, and
//! the newest. Knows no gates.

use std::collections::{BTreeMap, BTreeSet};

use super::{Archive, ArchiveError};
use crate::analysis::Analysis;
use crate::document::{Knowledge, Shown, Viewer};
use crate::evidence::CANDIDATES;
use crate::index::{Finding, PassageIndex, SourceEntry};
use crate::question::{self, Asking, Names};
use crate::rules::Rules;
use crate::span::EditionId;

/// Withheld sources that are taken in, so that a refusal can say so to those who may know.
const WITHHELD: usize = 3;

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
        let spoken = spoken.as_deref().unwrap_or(&text);
        let locale = question::likely_languages(&text, rules, wish.locale).into_iter().next().unwrap_or_default();
        let mut editions = match rules.language(&locale) {
            Some(language) => self.naming(spoken, language, wish.viewer)?,
            None => BTreeSet::new(),
        };
        editions.extend(self.by_age.iter().copied().find(|&number| self.reads(wish.viewer, number)));
        let part = self.read(&text, &locale, rules, wish.viewer, &editions)?;
        let view = part.knowledge.view(wish.viewer);
        let (locale, previous) = (wish.locale, wish.previous);
        let question = question::understand(wish.text, &Asking { rules, names: &part.names, view: &view, locale, previous });
        if part.index.has_answered(&question.text, &question.locale, rules) {
            return Ok(part);
        }
        // What is asked is less than what was written, or more: passages are sought for that.
        self.read(&question.text, &question.locale, rules, wish.viewer, &editions)
    }

    fn read(
        &self,
        text: &str,
        locale: &str,
        rules: &Rules,
        viewer: &Viewer,
        named: &BTreeSet<u32>,
    ) -> Result<Part, ArchiveError> {
        let chosen = self.chosen(viewer);
        let visible = |number| self.reads(viewer, number);
        let finding = self.catalogue.find(text, locale, rules, chosen.as_deref(), visible, CANDIDATES)?;
        let mut editions = named.clone();
        editions.extend(finding.editions());
        self.load(rules, viewer, &editions, finding)
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

    fn load(&self, rules: &Rules, viewer: &Viewer, editions: &BTreeSet<u32>, finding: Finding) -> Result<Part, ArchiveError> {
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
        let index = finding.into_index(&self.catalogue, &knowledge, &analyses, rules, &numbers)?;
        Ok(Part { knowledge, analyses, names, index })
    }

    /// The sources as they are in their folder, if they still are what was indexed.
    fn knowledge(&self, sources: &[&SourceEntry], rules: &Rules) -> Result<Knowledge, ArchiveError> {
        let changed = |source: &SourceEntry| ArchiveError::Changed { id: source.id.clone() };
        let ids = sources.iter().map(|source| source.id.as_str());
        let knowledge = match Knowledge::load_sources(&self.folder, self.case.clone(), ids, rules) {
            // Which file is gone is no matter: its source has changed.
            Err(error) => return Err(sources.iter().find(|source| !self.is_there(source)).map_or(error.into(), |gone| changed(gone))),
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
        Knowledge::stamps(&self.folder, &source.id).is_ok_and(|stamps| {
            stamps.into_iter().eq(source.editions.iter().map(|edition| (edition.edition, edition.stamp)))
        })
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
