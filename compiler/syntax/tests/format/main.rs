//! The formatter.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod corpus;
mod laws;
mod pages;
mod words;
