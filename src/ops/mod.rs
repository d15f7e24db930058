//! What the person who runs the bot asks of what it keeps, with or without the bot running. Knows no Discord and no sled.

mod config;
mod config_file;
mod control;
mod data;
mod health;
mod metrics;
mod settings;

pub use config::{CONFIG_FILE, CONFIG_VARIABLE, Config, ConfigError, Layers, Origin, Value, unknown_variables};
pub use control::{Control, socket};
pub use data::{OpsError, Request, answer, compact, complaints, export, forget, gaps, import, info, sweep, trail};
pub use health::{Health, ask as ask_health, serve as serve_health};
pub use metrics::{Condition, Metrics, own_use};
pub use settings::{Kind, SETTINGS, Setting, default_file, setting_of};
