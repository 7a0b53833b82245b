//! Prism's side: patterns, and the runtime that runs them.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use prism_agents::NoticeSink;
use prism_agents::pool::{AgentPool, AgentSource, KnownAgent, PoolConfig};
use prism_compiler::{CompileError, Program, Session};
use prism_runtime::{PreparedPattern, RunRequest, Runtime};
use serde_json::{Value as Json, json};

use crate::reference::voter;
use crate::{BenchError, Decision};

const PATTERNS: &str = include_str!("../patterns/calls.prism");

/// A pattern that can be run again and again.
#[derive(Clone, Debug)]
pub struct Subject {
    runtime: Runtime,
    pattern: PreparedPattern,
    input: Json,
}

impl Subject {
    /// Makes a pattern of `patterns/calls.prism` ready, with a runtime that knows so many agents, all of them at one
    /// address.
    ///
    /// # Errors
    /// [`BenchError::Pattern`] when the file does not compile, or has no pattern of that name.
    pub fn new(
        pattern: &str,
        agents: usize,
        address: SocketAddr,
        with_journal: bool,
        text: &str,
    ) -> Result<Self, BenchError> {
        let mut session = Session::in_memory();
        session.set_text("calls.prism", PATTERNS);
        let (program, name): (Program, String) = session
            .program("calls.prism", Some(pattern))
            .map_err(|error| BenchError::Pattern(told(&error)))?;
        let pattern = PreparedPattern::new(Arc::new(program), &name)
            .map_err(|failure| BenchError::Pattern(failure.message))?;
        let pool = Arc::new(pool(agents, address));
        let builder = Runtime::builder().caller(pool.clone()).directory(pool);
        // The default is a journal in memory.
        let builder = if with_journal { builder } else { builder.without_journal() };
        Ok(Self { runtime: builder.build(), pattern, input: json!({ "text": text }) })
    }

    /// Runs the pattern in the caller's task.
    ///
    /// # Errors
    /// [`BenchError::Run`] when it fails.
    pub async fn run(&self) -> Result<Decision, BenchError> {
        let result = self.runtime.execute(&self.pattern, self.input.clone(), RunRequest::default()).await;
        match result.failure {
            None => Ok(Decision {
                value: result.value,
                confidence: result.confidence.map(|confidence| confidence.point),
                calls: result.calls,
            }),
            Some(failure) => Err(BenchError::Run { pattern: result.pattern, message: failure.message }),
        }
    }
}

/// The program of `patterns/calls.prism`, in which there must be a pattern of that name.
pub(crate) fn program(pattern: &str) -> Result<Arc<Program>, BenchError> {
    let mut session = Session::in_memory();
    session.set_text("calls.prism", PATTERNS);
    let compiled = session.program("calls.prism", Some(pattern));
    compiled.map(|(program, _)| Arc::new(program)).map_err(|error| BenchError::Pattern(told(&error)))
}

fn pool(agents: usize, address: SocketAddr) -> AgentPool {
    let agents: BTreeMap<String, KnownAgent> = (0..agents)
        .map(|index| {
            let id = voter(index);
            (id.clone(), KnownAgent { id, endpoint: address.to_string(), ..KnownAgent::default() })
        })
        .collect();
    AgentPool::new(PoolConfig::default(), vec![AgentSource::Static(agents)], NoticeSink::default())
}

fn told(error: &CompileError) -> String {
    match error {
        CompileError::Diagnostics(report) => {
            let messages: Vec<&str> =
                report.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
            messages.join("; ")
        }
        CompileError::Internal(error) => error.to_string(),
    }
}
