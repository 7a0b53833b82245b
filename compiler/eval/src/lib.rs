//! Evaluation of the pure expressions of Prism's intermediate representation, with fuel.
//!
//! A [`Value`] is a payload and how sure it is. An [`Evaluator`] computes the value of an
//! [`Expression`](prism_ir::Expression) over a frame of slots, within the [`Fuel`] of the run and the [`Limits`] of the
//! [`Environment`]. It has no clock, no randomness and no IO: equal inputs give equal values and equal confidences, bit
//! for bit.
//!
//! ```
//! use prism_eval::{Environment, Evaluator, Fuel, Value};
//! use prism_ir::{Document, Expression, Literal, Operation, Program, SourceReference};
//!
//! let program = Program::load(Document {
//!     prism_ir: prism_ir::IR_VERSION.into(),
//!     compiler: "example".into(),
//!     source: SourceReference { path: "example.prism".into(), sha256: String::new() },
//!     types: Default::default(),
//!     agents: vec![],
//!     functions: vec![],
//!     patterns: vec![],
//!     nodes: vec![],
//! })?;
//! let environment = Environment::new(&program);
//! let sum = Expression {
//!     operations: vec![
//!         Operation::Slot { slot: 0 },
//!         Operation::Literal { value: Literal::Number(2.0) },
//!         Operation::Binary { operator: "+".into(), left: 0, right: 1 },
//!     ],
//! };
//! let mut fuel = Fuel::default();
//! let mut frame = [Value::from(40.0)];
//! let value = Evaluator::new(&environment, "example/sum", &mut fuel).evaluate(&sum, &mut frame)?;
//! assert_eq!(value, Value::from(42.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod access;
mod activation;
mod adapt;
mod agent;
mod arithmetic;
mod builtins;
mod calls;
mod choice;
mod closure;
mod container;
mod convert;
mod environment;
mod error;
mod evaluate;
mod json;
mod key;
mod limits;
mod operators;
mod path;
mod text;
mod value;

pub use agent::AgentValue;
pub use choice::{Band, passes};
pub use closure::Closure;
pub use container::{List, Record};
pub use environment::{Environment, lifts, mode};
pub use error::EvalError;
pub use evaluate::Evaluator;
pub use limits::{Fuel, Limits};
pub use value::{Data, Value};
