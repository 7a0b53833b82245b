//! Asking agents over gRPC: who there is, connections, deadlines, and what answers and statuses mean.

mod agent_pool;
mod answer;
mod config;
mod connections;
mod request;
mod source;
mod state;
mod status;

pub use agent_pool::AgentPool;
pub use config::PoolConfig;
pub(crate) use source::known;
pub use source::{AgentOverlay, AgentSource, KnownAgent};
pub(crate) use status::duration;
