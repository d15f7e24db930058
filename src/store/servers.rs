//! What happens to what is kept for a server that has removed the bot. Knows no Discord but that servers have numbers.

use super::changes::Changes;
use super::id::Id;
use super::{Store, StoreError, audit, settings};

impl Store {
    /// Deletes everything kept for a server and returns, once it is on disk, how many records that were.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn forget_server(&self, server: u64) -> Result<u64, StoreError> {
        self.write(move |changes| changes.forget_server(Id(server)))
    }
}

impl Changes<'_> {
    pub(super) fn forget_server(&mut self, server: Id) -> Result<u64, StoreError> {
        let mut removed = self.remove_where::<settings::Entry>(&(server,), |_, _| true)?;
        removed += self.remove_where::<audit::Entry>(&(server,), |_, _| true)?;
        Ok(removed)
    }
}
