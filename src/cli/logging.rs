//! Sets up the log on standard error: how much, in which form, changeable while running. Knows no event.

use std::io;

use anyhow::Context;
use tracing_subscriber::EnvFilter;

use crate::discord::LOG_DIRECTIVES;

/// Changes how much is logged from now on.
pub type Relevel = Box<dyn Fn(EnvFilter) + Send + Sync>;

/// Begins to log.
pub fn start(filter: EnvFilter, json: bool) -> Relevel {
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(false);
    if json {
        let builder = builder.json().flatten_event(true).with_current_span(false).with_span_list(false).with_filter_reloading();
        let handle = builder.reload_handle();
        builder.init();
        // It fails only when the log is gone; then there is nobody to tell.
        Box::new(move |filter| drop(handle.reload(filter)))
    } else {
        let builder = builder.with_filter_reloading();
        let handle = builder.reload_handle();
        builder.init();
        Box::new(move |filter| drop(handle.reload(filter)))
    }
}

/// How much is logged; the libraries underneath stay silent whatever is asked for.
pub fn filter(level: &str) -> anyhow::Result<EnvFilter> {
    let filter = EnvFilter::try_new(level).with_context(|| format!("log.level (RUST_LOG) is `{level}`"))?;
    let silenced = LOG_DIRECTIVES.iter().filter_map(|directive| directive.parse().ok());
    Ok(silenced.fold(filter, EnvFilter::add_directive))
}
