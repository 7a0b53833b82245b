//! Tests of Prism at the level that its users touch.

mod block;
mod expectation;

pub use block::{Block, Expected, Kind, blocks};
pub use expectation::{Expectation, expectations};
