//! Programs with one mistake planted in each, and programs that are right, by rule.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    missing_docs,
    reason = "helpers of tests"
)]

mod calls;
mod confidence;
mod effects;
mod names;
mod narrowing;
mod not_yet;
mod not_yet_library;
mod operators;
mod patterns;
mod records;
mod single;
mod table;
mod types;
mod words;
