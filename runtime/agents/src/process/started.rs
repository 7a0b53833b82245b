use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{ChildStdin, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rustix::process::Signal;

use super::command::AgentCommand;
use super::error::AgentProcessError;
use super::group::Group;
use super::guardian::Guardian;
use super::log::AgentLog;

/// How long an agent has between SIGTERM and SIGKILL.
const STOP_GRACE: Duration = Duration::from_millis(500);
/// How long the system may take to end a process after SIGKILL; one that hangs in the system ends later, by itself.
const KILL_GRACE: Duration = Duration::from_secs(2);

/// A started agent. Dropping it kills it, with its children, at once.
#[derive(Debug)]
pub struct AgentProcess {
    id: String,
    group: Group,
    log: AgentLog,
    /// Ends when this process does, by which the agent may notice.
    _input: Option<ChildStdin>,
}

impl AgentProcess {
    /// Starts a command.
    ///
    /// # Errors
    /// [`AgentProcessError`] when its folder, its log or the program cannot be used.
    pub fn start(command: AgentCommand, guardian: &Arc<Guardian>) -> Result<Self, AgentProcessError> {
        let AgentCommand { id, program, arguments, environment, folder, log } = command;
        // An empty path stands for the current folder.
        let folder = if folder.as_os_str().is_empty() { ".".into() } else { folder };
        if !folder.is_dir() {
            return Err(AgentProcessError::NoFolder { agent: id, folder });
        }
        let log_failed = |source| AgentProcessError::Log { agent: id.clone(), log: log.clone(), source };
        let (agent_log, output) = AgentLog::open(&log).map_err(log_failed)?;
        let errors = output.try_clone().map_err(log_failed)?;
        let start_failed =
            |source| AgentProcessError::Start { agent: id.clone(), program: program.clone(), source };
        let mut child = Command::new(&program)
            .args(arguments)
            .env_clear()
            .envs(environment)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(output)
            .stderr(errors)
            .process_group(0)
            .spawn()
            .map_err(start_failed)?;
        let input = child.stdin.take();
        let group = Group::new(child, Arc::clone(guardian)).map_err(start_failed)?;
        Ok(Self { id, group, log: agent_log, _input: input })
    }

    /// The agent's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The number of its process, which is also that of its group.
    pub fn process(&self) -> u32 {
        self.group.leader().as_raw_nonzero().get().unsigned_abs()
    }

    /// Its output.
    pub fn log(&self) -> &AgentLog {
        &self.log
    }

    /// Kills it, with its children, at once.
    pub fn kill(&self) {
        self.group.signal(Signal::KILL);
    }

    /// Waits for its end and says how it was.
    pub async fn ended(&self) -> AgentProcessError {
        let status = self.group.ended().await;
        AgentProcessError::Ended { agent: self.id.clone(), status: in_words(status), log: self.log.clone() }
    }

    /// Ends it: SIGTERM, and SIGKILL after 500 ms, to the whole group.
    pub async fn stop(&self) {
        self.group.signal(Signal::TERM);
        if tokio::time::timeout(STOP_GRACE, self.group.ended()).await.is_err() {
            self.group.signal(Signal::KILL);
            let _ = tokio::time::timeout(KILL_GRACE, self.group.ended()).await;
        }
    }
}

fn in_words(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit code {code}"),
        (None, Some(signal)) => format!("signal {signal}"),
        (None, None) => "for an unknown reason".to_owned(),
    }
}
