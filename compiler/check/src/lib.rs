//! Names, types and uncertainty of Prism programs.
//!
//! [`check`] walks a syntax tree once, from types and contracts to functions and patterns, and keeps what it finds
//! in side tables over the tree's ids ([`Checked`]), so that lowering has nothing to decide again. Mistakes are
//! facts ([`CheckError`]); `messages.rs` turns them into words.
//!
//! # Typing rules
//! - `T` fits `~T`; `~T` never fits `T`; `~~T` is `~T`. `any` fits everything, and everything fits `any`.
//! - A literal fits its kind of type, `int` and `confidence` fit `number`, a number fits `duration` (milliseconds).
//! - Records fit with more fields than wanted, except where a literal or an output spells out too many.
//! - Operators and pure calls lift over `~`; calls only over parameters declared certain.
//! - `never`, the type of `return` and `fail`, fits everything; the type of a mistake does too, so that one mistake
//!   is told once.

mod arguments;
mod builtin;
mod checked;
mod checker;
mod contract;
mod error;
mod expression;
mod function;
mod library;
mod member;
mod messages;
mod narrowing;
mod nearest;
mod not_yet;
mod operator;
mod parts;
mod pattern;
mod primitive;
mod record;
mod relation;
mod resolve;
mod scope;
mod statement;
mod survey;
mod types;
mod uncertain;

pub(crate) use builtin::builtin_names;
pub use checked::{
    BoundCall, Checked, ConstraintInfo, ContractInfo, FieldInfo, FunctionInfo, InterfaceInfo, LocalId,
    LocalInfo, MemberKind, MethodInfo, ParallelForm, ParameterInfo, PatternInfo, Resolution,
};
pub use checker::check;
pub use error::CheckError;
pub use library::Owner;
pub use nearest::nearest;
pub use not_yet::{NotYet, NotYetAt};
pub use types::{FieldOf, Type};
