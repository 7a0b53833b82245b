//! Where runs keep their records.
//!
//! [`MemoryJournal`] keeps them for as long as the process lives. Whatever else implements [`prism_ports::Journal`]
//! has to pass [`conformance::check`].

pub mod conformance;
mod memory;

pub use memory::{MemoryJournal, MemoryLimits};
