mod front_end;
mod others;

use std::fmt;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use clap::ValueEnum;

use super::requirements::{Requirements, Tool};
use super::{Verdict, add_counts};
use crate::limits::check_file_sizes;
use crate::links::check_links;
use crate::machine_paths::check_machine_paths;
use crate::process;
use crate::summary::TestCounts;

/// One thing that a change must pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Stage {
    /// Rust code is formatted
    Format,
    /// Relative links and anchors of the Markdown files lead somewhere
    Links,
    /// No Rust file is too long
    Sizes,
    /// No file names a path of one machine
    Paths,
    /// Licences, sources and duplicates of dependencies
    Licences,
    /// Clippy and rustc warn of nothing, in benches too
    Clippy,
    /// The documentation of the crates builds without warnings
    Doc,
    /// The programs that tests start are built
    Build,
    /// All Rust tests
    Test,
    /// Instructions and growth of the front end
    Instructions,
    /// A short search for texts that break the front end
    Fuzz,
    /// The wire format and IR, seen from Node
    Node,
    /// The wire format and IR, seen from Python
    Python,
}

impl Stage {
    /// All stages: quick ones first, and those that need the built programs after `Build`.
    pub(super) const ALL: &'static [Self] = &[
        Self::Format,
        Self::Links,
        Self::Sizes,
        Self::Paths,
        Self::Licences,
        Self::Clippy,
        Self::Doc,
        Self::Build,
        Self::Test,
        Self::Instructions,
        Self::Fuzz,
        Self::Node,
        Self::Python,
    ];

    /// Runs the stage. An error is a stage that could not be run at all.
    pub(super) fn run(self, context: &mut Context) -> Result<Verdict> {
        match self {
            Self::Format => context.cargo(&["fmt", "--all", "--check"], &[]),
            Self::Links => Ok(Verdict::from_success(check_links(&context.root)?)),
            Self::Sizes => Ok(Verdict::from_success(check_file_sizes(&context.root)?)),
            Self::Paths => Ok(Verdict::from_success(check_machine_paths(&context.root)?)),
            Self::Licences => others::licences(context),
            Self::Clippy => context
                .cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"], &[]),
            Self::Doc => context
                .cargo(&["doc", "--workspace", "--no-deps", "--locked"], &[("RUSTDOCFLAGS", "-D warnings")]),
            Self::Build => context.cargo(&["build", "--workspace", "--bins", "--locked"], &[]),
            Self::Test => context.rust_tests(),
            Self::Instructions => front_end::instructions(context),
            Self::Fuzz => front_end::fuzz(context),
            Self::Node => others::node(context),
            Self::Python => others::python(context),
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.to_possible_value();
        formatter.write_str(value.as_ref().map_or("", |value| value.get_name()))
    }
}

/// What stages share.
pub(super) struct Context {
    root: PathBuf,
    requirements: Requirements,
    /// The sum of what the test runners reported; none before the first of them has.
    pub(super) counts: Option<TestCounts>,
}

impl Context {
    pub(super) fn new(root: PathBuf, requirements: Requirements) -> Self {
        Self { root, requirements, counts: None }
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    fn cargo(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Result<Verdict> {
        let mut command = self.command("cargo");
        let status = process::run(command.args(arguments).envs(environment.iter().copied()))?;
        Ok(Verdict::from_success(status.success()))
    }

    fn rust_tests(&mut self) -> Result<Verdict> {
        let mut command = self.command("cargo");
        command.args(["test", "--workspace", "--locked", "--no-fail-fast"]).env("INSTA_UPDATE", "no");
        self.tests(&mut command)
    }

    /// Runs a test runner and adds what it reports to the counts.
    fn tests(&mut self, command: &mut Command) -> Result<Verdict> {
        let status = process::run_observed(command, |line| add_counts(&mut self.counts, line))?;
        Ok(Verdict::from_success(status.success()))
    }

    /// What becomes of a stage whose tool is not there, or cannot be made ready.
    fn without(&self, tool: Tool, reason: &str) -> Verdict {
        if self.requirements.contains(tool) {
            crate::console::say(&format!("PRISM_REQUIRE asks for this, but: {reason}"));
            Verdict::Failed
        } else {
            Verdict::Skipped(reason.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_is_run() {
        for stage in Stage::value_variants() {
            assert!(Stage::ALL.contains(stage), "{stage} is missing from Stage::ALL");
        }
        assert_eq!(Stage::ALL.len(), Stage::value_variants().len());
    }
}
