//! What a manager has set for a channel. Knows no Discord but that servers and channels have numbers.

use serde::{Deserialize, Serialize};

use super::{Store, StoreError, record};

/// Whom a channel is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The public: answers go to the asker first.
    #[default]
    Readers,
    /// Reporters and editors: answers stand in the open.
    Newsroom,
}

/// What a channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelSetting {
    /// Answers are given, for these people.
    For(Audience),
    /// Nothing is answered.
    Off,
}

impl Store {
    /// What is set for a channel; `None` where nobody has set it.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn channel(&self, server: u64, channel: u64) -> Result<Option<ChannelSetting>, StoreError> {
        let content = record::read(&self.settings, &key(server, channel))?;
        Ok(content.and_then(|bytes| postcard::from_bytes(&bytes).ok()))
    }

    /// Sets a channel, or with `None` goes back to the operator's default; returns once it is on disk.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn set_channel(&self, server: u64, channel: u64, setting: Option<ChannelSetting>) -> Result<(), StoreError> {
        let content = setting.and_then(|setting| postcard::to_allocvec(&setting).ok());
        record::write(&self.settings, &key(server, channel), content.as_deref())
    }

    /// Deletes everything kept for a server.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn forget_server(&self, server: u64) -> Result<usize, StoreError> {
        let keys: Vec<sled::IVec> = self.settings.scan_prefix(server.to_be_bytes()).keys().collect::<Result<_, _>>()?;
        for key in &keys {
            record::write(&self.settings, key, None)?;
        }
        Ok(keys.len())
    }
}

fn key(server: u64, channel: u64) -> Vec<u8> {
    [server.to_be_bytes(), channel.to_be_bytes()].concat()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::store::Damage;

    #[test]
    fn a_setting_is_kept_and_forgotten_with_its_server() {
        let folder = tempfile::tempdir().unwrap();
        {
            let store = Store::open(folder.path()).unwrap();
            store.set_channel(1, 10, Some(ChannelSetting::For(Audience::Newsroom))).unwrap();
            store.set_channel(1, 11, Some(ChannelSetting::Off)).unwrap();
            store.set_channel(2, 10, Some(ChannelSetting::Off)).unwrap();
            assert!(matches!(Store::open(folder.path()), Err(StoreError::InUse { .. })));
        }
        let store = Store::open(folder.path()).unwrap();
        assert!(store.damage().is_empty());
        assert_eq!(store.channel(1, 10).unwrap(), Some(ChannelSetting::For(Audience::Newsroom)));
        assert_eq!(store.forget_server(1).unwrap(), 2);
        assert_eq!(store.channel(1, 11).unwrap(), None);
        assert_eq!(store.channel(2, 10).unwrap(), Some(ChannelSetting::Off));
    }

    #[test]
    fn lost_and_broken_records_are_noticed() {
        let folder = tempfile::tempdir().unwrap();
        {
            let store = Store::open(folder.path()).unwrap();
            for channel in 0..5 {
                store.set_channel(1, channel, Some(ChannelSetting::Off)).unwrap();
            }
            store.settings.remove(key(1, 0)).unwrap();
            store.settings.insert(key(1, 1), b"other bytes".as_slice()).unwrap();
        }
        let store = Store::open(folder.path()).unwrap();
        let tree = "settings".to_owned();
        assert_eq!(
            store.damage(),
            [Damage::Missing { tree: tree.clone(), found: 4, expected: 5 }, Damage::Broken { tree, count: 1 }]
        );
        assert_eq!(store.channel(1, 1).unwrap(), None);
    }
}
