use serde::{Deserialize, Serialize};

use crate::{Json, Key, NodeId, RunId};

/// What somebody who watches a run is told: a superset of the records, live, and dropped for those who are too slow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The version of this form: 1.
    pub v: u32,
    /// The run.
    pub run: RunId,
    /// Dense per run; a hole means that events were dropped.
    pub seq: u64,
    /// The record that it tells of, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_seq: Option<u64>,
    /// The node that it is about; absent for the run as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<NodeId>,
    /// The iteration that it is about.
    #[serde(default, skip_serializing_if = "Key::is_empty")]
    pub key: Key,
    /// The attempt of a call.
    #[serde(default)]
    pub attempt: u32,
    /// Microseconds since the run started.
    pub time_us: u64,
    /// What happened.
    pub kind: EventKind,
    /// The particulars.
    pub data: Json,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The run began.
    RunStarted,
    /// A node began.
    NodeStarted,
    /// A node ended well.
    NodeEnded,
    /// A node failed.
    NodeFailed,
    /// A node was cancelled.
    NodeCancelled,
    /// Agents were chosen; the data say who was eligible, who was chosen and why.
    Selected,
    /// An agent is being asked.
    CallStarted,
    /// An agent answered.
    CallAnswered,
    /// A call failed.
    CallFailed,
    /// A call was cancelled.
    CallCancelled,
    /// Answers were combined.
    Pooled,
    /// An uncertain value was taken as certain on the author's word.
    Endorsed,
    /// A band was taken.
    Band,
    /// Something that somebody should look at.
    Warning,
    /// Events were dropped for a slow consumer.
    Gap,
    /// The run ended.
    RunEnded,
}
