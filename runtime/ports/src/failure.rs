use std::fmt;

use prism_catalog::FailureCode;
use serde::{Deserialize, Serialize};

use crate::{Json, NodeId};

/// Why something went wrong: the same struct in the engine, in the language's `catch`, on the wire and in JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// The stable code: a row of [`FailureCode`].
    pub code: String,
    /// One sentence for people.
    pub message: String,
    /// The node in which it happened; absent for what happens before a pattern runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<NodeId>,
    /// The agent that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// What the pattern's author or the agent said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Json>,
    /// What led to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Box<Failure>>,
    /// Whether the same thing may go well a moment later.
    pub retryable: bool,
}

impl Failure {
    /// A failure of that code, retryable as the catalog says.
    pub fn new(code: FailureCode, message: impl Into<String>) -> Self {
        Self {
            code: code.name().to_owned(),
            message: message.into(),
            node: None,
            agent: None,
            details: None,
            cause: None,
            retryable: code.is_retryable(),
        }
    }

    /// Names the node, unless one further in was named already.
    #[must_use]
    pub fn at(mut self, node: impl Into<NodeId>) -> Self {
        self.node.get_or_insert_with(|| node.into());
        self
    }

    /// Names the agent.
    #[must_use]
    pub fn from_agent(mut self, agent: impl Into<String>) -> Self {
        self.agent = Some(agent.into());
        self
    }

    /// Adds what led to it.
    #[must_use]
    pub fn caused_by(mut self, cause: Failure) -> Self {
        self.cause = Some(Box::new(cause));
        self
    }

    /// Adds details for programs.
    #[must_use]
    pub fn with_details(mut self, details: Json) -> Self {
        self.details = Some(details);
        self
    }

    /// The row of the catalog, where the code is one of them.
    pub fn known_code(&self) -> Option<FailureCode> {
        FailureCode::from_name(&self.code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{}] {}", self.code, self.message)
    }
}

impl std::error::Error for Failure {}
