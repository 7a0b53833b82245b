//! Support tickets, and three ways to tell bugs, questions and praise apart.
//!
//! Each classifier says how likely each label is. None of them makes its confidence up: the lexicon's scores and the
//! Bayes posteriors are tempered, and the rules' precision is counted, on the tickets of `corpus/tickets.tsv`, so that
//! what they state is about how often they are right.

mod bayes;
mod corpus;
mod label;
mod lexicon;
mod rules;
mod temper;
mod ticket_agent;
mod words;

pub use bayes::Bayes;
pub use corpus::{Example, held_out, training};
pub use label::{Label, Verdict};
pub use lexicon::Lexicon;
pub use rules::Rules;
pub use ticket_agent::{TicketAgent, ticket_text};

/// Tells what a ticket is.
pub trait Classifier: Send + Sync + 'static {
    /// How likely each label is for a text.
    fn classify(&self, text: &str) -> Verdict;

    /// The share of examples that it gets right, in [0, 1]; 0 without examples.
    fn accuracy(&self, examples: &[Example]) -> f64 {
        let right =
            examples.iter().filter(|example| self.classify(example.text).label() == example.label).count();
        right as f64 / examples.len().max(1) as f64
    }
}
