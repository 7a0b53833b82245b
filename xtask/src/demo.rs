use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::console::say;
use crate::process;
use crate::repository;

/// What `cargo xtask demo` takes.
#[derive(Args)]
pub(crate) struct DemoArguments {
    /// A file of examples/tickets, without its ending
    #[arg(long, default_value = "invoice")]
    ticket: String,
}

/// Builds Prism and its example agents, and becomes the `prismc` command that runs the example.
pub(crate) fn run(arguments: &DemoArguments) -> Result<ExitCode> {
    let root = repository::root()?;
    let ticket = format!("examples/tickets/{}.json", arguments.ticket);
    if !root.join(&ticket).is_file() {
        bail!("there is no {ticket}; the tickets are: {}", tickets(&root)?.join(", "));
    }

    // The command below is to be typed as it is printed, whatever CARGO_TARGET_DIR says.
    let mut build = Command::new("cargo");
    build.args(["build", "--locked", "--target-dir", "target", "-p", "prismc", "-p", "prism-example-agents"]);
    let status = process::run(build.current_dir(&root))?;
    if !status.success() {
        return Ok(exit_code(status.code()));
    }

    let mut command = Command::new("target/debug/prismc");
    command.args(["run", "examples/triage.prism", "--agents", "examples/agents.toml", "--input"]);
    command.arg(format!("@{ticket}")).current_dir(&root);
    say(&format!("\n$ {}\n", process::command_line(&command)));
    become_command(&mut command)
}

/// The names that `--ticket` takes, sorted.
fn tickets(root: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in root.join("examples/tickets").read_dir().context("cannot list examples/tickets")? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// The command takes the place of this process, so that Ctrl-C, the terminal and the exit code are its own.
#[cfg(unix)]
fn become_command(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(error).with_context(|| format!("cannot start `{}`", process::command_line(command)))
}

#[cfg(not(unix))]
fn become_command(command: &mut Command) -> Result<ExitCode> {
    let status =
        command.status().with_context(|| format!("cannot start `{}`", process::command_line(command)))?;
    Ok(exit_code(status.code()))
}

fn exit_code(code: Option<i32>) -> ExitCode {
    code.and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}
