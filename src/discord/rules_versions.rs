//! The version of the rules in use, worked out once for each state of them. Knows no answer.

use std::sync::{Arc, Mutex, Weak};

use crate::receipt::RulesVersion;
use crate::rules::Rules;

/// The last version that was worked out, with the rules it is of.
#[derive(Debug, Default)]
pub struct RulesVersions {
    last: Mutex<Option<(Weak<Rules>, RulesVersion)>>,
}

impl RulesVersions {
    /// The version of `rules`.
    #[must_use]
    pub fn of(&self, rules: &Arc<Rules>) -> RulesVersion {
        let known = self.last.lock().ok().and_then(|last| last.clone());
        if let Some((of, version)) = known
            && std::ptr::eq(of.as_ptr(), Arc::as_ptr(rules))
        {
            return version;
        }
        let version = RulesVersion::of(rules).unwrap_or_default();
        if let Ok(mut last) = self.last.lock() {
            *last = Some((Arc::downgrade(rules), version));
        }
        version
    }
}
