//! Tasks of the Prism repository: `cargo xtask demo` and `cargo xtask ci`.
//!
//! It depends on no crate of Prism, so that it builds in seconds and works when they do not compile.

mod ci;
mod console;
mod demo;
mod limits;
mod links;
mod machine_paths;
mod markdown;
mod process;
mod repository;
mod summary;
mod table;

use std::process::ExitCode;

use clap::Parser;

use crate::console::say;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Tasks of the Prism repository")]
enum Task {
    /// Build Prism and its example agents, and run examples/triage.prism with them
    Demo(demo::DemoArguments),
    /// Run every check that a change must pass, and print how long each took
    Ci(ci::CiArguments),
}

fn main() -> ExitCode {
    let outcome = match Task::parse() {
        Task::Demo(arguments) => demo::run(&arguments),
        Task::Ci(arguments) => ci::run(&arguments),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            say(&format!("cargo xtask: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
