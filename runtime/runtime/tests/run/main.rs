//! Runs against agents in this process, and over gRPC.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    missing_docs,
    reason = "helpers of tests"
)]

mod basics;
mod cancelling;
mod fakes;
mod faults;
mod grpc;
mod input;
mod journaling;
mod replaying;
mod watching;
