//! Analyses and indexes what has changed since the last time; the rest is taken over. Knows no question.

use std::path::Path;

use super::{ArchiveError, origin};
use crate::analysis;
use crate::document::{Knowledge, Stamp};
use crate::folder::Folder;
use crate::index::{Builder, Taken};
use crate::question::Names;
use crate::receipt::RulesVersion;
use crate::rules::Rules;

/// Sources that are analysed together, on all processors.
const TOGETHER: usize = 256;

/// How far a build has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many sources of all are done.
    Sources(usize, usize),
    /// All are read; the index is being closed.
    Closing,
}

/// What a build did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Built {
    /// Sources taken over as they were.
    pub kept: usize,
    /// Sources analysed and indexed.
    pub read: usize,
    /// Sources that are no longer there.
    pub gone: usize,
    /// Bytes on disk.
    pub bytes: u64,
}

/// Builds the catalogue in `home` of the sources in `folder`, or brings it up to date; `anew` takes nothing over.
///
/// # Errors
/// A source at fault, a folder that can't be written, another process that builds; the former catalogue then stays in force.
pub fn build(
    home: &Path,
    folder: &Path,
    rules: &Rules,
    version: RulesVersion,
    anew: bool,
    mut tell: impl FnMut(Step),
) -> Result<Built, ArchiveError> {
    let origin = origin(folder, version)?;
    let folder = Folder::Disk(folder.to_owned());
    let case = Knowledge::case(&folder)?;
    let mut ids = folder.folders("")?;
    ids.retain(|id| folder.has_file(&format!("{id}/article.txt")));
    if ids.is_empty() {
        return Err(crate::document::KnowledgeError::Empty { path: folder.name() }.into());
    }
    let mut builder = Builder::begin(home, origin, rules, anew)?;
    let mut built = Built { gone: builder.gone(&ids), ..Built::default() };
    for (number, part) in ids.chunks(TOGETHER).enumerate() {
        let mut changed = Vec::new();
        for id in part {
            if is_as_before(&builder, &folder, id)? {
                builder.keep(id);
                built.kept += 1;
            } else {
                changed.push(id.as_str());
            }
        }
        built.read += changed.len();
        let knowledge = Knowledge::load_sources(&folder, case.clone(), changed, rules)?;
        add(&mut builder, &knowledge, rules)?;
        tell(Step::Sources((number * TOGETHER + part.len()).min(ids.len()), ids.len()));
    }
    tell(Step::Closing);
    built.bytes = builder.finish()?;
    Ok(built)
}

fn is_as_before(builder: &Builder<'_>, folder: &Folder, id: &str) -> Result<bool, ArchiveError> {
    let Some(before) = builder.before(id) else { return Ok(false) };
    let stamps: Vec<(u32, Stamp)> = before.editions.iter().map(|edition| (edition.edition, edition.stamp)).collect();
    Ok(stamps == Knowledge::stamps(folder, id)?)
}

fn add(builder: &mut Builder<'_>, knowledge: &Knowledge, rules: &Rules) -> Result<(), ArchiveError> {
    let analyses = analysis::analyse_all(&knowledge.editions, rules);
    let names = Names::new(knowledge, &analyses).by_edition();
    for source in &knowledge.sources {
        let taken = source.editions.iter().filter_map(|&id| {
            let (edition, analysis) = (knowledge.edition(id)?, analyses.get(id.0 as usize)?);
            Some(Taken { edition, analysis, names: names.get(&id).map(Vec::as_slice).unwrap_or_default() })
        });
        builder.add(&source.id, &taken.collect::<Vec<_>>())?;
    }
    Ok(())
}
