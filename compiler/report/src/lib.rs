//! Diagnostics laid out for people.
//!
//! Nothing here decides what is wrong or how bad it is: a [`Diagnostic`](prism_diagnostics::Diagnostic) has it all.

mod human;
mod sanitize;
mod summary;

pub use human::human;
pub use sanitize::{visible_line, visible_text};
pub use summary::summary;
