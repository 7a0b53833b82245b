//! Calls, registry and started commands, over real connections and with real processes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod pool;
mod process;
mod registry;
mod support;
