//! Counts the answers under way, so that the program ends only when none is left. Knows no answer.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

/// More answers than ever are under way at once: they are counted, not held up, for each must be acknowledged in three seconds.
const AT_ONCE: u32 = 1 << 24;

/// The answers under way.
#[derive(Debug, Clone)]
pub struct OpenAnswers(Arc<Semaphore>);

impl Default for OpenAnswers {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE as usize)))
    }
}

impl OpenAnswers {
    /// Runs a task that must be finished before the program ends.
    pub fn run(&self, task: impl Future<Output = ()> + Send + 'static) {
        let all = self.0.clone();
        tokio::spawn(async move {
            let _place = all.acquire_owned().await;
            task.await;
        });
    }

    /// Whether none is under way.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.0.available_permits() == AT_ONCE as usize
    }

    /// Waits until none is left, at most this long; tells whether none is.
    pub async fn finish(&self, limit: Duration) -> bool {
        tokio::time::timeout(limit, self.0.acquire_many(AT_ONCE)).await.is_ok()
    }
}
