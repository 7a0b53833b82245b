use std::io;
use std::path::PathBuf;

use prism_catalog::FailureCode;
use prism_ports::Failure;
use thiserror::Error;

use super::log::AgentLog;

/// Why an agent could not be started, or is no longer there.
#[derive(Debug, Error)]
pub enum AgentProcessError {
    /// There is no such program.
    #[error("agent `{agent}` cannot be started: there is no program `{program}` {}", places(.looked_at))]
    NotFound {
        /// The agent.
        agent: String,
        /// As the file names it.
        program: String,
        /// Where it was looked for.
        looked_at: Vec<PathBuf>,
    },
    /// The folder to run in is not there.
    #[error("agent `{agent}` cannot be started: there is no folder {}", .folder.display())]
    NoFolder {
        /// The agent.
        agent: String,
        /// The folder.
        folder: PathBuf,
    },
    /// The log file cannot be written.
    #[error("agent `{agent}` cannot be started: its log {} cannot be written: {source}", .log.display())]
    Log {
        /// The agent.
        agent: String,
        /// The file.
        log: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The system refuses to start it.
    #[error("agent `{agent}` cannot be started: {}: {source}", .program.display())]
    Start {
        /// The agent.
        agent: String,
        /// The program.
        program: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It ended before it registered, or without being asked to.
    #[error("agent `{agent}` ended ({status}){}", .log.ending())]
    Ended {
        /// The agent.
        agent: String,
        /// How, in words.
        status: String,
        /// Its output.
        log: AgentLog,
    },
    /// It runs, and did not register in time.
    #[error("agent `{agent}` was started, and did not register within {waited}{}{}", others(.registered), .log.ending())]
    NotRegistered {
        /// The agent.
        agent: String,
        /// How long it had.
        waited: String,
        /// Ids that are registered and that no agent of the file has.
        registered: Vec<String>,
        /// Its output.
        log: AgentLog,
    },
}

impl AgentProcessError {
    /// The agent that it is about.
    pub fn agent(&self) -> &str {
        match self {
            Self::NotFound { agent, .. }
            | Self::NoFolder { agent, .. }
            | Self::Log { agent, .. }
            | Self::Start { agent, .. }
            | Self::Ended { agent, .. }
            | Self::NotRegistered { agent, .. } => agent,
        }
    }
}

impl From<AgentProcessError> for Failure {
    fn from(error: AgentProcessError) -> Self {
        let code = match error {
            AgentProcessError::NotFound { .. } | AgentProcessError::NoFolder { .. } => {
                FailureCode::AgentsFile
            }
            AgentProcessError::Log { .. }
            | AgentProcessError::Start { .. }
            | AgentProcessError::Ended { .. }
            | AgentProcessError::NotRegistered { .. } => FailureCode::AgentDied,
        };
        Self::new(code, error.to_string()).from_agent(error.agent())
    }
}

fn places(looked_at: &[PathBuf]) -> String {
    match looked_at {
        [] => "anywhere".to_owned(),
        [one] => format!("at {}", one.display()),
        [first, rest @ ..] => format!("at {} or {} other places", first.display(), rest.len()),
    }
}

fn others(registered: &[String]) -> String {
    match registered {
        [] => String::new(),
        ids => format!(" (registered under other ids: {})", ids.join(", ")),
    }
}
