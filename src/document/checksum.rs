//! Checksums of all editions, as `sha256sum` writes them. Knows no question.

use super::knowledge::Knowledge;

/// Name of the file in a `knowledge/` folder that holds the checksums an editor has put on record.
pub const CHECKSUM_FILE: &str = "SHA256SUMS";

/// The bytes of one edition, told by their checksum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum {
    /// Id of the source.
    pub source: String,
    /// Number of the edition.
    pub edition: u32,
    /// The file, from the knowledge folder on.
    pub path: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Length in bytes.
    pub bytes: usize,
}

/// A file that is not as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// Its bytes have changed.
    Changed {
        /// The file.
        path: String,
        /// The checksum on record.
        recorded: String,
        /// Its checksum now.
        found: String,
    },
    /// On record, but no longer there.
    Missing {
        /// The file.
        path: String,
    },
    /// There, but not on record.
    Unrecorded {
        /// The file.
        path: String,
    },
}

impl Knowledge {
    /// The checksum of every edition, in the order of the sources.
    #[must_use]
    pub fn checksums(&self) -> Vec<Checksum> {
        let of = |edition: &super::Edition| {
            let source = self.sources.get(edition.source).map_or(String::new(), |source| source.id.clone());
            let place = if edition.number == 1 { source.clone() } else { format!("{source}/editions/{}", edition.number) };
            Checksum {
                path: format!("{place}/article.txt"),
                edition: edition.number,
                sha256: edition.sha256.clone(),
                bytes: edition.text().len(),
                source,
            }
        };
        self.editions.iter().map(of).collect()
    }

    /// Where the editions differ from `record`, lines of checksum and path as `sha256sum` writes them.
    #[must_use]
    pub fn verify(&self, record: &str) -> Vec<Mismatch> {
        let recorded = record.lines().filter_map(|line| line.split_once(char::is_whitespace));
        let recorded = recorded.map(|(sum, path)| (path.trim_start_matches([' ', '*']).trim_end(), sum)).collect::<Vec<_>>();
        let found = self.checksums();
        let mut mismatches = Vec::new();
        for &(path, sum) in &recorded {
            match found.iter().find(|own| own.path == path) {
                None => mismatches.push(Mismatch::Missing { path: path.to_owned() }),
                Some(own) if !own.sha256.eq_ignore_ascii_case(sum) => mismatches.push(Mismatch::Changed {
                    path: path.to_owned(),
                    recorded: sum.to_owned(),
                    found: own.sha256.clone(),
                }),
                Some(_) => {}
            }
        }
        let unrecorded = found.iter().filter(|own| !recorded.iter().any(|&(path, _)| path == own.path));
        mismatches.extend(unrecorded.map(|own| Mismatch::Unrecorded { path: own.path.clone() }));
        mismatches
    }
}
