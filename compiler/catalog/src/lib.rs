//! The tables of the Prism language: one row per fact, used by every other part.
//!
//! Each table is an enum made by one macro, so that a row that somebody forgot to handle does not compile.
//! Highlighting, completion, grammar files and documentation derive from these tables.

mod builtin;
mod contract;
mod diagnostic;
mod failure;
mod keyword;
mod operator;
mod primitive;
mod table;

pub use builtin::BuiltinId;
pub use contract::ContractKey;
pub use diagnostic::{DiagnosticCode, DiagnosticLevel};
pub use failure::FailureCode;
pub use keyword::Keyword;
pub use operator::{BinaryOperator, UnaryOperator};
pub use primitive::{PrimitiveId, PrimitiveParameter, PrimitiveShape};
