//! Votes: every ballot counts by number or weight, whatever its confidence.
//!
//! Who wins is plain counting, ballot by ballot: five samples of one agent are five votes. How sure the
//! winner is, is another question, and the share of the votes is no answer to it. Until labels say how
//! often such a majority was right, the confidence of a vote is the pool's posterior for the winning
//! option ([`crate::pool`]), in which clones of one root are one voice.

mod count;
mod early;

pub use count::{Method, Outcome, Tally, Ties, VoteRule, Voted, vote};
pub use early::{QuorumState, decided, quorum};
