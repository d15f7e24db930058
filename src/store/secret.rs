//! The secret of a data folder, and the keyed hashes made with it. Knows no record.

use std::fmt;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::StoreError;
use super::id::UserKey;

/// A damaged secret would turn every user into somebody else, whom nobody could ask to be forgotten.
const DAMAGED: &str =
    "the secret is damaged: restore it from a copy, or delete it (then the marks of all users are deleted with it)";

/// Thirty-two random bytes that never leave the folder.
pub(super) struct Secret([u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

fn checksum(secret: &[u8; 32]) -> [u8; 8] {
    Sha256::digest(secret).first_chunk().copied().unwrap_or_default()
}

impl Secret {
    /// Reads the secret of the folder, or makes one; says whether it is new.
    pub fn load(folder: &Path) -> Result<(Self, bool), StoreError> {
        let path = folder.join("secret");
        let error = |error| StoreError::folder(&path, error);
        match fs::read(&path) {
            Ok(bytes) => match bytes.split_first_chunk::<32>() {
                Some((secret, sum)) if sum == checksum(secret) => Ok((Self(*secret), false)),
                _ => Err(StoreError::folder(&path, DAMAGED)),
            },
            Err(fault) if fault.kind() == ErrorKind::NotFound => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes).map_err(|fault| StoreError::folder(&path, fault))?;
                let aside = folder.join("secret.new");
                let mut options = fs::OpenOptions::new();
                options.write(true).create(true).truncate(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let mut file = options.open(&aside).map_err(error)?;
                file.write_all(&bytes)
                    .and_then(|()| file.write_all(&checksum(&bytes)))
                    .and_then(|()| file.sync_all())
                    .map_err(error)?;
                fs::rename(&aside, &path).map_err(error)?;
                Ok((Self(bytes), true))
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

    /// A mark by which this secret is known; it gives nothing of it away.
    pub fn mark(&self) -> String {
        data_encoding::HEXLOWER.encode(self.digest(b"mark", b"").get(..8).unwrap_or_default())
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
        let (first, new) = Secret::load(folder.path()).unwrap();
        let (again, newer) = Secret::load(folder.path()).unwrap();
        assert!(new && !newer);
        assert_eq!(first.user(5), again.user(5));
        assert_ne!(first.user(5), first.user(6));
        assert_ne!(first.user(5), Secret([1; 32]).user(5));
        assert_eq!(format!("{first:?}"), "Secret(…)");
        let path = folder.path().join("secret");
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            *bytes.get_mut(at).unwrap() ^= 1;
            fs::write(&path, bytes).unwrap();
            assert!(matches!(Secret::load(folder.path()), Err(StoreError::Folder { .. })), "byte {at}");
        }
    }
}
