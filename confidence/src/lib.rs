//! What the runtime knows about how likely a value is to be right: algebra, pools, votes, stopping.
//!
//! `c(v)` means one thing everywhere: the probability that `v` is correct, given what the runtime
//! knows. Two families of operators follow, and they must not be mixed:
//!
//! * **propagation** ([`Confidence::and`], [`Confidence::or`]): one value computed from several that
//!   all have to be right;
//! * **pooling** ([`pool`], [`vote`], [`stopping`]): several opinions about one question.
//!
//! The crate is pure: no IO, no clock, no randomness. Logarithms and exponentials come from `libm`, so
//! equal inputs give equal bits on every machine. No function returns NaN or an infinity.
//!
//! ```
//! use prism_confidence::{Confidence, Mode};
//!
//! let label = Confidence::calibrated("triage/label#1", 0.9, 0.85, 0.94, 120.0)?;
//! let route = Confidence::calibrated("triage/route#1", 0.9, 0.85, 0.94, 120.0)?;
//! let both = label.and(&route);
//! assert!(both.point(Mode::Frank) > both.point(Mode::Independent));
//! assert_eq!(both.and(&label), both);
//! # Ok::<(), prism_confidence::ConfidenceError>(())
//! ```

mod algebra;
mod digest;
mod error;
mod fold;
mod mode;
mod number;
mod root;
#[cfg(feature = "serde")]
mod serial;
mod value;

pub mod canonical;
pub mod pool;
pub mod stopping;
pub mod vote;

pub use error::{ConfidenceError, Quantity};
pub use mode::{DEFAULT_FRANK_PARAMETER, Mode, frank};
pub use root::{Root, RootId, Source};
pub use value::{Confidence, MAXIMUM_ROOTS};
