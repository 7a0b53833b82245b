//! Runs patterns: the loop between the engine, agents and journal.
//!
//! A [`Runtime`] has agents and a journal; a [`PreparedPattern`] is a pattern made ready once, to be run any number
//! of times; a [`RunRequest`] says what one run may take and who watches it. [`Runtime::run`] starts a run beside the
//! caller and gives a [`RunHandle`]; [`Runtime::execute`] runs it in the caller's own task. Both end with a
//! [`RunResult`], also when the pattern fails or its input is refused.
//!
//! ```
//! use std::sync::Arc;
//! use prism_ir::Program;
//! use prism_runtime::ports::{
//!     AgentCaller, AgentDescription, AgentDirectory, Answer, BoxFuture, CallRequest, Failure,
//! };
//! use prism_runtime::{PreparedPattern, RunRequest, Runtime};
//! use serde_json::json;
//!
//! /// An agent in this process: it counts words.
//! struct Counter;
//!
//! impl AgentCaller for Counter {
//!     fn call(&self, request: CallRequest) -> BoxFuture<'static, Result<Answer, Failure>> {
//!         let words = request.data["text"].as_str().map_or(0, |text| text.split_whitespace().count());
//!         Box::pin(async move { Ok(Answer { value: json!(words), stated: Some(0.95), ..Answer::default() }) })
//!     }
//! }
//!
//! impl AgentDirectory for Counter {
//!     fn healthy(&self) -> BoxFuture<'static, Result<Vec<AgentDescription>, Failure>> {
//!         let counter = AgentDescription { id: "counter".to_owned(), ..AgentDescription::default() };
//!         Box::pin(async move { Ok(vec![counter]) })
//!     }
//! }
//!
//! # let ir = json!({
//! #     "prism_ir": "1.0", "compiler": "an example", "source": { "path": "count.prism", "sha256": "" },
//! #     "patterns": [{
//! #         "name": "count", "slots": 2, "root": "count", "hash": "", "bands": { "high": 0.8, "medium": 0.5 },
//! #         "input": { "fields": [{ "name": "text", "value": { "type": "string" } }] },
//! #         "output": { "type": { "type": "number" } }
//! #     }],
//! #     "nodes": [
//! #         {
//! #             "id": "count", "kind": "sequence", "result": { "type": "any" }, "effect": "agent",
//! #             "children": [{ "label": "0", "node": "count/agents" }, { "label": "1", "node": "count/analyze" }]
//! #         },
//! #         { "id": "count/agents", "kind": "select", "output": 1, "result": { "type": "any" }, "effect": "registry" },
//! #         {
//! #             "id": "count/analyze", "kind": "analyze", "result": { "type": "any" }, "effect": "agent",
//! #             "parameters": {
//! #                 "agent": [{ "op": "slot", "slot": 1 }, { "op": "literal", "value": 0 },
//! #                           { "op": "index", "object": 0, "index": 1 }],
//! #                 "task": [{ "op": "literal", "value": "Count the words." }],
//! #                 "data": [{ "op": "slot", "slot": 0 }]
//! #             }
//! #         }
//! #     ]
//! # }).to_string();
//! # let main = async {
//! let count = PreparedPattern::new(Arc::new(Program::from_json(&ir)?), "count")?;
//! let agents = Arc::new(Counter);
//! let runtime = Runtime::builder().caller(agents.clone()).directory(agents).build();
//!
//! let mut request = RunRequest::default();
//! let mut events = request.subscribe(1_000);
//! let run = runtime.run(&count, json!({ "text": "one two three" }), request);
//! while let Some(event) = events.next().await {
//!     println!("{:?} {}", event.kind, event.data);
//! }
//! let result = run.await;
//! assert_eq!(result.value, json!(3));
//! assert_eq!(result.confidence.map(|confidence| confidence.point), Some(0.95));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # };
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(main)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What holds of every run
//! - Nothing outlives it: when its result is there, its calls have ended or were dropped, which cancels them at the
//!   agent, and so have its timers.
//! - What happens is in the journal before anything follows from it, so [`replay`] comes to the same outcome.
//! - Whoever watches it cannot slow it down: events that nobody takes in time are dropped, with a `gap` in their
//!   place.
//! - No panic leaves it: one in a caller is a failure of that call, any other one a failure of the run, `internal`.

// Failures are the error type of the ports, and rare; boxing them here would only make callers unbox them.
#![allow(clippy::result_large_err)]

mod builder;
mod cancel;
mod clock;
#[cfg(feature = "compile")]
mod compile;
mod driver;
mod emitter;
mod events;
mod exit_code;
mod handle;
mod input;
mod no_agents;
mod panics;
mod prepared;
mod replay;
mod request;
mod result;
mod runtime;
mod work;

/// Agents over gRPC: see `prism-agents`.
pub mod agents {
    pub use prism_agents::pool::PoolConfig;
    pub use prism_agents::{AgentNotice, Agents, AgentsConfig, NoticeSink, RemoteRegistry};
}

/// What runs, agents and journals say to one another.
pub use prism_ports as ports;

pub use builder::RuntimeBuilder;
pub use cancel::Canceller;
pub use clock::MonotonicClock;
#[cfg(feature = "compile")]
pub use compile::PrepareError;
pub use events::EventStream;
pub use exit_code::{ExitCode, exit_code};
pub use handle::RunHandle;
pub use prepared::PreparedPattern;
pub use prism_store::{MemoryJournal, MemoryLimits};
pub use replay::{ReplayError, replay};
pub use request::RunRequest;
pub use result::{RunResult, RunStatus};
pub use runtime::Runtime;
