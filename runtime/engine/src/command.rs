//! What the machine wants done.

use std::collections::BTreeMap;

use prism_ports::{CallId, EventKind, Json, Key, NodeId, Outcome, Record, TimerId};

/// Something that the machine asks of the loop around it. Commands are carried out in their order; an answer, a
/// failure or a timer comes back as a [`Record`].
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Ask an agent. [`Record::Answered`] or [`Record::Failed`] with the same call id comes back, unless the call is
    /// cancelled first.
    Call(CallSpec),
    /// Nobody waits for a call any more: cancel it at the agent. What still comes back of it is ignored.
    Cancel(CallId),
    /// Find out which agents are healthy: [`Record::Selected`] with all of them comes back, or [`Record::Failed`]
    /// with the call id of attempt 0 at this node and key. There is no command to cancel it: where nobody waits any
    /// more, what comes back is ignored.
    Select {
        /// The node that selects.
        node: NodeId,
        /// The iteration that it selects in.
        key: Key,
    },
    /// Give back [`Record::Timer`] after a while.
    StartTimer {
        /// The timer's name.
        timer: TimerId,
        /// How long to wait, in microseconds.
        after_us: u64,
    },
    /// Nobody waits for a timer any more.
    CancelTimer(TimerId),
    /// Write a record that the machine itself decided on ([`Record::Winner`], [`Record::Ended`]). It is not to be
    /// handed to [`crate::Machine::step`]; a replay that does so all the same changes nothing.
    Append(Record),
    /// Tell those who watch.
    Emit(EventDraft),
    /// The run is over; the last command that a machine gives.
    Finish(Outcome),
}

/// An agent call to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct CallSpec {
    /// Which of the run's calls it is; never used twice in a run.
    pub call: CallId,
    /// The id of the agent.
    pub agent: String,
    /// The task, in words.
    pub task: String,
    /// What the task is about.
    pub data: Json,
    /// More for the agent, as text.
    pub context: BTreeMap<String, String>,
    /// The longest that the call may take, in microseconds.
    pub timeout_us: u64,
}

/// An event without what only the loop knows: run, sequence numbers and time.
#[derive(Clone, Debug, PartialEq)]
pub struct EventDraft {
    /// The node that it is about; absent for the run as a whole.
    pub node: Option<NodeId>,
    /// The iteration that it is about.
    pub key: Key,
    /// The attempt of a call, 0 for everything else.
    pub attempt: u32,
    /// What happened.
    pub kind: EventKind,
    /// The particulars.
    pub data: Json,
}
