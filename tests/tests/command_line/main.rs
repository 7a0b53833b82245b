//! `prismc` as people use it: a process with arguments, files, signals and an exit code.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod agents;
mod events;
mod explain;
mod files;
mod formats;
mod formatting;
mod input;
mod language_server;
mod levels;
mod not_yet;
mod outcome;
mod process;
mod scripts;
mod shell;
mod stopping;
mod triage;
mod usage;
mod workspace;
