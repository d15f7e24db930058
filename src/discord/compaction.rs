//! When the store is written anew without what was deleted: at once after a wish to be forgotten, but not again for each of many wishes.
//! Knows no event.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

use crate::store::Memory;

/// Between two compactions: each writes the whole store, and what waits to be written waits for it.
const PAUSE: Duration = Duration::from_secs(600);

/// Whether something deleted may still lie in pages that the store no longer uses.
#[derive(Debug, Default)]
pub struct Compaction {
    owed: AtomicBool,
    wake: Notify,
}

impl Compaction {
    /// Asks for a compaction; nobody waits for it.
    pub fn want(&self) {
        self.owed.store(true, Ordering::Release);
        self.wake.notify_one();
    }

    /// Compacts whenever that is wanted, for ever.
    pub async fn run(self: Arc<Self>, memory: Memory) {
        loop {
            self.wake.notified().await;
            self.settle(&memory).await;
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Compacts if that is still owed; before the end, too.
    pub async fn settle(&self, memory: &Memory) {
        if !self.owed.swap(false, Ordering::AcqRel) {
            return;
        }
        let memory = memory.clone();
        let work = move || {
            if let Err(error) = memory.store().and_then(|store| store.compact()) {
                tracing::warn!(%error, "the memory could not be compacted; `verbatim data compact` does it later");
            }
        };
        let _done = tokio::task::spawn_blocking(work).await;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::store::{Scope, Settings, Store, Time};

    /// A store from which much was deleted; its size on disk says whether it was compacted.
    fn used(folder: &std::path::Path) -> Memory {
        let store = Store::open(folder).unwrap();
        for n in 0..40 {
            let settings = Settings { locale: Some("x".repeat(20_000 + n)), ..Settings::default() };
            store.set_settings(Scope::Server(1), settings, 5, Time(0)).unwrap();
        }
        store.forget_server(1).unwrap();
        Memory::Present(Arc::new(store))
    }

    #[tokio::test]
    async fn many_wishes_are_one_compaction_and_a_later_one_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let memory = used(folder.path());
        let compaction = Compaction::default();
        let before = memory.store().unwrap().size();
        compaction.settle(&memory).await;
        assert_eq!(memory.store().unwrap().size(), before, "nothing is owed");
        (0..100).for_each(|_| compaction.want());
        compaction.settle(&memory).await;
        let after = memory.store().unwrap().size();
        assert!(after < before, "{before} {after}");
        assert!(!compaction.owed.load(Ordering::Acquire));
        compaction.want();
        assert!(compaction.owed.load(Ordering::Acquire));
    }
}
