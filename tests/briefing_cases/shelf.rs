//! Every knowledge that the tests have, loaded.

use std::path::Path;
use std::sync::Arc;

use verbatim::document::Knowledge;
use verbatim::engine::Snapshot;
use verbatim::folder::Folder;
use verbatim::rules::Rules;

/// The built-in case.
pub fn case() -> Snapshot {
    let rules = Arc::new(Rules::embedded().unwrap());
    let knowledge = Knowledge::embedded(&rules).unwrap();
    Snapshot::new(rules, knowledge)
}

/// One folder of the tests' knowledge.
pub fn folder(name: &str) -> Snapshot {
    let rules = Arc::new(Rules::embedded().unwrap());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/knowledge").join(name);
    let knowledge = Knowledge::load(&Folder::Disk(path), &rules).unwrap();
    Snapshot::new(rules, knowledge)
}

/// The built-in case and every folder, by name.
pub fn all() -> Vec<(String, Snapshot)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/knowledge");
    let mut names = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap()).collect::<Vec<_>>();
    names.retain(|entry| entry.path().is_dir());
    let mut names = names.iter().map(|entry| entry.file_name().into_string().unwrap()).collect::<Vec<_>>();
    names.sort();
    assert!(names.len() >= 5, "{names:?}");
    let folders = names.into_iter().map(|name| (name.clone(), folder(&name)));
    std::iter::once(("case".to_owned(), case())).chain(folders).collect()
}
