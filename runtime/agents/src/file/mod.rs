//! The agents file, `agents.toml`: agents at fixed endpoints, and commands that start agents.
//!
//! ```toml
//! search = ["bin"]                     # folders of commands, besides those of PATH; optional
//!
//! [[agent]]
//! id = "lexicon"                       # the id under which it registers
//! command = ["lexicon-agent", "-v"]    # started before the run, stopped after it
//! env = ["OPENAI_API_KEY"]             # passed on from our environment, which is hidden otherwise; optional
//! cwd = "data"                         # where it runs; the folder of this file when absent
//! timeout = "10s"                      # how long it may take to register; optional
//!
//! [[agent]]
//! id = "bayes"
//! endpoint = "127.0.0.1:5000"          # runs already
//!
//! # All optional, for both kinds:
//! name = "Naive Bayes"
//! capabilities = ["classification"]
//! cost = "$0.001"                      # of one call
//! labels = { tier = "cheap" }
//! ```
//!
//! Paths are relative to the folder of the file. **A command with a `/` in it** (`./agent`, `../target/agent`) is a
//! path; one without is looked for in the folders of `search`, then beside the running program, then in those of
//! PATH. What the file says about an agent that registers itself overrides what it says there, and labels add up.

mod error;
mod parse;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use error::{AgentsFileError, AgentsFileProblem};

/// The largest agents file that is read, in bytes.
const LARGEST_FILE: u64 = 1024 * 1024;
/// How long a command may take to register when the file does not say.
pub const DEFAULT_REGISTRATION_TIMEOUT: Duration = Duration::from_secs(10);

/// An agents file as it is written, with paths made absolute or relative to the current folder.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentsFile {
    /// The file.
    pub path: PathBuf,
    /// Its folder.
    pub folder: PathBuf,
    /// Where commands are looked for first.
    pub search: Vec<PathBuf>,
    /// The agents, in the order of the file.
    pub agents: Vec<AgentEntry>,
}

/// An agent of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentEntry {
    /// The id.
    pub id: String,
    /// The line that it begins on, from 1.
    pub line: usize,
    /// The name shown to people.
    pub name: Option<String>,
    /// What it can do.
    pub capabilities: Option<Vec<String>>,
    /// What a call costs, in nano-dollars.
    pub cost_nanodollars: Option<i64>,
    /// Labels.
    pub labels: BTreeMap<String, String>,
    /// How it is reached.
    pub kind: AgentKind,
}

/// How an agent of the file is reached.
#[derive(Clone, Debug, PartialEq)]
pub enum AgentKind {
    /// It listens at `host:port`.
    Endpoint(String),
    /// It is started.
    Command(CommandEntry),
}

/// A command of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandEntry {
    /// The program and its arguments; not empty.
    pub command: Vec<String>,
    /// Names of environment variables that it is given.
    pub environment: Vec<String>,
    /// Where it runs.
    pub folder: PathBuf,
    /// How long it may take to register.
    pub timeout: Duration,
}

impl AgentsFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`AgentsFileError`] when it cannot be read, or does not say what an agents file says.
    pub fn read(path: &Path) -> Result<Self, AgentsFileError> {
        let failed = |problem| AgentsFileError { path: path.to_owned(), line: None, problem };
        let system = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => failed(AgentsFileProblem::Missing),
            _ => failed(AgentsFileProblem::Unreadable { reason: error.to_string() }),
        };
        let metadata = std::fs::metadata(path).map_err(system)?;
        if !metadata.is_file() {
            return Err(failed(AgentsFileProblem::NotAFile));
        }
        if metadata.len() > LARGEST_FILE {
            return Err(failed(AgentsFileProblem::TooLarge { bytes: metadata.len(), limit: LARGEST_FILE }));
        }
        let bytes = std::fs::read(path).map_err(system)?;
        let text = String::from_utf8(bytes).map_err(|error| {
            failed(AgentsFileProblem::NotUtf8 { offset: error.utf8_error().valid_up_to() })
        })?;
        Self::parse(&text, path)
    }

    /// Reads the text of a file that lies at a path.
    ///
    /// # Errors
    /// [`AgentsFileError`] when the text does not say what an agents file says.
    pub fn parse(text: &str, path: &Path) -> Result<Self, AgentsFileError> {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let (search, agents) = parse::agents(text, &folder).map_err(|(line, problem)| AgentsFileError {
            path: path.to_owned(),
            line,
            problem,
        })?;
        Ok(Self { path: path.to_owned(), folder, search, agents })
    }
}

#[cfg(test)]
mod tests;
