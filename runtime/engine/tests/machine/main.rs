//! The machine, run by a driver that answers its commands.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::result_large_err,
    clippy::unwrap_used,
    unreachable_pub,
    missing_docs,
    reason = "helpers of tests"
)]

mod ask_until;
mod builder;
mod calls;
mod control;
mod determinism;
mod driver;
mod ending;
mod parallel;
mod pooling;
mod select;
mod triage;
