//! How often one person, and one channel, may ask; so that nobody crowds out the others. Knows no Discord.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// One person: this many at once, then one each interval.
const PERSON: Limit = Limit { burst: 8, interval: Duration::from_millis(2_500) };
/// One channel.
const CHANNEL: Limit = Limit { burst: 40, interval: Duration::from_millis(250) };
/// More callers than this are not remembered: those who have been quiet are dropped.
const REMEMBERED: usize = 20_000;

#[derive(Clone, Copy)]
struct Limit {
    burst: u32,
    interval: Duration,
}

/// Whose allowance is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Caller {
    Person(u64),
    Channel(u64),
}

/// The allowances of everybody.
///
/// Each is kept as the moment at which it will be full again (the generic cell rate algorithm), so that one number is enough.
#[derive(Debug, Default)]
pub struct Fairness {
    full_at: Mutex<HashMap<Caller, Instant>>,
}

impl Fairness {
    /// Takes one question from the allowance of the person and the channel; `Err` says after how long to ask again.
    ///
    /// # Errors
    /// When one of them has asked too much.
    pub fn take(&self, person: u64, channel: u64, now: Instant) -> Result<(), Duration> {
        let Ok(mut all) = self.full_at.lock() else { return Ok(()) };
        if all.len() > REMEMBERED {
            all.retain(|_, full| *full > now);
        }
        let callers = [(Caller::Person(person), PERSON), (Caller::Channel(channel), CHANNEL)];
        for (caller, limit) in callers {
            let full = all.get(&caller).copied().unwrap_or(now).max(now);
            let debt = full.duration_since(now);
            let allowed = limit.interval * limit.burst.saturating_sub(1);
            if debt > allowed {
                return Err(debt.saturating_sub(allowed));
            }
        }
        for (caller, limit) in callers {
            let full = all.get(&caller).copied().unwrap_or(now).max(now);
            all.insert(caller, full + limit.interval);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_may_ask_a_few_at_once_and_then_waits() {
        let fairness = Fairness::default();
        let now = Instant::now();
        assert!((0..8).all(|_| fairness.take(1, 1, now).is_ok()));
        assert!(fairness.take(1, 1, now).is_err());
        assert!(fairness.take(2, 1, now).is_ok(), "somebody else is not held up");
        assert!(fairness.take(1, 1, now + Duration::from_secs(3)).is_ok());
    }

    #[test]
    fn a_channel_has_its_own_allowance() {
        let fairness = Fairness::default();
        let now = Instant::now();
        assert!((0..40).all(|person| fairness.take(person, 9, now).is_ok()));
        assert!(fairness.take(41, 9, now).is_err());
        assert!(fairness.take(41, 10, now).is_ok());
    }
}
