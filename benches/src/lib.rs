//! Benchmarks of Prism, each beside a reference in the same run.
//!
//! [`corpus`] holds the texts that the front end is measured on, [`generate`] writes one of them, and [`instructions`]
//! holds what they cost against a table. [`pairs`] measures two ways to the same
//! result in alternation; [`comparisons`] are those ways: a pattern of `patterns/calls.prism` on the side of the
//! runtime ([`subject`]), and the same calls written by hand over tonic ([`reference`](mod@reference)). The agent that
//! both of them ask is a process of its own ([`agent_process`]) that runs [`agent`].
//! [`machine`] leaves runtime and agent out.

pub mod agent;
pub mod agent_process;
pub mod comparisons;
pub mod cores;
pub mod corpus;
mod error;
pub mod generate;
pub mod instructions;
pub mod machine;
pub mod pairs;
pub mod reference;
pub mod subject;

pub use error::BenchError;

/// What a run came to, as far as both sides must agree on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The value.
    pub value: serde_json::Value,
    /// The probability that it is right, in [0, 1]; none for a value that rests on no answer.
    pub confidence: Option<f64>,
    /// Calls that were made.
    pub calls: u32,
}

impl Decision {
    /// Whether both came to the same, up to rounding of the last digits of the confidence.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let confidences_agree = match (self.confidence, other.confidence) {
            (Some(one), Some(another)) => (one - another).abs() < 1e-9,
            (None, None) => true,
            _ => false,
        };
        self.value == other.value && self.calls == other.calls && confidences_agree
    }
}
