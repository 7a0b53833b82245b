use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::Result;

use super::Context;
use crate::ci::Verdict;
use crate::ci::requirements::Tool;
use crate::console::say;
use crate::process::{self, find_program};

/// `cargo deny`: licences, sources, banned crates. Advisories need the network and are left to a run by hand.
pub(super) fn licences(context: &Context) -> Result<Verdict> {
    if find_program("cargo-deny").is_none() {
        return Ok(context.without(Tool::Deny, "cargo-deny (not found)"));
    }
    context.cargo(&["deny", "--locked", "check", "bans", "licenses", "sources"], &[])
}

/// The tests of `tests/node`, with the packages of its lock file.
pub(super) fn node(context: &mut Context) -> Result<Verdict> {
    if find_program("node").is_none() {
        return Ok(context.without(Tool::Node, "node (not found)"));
    }
    if find_program("npm").is_none() {
        return Ok(context.without(Tool::Node, "npm (not found)"));
    }
    let mut install = context.command("npm");
    install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", "tests/node"]);
    if !process::run(&mut install)?.success() {
        return Ok(context.without(Tool::Node, "node (its packages cannot be installed)"));
    }
    let mut command = context.command("node");
    let folder = context.root.join("tests/node");
    context.tests(command.args(["--test", "--test-reporter=tap"]).current_dir(folder))
}

/// The tests of `tests/python`, in an environment of their own under `target` where the packages are not at hand.
pub(super) fn python(context: &mut Context) -> Result<Verdict> {
    let Some(program) = ["python3", "python"].into_iter().find_map(find_program) else {
        return Ok(context.without(Tool::Python, "python (not found)"));
    };
    let interpreter = match ready_interpreter(context, program)? {
        Ok(interpreter) => interpreter,
        Err(reason) => return Ok(context.without(Tool::Python, reason)),
    };
    let mut command = context.command(interpreter);
    context.tests(command.arg("tests/python"))
}

const REQUIREMENTS: &str = "tests/python/requirements.txt";
const ENVIRONMENT: &str = "target/python";

/// An interpreter that can import what the tests need, or why there is none.
fn ready_interpreter(context: &Context, program: PathBuf) -> Result<Result<PathBuf, &'static str>> {
    let own =
        context.root.join(ENVIRONMENT).join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    for interpreter in [&own, &program] {
        if has_packages(context, interpreter)? {
            return Ok(Ok(interpreter.clone()));
        }
    }
    if !run(context.command(program).args(["-m", "venv", ENVIRONMENT]))? {
        return Ok(Err("python (it cannot make a virtual environment)"));
    }
    let mut install = context.command(&own);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS]);
    if !run(&mut install)? {
        return Ok(Err("python (its packages cannot be installed)"));
    }
    Ok(Ok(own))
}

fn run(command: &mut Command) -> Result<bool> {
    Ok(process::run(command)?.success())
}

fn has_packages(context: &Context, interpreter: &PathBuf) -> Result<bool> {
    if !interpreter.exists() {
        return Ok(false);
    }
    let mut command = context.command(interpreter);
    command.args(["-c", "import grpc, grpc_tools, jsonschema"]);
    let found = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?.success();
    if found {
        say(&format!("Python packages: those of {}", interpreter.display()));
    }
    Ok(found)
}
