//! The version of the rules: a digest of every file under `prompts/`. Knows nothing of what they say.

use sha2::{Digest, Sha256};

use crate::folder::{Folder, FolderError};

/// Eight bytes of a digest over every rule file, with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RulesVersion(pub(super) [u8; 8]);

impl RulesVersion {
    /// The version of the rules in `folder`.
    ///
    /// # Errors
    /// When a file can't be read.
    pub fn of(folder: &Folder) -> Result<Self, FolderError> {
        let mut hash = Sha256::new();
        add(folder, "", &mut hash)?;
        Ok(Self(hash.finalize().first_chunk().copied().unwrap_or_default()))
    }
}

impl std::fmt::Display for RulesVersion {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

fn add(folder: &Folder, relative: &str, hash: &mut Sha256) -> Result<(), FolderError> {
    let inside = |name: &str| if relative.is_empty() { name.to_owned() } else { format!("{relative}/{name}") };
    for name in folder.files(relative)? {
        let path = inside(&name);
        let bytes = folder.read(&path)?;
        hash.update((path.len() as u64).to_le_bytes());
        hash.update(&path);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(&bytes);
    }
    for name in folder.folders(relative)? {
        add(folder, &inside(&name), hash)?;
    }
    Ok(())
}
