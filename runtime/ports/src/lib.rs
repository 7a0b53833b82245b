//! What the Prism engine and its surroundings say to one another: ids, failures, records, events, and the traits
//! behind which agents, journals and clocks stand.
//!
//! Nothing here does any input or output. The engine consumes [`Record`]s and emits commands that carry the types
//! of this crate; the loop around it implements them with the help of [`AgentCaller`], [`AgentDirectory`],
//! [`Journal`] and [`Clock`].

mod agent;
mod event;
mod failure;
mod id;
mod journal;
mod record;

pub use agent::{AgentCaller, AgentDescription, AgentDirectory, Answer, CallRequest};
pub use event::{Event, EventKind};
pub use failure::Failure;
pub use futures_util::future::BoxFuture;
pub use id::{CallId, Key, NodeId, RunId, TimerId};
pub use journal::{Clock, Journal, JournalError};
pub use record::{
    CancelReason, Outcome, Record, ResultConfidence, RootReport, RunOptions, RunReport, StopReason,
};

/// JSON as it travels to and from agents and people.
pub type Json = serde_json::Value;
