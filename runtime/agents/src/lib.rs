//! Agents over gRPC: registry, pool, started processes.
//!
//! [`Agents`] joins the parts for a run: it reads an agents file ([`mod@file`]), starts the commands that it lists
//! ([`process`]), lets them register ([`registry`]), and gives a directory and a caller ([`pool`]) that stand behind
//! the traits of `prism-ports`.

// Failures are the error type of the ports, and rare; boxing them here would only make callers unbox them.
#![allow(clippy::result_large_err)]

mod agents;
pub mod file;
mod launch;
mod notice;
pub mod pool;
pub mod process;
pub mod registry;
mod remote;
mod run_folder;
mod text;

pub use agents::{Agents, AgentsConfig};
pub use notice::{AgentNotice, NoticeSink};
pub use remote::RemoteRegistry;
