//! Development data: questions with gold ranges, and the candidates that retrieval finds for them.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use verbatim::analysis::{Analysis, analyse};
use verbatim::document::{Edition, Knowledge, View, Viewer};
use verbatim::evidence::{CANDIDATES, Candidate, Query, checked_candidates};
use verbatim::folder::Folder;
use verbatim::index::PassageIndex;
use verbatim::rules::Rules;
use verbatim::span::EditionId;

/// One line of `questions.jsonl`.
#[derive(Debug, Clone, Deserialize)]
pub struct Asked {
    pub question: String,
    pub source: String,
    pub locale: String,
    pub kind: String,
    pub gold: Vec<Gold>,
}

/// A byte range that answers.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Gold {
    pub start: u32,
    pub end: u32,
}

/// How a question is put: to all sources, to its own, or to an excerpt of its own that is the whole knowledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Open,
    Reading,
    Excerpt,
}

/// A question with its candidates.
pub struct Group {
    pub set: String,
    pub mode: Mode,
    pub source: String,
    pub kind: String,
    pub list: Vec<Candidate>,
    /// Whether each candidate holds a gold range.
    pub hit: Vec<bool>,
    /// Whether each candidate stands in the paragraph of a gold range.
    pub near: Vec<bool>,
}

impl Group {
    pub fn answerable(&self) -> bool {
        self.kind == "answerable"
    }
}

/// Least size of an excerpt in bytes: about forty sentences.
const EXCERPT: usize = 5_500;

struct Base {
    knowledge: Knowledge,
    analyses: Vec<Analysis>,
    index: PassageIndex,
}

impl Base {
    fn new(knowledge: Knowledge, rules: &Rules) -> Result<Self> {
        let analyses = knowledge.editions.iter().map(|edition| analyse(edition, rules)).collect::<Vec<_>>();
        let index = PassageIndex::build(&knowledge, &analyses, rules)?;
        Ok(Self { knowledge, analyses, index })
    }

    fn ask(
        &self,
        asked: &Asked,
        rules: &Rules,
        view: &View,
        shift: impl Fn(EditionId) -> Option<u32>,
    ) -> (Vec<Candidate>, Vec<bool>, Vec<bool>) {
        let query = Query::of_text(&asked.question, &asked.locale);
        let list = checked_candidates(&query, &self.index, rules, view, CANDIDATES);
        let (mut hit, mut near) = (Vec::new(), Vec::new());
        for candidate in &list {
            let sentence = &self.analyses[candidate.edition.0 as usize].sentences[candidate.sentence as usize];
            let block = self.knowledge.editions[candidate.edition.0 as usize].blocks[sentence.block as usize].span;
            let holds = |start: u32, end: u32| {
                shift(candidate.edition).is_some_and(|by| {
                    asked.gold.iter().any(|gold| gold.start >= by && start <= gold.start - by && gold.end - by <= end)
                })
            };
            hit.push(holds(sentence.span.start, sentence.span.end));
            near.push(holds(block.start, block.end));
        }
        (list, hit, near)
    }
}

/// Reads a development set and finds candidates in all three modes.
pub fn groups(folder: &Path, rules: &Rules, modes: &[Mode]) -> Result<Vec<Group>> {
    let set = folder.file_name().context("a folder")?.to_string_lossy().into_owned();
    let knowledge = Knowledge::load(&Folder::Disk(folder.join("kb")), rules)?;
    let lines = std::fs::read_to_string(folder.join("questions.jsonl"))?;
    let questions = lines.lines().map(serde_json::from_str).collect::<Result<Vec<Asked>, _>>()?;
    let excerpts = excerpts(&knowledge, rules)?;
    let base = Base::new(knowledge, rules)?;
    let mut groups = Vec::new();
    for &mode in modes {
        for (number, asked) in questions.iter().enumerate() {
            let found = match mode {
                Mode::Excerpt => in_excerpt(&excerpts, asked, number, rules),
                _ => {
                    let source = (mode == Mode::Reading).then(|| asked.source.clone());
                    let view = base.knowledge.view(&Viewer { source, ..Viewer::default() });
                    let right = |edition| base.knowledge.source_of(edition).is_some_and(|source| source.id == asked.source);
                    base.ask(asked, rules, &view, |edition| right(edition).then_some(0))
                }
            };
            let (list, hit, near) = found;
            groups.push(Group {
                set: set.clone(),
                mode,
                source: asked.source.clone(),
                kind: asked.kind.clone(),
                list,
                hit,
                near,
            });
        }
    }
    Ok(groups)
}

struct Excerpt {
    source: String,
    start: u32,
    end: u32,
    base: Base,
}

/// Cuts each article into runs of paragraphs of about forty sentences, each a knowledge of its own.
fn excerpts(knowledge: &Knowledge, rules: &Rules) -> Result<Vec<Excerpt>> {
    let mut all = Vec::new();
    for edition in &knowledge.editions {
        let source = knowledge.source_of(edition.id).context("a source")?;
        let text = edition.text();
        let locale = rules.language(&edition.metadata.language).map(|language| language.locale.as_ref());
        let mut start = 0;
        while start < text.len() {
            let mut at = (start + EXCERPT).min(text.len());
            while !text.is_char_boundary(at) {
                at += 1;
            }
            let end = text[at..].find("\n\n").map_or(text.len(), |more| at + more + 2);
            let part = Edition::of_text(EditionId(0), edition.metadata.clone(), text[start..end].to_owned(), locale);
            let mut small = knowledge.clone();
            small.sources.truncate(1);
            small.sources[0].id = source.id.clone();
            small.sources[0].editions = vec![EditionId(0)];
            small.editions = vec![part];
            all.push(Excerpt {
                source: source.id.clone(),
                start: start as u32,
                end: end as u32,
                base: Base::new(small, rules)?,
            });
            start = end;
        }
    }
    Ok(all)
}

/// The excerpt with the answer; without one, that with the best BM25 hit; off topic, any.
fn in_excerpt(excerpts: &[Excerpt], asked: &Asked, number: usize, rules: &Rules) -> (Vec<Candidate>, Vec<bool>, Vec<bool>) {
    let own = excerpts.iter().filter(|excerpt| excerpt.source == asked.source).collect::<Vec<_>>();
    let ask = |excerpt: &Excerpt| {
        let view = View { editions: vec![EditionId(0)], ..View::default() };
        excerpt.base.ask(asked, rules, &view, |_| Some(excerpt.start))
    };
    if let Some(gold) = asked.gold.first() {
        let holds = |excerpt: &&&Excerpt| excerpt.start <= gold.start && gold.end <= excerpt.end;
        return own.iter().find(holds).map_or_else(Default::default, |excerpt| ask(excerpt));
    }
    if asked.kind == "off-topic" {
        return ask(own[number % own.len()]);
    }
    let best = |found: &(Vec<Candidate>, Vec<bool>, Vec<bool>)| {
        found.0.iter().map(|candidate| candidate.features.get("coverage.any")).fold(0.0, f64::max)
    };
    own.into_iter().map(ask).max_by(|a, b| best(a).total_cmp(&best(b))).unwrap_or_default()
}
