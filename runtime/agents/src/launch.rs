//! From an entry of the agents file to an agent that has registered.

use std::collections::BTreeSet;
use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;

use crate::file::{AgentsFile, CommandEntry};
use crate::notice::{AgentNotice, NoticeSink};
use crate::pool::duration;
use crate::process::{AgentCommand, AgentProcess, AgentProcessError, find_program};
use crate::registry::{LeaseChange, Registry};

/// A command of the file whose program was found.
pub(crate) struct Launch {
    id: String,
    program: PathBuf,
    entry: CommandEntry,
}

impl Launch {
    /// Finds the program of a command.
    pub(crate) fn new(id: &str, entry: &CommandEntry, file: &AgentsFile) -> Result<Self, AgentProcessError> {
        let name = entry.command.first().map_or("", String::as_str);
        let program = find_program(id, name, &file.folder, &file.search)?;
        Ok(Self { id: id.to_owned(), program, entry: entry.clone() })
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn timeout(&self) -> Duration {
        self.entry.timeout
    }

    /// The command, with the environment that it gets: see [`crate::process`].
    pub(crate) fn command(&self, registry: SocketAddr, log: PathBuf) -> AgentCommand {
        let named = self.entry.environment.iter();
        let mut environment: Vec<_> =
            named.filter_map(|name| Some((name.clone(), std::env::var_os(name)?))).collect();
        for (name, value) in [
            ("PARALLAX_REGISTRY", registry.to_string()),
            ("PARALLAX_AGENT_HOST", "127.0.0.1".to_owned()),
            ("PRISM_AGENT_ID", self.id.clone()),
            ("PRISM_AGENT_STDIN_GUARD", "1".to_owned()),
        ] {
            environment.push((name.to_owned(), value.into()));
        }
        AgentCommand {
            id: self.id.clone(),
            program: self.program.clone(),
            arguments: self.entry.command.iter().skip(1).cloned().collect(),
            environment,
            folder: self.entry.folder.clone(),
            log,
        }
    }
}

/// Waits until a started agent has registered.
///
/// # Errors
/// [`AgentProcessError`] when it ends before, or the time is over.
pub(crate) fn registered(
    registry: Registry,
    process: Arc<AgentProcess>,
    timeout: Duration,
    expected: &BTreeSet<String>,
    notices: &NoticeSink,
) -> impl Future<Output = Result<(), AgentProcessError>> {
    let (expected, notices) = (expected.clone(), notices.clone());
    async move {
        let appeared = tokio::select! {
            ended = process.ended() => return Err(ended),
            appeared = tokio::time::timeout(timeout, appears(&registry, process.id())) => appeared,
        };
        match appeared {
            Ok(endpoint) => {
                notices.tell(AgentNotice::Registered { agent: process.id().to_owned(), endpoint });
                Ok(())
            }
            Err(_) => {
                let live = registry.live().into_iter().map(|(agent, _)| agent.id);
                Err(AgentProcessError::NotRegistered {
                    agent: process.id().to_owned(),
                    waited: duration(timeout),
                    registered: live.filter(|id| !expected.contains(id)).collect(),
                    log: process.log().clone(),
                })
            }
        }
    }
}

/// Waits until somebody registers under an id, and gives the endpoint.
async fn appears(registry: &Registry, id: &str) -> String {
    loop {
        let (present, mut changes) = registry.watch();
        if let Some((agent, _)) = present.into_iter().find(|(agent, _)| agent.id == id) {
            return agent.endpoint;
        }
        loop {
            match changes.recv().await {
                Ok(LeaseChange::Added { agent } | LeaseChange::Modified { agent, .. }) if agent.id == id => {
                    return agent.endpoint;
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => break,
                // The registry is held above, so it does not go away.
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}
