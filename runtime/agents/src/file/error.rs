use std::fmt;
use std::path::PathBuf;

use prism_catalog::FailureCode;
use prism_ports::Failure;
use serde_json::json;

/// Why an agents file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentsFileError {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1; none for the file as a whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: AgentsFileProblem,
}

/// What can be wrong with an agents file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgentsFileProblem {
    /// There is no such file.
    Missing,
    /// The system does not let us read it.
    Unreadable {
        /// What it said.
        reason: String,
    },
    /// It is a folder, or something else that is no file.
    NotAFile,
    /// It is larger than any sensible list.
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// The largest that is read.
        limit: u64,
    },
    /// It is not text.
    NotUtf8 {
        /// The first byte that is not.
        offset: usize,
    },
    /// It is not TOML.
    Syntax {
        /// What the parser said.
        message: String,
    },
    /// It lists nobody.
    NoAgents,
    /// A key that agents files do not have.
    UnknownKey {
        /// As written.
        key: String,
        /// The key that was probably meant.
        nearest: Option<&'static str>,
    },
    /// A key whose value is of another type.
    WrongType {
        /// The key.
        key: &'static str,
        /// What it should be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A key with a value of the right type that makes no sense.
    WrongValue {
        /// The key.
        key: &'static str,
        /// The value.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
    /// An agent without an id.
    NoId,
    /// Two agents of one id.
    DuplicateId {
        /// The id.
        id: String,
        /// Where it was given first.
        first_line: usize,
    },
    /// An agent that cannot be reached in any way.
    NeitherEndpointNorCommand {
        /// The agent.
        id: String,
    },
    /// An agent that is reached in two ways.
    BothEndpointAndCommand {
        /// The agent.
        id: String,
    },
    /// A key that means something for commands only.
    CommandOnly {
        /// The agent.
        id: String,
        /// The key.
        key: &'static str,
    },
}

impl fmt::Display for AgentsFileProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(formatter, "there is no such file"),
            Self::Unreadable { reason } => write!(formatter, "the file cannot be read: {reason}"),
            Self::NotAFile => write!(formatter, "this is not a file"),
            Self::TooLarge { bytes, limit } => {
                write!(formatter, "the file has {bytes} bytes; an agents file has at most {limit}")
            }
            Self::NotUtf8 { offset } => {
                write!(formatter, "the file is not UTF-8 text: the byte at offset {offset} does not belong")
            }
            Self::Syntax { message } => write!(formatter, "this is not TOML: {message}"),
            Self::NoAgents => write!(formatter, "the file lists no agents; each one begins with `[[agent]]`"),
            Self::UnknownKey { key, nearest: Some(nearest) } => {
                write!(formatter, "unknown key `{key}`; did you mean `{nearest}`?")
            }
            Self::UnknownKey { key, nearest: None } => write!(formatter, "unknown key `{key}`"),
            Self::WrongType { key, expected, found } => {
                write!(formatter, "`{key}` should be {expected}, and is {found}")
            }
            Self::WrongValue { key, value, expected } => {
                write!(formatter, "`{key}` should be {expected}, and is `{value}`")
            }
            Self::NoId => write!(formatter, "an agent without an `id`"),
            Self::DuplicateId { id, first_line } => {
                write!(formatter, "the id `{id}` was given to another agent on line {first_line}")
            }
            Self::NeitherEndpointNorCommand { id } => {
                write!(
                    formatter,
                    "agent `{id}` has neither an `endpoint` to reach it at nor a `command` to start it with"
                )
            }
            Self::BothEndpointAndCommand { id } => {
                write!(
                    formatter,
                    "agent `{id}` has an `endpoint` and a `command`; a started agent tells its endpoint itself"
                )
            }
            Self::CommandOnly { id, key } => {
                write!(formatter, "agent `{id}` has `{key}`, which is for agents with a `command`")
            }
        }
    }
}

impl fmt::Display for AgentsFileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}", self.path.display(), self.problem),
            None => write!(formatter, "{}: {}", self.path.display(), self.problem),
        }
    }
}

impl std::error::Error for AgentsFileError {}

impl From<AgentsFileError> for Failure {
    fn from(error: AgentsFileError) -> Self {
        let code = match error.problem {
            AgentsFileProblem::NoAgents => FailureCode::AgentsNone,
            _ => FailureCode::AgentsFile,
        };
        Self::new(code, error.to_string())
            .with_details(json!({ "path": error.path.display().to_string(), "line": error.line }))
    }
}
