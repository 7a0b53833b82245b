//! Agents as processes that are started for a run and end with it.
//!
//! A started command gets **a cleared environment**: the variables that its `env = […]` names (where we have them)
//! and these:
//!
//! | variable | value |
//! |---|---|
//! | `PARALLAX_REGISTRY` | `host:port` of the registry to announce itself at |
//! | `PARALLAX_AGENT_HOST` | `127.0.0.1`, where it should listen |
//! | `PRISM_AGENT_ID` | the id that it should register under |
//! | `PRISM_AGENT_STDIN_GUARD` | `1`: its standard input is a pipe that nothing is written to, and which ends when the process that started it does; a wise agent ends then, too |
//!
//! Not even PATH is passed on unasked. Output goes to a log file per agent.
//!
//! **No agent outlives the run.** Each command is the leader of a process group of its own. Ending it means SIGTERM
//! to the group, and SIGKILL to what is left of it after 500 ms or when the leader has ended; dropping it means
//! SIGKILL at once. Should we be killed with SIGKILL ourselves, a [`Guardian`] (a shell that waits for the end of a
//! pipe) does the same. Only a process that leaves its group on purpose, as daemons do, escapes.

mod command;
mod error;
mod group;
mod guardian;
mod log;
mod started;

pub use command::{AgentCommand, find_program};
pub use error::AgentProcessError;
pub use guardian::Guardian;
pub use log::AgentLog;
pub use started::AgentProcess;
