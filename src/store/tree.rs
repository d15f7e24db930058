//! The list of trees: number, name, and what each keeps. Knows how to read every kind of record, and nothing of what it is for.

use serde_json::Value;

use super::StoreError;
use super::id::{Id, Time, UserKey};
use super::record::{self, Parting, Record, Stored};
use super::{audit, deliveries, feedback, follows, gaps, receipts, servers, settings};

/// One tree for each kind of record; the numbers are part of the form on disk and are never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tree {
    /// What managers have set.
    Settings = 1,
    /// Who changed what, and when.
    Audit = 2,
    /// What was shown, from which editions.
    Receipts = 3,
    /// Where it was shown.
    Showings = 4,
    /// What was asked in vain, counted.
    Gaps = 5,
    /// Texts of refused questions, where a server keeps them.
    Questions = 6,
    /// What readers say of answers.
    Feedback = 7,
    /// What channels follow.
    Follows = 8,
    /// Messages that must go out once.
    Deliveries = 9,
    /// Servers that have removed the bot.
    Servers = 10,
    /// The index of users: which records their marks are in.
    Users = 11,
}

/// Whose record it is and when it was last of use.
pub(super) struct Facts {
    pub server: Option<Id>,
    pub last_used: Option<Time>,
}

type ToJson = fn(&[u8], &[u8]) -> Option<(Value, Value)>;
type FromJson = fn(Value, Value) -> Result<Stored, String>;
type Part = fn(&[u8], &[u8], &dyn Fn(UserKey) -> bool) -> Option<(Parting, Option<Vec<u8>>)>;

/// What can be done with the records of a tree without knowing their type; keys and bodies are as stored, without checksum.
pub(super) struct Kind {
    /// Which tree.
    pub tree: Tree,
    /// Whether a user's mark can be in a record of it.
    pub personal: bool,
    /// Key and body as JSON.
    pub to_json: ToJson,
    /// JSON as key and body, or what is wrong with it.
    pub from_json: FromJson,
    /// The body in today's version.
    pub upgrade: fn(&[u8]) -> Option<Vec<u8>>,
    /// Whose it is.
    pub facts: fn(&[u8], &[u8]) -> Option<Facts>,
    /// What is left of it without some users, and the new body where it stays.
    pub part: Part,
}

/// Every tree of records, without the index that is made of them.
pub(super) const KINDS: [Kind; 10] = [
    kind::<settings::Entry>(),
    kind::<audit::Entry>(),
    kind::<receipts::KeptReceipt>(),
    kind::<receipts::Showing>(),
    kind::<gaps::Entry>(),
    kind::<gaps::Text>(),
    kind::<feedback::Entry>(),
    kind::<follows::Follow>(),
    kind::<deliveries::Entry>(),
    kind::<servers::Entry>(),
];

impl Tree {
    /// The name in exports and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Tree::Settings => "settings",
            Tree::Audit => "audit",
            Tree::Receipts => "receipts",
            Tree::Showings => "showings",
            Tree::Gaps => "gaps",
            Tree::Questions => "questions",
            Tree::Feedback => "feedback",
            Tree::Follows => "follows",
            Tree::Deliveries => "deliveries",
            Tree::Servers => "servers",
            Tree::Users => "users",
        }
    }

    /// Every tree of records, in order of number.
    pub fn all() -> impl Iterator<Item = Tree> {
        KINDS.iter().map(|kind| kind.tree)
    }

    pub(super) fn kind_of(number: u8) -> Option<&'static Kind> {
        KINDS.iter().find(|kind| kind.tree as u8 == number)
    }

    /// The kind of the record under a stored key; `None` for the ledger and the index of users.
    pub(super) fn kind_under(key: &[u8]) -> Option<&'static Kind> {
        Self::kind_of(key.first().copied()?)
    }

    /// The name of the tree with that number; `None` for the ledger.
    pub(super) fn name_of(number: u8) -> Option<&'static str> {
        let index = (number == Tree::Users as u8).then_some(Tree::Users);
        index.or(Self::kind_of(number).map(|kind| kind.tree)).map(Tree::name)
    }

    pub(super) fn kind_called(name: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|kind| kind.tree.name() == name)
    }
}

impl Kind {
    /// What is said of a record that can't be read.
    pub fn damaged(&self) -> StoreError {
        StoreError::Damaged { tree: self.tree.name() }
    }
}

const fn kind<R: Record>() -> Kind {
    Kind {
        tree: R::TREE,
        personal: R::PERSONAL,
        to_json: to_json::<R>,
        from_json: from_json::<R>,
        upgrade: upgrade::<R>,
        facts: facts::<R>,
        part: part::<R>,
    }
}

fn to_json<R: Record>(key: &[u8], body: &[u8]) -> Option<(Value, Value)> {
    let key = record::read_key::<R>(key)?;
    let record: R = record::decode(body)?;
    Some((serde_json::to_value(key).ok()?, serde_json::to_value(record).ok()?))
}

fn from_json<R: Record>(key: Value, value: Value) -> Result<Stored, String> {
    let key: R::Key = serde_json::from_value(key).map_err(|error| format!("key: {error}"))?;
    let value: R = serde_json::from_value(value).map_err(|error| format!("value: {error}"))?;
    let key = record::key(R::TREE, &key);
    Ok((key, record::body(&value)))
}

fn upgrade<R: Record>(body: &[u8]) -> Option<Vec<u8>> {
    record::decode::<R>(body).map(|record| record::body(&record))
}

fn facts<R: Record>(key: &[u8], body: &[u8]) -> Option<Facts> {
    let key = record::read_key::<R>(key)?;
    let record: R = record::decode(body)?;
    Some(Facts { server: record.server(&key), last_used: record.last_used(&key) })
}

fn part<R: Record>(key: &[u8], body: &[u8], who: &dyn Fn(UserKey) -> bool) -> Option<(Parting, Option<Vec<u8>>)> {
    let key = record::read_key::<R>(key)?;
    let mut record: R = record::decode(body)?;
    let parting = record.part(&key, who);
    Some((parting, (parting == Parting::Stays).then(|| record::body(&record))))
}
