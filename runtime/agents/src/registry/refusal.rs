use thiserror::Error;
use tonic::{Code, Status};

use super::lease::{LONGEST_TTL_US, SHORTEST_TTL_US};

/// Why a registry does not do what it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RegistryRefusal {
    /// The request carries no agent, or one without an id.
    #[error("Missing agent registration")]
    Missing,
    /// A field is longer than it may be.
    #[error("{field} is longer than {limit} bytes, or there are more than {limit} of it")]
    TooLong {
        /// Which field.
        field: &'static str,
        /// The most bytes or items.
        limit: usize,
    },
    /// A field holds a control character, which could garble a terminal.
    #[error("{field} must not hold control characters")]
    ControlCharacter {
        /// Which field.
        field: &'static str,
    },
    /// A live agent of that id is registered by somebody else, or somewhere else.
    #[error(
        "the id `{id}` belongs to a live agent at {endpoint}; unregister that one first, or wait until its lease ends"
    )]
    Taken {
        /// The id.
        id: String,
        /// Where its holder listens.
        endpoint: String,
    },
    /// The agent was registered from another address.
    #[error("the agent `{id}` was registered from another address")]
    NotYours {
        /// The id.
        id: String,
    },
    /// Nobody of that id is registered.
    #[error("Agent not found")]
    Unknown {
        /// The id.
        id: String,
    },
    /// The length of a lease is out of range.
    #[error("a lease lasts from {} ms to {} h, not {} ms", SHORTEST_TTL_US / 1_000, LONGEST_TTL_US / 3_600_000_000, ttl_us / 1_000)]
    LeaseLength {
        /// What was asked for, in microseconds.
        ttl_us: u64,
    },
    /// An endpoint is not of the form `host:port`.
    #[error("`{endpoint}` is not an endpoint; write it as host:port")]
    EndpointForm {
        /// As it was given.
        endpoint: String,
    },
    /// An endpoint is neither on this machine nor on the one that registers it, nor allowed by name.
    #[error(
        "the endpoint `{endpoint}` is not allowed: agents are called on this machine or at the address they register from"
    )]
    EndpointNotAllowed {
        /// As it was given.
        endpoint: String,
    },
    /// There is no room.
    #[error("the registry holds its limit of {limit} agents")]
    Full {
        /// The most agents.
        limit: usize,
    },
    /// A number in the request makes no sense.
    #[error("{field} must not be negative, and is {value}")]
    Negative {
        /// Which field.
        field: &'static str,
        /// What was given.
        value: i64,
    },
}

impl From<RegistryRefusal> for Status {
    fn from(refusal: RegistryRefusal) -> Self {
        let code = match &refusal {
            RegistryRefusal::Missing
            | RegistryRefusal::TooLong { .. }
            | RegistryRefusal::ControlCharacter { .. }
            | RegistryRefusal::LeaseLength { .. }
            | RegistryRefusal::EndpointForm { .. }
            | RegistryRefusal::Negative { .. } => Code::InvalidArgument,
            RegistryRefusal::Taken { .. } => Code::AlreadyExists,
            RegistryRefusal::NotYours { .. } | RegistryRefusal::EndpointNotAllowed { .. } => {
                Code::PermissionDenied
            }
            RegistryRefusal::Unknown { .. } => Code::NotFound,
            RegistryRefusal::Full { .. } => Code::ResourceExhausted,
        };
        Self::new(code, refusal.to_string())
    }
}
