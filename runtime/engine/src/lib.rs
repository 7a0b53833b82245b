//! The deterministic engine of Prism: a machine that turns records into commands.
//!
//! [`Machine::step`] takes in what happened (a [`prism_ports::Record`]) and gives what is to be done about it
//! ([`Command`]s, in order). The machine has no clock, no randomness, no threads, and does no input or output, so
//! equal records give equal commands: a live run, a replay, a test under virtual time and a simulation are the same
//! machine with somebody else feeding it.
//!
//! # The loop around it
//! 1. Make a [`Plan`] of a program's pattern, and a [`Machine`] for the run.
//! 2. Append [`prism_ports::Record::Started`] to the journal and step the machine with it.
//! 3. Carry out the commands: [`Command::Append`] goes to the journal before anything after it is done; calls,
//!    selections and timers come back as records, each appended before the machine is stepped with it.
//! 4. Stop at [`Command::Finish`], the last command of every run. Nothing is under way then: everything that was
//!    started has come back or was cancelled.
//!
//! To resume a run, step a fresh machine with the records of the journal and keep, of all the commands, those calls,
//! selections and timers that have neither come back nor been cancelled.
//!
//! # How it executes
//! A branch is a *fiber*: a stack of frames over the nodes of the IR, kept as data. Fibers run in the order in which
//! something reaches them, one at a time, until each waits for a record or a branch. No native stack frame is held
//! for a nested node.

#![allow(
    clippy::result_large_err,
    reason = "failures are rare, and the interface of `ports` has them unboxed"
)]

mod ballots;
mod budget;
mod cancel;
mod command;
mod control;
mod dispatch;
mod drive;
mod evaluate;
mod failures;
mod fiber;
mod machine;
mod outcome;
mod plan;
mod primitives;
mod provenance;
mod slab;
mod values;

pub use command::{CallSpec, Command, EventDraft};
pub use machine::Machine;
pub use plan::Plan;
