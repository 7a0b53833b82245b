use serde::{Deserialize, Serialize};

use crate::{AgentDescription, Answer, CallId, Failure, Json, Key, NodeId, TimerId};

/// Something that happened in a run and could have happened otherwise: the engine is a function of these.
///
/// Records are durable, in a dense sequence per run, and are what a replay consists of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Record {
    /// The run began.
    Started {
        /// The hash of the pattern's IR.
        ir_hash: String,
        /// The pattern that runs.
        pattern: String,
        /// The input, with defaults filled in.
        input: Json,
        /// The calibration snapshot that is used; absent for none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        calibration_hash: Option<String>,
        /// What the caller asked for.
        options: RunOptions,
    },
    /// The agents that were healthy when a node selected among them.
    Selected {
        /// The node that selects.
        node: NodeId,
        /// The iteration that it selects in.
        key: Key,
        /// All healthy agents, sorted by id, with their attributes at that moment.
        candidates: Vec<AgentDescription>,
        /// Randomness for orders that want it.
        chance: u64,
    },
    /// An agent answered.
    Answered {
        /// Which call.
        call: CallId,
        /// Who answered.
        agent: String,
        /// What it said.
        answer: Answer,
        /// How long it took, in microseconds.
        duration_us: u64,
    },
    /// An agent call, or a selection, failed.
    Failed {
        /// Which call.
        call: CallId,
        /// Why, with the agent's name.
        failure: Failure,
        /// How long it took, in microseconds.
        duration_us: u64,
    },
    /// A timer fired.
    Timer {
        /// Which one.
        timer: TimerId,
    },
    /// A node settled on an outcome, as the engine computed it.
    Winner {
        /// The node.
        node: NodeId,
        /// The iteration.
        key: Key,
        /// The chosen value.
        value: Json,
        /// The probability that it is right.
        probability: f64,
        /// Why no more was asked.
        reason: StopReason,
    },
    /// Somebody wants the run to end.
    Cancelled {
        /// Why.
        reason: CancelReason,
    },
    /// The run ended.
    Ended {
        /// How.
        outcome: Box<Outcome>,
    },
}

/// What the caller of a run asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunOptions {
    /// The longest that the run may take, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout_us: Option<u64>,
}

/// Why a run was asked to end early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// A person or program asked for it.
    Requested,
    /// The run's time was up.
    Timeout,
}

/// Why a node that asks several agents stopped asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// The pooled answer was sure enough.
    Reached,
    /// No further answer could have changed the winner and reached the target.
    Futile,
    /// Everybody who could be asked was asked.
    Exhausted,
    /// The call limit was reached.
    CallLimit,
    /// All answers were there from the start.
    Complete,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Outcome {
    /// With a result.
    Completed {
        /// The result and what it rests on.
        report: RunReport,
    },
    /// Without one.
    Failed {
        /// Why.
        failure: Failure,
        /// What was spent until then, and the value where there is one that was refused.
        report: RunReport,
    },
}

/// What is known at the end of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunReport {
    /// The result; null where there is none.
    pub value: Json,
    /// How sure the result is; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<ResultConfidence>,
    /// Agent calls that were started.
    pub calls: u32,
    /// What they cost together, in nano-dollars.
    pub cost_nanodollars: i64,
    /// Things that the caller should know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// How sure a result is, and on what that rests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultConfidence {
    /// The probability that the result is right.
    pub point: f64,
    /// Its lower bound.
    pub lo: f64,
    /// Its upper bound.
    pub hi: f64,
    /// The weakest source among the roots: `asserted`, `stated`, `calibrated`, `measured`; `certain` without roots.
    pub source: String,
    /// The roots, and the answers behind those that were pooled.
    pub roots: Vec<RootReport>,
}

/// One thing that a confidence rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RootReport {
    /// The id: a call id, or the id of the node that made it.
    pub id: String,
    /// Its probability.
    pub probability: f64,
    /// The agent, for the answer of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// What was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Json>,
    /// The agent's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<String>,
    /// The answers that were combined into this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<RootReport>,
}
