//! What is kept between starts, in sled: settings of channels. Knows no surface; nobody else sees sled.

mod record;
mod settings;

use std::path::{Path, PathBuf};

pub use record::Damage;
pub use settings::{Audience, ChannelSetting};

/// The store; one process at a time has it open.
#[derive(Debug)]
pub struct Store {
    settings: sled::Tree,
    damage: Vec<Damage>,
    _db: sled::Db,
}

/// Why the store can't be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has it.
    #[error("{path}: in use by another verbatim; stop that one, or give this one its own --data folder")]
    InUse {
        /// Its folder.
        path: PathBuf,
    },
    /// The folder or file can't be used.
    #[error("{path}: {source}")]
    Unusable {
        /// Its folder.
        path: PathBuf,
        /// What sled said.
        source: sled::Error,
    },
    /// A record could not be read or written.
    #[error("the store failed: {0}")]
    Failed(#[from] sled::Error),
}

impl Store {
    /// Opens the store in `folder` and checks what is in it.
    ///
    /// # Errors
    /// When another process has it, or the folder can't be used.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join("store");
        let config = sled::Config::new().path(&path).cache_capacity(4 << 20).flush_every_ms(None);
        let db = config.open().map_err(|error| match &error {
            sled::Error::Io(io) if io.to_string().contains("could not acquire lock") => {
                StoreError::InUse { path: path.clone() }
            }
            _ => StoreError::Unusable { path: path.clone(), source: error },
        })?;
        let settings = db.open_tree("settings-1")?;
        let damage = record::check(&settings, "settings")?;
        Ok(Self { settings, damage, _db: db })
    }

    /// What was found broken or missing when the store was opened; to be said loudly.
    #[must_use]
    pub fn damage(&self) -> &[Damage] {
        &self.damage
    }
}
