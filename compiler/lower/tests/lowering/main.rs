//! What programs become.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    missing_docs,
    reason = "helpers of tests"
)]

mod generated;
mod ids;
mod listings;
mod program;
mod sound;
mod values;
