//! The embedded registry: where agents announce themselves, and how long they are believed.
//!
//! [`LeaseTable`] is the arithmetic, [`Registry`] a table with a clock and somebody who listens,
//! [`RegistryServer`] the gRPC server over it.

mod endpoint;
mod lease;
mod refusal;
mod server;
mod service;
mod shared;

pub use endpoint::{check_endpoint, parse_endpoint};
pub use lease::{
    AgentRecord, DEFAULT_TTL_US, LONGEST_TTL_US, LeaseChange, LeaseState, LeaseTable, MOST_RECORDS, Peer,
    SHORTEST_TTL_US,
};
pub use refusal::RegistryRefusal;
pub use server::{RegistryConfig, RegistryServer, RegistryStartError};
pub(crate) use service::{LONGEST_TEXT, MOST_ITEMS};
pub use shared::Registry;
