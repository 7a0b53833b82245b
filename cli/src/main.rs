//! Check, inspect and run Prism patterns.

// Failures are the error type of the ports, and rare; boxing them here would only make callers unbox them.
#![allow(clippy::result_large_err)]

mod arguments;
mod commands;
mod duration;
mod input;
mod messages;
mod progress;
mod summary;
mod terminal;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};
use crate::terminal::tell;

/// The exit code of a bug in Prism.
const INTERNAL: u8 = 70;

fn main() -> ExitCode {
    panic::set_hook(Box::new(|information| {
        let place = information.location().map(|place| format!(" at {}:{}", place.file(), place.line()));
        tell!(
            "[{}] error: Prism has a bug{}: {}",
            prism_catalog::DiagnosticCode::InternalError.code(),
            place.unwrap_or_default(),
            information.payload_as_str().unwrap_or("no message")
        );
        tell!("   help: please report it together with the file and the command that led here");
    }));
    let arguments = Arguments::parse();
    let code = panic::catch_unwind(AssertUnwindSafe(|| match arguments.command {
        Command::Check(check) => commands::check::run(&check),
        Command::Fmt(fmt) => commands::fmt::run(&fmt),
        Command::Run(run) => commands::run::run(run),
        Command::Ir(ir) => commands::ir::run(&ir),
        Command::Explain(explain) => commands::explain::run(&explain),
        Command::Lsp(lsp) => commands::lsp::run(&lsp),
        Command::Completions(completions) => commands::completions::run(&completions),
        Command::Man(man) => commands::man::run(&man),
    }));
    ExitCode::from(code.unwrap_or(INTERNAL))
}
