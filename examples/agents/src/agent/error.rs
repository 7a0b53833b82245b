use std::net::SocketAddr;

use thiserror::Error;
use tonic::Status;

/// Why an agent does not answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AgentError {
    /// The task cannot be answered as it stands; asking again is no use. INVALID_ARGUMENT.
    #[error("{0}")]
    InvalidInput(String),
    /// It went wrong. INTERNAL.
    #[error("{0}")]
    Failed(String),
    /// There is too much to do at the moment. RESOURCE_EXHAUSTED.
    #[error("{0}")]
    Overloaded(String),
    /// Something that the agent needs is not there at the moment. UNAVAILABLE.
    #[error("{0}")]
    Unavailable(String),
}

impl From<AgentError> for Status {
    fn from(error: AgentError) -> Self {
        match error {
            AgentError::InvalidInput(message) => Self::invalid_argument(message),
            AgentError::Failed(message) => Self::internal(message),
            AgentError::Overloaded(message) => Self::resource_exhausted(message),
            AgentError::Unavailable(message) => Self::unavailable(message),
        }
    }
}

/// Why an agent cannot be served.
#[derive(Debug, Error)]
pub enum ServeError {
    /// A variable of the environment makes no sense.
    #[error("{name} should be {expected}, and is `{value}`")]
    Variable {
        /// The variable.
        name: &'static str,
        /// What it is.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The registry's address is not `host:port`.
    #[error("the registry's address `{address}` cannot be used: {source}")]
    Registry {
        /// The address.
        address: String,
        /// What is wrong with it.
        source: tonic::transport::Error,
    },
    /// Signals cannot be waited for.
    #[error("cannot wait for signals: {0}")]
    Signals(std::io::Error),
}
