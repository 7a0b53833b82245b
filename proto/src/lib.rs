//! The gRPC protocol of Parallax agents and its generated code.
//!
//! [`confidence`] is what agents implement, [`registry`] is where they announce themselves; both are generated from
//! the `.proto` files of this folder. [`json`] converts between JSON and `google.protobuf.Struct`, in which the data
//! of a task travel.

pub mod json;

/// Package `parallax.confidence`: tasks and answers.
#[allow(missing_docs, unreachable_pub, clippy::all, clippy::indexing_slicing)]
pub mod confidence {
    tonic::include_proto!("parallax.confidence");
}

/// Package `parallax.registry`: agents and their leases.
#[allow(missing_docs, unreachable_pub, clippy::all, clippy::indexing_slicing)]
pub mod registry {
    tonic::include_proto!("parallax.registry");
}

/// What precedes the agent's id in a lease id.
pub const LEASE_PREFIX: &str = "lease-";

/// The context key that says how [`confidence::AgentRequest::data`] is to be read.
pub const DATA_FORM_KEY: &str = "prism.data";

/// The value of [`DATA_FORM_KEY`] for data that is not a record and travels as `{ "value": … }`.
pub const DATA_FORM_VALUE: &str = "value";

/// The context key of the run's id.
pub const RUN_KEY: &str = "prism.run";

/// The context key of the node that asks.
pub const NODE_KEY: &str = "prism.node";

/// The context key of the pattern that asks.
pub const PATTERN_KEY: &str = "prism.pattern";

/// The metadata key of an answer for what it cost, in nano-dollars.
pub const COST_KEY: &str = "prism.cost_nanousd";
