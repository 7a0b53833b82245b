//! The coordination primitives, each a state machine of its own.

pub(crate) mod analyze;
pub(crate) mod ask_until;
pub(crate) mod endorse;
pub(crate) mod parallel;
pub(crate) mod pool;
pub(crate) mod select;
pub(crate) mod vote;
