//! The list of trees: number, name, and what each keeps. Knows how to read every kind of record, and nothing of what it is for.

use serde_json::Value;

use super::record::{self, Record};
use super::{audit, settings};

/// One tree for each kind of record; the numbers are part of the form on disk and are never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tree {
    /// What managers have set.
    Settings = 1,
    /// Who changed what, and when.
    Audit = 2,
}

/// What can be done with the records of a tree without knowing their type.
pub(super) struct Kind {
    /// Which tree.
    pub tree: Tree,
    /// Key and body as JSON.
    pub to_json: fn(&[u8], &[u8]) -> Option<(Value, Value)>,
    /// JSON as stored key and body, or what is wrong with it.
    pub from_json: fn(Value, Value) -> Result<(Vec<u8>, Vec<u8>), String>,
    /// The body in today's version.
    pub upgrade: fn(&[u8]) -> Option<Vec<u8>>,
}

/// Every tree.
pub(super) const KINDS: [Kind; 2] = [kind::<settings::Entry>(), kind::<audit::Entry>()];

impl Tree {
    /// The name in exports and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Tree::Settings => "settings",
            Tree::Audit => "audit",
        }
    }

    /// Every tree, in order of number.
    pub fn all() -> impl Iterator<Item = Tree> {
        KINDS.iter().map(|kind| kind.tree)
    }

    pub(super) fn kind_of(number: u8) -> Option<&'static Kind> {
        KINDS.iter().find(|kind| kind.tree as u8 == number)
    }

    pub(super) fn kind_called(name: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|kind| kind.tree.name() == name)
    }
}

const fn kind<R: Record>() -> Kind {
    Kind { tree: R::TREE, to_json: to_json::<R>, from_json: from_json::<R>, upgrade: upgrade::<R> }
}

fn to_json<R: Record>(key: &[u8], body: &[u8]) -> Option<(Value, Value)> {
    let key = record::read_key::<R>(key)?;
    let record: R = record::decode(body)?;
    Some((serde_json::to_value(key).ok()?, serde_json::to_value(record).ok()?))
}

fn from_json<R: Record>(key: Value, value: Value) -> Result<(Vec<u8>, Vec<u8>), String> {
    let key: R::Key = serde_json::from_value(key).map_err(|error| format!("key: {error}"))?;
    let value: R = serde_json::from_value(value).map_err(|error| format!("value: {error}"))?;
    let key = record::key(R::TREE, &key);
    Ok((key, record::body(&value)))
}

fn upgrade<R: Record>(body: &[u8]) -> Option<Vec<u8>> {
    record::decode::<R>(body).map(|record| record::body(&record))
}
