//! A folder with files, and `prismc` run in it.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;

use crate::process::{Ended, Running, prismc};

/// The environment variable by which the processes of one test are told from all others.
const MARKER: &str = "PRISM_TEST_MARKER";

/// Asks one agent to label a text.
pub(crate) const ONE: &str = r#"agent Classifier {
  capabilities: ["classification"]
  timeout: 2s
  cost: $0.002
  fn classify(text: string) -> ~("bug" | "question" | "praise") "Which label fits?"
}

pattern one {
  input { text: string max_length(100), tier: "free" | "pro" = "free" }
  output ~("bug" | "question" | "praise")
  let agent = select(Classifier, min: 1, max: 1)[0] ?? fail("nobody is there")
  return agent.classify(input.text)
}
"#;

/// An input that `one` takes.
pub(crate) const TICKET: &str = r#"{"text": "It crashes"}"#;

pub(crate) struct Workspace {
    folder: TempDir,
    pub(crate) marker: String,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let marker = format!("prism-test-{}-{count}-end", std::process::id());
        Self { folder: tempfile::tempdir().unwrap(), marker }
    }

    /// One with the pattern `one`.
    pub(crate) fn with_one() -> Self {
        Self::new().file("one.prism", ONE)
    }

    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// Adds `agents.toml` with the agent that misbehaves, known as `hostile`.
    pub(crate) fn hostile(self, mode: &str) -> Self {
        self.agents(&[("hostile", &["hostile-agent", "--mode", mode])])
    }

    /// Adds `agents.toml` with commands that start agents.
    pub(crate) fn agents(self, agents: &[(&str, &[&str])]) -> Self {
        let mut text = String::new();
        for (id, command) in agents {
            let command = serde_json::json!(command);
            text.push_str(&format!("[[agent]]\nid = \"{id}\"\ncommand = {command}\nenv = [\"{MARKER}\"]\n"));
        }
        self.file("agents.toml", text)
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// `prismc` with arguments, in the folder, without what the caller's environment says about colours and width.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(prismc());
        command.args(arguments).current_dir(self.path()).env(MARKER, &self.marker);
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLUMNS", "LINES"] {
            command.env_remove(variable);
        }
        command
    }

    pub(crate) fn start(&self, arguments: &[&str]) -> Running {
        Running::start(&mut self.command(arguments))
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        self.start(arguments).end()
    }

    /// Runs the pattern `one` with `agents.toml`.
    pub(crate) fn run_one(&self, more: &[&str]) -> Ended {
        self.start_one(more).end()
    }

    pub(crate) fn start_one(&self, more: &[&str]) -> Running {
        let arguments = ["run", "one.prism", "--agents", "agents.toml", "--input", TICKET];
        self.start(&[arguments.as_slice(), more].concat())
    }
}
