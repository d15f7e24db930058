//! `health`: asks a running bot how it is. Knows no bot but by its address.

use std::net::SocketAddr;

use anyhow::{Context, bail};

use super::args::HealthArgs;
use super::{Status, output};
use crate::ops::{self, Config};

pub fn run(args: &HealthArgs, config: &Config) -> anyhow::Result<Status> {
    config.checked()?;
    let Some(address) = address(config)? else { bail!("health.listen is off: nothing is served") };
    let path = if args.ready { "/readyz" } else { "/healthz" };
    match ops::ask_health(address, path) {
        Ok((well, said)) => {
            output::print(&format!("{said}\n"))?;
            Ok(if well { Status::Done } else { Status::Nothing })
        }
        Err(error) => {
            output::print(&format!("no answer from {address}: {error}\n"))?;
            Ok(Status::Nothing)
        }
    }
}

/// Where health is served; `None` where it is off.
pub fn address(config: &Config) -> anyhow::Result<Option<SocketAddr>> {
    match config.text("health.listen") {
        None | Some("off") => Ok(None),
        Some(text) => Ok(Some(text.parse().with_context(|| format!("health.listen is `{text}`"))?)),
    }
}
