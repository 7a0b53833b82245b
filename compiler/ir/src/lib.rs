//! The intermediate representation of Prism patterns, as data.
//!
//! A [`Document`] is all that a runtime needs to execute patterns, and all that it knows of them: flat nodes with
//! structural ids, slot-resolved expressions, types, contracts. It travels as JSON; [`Program::load`] turns it into
//! something that can be trusted.
//!
//! # How it is executed
//! - A *frame* is a row of slots. Patterns, functions and branches over items have one each; slot 0 of a pattern's
//!   frame is its input. Values are immutable; a branch gets copies of what it captures.
//! - A node evaluates its `parameters`, runs its `children` as its kind says, and writes its value to its `output`
//!   slot if it has one. `return` ends the nearest frame's body.
//! - Expressions are pure. An operation refers to earlier operations of the same expression only.

mod conform;
mod document;
mod expression;
mod hash;
mod literal;
mod node;
mod program;
mod text;
mod trim;
mod types;

pub use conform::{Mismatch, conform, conform_fields};
pub use document::{
    Bands, Budget, Constraint, Contract, Document, Field, Function, FunctionBody, Interface, Method,
    Parameter, Pattern, Propagation, SourceReference,
};
pub use expression::{Capture, Element, Entry, Expression, Operation, UncertainBands};
pub use hash::{canonical_json, hash_hex};
pub use literal::Literal;
pub use node::{Child, Effect, Frame, Node, NodeId, NodeKind, SourceSpan};
pub use program::{LoadError, NodeIndex, Program};
pub use text::listing;
pub use trim::trim;
pub use types::{Type, TypeField};

/// The version of the form of documents. Readers refuse another major version.
pub const IR_VERSION: &str = "1.0";

/// A slot of a frame.
pub type Slot = u32;

/// The JSON Schema of [`Document`], as it is checked in under `compiler/ir/schema`.
pub fn json_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Document).to_value();
    if let Some(object) = schema.as_object_mut() {
        object.insert("title".to_owned(), serde_json::Value::from("Prism IR 1.0"));
    }
    schema
}
