use std::io;

use thiserror::Error;
use tonic::Status;

/// Why something cannot be measured.
#[derive(Debug, Error)]
pub enum BenchError {
    /// The system refuses something.
    #[error("{what}: {source}")]
    System {
        /// What was tried.
        what: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// The agent's process did not say where it listens.
    #[error("the agent's process said `{0}` instead of its address")]
    NoAddress(String),
    /// The agent cannot be connected to.
    #[error("the agent cannot be connected to: {0}")]
    Transport(#[from] tonic::transport::Error),
    /// A call written by hand failed.
    #[error("a call failed: {0}")]
    Call(Box<Status>),
    /// An answer cannot be used.
    #[error("an answer cannot be used: {0}")]
    Answer(String),
    /// The patterns do not compile.
    #[error("the patterns do not compile: {0}")]
    Pattern(String),
    /// A run failed.
    #[error("a run of `{pattern}` failed: {message}")]
    Run {
        /// The pattern.
        pattern: String,
        /// Why.
        message: String,
    },
    /// Instructions cannot be counted.
    #[error("the instructions cannot be counted: {0}")]
    Counting(String),
    /// The table of instructions per byte cannot be used.
    #[error("instructions.toml: {0}")]
    Table(String),
    /// A text to measure the front end on cannot be read.
    #[error("{path}: {source}")]
    Corpus {
        /// The file or folder.
        path: String,
        /// What the system says.
        source: io::Error,
    },
}

impl BenchError {
    /// An error of the system, with what was tried.
    pub fn system(what: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::System { what, source }
    }
}

impl From<Status> for BenchError {
    fn from(status: Status) -> Self {
        Self::Call(Box::new(status))
    }
}
