//! The memory as a bot holds it: a store, or none and why; without one it goes on answering. Knows no surface.

use std::path::Path;
use std::sync::Arc;

use super::{Settings, Store, StoreError};

/// A store, or the reason why there is none. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Memory {
    /// There is one.
    Present(Arc<Store>),
    /// There is none; settings are the defaults and nothing is kept.
    Absent(StoreError),
}

impl Memory {
    /// Opens the store of `folder`; where that fails the reason is kept to be told to managers.
    #[must_use]
    pub fn open(folder: &Path) -> Self {
        match Store::open(folder) {
            Ok(store) => Self::Present(Arc::new(store)),
            Err(error) => {
                tracing::error!(%error, "going on without memory");
                Self::Absent(error)
            }
        }
    }

    /// The store.
    ///
    /// # Errors
    /// The reason why there is none, or why it takes no more writes.
    pub fn store(&self) -> Result<&Store, StoreError> {
        match self {
            Memory::Present(store) => match store.failure() {
                None => Ok(store),
                Some(reason) => Err(StoreError::failed(store.folder(), reason)),
            },
            Memory::Absent(error) => Err(error.clone()),
        }
    }

    /// What to tell managers: why there is no memory, or that it was damaged.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        match (self.store(), self) {
            (Err(error), _) => Some(error.to_string()),
            (Ok(store), _) => store.damage().map(ToString::to_string),
        }
    }

    /// What is set for a channel (0 for a direct message's server); the last readable state where the disk has failed, the defaults
    /// where there is no memory.
    #[must_use]
    pub fn settings(&self, server: u64, channel: u64) -> Settings {
        match self {
            Memory::Present(store) => store.settings(server, channel).unwrap_or_else(|error| {
                tracing::error!(%error, "settings could not be read");
                Settings::default()
            }),
            Memory::Absent(_) => Settings::default(),
        }
    }
}
