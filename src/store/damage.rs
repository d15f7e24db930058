//! What was found wrong with a store when it was opened, in words for the person who runs it. Knows no file.

use std::fmt;
use std::path::PathBuf;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// sled could not open the files.
    Unreadable(String),
    /// The files are not those that were closed.
    FilesChanged,
    /// The anchor can't be read, or is missing beside a store that holds something.
    Anchor,
    /// The ledger is missing or damaged.
    Ledger,
    /// The store is at an earlier state than was acknowledged.
    Behind {
        /// Number of the last batch that is there.
        found: u64,
        /// Number of the last batch that was acknowledged.
        acknowledged: u64,
    },
    /// The whole does not agree with what was acknowledged.
    Disagrees,
    /// A tree has other records than its ledger says.
    Records {
        /// Its name.
        tree: String,
        /// How many whole records were found.
        found: u64,
        /// How many there should be.
        expected: u64,
    },
    /// Records whose bytes have changed.
    Broken {
        /// Name of their tree.
        tree: String,
        /// How many.
        count: u64,
    },
}

/// A damaged store: what is wrong with it, where it was put, and what was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// Where the damaged store is now.
    pub aside: PathBuf,
    /// Whole records that were taken over from it.
    pub kept: u64,
    /// Records there should have been, where that is known.
    pub expected: Option<u64>,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Unreadable(reason) => write!(out, "it can't be opened ({reason})"),
            Fault::FilesChanged => out.write_str("its files were changed after it was closed"),
            Fault::Anchor => out.write_str("the anchor beside it is missing or damaged"),
            Fault::Ledger => out.write_str("the ledger of its records is missing or damaged"),
            Fault::Behind { found, acknowledged } => {
                write!(out, "it ends at batch {found} although batch {acknowledged} had been acknowledged")
            }
            Fault::Disagrees => out.write_str("its content is not what had been acknowledged"),
            Fault::Records { tree, found, expected } => write!(out, "{tree}: {found} whole records instead of {expected}"),
            Fault::Broken { tree, count: 1 } => write!(out, "{tree}: 1 record is broken"),
            Fault::Broken { tree, count } => write!(out, "{tree}: {count} records are broken"),
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the memory was damaged: ")?;
        for (place, fault) in self.faults.iter().enumerate() {
            let joint = if place == 0 { "" } else { "; " };
            write!(out, "{joint}{fault}")?;
        }
        write!(out, ". It was set aside as {}; ", self.aside.display())?;
        match (self.kept, self.expected) {
            (0, _) => out.write_str("nothing could be taken over.")?,
            (kept, Some(expected)) => write!(out, "{kept} of {expected} records were whole and taken over.")?,
            (kept, None) => write!(out, "{kept} whole records were taken over.")?,
        }
        out.write_str(" Some may be older than the last change: check the settings, or restore the folder from a copy.")
    }
}
