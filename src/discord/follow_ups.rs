//! The last question of each person in each place, for two minutes and in memory only. Knows no answer.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How long a question can be followed up.
const WINDOW: Duration = Duration::from_secs(120);
/// More than this many are not remembered.
const REMEMBERED: usize = 10_000;

/// Questions that may be followed up.
#[derive(Debug, Default)]
pub struct FollowUps {
    last: Mutex<HashMap<(u64, u64), (Instant, String)>>,
}

impl FollowUps {
    /// The question that this person asked here last, within the window.
    #[must_use]
    pub fn previous(&self, person: u64, channel: u64, now: Instant) -> Option<String> {
        let last = self.last.lock().ok()?;
        let (when, question) = last.get(&(person, channel))?;
        (now.duration_since(*when) <= WINDOW).then(|| question.clone())
    }

    /// Remembers a question.
    pub fn remember(&self, person: u64, channel: u64, question: String, now: Instant) {
        let Ok(mut last) = self.last.lock() else { return };
        if last.len() >= REMEMBERED {
            last.retain(|_, (when, _)| now.duration_since(*when) <= WINDOW);
        }
        if last.len() < REMEMBERED {
            last.insert((person, channel), (now, question));
        }
    }

    /// Forgets everything of this person.
    pub fn forget(&self, person: u64) {
        if let Ok(mut last) = self.last.lock() {
            last.retain(|(who, _), _| *who != person);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_followed_up_by_the_same_person_in_the_same_place_for_two_minutes() {
        let all = FollowUps::default();
        let now = Instant::now();
        all.remember(1, 5, "first".into(), now);
        assert_eq!(all.previous(1, 5, now + Duration::from_secs(119)).as_deref(), Some("first"));
        assert_eq!(all.previous(1, 5, now + Duration::from_secs(121)), None);
        assert_eq!(all.previous(1, 6, now), None);
        assert_eq!(all.previous(2, 5, now), None);
        all.forget(1);
        assert_eq!(all.previous(1, 5, now), None);
    }
}
