//! A value that another thread makes while this one goes on; whoever needs it waits for it. Knows nothing of what it is.

use std::ops::Deref;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};

/// A value that is ready, or being made.
#[derive(Debug)]
pub struct Meanwhile<T> {
    value: OnceLock<T>,
    maker: Mutex<Option<JoinHandle<T>>>,
}

impl<T> Meanwhile<T> {
    /// A value that is ready.
    #[must_use]
    pub fn ready(value: T) -> Self {
        Self { value: OnceLock::from(value), maker: Mutex::new(None) }
    }
}

impl<T: Send + 'static> Meanwhile<T> {
    /// A value that `make` makes in a thread of its own; in this one where there can be no other.
    pub fn made_by(make: impl FnOnce() -> T + Send + Clone + 'static) -> Self {
        match thread::Builder::new().spawn(make.clone()) {
            Ok(maker) => Self { value: OnceLock::new(), maker: Mutex::new(Some(maker)) },
            Err(_) => Self::ready(make()),
        }
    }
}

impl<T: Default> Deref for Meanwhile<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| {
            let maker = self.maker.lock().unwrap_or_else(PoisonError::into_inner).take();
            maker.and_then(|maker| maker.join().ok()).unwrap_or_default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_waited_for_once_and_a_failed_one_is_empty() {
        let value = Meanwhile::made_by(|| vec![1, 2]);
        assert_eq!((value.len(), value.len()), (2, 2));
        assert_eq!(Meanwhile::ready(3_u32).checked_add(1), Some(4));
        let failed: Meanwhile<String> = Meanwhile::made_by(|| std::panic::resume_unwind(Box::new(())));
        assert_eq!(failed.as_str(), "");
    }
}
