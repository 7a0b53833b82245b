use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capture, Expression, Slot, Type};

/// The structural, readable id of a node: `triage/label.ask_until/classify`. Reformatting, comments and unrelated
/// edits do not change it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct NodeId(#[schemars(with = "String")] Arc<str>);

impl NodeId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as shared text.
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }
}

impl<T: Into<Arc<str>>> From<T> for NodeId {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What a node does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// Runs its children (labels `0`, `1`, …) one after the other in the frame around it; the last one's value.
    Sequence,
    /// The value of the pure parameter `value`.
    Eval,
    /// As `eval`, for a variable that has a name in the program.
    Let,
    /// Runs the child `then` or `else` by the parameter `condition`; null where that child is absent.
    If,
    /// Runs the child `high`, `medium`, `low` or `default` by the confidence of the parameter `subject` against
    /// `high` and `medium` (the pattern's bands where absent).
    Uncertain,
    /// Ends the nearest frame's body with the parameter `value`.
    Return,
    /// Ends the pattern with a failure: parameters `message`, `details`.
    Fail,
    /// Runs the function `target` in a frame of its own; parameters by the names of the function's.
    CallFunction,
    /// Healthy agents: contract `target` if any; parameters `capabilities`, `any_of`, `min`, `max`, `prefer`,
    /// `where`, `exclude`.
    Select,
    /// One agent call. With `target` (`Contract.method`): parameters `agent`, `data`. Without: `agent`, `task`,
    /// `data`, `timeout`, `context`.
    Analyze,
    /// Branches at the same time. `target` is `items` (parameter `items`, child `each` with the item in its first
    /// slot), `list` (children `0`, `1`, …) or `record` (children by key). Parameters `max_concurrency`,
    /// `min_success`, `timeout`, `on_error`.
    Parallel,
    /// The answer that the votes are for: parameters `answers`, `by`, `method`, `weights`, `ties`, `options` (the
    /// number of possible answers, where the type gives it).
    Vote,
    /// Calibrated combination: parameters `answers`, `by`, `options`.
    Pool,
    /// Asks agent after agent: parameters `agents`, `target`, `max_calls`, `order`, `by`, `group`, `options`; child
    /// `each` with the agent in its first slot.
    AskUntil,
    /// Takes an uncertain value as certain: parameters `value`, `why`.
    Endorse,
}

impl NodeKind {
    /// The name as it stands in documents and ids.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sequence => "sequence",
            Self::Eval => "eval",
            Self::Let => "let",
            Self::If => "if",
            Self::Uncertain => "uncertain",
            Self::Return => "return",
            Self::Fail => "fail",
            Self::CallFunction => "call_function",
            Self::Select => "select",
            Self::Analyze => "analyze",
            Self::Parallel => "parallel",
            Self::Vote => "vote",
            Self::Pool => "pool",
            Self::AskUntil => "ask_until",
            Self::Endorse => "endorse",
        }
    }
}

impl fmt::Display for NodeKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What a node needs beyond its inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Nothing.
    Pure,
    /// An agent.
    Agent,
    /// The list of agents.
    Registry,
}

/// Where a node stands in the source: byte offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceSpan(pub u32, pub u32);

/// An element of the IR.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// The structural id, unique in the document.
    pub id: NodeId,
    /// What it does.
    pub kind: NodeKind,
    /// The contract, method, function or form that the kind wants named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Pure expressions over the slots of the frame, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, Expression>,
    /// What it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Child>,
    /// The slot that takes its value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<Slot>,
    /// The type of its value.
    pub result: Type,
    /// The strongest effect of it and its children.
    pub effect: Effect,
    /// Where it stands in the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<SourceSpan>,
}

/// Something that a node runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Child {
    /// Its role, as the parent's kind says.
    pub label: String,
    /// The frame of its own, for a branch that runs beside others; absent where it shares its parent's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame: Option<Frame>,
    /// The node.
    pub node: NodeId,
}

/// The frame of a branch.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// The number of slots.
    pub slots: u32,
    /// The slots that take what the parent hands in, such as the item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Slot>,
    /// Copies from the frame around it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub captures: Vec<Capture>,
}
