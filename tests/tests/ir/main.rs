//! The IR as programs outside of Prism see it: documents, their schema, ids and hashes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod hostile;
mod identity;
mod program;
mod random;
mod schema;
mod sources;
mod trip;
