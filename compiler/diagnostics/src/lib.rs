//! Source positions and diagnostics as plain data.
//!
//! Each phase of the compiler reports facts in an enum of its own and turns them into [`Diagnostic`]s in one
//! place; `prism-report` lays them out. Nothing here knows what a diagnostic is about.

mod diagnostic;
mod source;
mod span;

pub use diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Level};
pub use source::{LineColumn, SourceFile};
pub use span::Span;
