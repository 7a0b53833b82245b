//! The agent as a process of its own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use prism_proto::confidence::confidence_agent_client::ConfidenceAgentClient;
use tonic::Request;

use crate::BenchError;
use crate::agent::ANSWERED;
use crate::reference::channel;

/// A process that serves a [`crate::agent::BenchAgent`]. Dropping it ends it.
#[derive(Debug)]
pub struct AgentProcess {
    child: Child,
    address: SocketAddr,
}

impl AgentProcess {
    /// Starts the program `bench-agent`, bound to a core if one is given, and waits until it listens.
    ///
    /// # Errors
    /// [`BenchError::System`] when it cannot be started, [`BenchError::NoAddress`] when it does not listen.
    pub fn start(program: &Path, core: Option<usize>) -> Result<Self, BenchError> {
        let mut child = Command::new(program)
            .args(core.map(|core| core.to_string()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(BenchError::system("the agent cannot be started"))?;
        let mut line = String::new();
        let read = match child.stdout.take() {
            Some(output) => BufReader::new(output).read_line(&mut line),
            None => Ok(0),
        };
        let address = line.trim().parse();
        match (read, address) {
            (Ok(_), Ok(address)) => Ok(Self { child, address }),
            _ => {
                // It may have ended already.
                let _ = child.kill();
                let _ = child.wait();
                Err(BenchError::NoAddress(line.trim().to_owned()))
            }
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many tasks it has answered, as it counts them itself.
    ///
    /// # Errors
    /// [`BenchError`] when it cannot be asked.
    pub async fn answered(&self) -> Result<u64, BenchError> {
        let mut client = ConfidenceAgentClient::new(channel(self.address)?);
        let health = client.health_check(Request::new(())).await?.into_inner();
        let count = health.details.get(ANSWERED).and_then(|count| count.parse().ok());
        count.ok_or_else(|| BenchError::Answer("the health check has no count".to_owned()))
    }
}

impl Drop for AgentProcess {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
