use std::collections::BTreeMap;

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use crate::{CallId, Failure, Json, RunId};

/// What is known about an agent at the moment of a selection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AgentDescription {
    /// The id under which it is registered.
    pub id: String,
    /// The name shown to people.
    pub name: String,
    /// What it says it can do, sorted.
    pub capabilities: Vec<String>,
    /// How good it says it is, in [0, 1]; absent when it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expertise: Option<f64>,
    /// The share of its labelled answers that were right, in [0, 1]; absent without labels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy: Option<f64>,
    /// The mean duration of its calls, in microseconds; absent before the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency_us: Option<u64>,
    /// What a call costs, in nano-dollars, where the agents file or registry says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_nanodollars: Option<i64>,
    /// Calls that are under way.
    #[serde(default)]
    pub in_flight: u32,
    /// Labels it registered with, sorted.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
}

/// One question to one agent.
#[derive(Clone, Debug, PartialEq)]
pub struct CallRequest {
    /// The run that asks.
    pub run: RunId,
    /// Which of the run's calls this is. On the wire the task id is `<run>/<call>`, so that an agent can recognise
    /// a repeated task.
    pub call: CallId,
    /// The id of the agent that is asked.
    pub agent: String,
    /// The task, in words.
    pub task: String,
    /// What the task is about.
    pub data: Json,
    /// More for the agent, as text.
    pub context: BTreeMap<String, String>,
    /// The pattern that asks.
    pub pattern: String,
    /// The longest that the call may take, in microseconds; none for the caller's own limit.
    pub timeout_us: Option<u64>,
}

impl CallRequest {
    /// The id of the task as the agent sees it.
    pub fn task_id(&self) -> String {
        format!("{}/{}", self.run, self.call)
    }
}

/// What an agent answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The value.
    pub value: Json,
    /// How sure the agent says it is, in [0, 1]; absent when it said nothing usable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<f64>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<String>,
    /// What the agent is unsure about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uncertainties: Vec<String>,
    /// What the call cost in nano-dollars, where the agent says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_nanodollars: Option<i64>,
    /// Further remarks of the agent, sorted.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Remarks of the caller about the answer, such as a confidence that had to be clamped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// Asks agents. Implementations own their connections; the future they return holds nothing of the caller, and
/// dropping it cancels the call at the agent.
pub trait AgentCaller: Send + Sync {
    /// Asks one agent.
    ///
    /// # Errors
    /// A [`Failure`] that names the agent: see the rows `agent/…` of the catalog.
    fn call(&self, request: CallRequest) -> BoxFuture<'static, Result<Answer, Failure>>;
}

/// Knows which agents there are.
pub trait AgentDirectory: Send + Sync {
    /// The agents that are healthy at this moment, sorted by id.
    ///
    /// # Errors
    /// A [`Failure`] when the directory itself cannot be reached.
    fn healthy(&self) -> BoxFuture<'static, Result<Vec<AgentDescription>, Failure>>;
}
