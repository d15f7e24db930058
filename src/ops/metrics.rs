//! Counts what a running bot does, for its keeper: no question, no name, no number of anybody. Knows no surface.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

/// Seconds to compute an answer.
const COMPUTING: [f64; 9] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.1, 0.5, 2.0];
/// Seconds from an event to its first reply; Discord gives up after three.
const REPLYING: [f64; 9] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.9, 1.5, 2.7];

type Labels<const N: usize> = [(&'static str, &'static str); N];

/// How the bot is, at the moment somebody looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    /// Whether it is connected.
    pub connected: bool,
    /// How often a session came up.
    pub sessions: u64,
    /// Sources in the snapshot.
    pub sources: usize,
    /// Editions in it.
    pub editions: usize,
    /// A digest of all its editions.
    pub snapshot: String,
    /// The version of its rules.
    pub rules: String,
    /// Why there is no memory, or that it was damaged.
    pub trouble: Option<String>,
    /// Whether there is a memory that takes writes.
    pub remembers: bool,
    /// Writes that were dropped.
    pub dropped: u64,
}

/// The counts of a process.
#[derive(Debug, Default)]
pub struct Metrics {
    questions: Family<Labels<2>, Counter>,
    claims: Family<Labels<1>, Counter>,
    events: Family<Labels<1>, Counter>,
    computing: Seconds<0>,
    replying: Seconds<1>,
    unsent: Family<Labels<1>, Counter>,
    reloads: Family<Labels<1>, Counter>,
    store_errors: Counter,
    last_reload_failed: Gauge<i64, AtomicI64>,
}

/// A histogram with its own limits.
#[derive(Debug)]
struct Seconds<const WHICH: usize>(Histogram);

impl<const WHICH: usize> Default for Seconds<WHICH> {
    fn default() -> Self {
        Self(Histogram::new(if WHICH == 0 { COMPUTING } else { REPLYING }))
    }
}

impl Metrics {
    /// Nothing has happened yet; what is watched for is there from the start, with zero.
    #[must_use]
    pub fn new() -> Self {
        let metrics = Self::default();
        drop(metrics.questions.get_or_create(&[("outcome", "answered"), ("reason", "")]));
        drop(metrics.claims.get_or_create(&[("finding", "found")]));
        drop(metrics.events.get_or_create(&[("kind", "command")]));
        for why in ["unreachable", "refused", "unauthorised"] {
            drop(metrics.unsent.get_or_create(&[("why", why)]));
        }
        for result in ["done", "refused"] {
            drop(metrics.reloads.get_or_create(&[("result", result)]));
        }
        metrics
    }

    /// A question was answered or refused; the reason is empty for an answer.
    pub fn question(&self, outcome: &'static str, reason: &'static str) {
        self.questions.get_or_create(&[("outcome", outcome), ("reason", reason)]).inc();
    }

    /// A claim was checked.
    pub fn claim(&self, finding: &'static str) {
        self.claims.get_or_create(&[("finding", finding)]).inc();
    }

    /// Something arrived.
    pub fn event(&self, kind: &'static str) {
        self.events.get_or_create(&[("kind", kind)]).inc();
    }

    /// An answer was computed in so much time.
    pub fn computed(&self, took: Duration) {
        self.computing.0.observe(took.as_secs_f64());
    }

    /// A first reply was taken so long after its event had arrived.
    pub fn replied(&self, took: Duration) {
        self.replying.0.observe(took.as_secs_f64());
    }

    /// Something could not be sent.
    pub fn unsent(&self, why: &'static str) {
        self.unsent.get_or_create(&[("why", why)]).inc();
    }

    /// Rules and sources were read anew, or could not be.
    pub fn reloaded(&self, done: bool) {
        self.reloads.get_or_create(&[("result", if done { "done" } else { "refused" })]).inc();
        self.last_reload_failed.set(i64::from(!done));
    }

    /// The memory failed at something.
    pub fn store_error(&self) {
        self.store_errors.inc();
    }

    /// Everything in OpenMetrics' text form.
    #[must_use]
    pub fn text(&self, now: &Condition) -> String {
        let mut registry = Registry::default();
        let all = registry.sub_registry_with_prefix("verbatim");
        all.register("questions", "Questions by outcome and reason", self.questions.clone());
        all.register("claims", "Claims by finding", self.claims.clone());
        all.register("events", "What arrived, by kind", self.events.clone());
        all.register_with_unit("answer", "Time to compute an answer", Unit::Seconds, self.computing.0.clone());
        all.register_with_unit("reply", "Time from an event to its first reply", Unit::Seconds, self.replying.0.clone());
        all.register("unsent", "What could not be sent, by why", self.unsent.clone());
        all.register("reloads", "Readings of rules and sources while running, by result", self.reloads.clone());
        all.register("last_reload_failed", "Whether the last reading was refused", self.last_reload_failed.clone());
        all.register("store_errors", "Failures of the memory", self.store_errors.clone());
        let version = vec![("version", env!("CARGO_PKG_VERSION").to_owned())];
        all.register("build", "The program", Info::new(version));
        let snapshot = vec![("editions", now.snapshot.clone()), ("rules", now.rules.clone())];
        all.register("snapshot", "Digests of what answers are read from", Info::new(snapshot));
        let counts = [
            ("gateway_connected", "Whether every connection to Discord is up", u64::from(now.connected)),
            ("sources", "Sources in the snapshot", now.sources as u64),
            ("editions", "Editions in the snapshot", now.editions as u64),
            ("store_up", "Whether the memory takes writes", u64::from(now.remembers)),
        ];
        for (name, help, value) in counts {
            all.register(name, help, gauge(value));
        }
        all.register("gateway_sessions", "Sessions that came up", counter(now.sessions));
        all.register("store_dropped", "Writes dropped because too many were waiting", counter(now.dropped));
        if let Some((resident, files)) = own_use() {
            let process = registry.sub_registry_with_prefix("process");
            process.register_with_unit("resident_memory", "Memory that is not on disk", Unit::Bytes, gauge(resident));
            process.register("open_fds", "Open files and connections", gauge(files));
        }
        let mut text = String::new();
        // Writing to a string does not fail; if it did, what is there would end without its end mark and be refused.
        let _written = encode(&mut text, &registry);
        text
    }
}

fn gauge(value: u64) -> Gauge<i64, AtomicI64> {
    let gauge = Gauge::<i64, AtomicI64>::default();
    gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
    gauge
}

fn counter(value: u64) -> Counter<u64, AtomicU64> {
    let counter = Counter::<u64, AtomicU64>::default();
    counter.inner().store(value, Ordering::Relaxed);
    counter
}

/// Resident bytes and open files of this process, where the system tells.
#[must_use]
pub fn own_use() -> Option<(u64, u64)> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib = line.split_whitespace().next()?.parse::<u64>().ok()?;
    let files = std::fs::read_dir("/proc/self/fd").ok()?.count().saturating_sub(1);
    Some((kib.saturating_mul(1024), files as u64))
}
