//! The version of the rules: a digest of every file under `prompts/`. Knows nothing of what they say.

use crate::folder::FolderError;
use crate::rules::Rules;

/// Eight bytes of a digest over every rule file, with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RulesVersion(pub(super) [u8; 8]);

impl RulesVersion {
    /// The version of `rules`.
    ///
    /// # Errors
    /// When a file can't be read.
    pub fn of(rules: &Rules) -> Result<Self, FolderError> {
        rules.digest().map(Self)
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(self) -> [u8; 8] {
        self.0
    }
}

impl std::fmt::Display for RulesVersion {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}
