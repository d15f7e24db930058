//! A digest of every file under `prompts/`, which tells one state of the rules from another. Knows nothing of what they say.

use sha2::{Digest, Sha256};

use crate::folder::{Folder, FolderError};

/// Eight bytes of a digest over every rule file, with its name.
pub(super) fn digest(folder: &Folder) -> Result<[u8; 8], FolderError> {
    let mut hash = Sha256::new();
    add(folder, "", &mut hash)?;
    Ok(hash.finalize().first_chunk().copied().unwrap_or_default())
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
