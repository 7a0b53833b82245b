use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use prism_ports::Failure;

/// Something that happened to an agent or the registry, for those who show progress.
#[derive(Clone, Debug, PartialEq)]
pub enum AgentNotice {
    /// The embedded registry listens.
    Listening {
        /// Where.
        address: SocketAddr,
    },
    /// A command was started.
    Started {
        /// The agent.
        agent: String,
        /// Its process.
        process: u32,
        /// Where its output goes.
        log: PathBuf,
    },
    /// A started agent registered.
    Registered {
        /// The agent.
        agent: String,
        /// Where it listens.
        endpoint: String,
    },
    /// An agent that is listed does not answer, and is left out until it does.
    Unreachable {
        /// The agent.
        agent: String,
        /// Why.
        reason: String,
    },
    /// A started agent ended without being asked to.
    Died {
        /// The agent.
        agent: String,
        /// `agent/died`, with the end of its log.
        failure: Failure,
    },
    /// A started agent was stopped.
    Stopped {
        /// The agent.
        agent: String,
    },
}

/// Who is told. Called from the tasks that notice, so it must not block.
#[derive(Clone, Default)]
pub struct NoticeSink(Option<Arc<dyn Fn(AgentNotice) + Send + Sync>>);

impl NoticeSink {
    /// A sink that calls a function.
    pub fn new(told: impl Fn(AgentNotice) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(told)))
    }

    pub(crate) fn tell(&self, notice: AgentNotice) {
        if let Some(told) = &self.0 {
            told(notice);
        }
    }
}

impl std::fmt::Debug for NoticeSink {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(if self.0.is_some() { "NoticeSink(set)" } else { "NoticeSink(none)" })
    }
}
