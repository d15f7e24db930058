//! The secret of a data folder, and the keyed hashes made with it. Knows no record.

use std::fmt;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::StoreError;
use super::id::UserKey;

/// Thirty-two random bytes that never leave the folder.
pub(super) struct Secret([u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

impl Secret {
    /// Reads the secret of the folder, or makes one.
    pub fn load(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join("secret");
        let error = |error| StoreError::folder(&path, error);
        match fs::read(&path) {
            Ok(bytes) => {
                let secret = <[u8; 32]>::try_from(bytes.as_slice()).map(Self);
                secret.map_err(|_| {
                    StoreError::folder(
                        &path,
                        "is not 32 bytes long: restore it from a copy, or delete it (users are then counted anew)",
                    )
                })
            }
            Err(fault) if fault.kind() == ErrorKind::NotFound => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes).map_err(|fault| StoreError::folder(&path, fault))?;
                let aside = folder.join("secret.new");
                let mut options = fs::OpenOptions::new();
                options.write(true).create(true).truncate(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let mut file = options.open(&aside).map_err(error)?;
                file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(error)?;
                fs::rename(&aside, &path).map_err(error)?;
                Ok(Self(bytes))
            }
            Err(fault) => Err(error(fault)),
        }
    }

    pub fn user(&self, number: u64) -> UserKey {
        let digest = self.digest(b"user", &number.to_be_bytes());
        let mut key = [0; 16];
        for (to, from) in key.iter_mut().zip(digest) {
            *to = from;
        }
        UserKey(key)
    }

    pub fn text(&self, text: &str) -> String {
        let digest = self.digest(b"text", text.as_bytes());
        data_encoding::HEXLOWER.encode(digest.get(..16).unwrap_or_default())
    }

    /// HMAC-SHA256 (RFC 2104).
    fn digest(&self, purpose: &[u8; 4], content: &[u8]) -> [u8; 32] {
        let pad = |mask: u8| {
            let mut block = [mask; 64];
            for (byte, secret) in block.iter_mut().zip(self.0) {
                *byte ^= secret;
            }
            block
        };
        let inner = Sha256::new().chain_update(pad(0x36)).chain_update(purpose).chain_update(content).finalize();
        Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_keyed_stable_and_those_of_the_standard() {
        let mut known = [0; 32];
        known[..4].copy_from_slice(b"Jefe");
        // RFC 4231, test case 2: key "Jefe" (zeros do not matter), data "what do ya want for nothing?".
        let digest = Secret(known).digest(b"what", b" do ya want for nothing?");
        assert_eq!(data_encoding::HEXLOWER.encode(&digest), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        let folder = tempfile::tempdir().unwrap();
        let first = Secret::load(folder.path()).unwrap();
        let again = Secret::load(folder.path()).unwrap();
        assert_eq!(first.user(5), again.user(5));
        assert_ne!(first.user(5), first.user(6));
        assert_ne!(first.user(5), Secret([1; 32]).user(5));
        assert_eq!(format!("{first:?}"), "Secret(…)");
        std::fs::write(folder.path().join("secret"), "short").unwrap();
        assert!(matches!(Secret::load(folder.path()), Err(StoreError::Folder { .. })));
    }
}
