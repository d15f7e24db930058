//! Which channel a thread belongs to, since messages do not say; in memory, from what the gateway tells. Knows no message.

use std::collections::HashMap;
use std::sync::Mutex;

/// More threads than this are not remembered; theirs are then the settings of a channel that nobody has set.
const REMEMBERED: usize = 100_000;

/// The channels of threads.
#[derive(Debug, Default)]
pub struct Threads {
    parents: Mutex<HashMap<u64, u64>>,
}

impl Threads {
    /// Remembers the channel of a thread.
    pub fn remember(&self, thread: u64, parent: u64) {
        if let Ok(mut parents) = self.parents.lock()
            && (parents.len() < REMEMBERED || parents.contains_key(&thread))
        {
            parents.insert(thread, parent);
        }
    }

    /// Forgets a thread that is no more.
    pub fn forget(&self, thread: u64) {
        if let Ok(mut parents) = self.parents.lock() {
            parents.remove(&thread);
        }
    }

    /// The channel of a thread; `None` for what is no thread, or an unknown one.
    #[must_use]
    pub fn parent(&self, channel: u64) -> Option<u64> {
        self.parents.lock().ok()?.get(&channel).copied()
    }
}
