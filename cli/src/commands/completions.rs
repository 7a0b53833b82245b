use clap::CommandFactory;
use prism_runtime::ExitCode;

use crate::arguments::{Arguments, Completions};
use crate::terminal::print;

/// Prints the completions for a shell.
pub(crate) fn run(wanted: &Completions) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(wanted.shell, &mut Arguments::command(), "prismc", &mut script);
    print(&String::from_utf8_lossy(&script));
    ExitCode::Completed as u8
}
