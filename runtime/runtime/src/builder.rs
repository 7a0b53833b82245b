use std::sync::Arc;

use prism_agents::Agents;
use prism_ports::{AgentCaller, AgentDirectory, Clock, Journal};
use prism_store::MemoryJournal;

use crate::clock::MonotonicClock;
use crate::no_agents::NoAgents;
use crate::runtime::{Ports, Runtime};

/// Puts a [`Runtime`] together.
#[derive(Clone)]
pub struct RuntimeBuilder {
    ports: Ports,
}

impl RuntimeBuilder {
    pub(crate) fn new() -> Self {
        let ports = Ports {
            caller: Arc::new(NoAgents),
            directory: Arc::new(NoAgents),
            journal: Some(Arc::new(MemoryJournal::default())),
            clock: Arc::new(MonotonicClock::default()),
        };
        Self { ports }
    }

    /// Who asks the agents. Without it every call fails with `agent/unavailable`.
    #[must_use]
    pub fn caller(mut self, caller: Arc<dyn AgentCaller>) -> Self {
        self.ports.caller = caller;
        self
    }

    /// Who knows the agents. Without it there are none.
    #[must_use]
    pub fn directory(mut self, directory: Arc<dyn AgentDirectory>) -> Self {
        self.ports.directory = directory;
        self
    }

    /// Agents over gRPC, as directory and caller. They stay the caller's to shut down.
    #[must_use]
    pub fn agents(self, agents: &Agents) -> Self {
        self.caller(agents.caller()).directory(agents.directory())
    }

    /// Where records are kept. Without it a [`MemoryJournal`] of its own.
    #[must_use]
    pub fn journal(mut self, journal: Arc<dyn Journal>) -> Self {
        self.ports.journal = Some(journal);
        self
    }

    /// Keeps no records at all: runs cannot be replayed, and cost a little less.
    #[must_use]
    pub fn without_journal(mut self) -> Self {
        self.ports.journal = None;
        self
    }

    /// Who tells the time. Without it a [`MonotonicClock`].
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.ports.clock = clock;
        self
    }

    /// The runtime.
    pub fn build(self) -> Runtime {
        Runtime::new(self.ports)
    }
}
