//! The formats for machines: what they look like, that they are valid, and that nothing hostile gets through them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod github;
mod json;
mod junit;
mod sample;
mod sarif;
mod short;
