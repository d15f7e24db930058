//! Faults that a test orders in advance; each is used up by one request to its route.

use super::record::Route;
use std::collections::VecDeque;
use std::time::Duration;

/// What goes wrong with one REST request.
#[derive(Clone, Debug)]
pub enum Fault {
    /// 429 with `Retry-After` in seconds.
    RateLimited { after: f64, global: bool },
    /// A JSON error with this status and Discord code.
    Error { status: u16, code: u32 },
    /// A 502 with an HTML page, as a proxy in front sends it.
    HtmlBadGateway,
    /// Handled normally, after this long.
    Slow(Duration),
    /// Handled normally, and answered after this long.
    SlowAnswer(Duration),
    /// The connection ends before the request was handled.
    CutBefore,
    /// The request was handled, but the connection ends before the answer.
    CutAfter,
}

/// The queue of ordered faults.
#[derive(Default)]
pub struct Faults {
    queue: VecDeque<(Route, Fault)>,
}

impl Faults {
    pub fn order(&mut self, route: Route, fault: Fault) {
        self.queue.push_back((route, fault));
    }

    /// The next fault for this route, if one was ordered.
    pub fn take(&mut self, route: Route) -> Option<Fault> {
        let at = self.queue.iter().position(|(r, _)| *r == route)?;
        self.queue.remove(at).map(|(_, fault)| fault)
    }

    pub fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }
}
