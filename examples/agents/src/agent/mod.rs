//! Writing an agent.
//!
//! ```no_run
//! use prism_example_agents::agent::{Agent, AgentError, Reply, ServeOptions, Task, serve};
//!
//! struct Shouter;
//!
//! impl Agent for Shouter {
//!     fn id(&self) -> &str {
//!         "shouter"
//!     }
//!
//!     fn capabilities(&self) -> Vec<String> {
//!         vec!["shouting".to_owned()]
//!     }
//!
//!     async fn analyze(&self, task: &Task) -> Result<Reply, AgentError> {
//!         let text = task.data.get("text").and_then(|text| text.as_str());
//!         let text = text.ok_or_else(|| AgentError::InvalidInput("there is no `text` to shout".to_owned()))?;
//!         Ok(Reply::new(text.to_uppercase()).confidence(1.0))
//!     }
//! }
//!
//! #[tokio::main]
//! async fn main() -> Result<(), prism_example_agents::agent::ServeError> {
//!     serve(Shouter, ServeOptions::from_environment()?).await
//! }
//! ```
//!
//! [`serve`] listens, announces the agent at the registry of `PARALLAX_REGISTRY`, renews its lease, and takes it back
//! on SIGTERM and SIGINT. A call ends when its deadline has passed, and its future is dropped when nobody waits for
//! the answer any more: whatever an agent does between two `await`s is the longest that cancelling can take.

mod error;
mod options;
mod registration;
mod serve;
mod service;
mod statistics;
mod stop;

use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

use serde_json::Value as Json;

pub use error::{AgentError, ServeError};
pub use options::ServeOptions;
pub use serve::{Profile, ServedAgent, host, serve, start};
pub use statistics::Statistics;
pub use stop::stop_requested;

/// Something that answers tasks.
pub trait Agent: Send + Sync + 'static {
    /// The id to register under, unless `PRISM_AGENT_ID` gives another one.
    fn id(&self) -> &str;

    /// The name shown to people.
    fn name(&self) -> &str {
        self.id()
    }

    /// What it can do, in the words that contracts ask for.
    fn capabilities(&self) -> Vec<String>;

    /// How good it is, in [0, 1], as measured by whoever wrote it; none when nobody has.
    fn expertise(&self) -> Option<f64> {
        None
    }

    /// Answers a task.
    ///
    /// # Errors
    /// [`AgentError`]; each kind has a gRPC status that tells the caller whether to try again.
    fn analyze(&self, task: &Task) -> impl Future<Output = Result<Reply, AgentError>> + Send;
}

/// A task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// Equal for a repeated task: an agent that has side effects can recognise it.
    pub id: String,
    /// The task, in words.
    pub description: String,
    /// What it is about.
    pub data: Json,
    /// More from the caller; `prism.run`, `prism.node` and `prism.pattern` say where it comes from.
    pub context: BTreeMap<String, String>,
    /// The pattern that asks.
    pub pattern: String,
    /// How long the caller waits; none when it does not say.
    pub timeout: Option<Duration>,
}

/// An answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    /// The value.
    pub value: Json,
    /// How sure the agent is, in [0, 1]; none when it cannot tell.
    pub confidence: Option<f64>,
    /// Why, in words; may be empty.
    pub reasoning: String,
    /// What it is unsure about.
    pub uncertainties: Vec<String>,
    /// What the call cost, in nano-dollars; none when it does not say.
    pub cost_nanodollars: Option<i64>,
}

impl Reply {
    /// An answer with that value and nothing else.
    pub fn new(value: impl Into<Json>) -> Self {
        Self { value: value.into(), ..Self::default() }
    }

    /// States how sure the agent is.
    #[must_use]
    pub fn confidence(mut self, confidence: f64) -> Self {
        self.confidence = Some(confidence);
        self
    }

    /// Says why.
    #[must_use]
    pub fn reasoning(mut self, reasoning: impl Into<String>) -> Self {
        self.reasoning = reasoning.into();
        self
    }
}
