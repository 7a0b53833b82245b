//! Evaluation of the pure expressions of Prism's intermediate representation, with fuel.

mod adapt;
mod agent;
mod arithmetic;
mod closure;
mod container;
mod error;
mod json;
mod key;
mod limits;
mod text;
mod value;

pub use agent::AgentValue;
pub use closure::Closure;
pub use container::{List, Record};
pub use error::EvalError;
pub use limits::{Fuel, Limits};
pub use value::{Data, Value};
