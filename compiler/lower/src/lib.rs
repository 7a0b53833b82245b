//! From checked syntax trees to Prism's intermediate representation.
//!
//! What calls an agent becomes a node of its own, with a structural id; what lies between the calls stays a pure
//! expression over slots (A-normal form). An expression that is evaluated only sometimes and calls agents becomes a
//! node that chooses.

mod branch;
mod constant;
mod declaration;
mod error;
mod frame;
mod lift;
mod lowerer;
mod node;
mod primitive;
mod pure;
mod statement;
mod types;

pub use error::LowerError;
pub use lowerer::{Lowered, Origin, lower};
